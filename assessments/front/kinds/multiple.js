// `multiple`: every option that applies.

function answerTo(box, spec, answer) {
  const chosen = new Set(Array.isArray(answer.value) ? answer.value : []);
  const change = (id, wanted) => {
    if (wanted) chosen.add(id);
    else chosen.delete(id);
    answer.set(chosen.size ? [...chosen].sort() : null);
  };
  box.append(h("div", { class: "tp-options" }, spec.options.map((option) =>
    h("label", { class: "tp-option" },
      h("input", {
        type: "checkbox", checked: chosen.has(option.id),
        onchange: (event) => change(option.id, event.target.checked),
      }),
      h("span", { html: option.text_html })))));
}
