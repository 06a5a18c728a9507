// `label`: the one label that fits, or every label that applies; that none applies is an answer of its own.

function answerTo(box, spec, answer) {
  const given = Array.isArray(answer.value) ? answer.value : null;
  const name = newId("label");
  const told = h("p", { class: "tp-quiet", role: "status" });
  const none = h("input", {
    type: "checkbox", checked: spec.multi && given?.length === 0,
    onchange: () => { for (const control of controls) control.checked = false; keep(); },
  });
  const controls = spec.labels.map(({ id }) => h("input", {
    type: spec.multi ? "checkbox" : "radio", name, value: id, checked: given?.includes(id),
    onchange: () => { none.checked = false; keep(); },
  }));
  const keep = () => {
    const picks = controls.filter((control) => control.checked).map((control) => control.value).sort();
    answer.set(picks.length || none.checked ? picks : null);
    tell();
  };
  const tell = () => {
    const names = spec.labels.filter((_, place) => controls[place].checked).map((label) => label.name);
    if (none.checked) names.push("none of these applies");
    told.textContent = names.length ? `Your answer: ${names.join(", ")}` : "Not answered yet.";
  };
  box.append(
    h("p", { class: "tp-quiet" }, spec.multi ? "Tick every label that applies." : "Choose the one label that fits best."),
    h("div", { class: "tp-options" },
      spec.labels.map((label, place) => labelled(controls[place], label)),
      spec.multi && h("label", { class: "tp-option" }, none, "None of these applies")),
    told);
  tell();
}

// Name and meaning both choose; only the name is read out as the control's name.
function labelled(control, { name_html, meaning_html }) {
  const name = newId("name");
  const meaning = newId("meaning");
  control.setAttribute("aria-labelledby", name);
  control.setAttribute("aria-describedby", meaning);
  return h("label", { class: "tp-option" }, control, h("span", {},
    h("strong", { id: name, html: name_html }),
    h("span", { id: meaning, class: "tp-meaning", html: meaning_html })));
}
