// `code`: a function. In JupyterLab it is written in the notebook's own cell below; in the app's view here.

function answerTo(box, spec, answer) {
  box.append(h("table", { class: "tp-table" },
    h("caption", {}, "Examples"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "call"), h("th", { scope: "col" }, "gives"))),
    h("tbody", {}, spec.examples.map(({ call, gives }) =>
      h("tr", {}, h("td", {}, h("code", {}, call)), h("td", {}, h("code", {}, gives)))))));
  if (!spec.here) {
    box.append(h("p", { class: "tp-quiet" },
      "Write the function in the cell below. Run it with Shift+Enter, or with the button under it."));
    return;
  }
  const id = newId("code");
  const field = h("textarea", {
    id, class: "tp-code", rows: 14, spellcheck: "false", value: answer.value || spec.starter.trim(),
    oninput: (event) => answer.later(event.target.value),
    onkeydown: indent,
  });
  const result = h("div", { role: "status" });
  const run = async () => {
    answer.flush();
    result.replaceChildren(trials(await answer.ask({ source: field.value })));
  };
  box.append(
    h("label", { for: id }, "Your function (Tab indents; Escape, then Tab leaves the field)"), field,
    h("button", { type: "button", class: "tp-button", onclick: run }, "Run and try the examples"), result);
}

let leaving = false;

function indent(event) {
  if (event.key === "Tab" && !event.shiftKey && !leaving) {
    event.preventDefault();
    event.target.setRangeText("    ", event.target.selectionStart, event.target.selectionEnd, "end");
    event.target.dispatchEvent(new Event("input"));
  }
  leaving = event.key === "Escape";
}
