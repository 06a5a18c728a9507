// `text`: one text or several, in the applicant's own words.

function answerTo(box, spec, answer) {
  const texts = Object.fromEntries(spec.fields.map(({ id }) => [id, textIn(answer.value, id)]));
  for (const { id, label } of spec.fields) {
    box.append(typing({
      label, value: texts[id], min: spec.min_words, max: spec.max_words, rows: spec.rows,
      change: (text) => {
        texts[id] = text;
        answer.later(Object.values(texts).some((each) => each.trim()) ? { ...texts } : null);
      },
    }));
  }
}
