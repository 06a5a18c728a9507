// `rating`: several criteria, each on the same scale.

function answerTo(box, spec, answer) {
  const ratings = answer.value instanceof Object ? { ...answer.value } : {};
  const points = spec.points.map((point) => ({ id: point, text: String(point) }));
  const ends = `${spec.points[0]} = ${spec.low}, ${spec.points[spec.points.length - 1]} = ${spec.high}`;
  box.append(h("p", { class: "tp-quiet" }, ends));
  for (const criterion of spec.criteria) {
    box.append(scale(h("legend", { html: criterion.text_html }), points, ratings[criterion.id], (point) => {
      ratings[criterion.id] = point;
      answer.set({ ...ratings });
    }));
  }
}
