// `step`: which step of a chain is the first wrong one, and why.

function answerTo(box, spec, answer) {
  const name = newId("step");
  let step = typeof answer.value?.step === "string" ? answer.value.step : null;
  let why = textIn(answer.value, "why");
  const value = () => (step === null && !why.trim() ? null : { step, why });
  const option = (id, ...content) => h("label", { class: "tp-option" },
    h("input", {
      type: "radio", name, value: id, checked: id === step,
      onchange: () => { step = id; answer.set(value()); },
    }), h("div", { class: "tp-step" }, content));
  box.append(
    h("fieldset", { class: "tp-scale" }, h("legend", {}, "Which is the first wrong step?"),
      h("div", { class: "tp-options" },
        spec.steps.map(({ id, text_html }, place) =>
          option(id, h("strong", {}, `Step ${place + 1}`), h("div", { html: text_html }))),
        option(spec.all_right, "Every step is right"))));
  if (!spec.explain) return;
  const { prompt, min_words: min, max_words: max } = spec.explain;
  box.append(typing({ label: prompt, value: why, min, max, change: (text) => { why = text; answer.later(value()); } }));
}
