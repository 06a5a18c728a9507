// A section of a module: its text, and its exercise. It is hidden until every exercise before it is right.

function show(el, spec, answer) {
  const { model } = answer;
  const section = h("section", { class: "tp-section" },
    h("div", { html: spec.text_html }), spec.exercise && exercise(spec.exercise, answer));
  const tell = () => { section.hidden = !model.get("state").open; };
  tell();
  model.on("change:state", tell);
  el.append(section);
  if (answer.locked && answer.asked) section.querySelector(".tp-told").focus();
}

function exercise(spec, answer) {
  const { model } = answer;
  const id = newId("exercise");
  const box = h("fieldset", { class: "tp-answer", disabled: answer.locked },
    h("legend", { class: "tp-hidden" }, `Your answer to exercise ${spec.number}`));
  kinds[spec.kind](box, spec.item, answer);
  // it takes the focus when the answer is right, because the button is then gone
  const told = h("div", { class: "tp-told", role: "status", tabindex: -1 });
  const tell = () => told.replaceChildren(...said(model.get("state").told, spec));
  tell();
  model.on("change:state", tell);
  const check = async () => {
    answer.flush();
    answer.asked = true;
    const { unanswered } = await answer.ask({ check: true });
    if (unanswered) told.replaceChildren(h("p", { class: "tp-warn" }, "Please answer the whole question first."));
    else tell(); // said again, also where it is the same as before
  };
  return h("div", { class: "tp-card tp-exercise", role: "group", "aria-labelledby": id },
    h("h3", { id }, `Exercise ${spec.number} `, h("small", {}, `of ${spec.total}`)),
    h("div", { html: spec.prompt_html }),
    box,
    answer.locked ? null : h("button", { type: "button", class: "tp-button tp-main", onclick: check }, "Check my answer"),
    told);
}

const VERDICTS = {
  right: ["tp-good", "Right."],
  "not-yet": ["tp-warn", "Not yet. Look again, and change your answer."],
  explained: ["tp-warn", "Not yet. Here is the answer and why; then please answer once more."],
};

function said({ verdict, text_html }, spec) {
  if (!verdict) return [];
  const [look, text] = VERDICTS[verdict];
  const onward = spec.number < spec.total ? "The next section is open: go on below." : "That was the last exercise: go on below.";
  return [
    h("p", { class: look }, h("strong", {}, text)),
    h("div", { html: text_html }),
    verdict === "right" && h("p", { class: "tp-quiet" }, onward),
  ].filter(Boolean);
}
