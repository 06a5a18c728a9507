// `rewrite`: a draft, the applicant's version beside it, and what was changed.

function answerTo(box, spec, answer) {
  const now = { text: textIn(answer.value, "text") || spec.draft, reasons: textIn(answer.value, "reasons") };
  const changes = h("div", { class: "tp-diff" });
  const count = h("span", { class: "tp-quiet" });
  const said = h("span", { class: "tp-quiet", role: "status" });
  let timer = null;
  const compare = () => {
    const parts = wordDiff(spec.draft, now.text);
    const changed = changedWords(parts);
    count.textContent = changed ? `${plural(changed, "word")} changed` : "nothing changed yet";
    changes.replaceChildren(...diffView(parts));
  };
  const keep = () => {
    const untouched = now.text === spec.draft && !now.reasons.trim();
    answer.later(untouched ? null : spec.reasons ? { ...now } : { text: now.text });
    clearTimeout(timer);
    timer = setTimeout(compare, 150);
  };
  const version = typing({
    label: "Your version", value: now.text, max: spec.max_words, rows: rowsFor(spec.draft),
    change: (text) => { now.text = text; said.textContent = ""; keep(); },
  });
  const restart = () => {
    const field = version.querySelector("textarea");
    field.value = spec.draft;
    field.dispatchEvent(new Event("input"));
    said.textContent = "Your version is the draft again.";
    field.focus();
  };
  box.append(
    h("div", { class: "tp-sides" },
      h("section", { class: "tp-card", "aria-label": "The draft" }, h("h3", {}, "The draft"), h("div", { class: "tp-asis" }, spec.draft)),
      h("div", {}, version, h("div", { class: "tp-line" },
        confirmed("Start again from the draft", "This throws your version away.", "Yes, start again", restart), said))),
    h("section", { class: "tp-card", "aria-label": "What you changed" },
      h("h3", {}, "What you changed ", count), changes));
  if (spec.reasons) {
    box.append(typing({
      label: "Why did you change what you changed?", value: now.reasons, min: spec.reasons.min_words, max: spec.reasons.max_words,
      rows: 4, change: (text) => { now.reasons = text; keep(); },
    }));
  }
  compare();
}

// Enough lines to see most of the draft while one writes.
function rowsFor(text) {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 50), 0);
  return Math.min(Math.max(lines + 1, 6), 24);
}
