// The guideline beside the work: a panel over the page, opened from the bar and from every question.

// The panel stands once on the page, with the bar. It lies above everything, and the page behind it stays usable.
function guidelinePanel(html) {
  const id = newId("guideline");
  const close = h("button", { type: "button", class: "tp-button", onclick: () => panel.hidePopover() }, "Close");
  const panel = h("aside", {
    class: "tp-guideline", popover: "manual", "aria-labelledby": id, tabindex: -1, autofocus: true,
    onkeydown: (event) => {
      // not JupyterLab's keys
      event.stopPropagation();
      if (event.key === "Escape") panel.hidePopover();
    },
  }, h("div", { class: "tp-guideline-head" }, h("strong", { id }, "Guideline"), close),
  h("div", { html }));
  let before = null;
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") before = document.activeElement;
    else if (panel.contains(document.activeElement)) before?.focus();
  });
  return panel;
}

function guidelineButton() {
  const toggle = () => document.querySelector(".tp-guideline")?.togglePopover();
  return h("button", { type: "button", class: "tp-button tp-small", onclick: toggle }, "Guideline");
}
