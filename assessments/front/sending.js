// The end of an application: what is missing, packing, and what to do with the file.

function show(el, spec, answer) {
  const { model } = answer;
  const box = h("div", { role: "status" });
  const pack = h("button", {
    type: "button", class: "tp-button tp-main",
    onclick: async () => {
      pack.disabled = true;
      await answer.ask({ pack: true });
      pack.disabled = false;
      pack.focus();
    },
  }, "Pack my application");
  const draw = () => box.replaceChildren(...standing(model.get("state")));
  draw();
  model.on("change:state", draw);
  el.append(h("section", { class: "tp-question", "aria-label": "Final check" }, h("h2", {}, "Final check"), box, pack));
}

function standing({ missing = [], self_assessed, cv, failure, packed }) {
  return [
    missing.length
      ? h("p", { class: "tp-warn" }, "Still missing, or to be corrected: ", fieldLinks(missing), ".")
      : h("p", { class: "tp-good" }, "Everything that is needed is there."),
    !self_assessed && h("p", {}, "The ten statements above are not finished. You can do so later, but before the assessments."),
    !cv && h("p", {}, "There is no CV. That is allowed."),
    failure && h("p", { class: "tp-warn" }, failure),
    packed && h("p", { class: "tp-good" }, "Packed: ", h("code", {}, packed.file), " in ", h("code", {}, packed.folder)),
    packed && h("p", {}, "Send this file back as your invitation says. You get a message when it has arrived. If you change anything here, pack and send it again."),
  ].filter(Boolean);
}

function fieldLinks(missing) {
  return missing.flatMap(({ field, label }, place) => [
    place ? ", " : "",
    h("a", {
      href: "#",
      onclick: (event) => {
        event.preventDefault();
        const controls = [...document.querySelectorAll("[data-field]")].filter(({ dataset }) => dataset.field.split(".")[0] === field);
        const first = controls.find((control) => control.getAttribute("aria-invalid") === "true") || controls[0];
        first?.scrollIntoView({ block: "center" });
        first?.focus({ preventScroll: true });
      },
    }, label),
  ]);
}
