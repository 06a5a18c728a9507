// `span`: mark passages of a text, name what is wrong and how badly, or say that nothing is.

function answerTo(box, spec, answer) {
  const hint = newId("hint");
  const status = h("p", { role: "status", class: "tp-quiet" });
  const [desk, list] = [h("div"), h("div")];
  let chosen = null;
  const text = passage({
    text: spec.text, words: spec.words, label: "Words of the text", hint, locked: answer.locked, code: spec.code,
    picked: (range, byKey) => {
      chosen = range;
      if (range && !byKey) open();
      else desk.replaceChildren();
    },
    enter: () => { open(); desk.querySelector("input")?.focus(); },
  });
  let { verdict, marks } = restoredMarks(spec, answer.value, text);

  const keep = (said) => {
    answer.set(verdict === null && marks === null ? null : { verdict, spans: marks });
    status.textContent = said;
    draw();
  };

  const draw = () => {
    text.show((marks || []).map((mark, place) => {
      const [first, last] = text.at(mark.start, mark.end);
      return { first, last, number: place + 1, style: styleOf(spec, mark) };
    }));
    list.replaceChildren(...listed({ spec, text, marks, locked: answer.locked, change, remove, nothing }));
  };

  const open = (old = null) => {
    if (!old && marks?.length >= spec.max_spans) {
      status.textContent = `You can mark at most ${plural(spec.max_spans, "passage")}. Remove one first.`;
      return;
    }
    desk.replaceChildren(markDesk({
      spec, quote: text.quote(chosen), old,
      done: (names) => add(old, names),
      cancel: () => { text.pick(null); text.focus(); },
    }));
    desk.scrollIntoView({ block: "nearest" });
  };

  const add = (old, names) => {
    const mark = { start: spec.words[chosen[0]][0], end: spec.words[chosen[1]][1], ...names };
    const same = (other) => other.start === mark.start && other.end === mark.end && other.label === mark.label;
    marks = inOrder([...(marks || []).filter((other) => other !== old && !same(other)), mark]);
    const quote = text.quote(chosen);
    text.focus(chosen[1]);
    text.pick(null);
    keep(`Marked “${shortened(quote)}”: ${named(spec, mark)}. ${plural(marks.length, "mark")} now.`);
  };

  const change = (mark) => {
    text.pick(text.at(mark.start, mark.end), true);
    open(mark);
    desk.querySelector("input").focus();
  };

  const remove = (mark) => {
    const place = marks.indexOf(mark);
    marks = marks.length > 1 ? marks.filter((other) => other !== mark) : null;
    keep(`Mark ${place + 1} removed.`);
    const left = list.querySelectorAll(".tp-remove");
    if (left.length) left[Math.min(place, left.length - 1)].focus();
    else text.focus();
  };

  const nothing = (checked) => {
    marks = checked ? [] : null;
    keep("");
    list.querySelector("input").focus();
  };

  draw();
  box.append(...[
    !answer.locked && h("p", { id: hint, class: "tp-quiet" },
      "Select the words with the mouse or your finger. With the keyboard: the arrow keys go from word to word, ",
      "Shift and an arrow key select more, Enter marks what is selected."),
    // word by word is no way to listen to a text
    !answer.locked && h("div", { class: "tp-hidden" }, spec.text.split("\n").map((line) => h("p", {}, line))),
    text.element, desk, status, list,
    spec.verdicts.length && scale(h("legend", {}, "The text as a whole"), spec.verdicts, verdict, (id) => {
      verdict = id;
      keep("");
    }),
  ].filter(Boolean));
}

// What was answered before, as far as it fits this text: it may come from a file that somebody edited.
function restoredMarks(spec, value, text) {
  const known = (names, id) => names.some((name) => name.id === id);
  const fits = (mark) => Number.isInteger(mark?.start) && Number.isInteger(mark.end) && text.at(mark.start, mark.end)
    && known(spec.labels, mark.label) && (spec.severities.length ? known(spec.severities, mark.severity) : true);
  const spans = Array.isArray(value?.spans) ? value.spans : null;
  const marks = spans?.filter(fits).map(({ start, end, label, severity }) => ({ start, end, label, severity }));
  return {
    verdict: known(spec.verdicts, value?.verdict) ? value.verdict : null,
    marks: spans && (marks.length || !spans.length) ? inOrder(marks) : null,
  };
}

// Where the picked words get their label and severity.
function markDesk({ spec, quote, old, done, cancel }) {
  const names = { label: spec.labels.length === 1 ? spec.labels[0].id : null, severity: null };
  if (old) Object.assign(names, { label: old.label, severity: old.severity });
  const missing = h("p", { role: "alert", class: "tp-warn" });
  const finish = () => {
    if (!names.label) missing.textContent = "Please choose what is wrong.";
    else if (spec.severities.length && !names.severity) missing.textContent = "Please choose how bad it is.";
    else done(names);
  };
  const press = (event) => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && event.target.type === "radio") finish();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return h("section", { class: "tp-desk", "aria-label": "New mark", onkeydown: press },
    scale(h("legend", {}, "What is wrong with ", h("q", {}, shortened(quote)), "?"), spec.labels, names.label,
      (id) => { names.label = id; }),
    spec.severities.length > 0
      && scale(h("legend", {}, "How bad is it?"), spec.severities, names.severity, (id) => { names.severity = id; }),
    missing,
    h("button", { type: "button", class: "tp-button tp-main", onclick: finish }, old ? "Change the mark" : "Mark"),
    h("button", { type: "button", class: "tp-button", onclick: cancel }, "Cancel"));
}

// The marks below the text, and the answer "nothing".
function listed({ spec, text, marks, locked, change, remove, nothing }) {
  const line = (mark, place) => {
    const quote = shortened(text.quote(text.at(mark.start, mark.end)));
    const button = (what, act, also = "") => h("button", {
      type: "button", class: `tp-button tp-small ${also}`, "aria-label": `${what} mark ${place + 1}: ${quote}`, onclick: () => act(mark),
    }, what);
    return h("li", {}, h("div", { class: "tp-line" },
      h("span", { class: `tp-mark tp-mark-${styleOf(spec, mark)} tp-lane-0` }, quote), named(spec, mark),
      !locked && h("span", {}, button("Change", change), button("Remove", remove, "tp-remove"))));
  };
  const some = Boolean(marks?.length);
  return [
    h("h3", {}, some ? "Your marks" : `No marks${marks ? "" : " yet"}`),
    some && h("ol", { class: "tp-marks" }, marks.map(line)),
    h("label", { class: "tp-option" },
      h("input", {
        type: "checkbox", checked: marks?.length === 0, disabled: some, onchange: (event) => nothing(event.target.checked),
      }),
      h("span", {}, "There is nothing to mark in this text", some && " (remove your marks first)")),
  ].filter(Boolean);
}

function inOrder(marks) {
  return marks.sort((one, other) => one.start - other.start || one.end - other.end);
}

function named(spec, mark) {
  const name = (names, id) => names.find((each) => each.id === id)?.text;
  return [name(spec.labels, mark.label), name(spec.severities, mark.severity)].filter(Boolean).join(", ");
}

function styleOf(spec, mark) {
  return spec.labels.findIndex(({ id }) => id === mark.label) % 5;
}

function shortened(text) {
  const chars = Array.from(text);
  return chars.length > 80 ? `${chars.slice(0, 50).join("")} … ${chars.slice(-25).join("")}` : text;
}
