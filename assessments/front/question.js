// The frame around every question: heading, prompt, figure, what the kind shows, and the line below it.

function show(el, spec, answer) {
  const id = newId("question");
  const box = h("fieldset", { class: "tp-answer", disabled: answer.locked });
  box.append(h("legend", { class: "tp-hidden" }, `Your answer to question ${spec.number}`));
  kinds[spec.kind](box, spec.item, answer);
  const points = plural(spec.points, "point");
  el.append(
    h("section", { class: "tp-question", id: `tp-${spec.slot}`, "data-kind": spec.kind, "aria-labelledby": id },
      h("h2", { id, tabindex: -1 }, `Question ${spec.number} `, h("small", {}, `of ${spec.total} · ${points}`)),
      h("div", { class: "tp-prompt", html: spec.prompt_html }),
      spec.figure && figure(spec.figure),
      box,
      spec.behind && behind(spec.behind, answer),
      below(spec, answer)),
  );
}

// Explanations (practice) and keys (an author's preview); nobody else is sent any.
function behind({ label, text_html, is_key }, answer) {
  const earned = h("pre", { role: "status", hidden: true });
  const score = async () => {
    answer.flush();
    earned.textContent = (await answer.ask({ score: true })).text;
    earned.hidden = false;
  };
  return h("details", { class: is_key ? "tp-behind tp-key" : "tp-behind" },
    h("summary", {}, label),
    h("div", { html: text_html }),
    is_key && h("button", { type: "button", class: "tp-button", onclick: score }, "What does my answer earn?"),
    is_key && earned);
}

// "Saved 12:03", "I am not sure", "Report a problem".
function below(spec, answer) {
  const { model } = answer;
  const saved = h("span", { class: "tp-saved" });
  const mark = { unsure: false, problem: "", ...answer.mark.value };
  const unsure = h("input", {
    type: "checkbox", checked: mark.unsure, disabled: answer.locked,
    onchange: (event) => { mark.unsure = event.target.checked; answer.mark.set({ ...mark }); },
  });
  const tell = () => {
    const { saved_at, failure } = model.get("state");
    saved.textContent = failure ? `Not saved: ${failure}` : saved_at ? `Saved ${clock(saved_at)}` : "";
    saved.classList.toggle("tp-warn", Boolean(failure));
  };
  tell();
  model.on("change:state", tell);
  return h("div", { class: "tp-below" },
    h("label", { class: "tp-check" }, unsure, " I am not sure"),
    spec.guideline && guidelineButton(),
    // nobody reads what is said in practice
    spec.practice ? null : report(answer, mark),
    saved);
}

function report(answer, mark) {
  const id = newId("problem");
  const text = h("textarea", {
    id, rows: 3, maxlength: 2000, value: mark.problem, readonly: answer.locked,
    oninput: (event) => { mark.problem = event.target.value; answer.mark.later({ ...mark }); },
  });
  return h("details", { class: "tp-report", open: Boolean(mark.problem) },
    h("summary", {}, "Report a problem with this question"),
    h("label", { for: id }, "What is wrong? It goes to the people who run this assessment and costs you nothing."),
    text);
}
