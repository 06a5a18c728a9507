// A row of choices side by side, as a group of radio buttons: ratings and verdicts.

function scale(label, points, chosen, change) {
  const name = newId("scale");
  return h("fieldset", { class: "tp-scale" },
    label,
    h("div", { class: "tp-points" }, points.map(({ id, text }) =>
      h("label", { class: "tp-point" },
        h("input", { type: "radio", name, value: id, checked: id === chosen, onchange: () => change(id) }),
        h("span", {}, text)))));
}
