// The end of a module: hidden until every exercise is right.

function show(el, spec, answer) {
  const { model } = answer;
  const box = h("div", { role: "status" });
  const section = h("section", { class: "tp-section", "aria-label": "The end" }, h("h2", {}, "The end"), box);
  const tell = () => {
    const state = model.get("state");
    section.hidden = !state.open;
    box.replaceChildren(...ending(spec, state, answer));
  };
  tell();
  model.on("change:state", tell);
  el.append(section);
}

function ending(spec, { finished, handed_in: packed, failure }, answer) {
  if (packed?.received) return [h("p", { class: "tp-good" }, `Finished, and recorded at ${clock(packed.received)}. You need do nothing more.`)];
  if (packed) {
    return [
      h("p", { class: "tp-good" }, "You have finished this module."),
      h("p", {}, "If this page does not say within a minute that it is recorded, send this file back as your invitation says: ",
        h("code", {}, packed.file)),
    ];
  }
  if (finished && !spec.recorded) return [h("p", { class: "tp-good" }, "You have finished this module. Nothing has to be sent.")];
  return [
    h("p", {}, "Every exercise is right."),
    failure ? h("p", { class: "tp-warn" }, `Not saved: ${failure}`) : null,
    h("button", { type: "button", class: "tp-button tp-main", onclick: () => answer.ask({ finish: true }) }, "I have finished"),
  ].filter(Boolean);
}
