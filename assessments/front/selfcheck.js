// The quick self-assessment: ten statements, and advice below each that is not so yet. There is no score.

function show(el, spec, answer) {
  const answers = answer.value instanceof Object ? { ...answer.value } : {};
  const done = h("p", { class: "tp-good", role: "status" });
  const tell = () => { done.textContent = answer.model.get("state").done ? "Thank you, that is all ten." : ""; };
  el.append(h("section", { class: "tp-question", "aria-labelledby": "tp-selfcheck" },
    h("h2", { id: "tp-selfcheck" }, "Is this for you? Ten statements"),
    h("p", {}, "Three minutes, for yourself. Nothing here is scored, and your answers stay on this computer: only that you went through them is sent."),
    spec.statements.map((statement) => oneStatement(statement, spec.answers, answers, () => answer.set({ ...answers }))),
    done));
  tell();
  answer.model.on("change:state", tell);
}

function oneStatement({ id, text_html, advice_html }, options, answers, keep) {
  const advice = h("div", { class: "tp-advice", role: "status" });
  const tell = () => {
    if (answers[id] && answers[id] !== "yes") advice.innerHTML = advice_html; // what assessments.text made
    else advice.replaceChildren();
  };
  tell();
  const points = options.map(({ id: point, text }) => ({ id: point, text }));
  return h("div", {},
    scale(h("legend", { html: text_html }), points, answers[id], (point) => { answers[id] = point; tell(); keep(); }),
    advice);
}
