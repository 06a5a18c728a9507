// The end of the form: what is unanswered or unsure, handing in, and what happens then.

function show(el, spec, answer) {
  const { model } = answer;
  const box = h("div");
  const draw = () => box.replaceChildren(...parts(spec, model.get("state"), answer));
  draw();
  model.on("change:state", draw);
  el.append(h("section", { class: "tp-question", "aria-label": "Final check" }, h("h2", {}, "Final check"), box));
}

function parts(spec, state, answer) {
  if (state.handed_in) return handedIn(state);
  const late = spec.due_at && new Date(spec.due_at) < new Date();
  return [
    state.missing.length
      ? h("p", { class: "tp-warn" }, "Still unanswered: ", links(state.missing), ".")
      : h("p", { class: "tp-good" }, "Every question has an answer."),
    state.unsure.length ? h("p", {}, "Marked as not sure: ", links(state.unsure), ".") : null,
    late && h("p", { class: "tp-warn" }, "The time is up. You can still hand in; it will be marked as late."),
    state.failure && h("p", { class: "tp-warn" }, state.failure),
    ...(spec.practice ? [h("p", {}, "This is practice: there is nothing to hand in.")] : handIn(state, answer)),
  ].filter(Boolean);
}

function links(slots) {
  return slots.flatMap(({ slot, number }, place) => [
    place ? ", " : "",
    h("a", {
      href: `#tp-${slot}`,
      onclick: (event) => {
        event.preventDefault();
        const heading = document.querySelector(`#tp-${slot} h2`);
        heading?.scrollIntoView({ block: "start" });
        heading?.focus({ preventScroll: true });
      },
    }, `question ${number}`),
  ]);
}

function handIn(state, answer) {
  const confirm = h("div", { hidden: true },
    h("p", {}, state.missing.length
      ? `${plural(state.missing.length, "question is", "questions are")} unanswered. After handing in you cannot change anything.`
      : "After handing in you cannot change anything."),
    h("button", {
      type: "button", class: "tp-button tp-main",
      onclick: async (event) => {
        event.target.disabled = true;
        await pageDoes("save");
        await answer.ask({ hand_in: true });
        event.target.disabled = false;
      },
    }, "Yes, hand in"),
    h("button", { type: "button", class: "tp-button", onclick: () => { confirm.hidden = true; } }, "Not yet"));
  const start = h("button", {
    type: "button", class: "tp-button tp-main",
    onclick: () => { confirm.hidden = false; confirm.querySelector("button").focus(); },
  }, "Hand in …");
  return [h("p", {}, "Your answers are saved. When you are ready:"), start, confirm];
}

function handedIn({ handed_in: { at, file, sha256, received } }) {
  const next = received
    ? "You need do nothing more."
    : "Send this file back as your invitation says. The receipt that counts comes from there.";
  return [
    h("p", { class: "tp-good" }, received ? `Handed in and received at ${clock(received)}.` : `Packed at ${clock(at)}.`),
    h("p", {}, next),
    file && h("p", {}, "File: ", h("code", {}, file)),
    h("p", { class: "tp-quiet" }, received ? "Receipt: " : "Fingerprint (sha256): ", h("code", {}, sha256)),
    h("p", {}, "Then: a program works out the points of what has one right answer, people read the rest. ",
      "You get a decision with its reasons, and you can object. This page can now only be read."),
  ];
}
