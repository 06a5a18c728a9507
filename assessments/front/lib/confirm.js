// A button that asks before it does something that cannot be undone.

function confirmed(label, warning, yes, action) {
  const close = () => {
    asking.hidden = true;
    start.hidden = false;
  };
  const button = (text, onclick) => h("button", { type: "button", class: "tp-button", onclick }, text);
  const start = button(label, () => {
    start.hidden = true;
    asking.hidden = false;
    asking.querySelector("button").focus();
  });
  const warned = newId("warned");
  const sure = button(yes, () => { close(); action(); });
  sure.setAttribute("aria-describedby", warned);
  const asking = h("div", { hidden: true }, h("p", { id: warned }, warning), sure,
    button("No, keep it", () => { close(); start.focus(); }));
  return h("div", {}, start, asking);
}
