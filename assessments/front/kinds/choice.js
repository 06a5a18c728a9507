// `choice`: one option out of several.

function answerTo(box, spec, answer) {
  const name = newId("choice");
  box.append(h("div", { class: "tp-options" }, spec.options.map((option) =>
    h("label", { class: "tp-option" },
      h("input", {
        type: "radio", name, value: option.id, checked: answer.value === option.id,
        onchange: () => answer.set(option.id),
      }),
      h("span", { html: option.text_html })))));
}
