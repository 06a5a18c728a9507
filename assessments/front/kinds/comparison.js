// `comparison`: which of two answers is better, and by how much.

function answerTo(box, spec, answer) {
  const side = (name, html) =>
    h("section", { class: "tp-card", "aria-label": `Answer ${name}` }, h("h3", {}, `Answer ${name}`), h("div", { html }));
  box.append(
    h("div", { class: "tp-sides" }, side("A", spec.a_html), side("B", spec.b_html)),
    scale(h("legend", {}, "Which one is better?"), spec.verdicts, answer.value, (verdict) => answer.set(verdict)),
  );
}
