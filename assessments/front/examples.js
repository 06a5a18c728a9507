// Below the cell of a code question in JupyterLab: runs that cell and tries the public examples.

function show(el, spec, answer) {
  const result = h("div", { role: "status" });
  const run = async () => {
    button.disabled = true;
    await pageDoes("run", { cell: spec.cell });
    result.replaceChildren(trials(await answer.ask({})));
    button.disabled = false;
  };
  const button = h("button", { type: "button", class: "tp-button", onclick: run }, "Run and try the examples");
  el.append(button, result);
}
