// `criteria`: the rows of a rubric, each with a weight.

function answerTo(box, spec, answer) {
  const given = Array.isArray(answer.value) ? answer.value : [];
  const blank = () => ({ text: "", weight: spec.weights[Math.floor(spec.weights.length / 2)] });
  const rows = given.map((row) => ({
    text: textIn(row, "text"), weight: spec.weights.includes(row?.weight) ? row.weight : blank().weight,
  }));
  while (!answer.locked && rows.length < spec.min_rows) rows.push(blank());
  let current = rows;
  const shares = new Map();
  const count = h("p", { class: "tp-quiet" });
  const tell = () => {
    const written = current.filter(({ text }) => text.trim());
    const total = written.reduce((sum, { weight }) => sum + weight, 0);
    for (const [row, share] of shares) {
      share.textContent = row.text.trim() ? `${Math.round((100 * row.weight) / total)} % of the total` : "";
    }
    count.textContent = `${plural(written.length, "criterion", "criteria")} · ${spec.min_rows} to ${spec.max_rows} criteria`;
    return written.length ? written.map(({ text, weight }) => ({ text, weight })) : null;
  };
  const draw = (row, name) => {
    const [id, note] = [newId("weight"), newId("share")];
    shares.set(row, h("span", { id: note, class: "tp-quiet" }));
    const weight = h("select", {
      id, "aria-describedby": note, onchange: (event) => { row.weight = Number(event.target.value); answer.set(tell()); },
    }, spec.weights.map((each) => h("option", { value: each, selected: each === row.weight }, String(each))));
    return {
      head: [
        h("strong", {}, name()),
        h("label", { for: id }, "Weight", h("span", { class: "tp-hidden" }, " of ", name())), weight, shares.get(row)],
      body: typing({
        label: [h("span", { class: "tp-hidden" }, name(), ": "), "What has to be true of a good answer"], value: row.text,
        max: spec.max_words, rows: 2, change: (text) => { row.text = text; answer.later(tell()); },
      }),
    };
  };
  const changed = (rows) => { current = rows; answer.set(tell()); };
  box.append(
    h("p", { class: "tp-quiet" }, `Weight: ${spec.weights[0]} counts least, ${spec.weights.at(-1)} counts most.`),
    rowList({ noun: "Criterion", many: "criteria", rows, most: spec.max_rows, blank, draw, changed }), count);
  tell();
}
