// A labelled text field with a live count of words and its limits.

const MAX_CHARS = 20000; // as in assessments/wordcount.py

// What was typed before, out of an answer that may be anything.
const textIn = (value, name) => (typeof value?.[name] === "string" ? value[name] : "");

// typing({label, value, min, max, rows, hint, change}): an element; `change` gets the text after every key.
function typing({ label, value = "", min = null, max = null, rows = 5, hint = "", change }) {
  const id = newId("text");
  const note = newId("note");
  const count = h("span", { class: "tp-count" });
  const said = h("span", { class: "tp-hidden", role: "status" });
  const field = h("textarea", {
    id, rows, value, maxlength: MAX_CHARS, "aria-describedby": note,
    oninput: () => {
      const before = count.textContent;
      tell();
      if (standing(before) !== standing(count.textContent)) said.textContent = count.textContent;
      change(field.value);
    },
  });
  const tell = () => {
    const found = words(field.value);
    const outside = field.value.trim() ? missing(found, min, max) : "";
    count.textContent = plural(found, "word") + (outside && `, ${outside}`);
    count.classList.toggle("tp-warn", Boolean(outside));
  };
  tell();
  return h("div", { class: "tp-typing" },
    h("label", { for: id }, label), field,
    h("div", { id: note, class: "tp-quiet" }, count, [limits(min, max), hint].filter(Boolean).map((text) => ` · ${text}`)), said);
}

// Only what changes about the limits is said aloud, not every word.
const standing = (text) => ["needed", "too many"].find((end) => text.endsWith(end));

function missing(found, min, max) {
  if (min && found < min) return `${min - found} more needed`;
  return max && found > max ? `${found - max} too many` : "";
}

function limits(min, max) {
  if (min > 1 && max) return `${min} to ${max} words`;
  if (max) return `at most ${plural(max, "word")}`;
  return min > 1 ? `at least ${plural(min, "word")}` : "";
}
