// `numeric`: a number, and how it is read.

function answerTo(box, spec, answer) {
  const id = newId("number");
  const hint = newId("hint");
  const echo = h("span", { id: hint, class: "tp-quiet", role: "status" });
  let latest = 0;
  const read = async (text) => {
    const mine = ++latest;
    const { read_as } = text.trim() ? await answer.ask({ text }) : { read_as: null };
    if (mine !== latest) return;
    echo.classList.toggle("tp-warn", read_as === "");
    echo.textContent = read_as === null ? "" : read_as ? `read as ${read_as}` : "Please write a number, for example 12.5";
  };
  const field = h("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 100, id, "aria-describedby": hint,
    value: typeof answer.value === "string" ? answer.value : "",
    oninput: (event) => {
      answer.later(event.target.value.trim() ? event.target.value : null);
      read(event.target.value);
    },
  });
  if (field.value) read(field.value);
  box.append(h("div", { class: "tp-line" }, h("label", { for: id }, "Answer"), field, h("span", {}, spec.unit), echo));
}
