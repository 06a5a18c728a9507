// A labelled text field with a live count of words and its limits.

// typing({label, value, min, max, rows, hint, change}): an element; `change` gets the text after every key.
function typing({ label, value = "", min = null, max = null, rows = 5, hint = "", change }) {
  const id = newId("text");
  const note = newId("note");
  const count = h("span", { class: "tp-count" });
  const field = h("textarea", {
    id, rows, value, "aria-describedby": note,
    oninput: () => { tell(); change(field.value); },
  });
  const tell = () => {
    const found = words(field.value);
    const limits = [min && `at least ${min}`, max && `at most ${max}`].filter(Boolean).join(", ");
    const outside = field.value.trim() && ((min && found < min) || (max && found > max));
    count.textContent = `${plural(found, "word")}${limits ? ` (${limits})` : ""}`;
    count.classList.toggle("tp-warn", Boolean(outside));
  };
  tell();
  return h("div", { class: "tp-typing" },
    h("label", { for: id }, label), field,
    h("div", { id: note, class: "tp-quiet" }, count, hint && ` · ${hint}`));
}
