// A question's picture, with a button that shows it as large as the window.

// figure({source, alt}), or figure({alt, failure}) where there is no picture to show.
function figure({ source, alt, failure }) {
  const element = h("figure", { class: "tp-figure" });
  const fail = (why) => element.replaceChildren(
    h("p", { class: "tp-warn", role: "status" }, why), h("p", {}, `What it shows: ${alt}`));
  if (failure) {
    fail(failure);
    return element;
  }
  const broken = () => fail("This picture cannot be shown. Please report it below.");
  const large = enlarged(source, alt);
  element.append(
    h("img", { src: source, alt, onerror: broken }),
    h("div", {}, h("button", { type: "button", class: "tp-button tp-small", onclick: () => large.showModal() }, "Enlarge the picture")),
    large);
  return element;
}

// The browser's own dialog: Escape closes it, and the focus goes back to the button.
function enlarged(source, alt) {
  const close = h("button", { type: "button", class: "tp-button", onclick: () => dialog.close() }, "Close");
  const dialog = h("dialog", {
    class: "tp-large", "aria-label": "The picture, enlarged",
    onclick: (event) => event.target === dialog && dialog.close(),
    // not JupyterLab's Escape
    onkeydown: (event) => event.stopPropagation(),
  }, close, h("div", { class: "tp-large-view", tabindex: 0, role: "group", "aria-label": "Picture, can be scrolled" },
    h("img", { src: source, alt })));
  return dialog;
}
