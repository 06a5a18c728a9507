// A text whose words can be picked by mouse, finger or keyboard, and that shows marks. Words go by their numbers.

// passage({text, words, label, hint, locked, code, picked, enter}): an object with `element`, `pick`, `show`, `quote`, `at`, `focus`.
// `words` are [start, end] in code points; `picked(range, byKey)` is told of [first, last] or null; `enter()` of Enter.
function passage({ text, words, label, hint, locked, code, picked, enter }) {
  const chars = Array.from(text);
  const gaps = words.map(([start], number) => h("span", {}, between(number ? words[number - 1][1] : 0, start)));
  const parts = words.map(([start, end], number) => h("span", {
    ...(locked ? {} : { role: "option", "aria-selected": "false", tabindex: number ? -1 : 0 }),
    class: "tp-word",
  }, between(start, end)));
  const element = h("div", {
    class: code ? "tp-passage tp-program" : "tp-passage", dir: code ? "ltr" : "auto", ...(locked ? {} : { role: "listbox", "aria-multiselectable": "true" }),
    ...(locked ? {} : { "aria-label": label, "aria-describedby": hint }),
  }, parts.flatMap((part, number) => [gaps[number], part]));
  let current = 0;
  let anchor = 0;
  let range = null;

  function between(start, end) {
    return chars.slice(start, end).join("");
  }

  // the words that a passage touches
  function at(start, end) {
    const touched = [...words.keys()].filter((number) => words[number][0] < end && start < words[number][1]);
    return touched.length ? [touched[0], touched[touched.length - 1]] : null;
  }

  function pick(next, byKey = false) {
    range = next;
    // else the browser's selection would pick the same words again
    if (!range && element.contains(getSelection().anchorNode)) getSelection().removeAllRanges();
    parts.forEach((part, number) => {
      const inside = Boolean(range) && range[0] <= number && number <= range[1];
      part.setAttribute("aria-selected", String(inside));
      gaps[number].classList.toggle("tp-picked", inside && number > range[0]);
    });
    picked(range, byKey);
  }

  function focus(number = current) {
    parts[current].tabIndex = -1;
    current = Math.max(0, Math.min(parts.length - 1, number));
    parts[current].tabIndex = 0;
    parts[current].focus();
  }

  function move(number, extending) {
    focus(number);
    if (!extending) anchor = current;
    pick(extending ? [Math.min(anchor, current), Math.max(anchor, current)] : null, true);
  }

  function press(event) {
    const turned = getComputedStyle(element).direction === "rtl" ? -1 : 1;
    const target = {
      ArrowRight: () => current + turned, ArrowLeft: () => current - turned,
      ArrowDown: () => onNextLine(parts, current, 1), ArrowUp: () => onNextLine(parts, current, -1),
      Home: () => 0, End: () => parts.length - 1,
    }[event.key];
    if (target) move(target(), event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") {
      if (!range) pick([current, current], true);
      enter();
    } else if (event.key === "Escape" && range) pick(null, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  if (!locked) {
    element.addEventListener("keydown", press);
    element.addEventListener("focusin", (event) => {
      parts[current].tabIndex = -1;
      current = Math.max(0, parts.indexOf(event.target));
      parts[current].tabIndex = 0;
    });
    element.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed) return;
      const number = parts.indexOf(event.target.closest(".tp-word"));
      anchor = Math.max(0, number);
      pick(number < 0 ? null : [number, number]);
    });
    heedSelection(element, (start, end) => { if (at(start, end)) pick(at(start, end)); });
  }
  return {
    element, pick, focus, at,
    quote: ([first, last]) => between(words[first][0], words[last][1]),
    show: (marks) => showMarks(parts, gaps, marks),
  };
}

// The word of the line below (way = 1) or above (−1) that stands closest.
function onNextLine(parts, current, way) {
  const middle = ({ left, width }) => left + width / 2;
  const here = parts[current].getBoundingClientRect();
  let line = null;
  let best = current;
  let nearest = Infinity;
  for (let number = current + way; parts[number]; number += way) {
    const there = parts[number].getBoundingClientRect();
    if ((there.top - here.top) * way < here.height / 2) continue;
    line ??= there.top;
    if (Math.abs(there.top - line) > here.height / 2) break;
    const distance = Math.abs(middle(there) - middle(here));
    if (distance < nearest) [best, nearest] = [number, distance];
  }
  return best;
}

// Calls `heed(start, end)` (code points) when text of the element was selected, by mouse or finger.
function heedSelection(element, heed) {
  let timer;
  const offset = (node, place) => {
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(node, place);
    return Array.from(before.toString()).length;
  };
  const look = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !element.contains(selection.anchorNode)) {
      document.removeEventListener("selectionchange", wait);
      return;
    }
    const range = selection.getRangeAt(0).cloneRange();
    if (!element.contains(range.startContainer)) range.setStart(element, 0);
    if (!element.contains(range.endContainer)) range.setEnd(element, element.childNodes.length);
    heed(offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset));
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  };
  // only while something of this text is being selected, so that nothing is left behind when the part goes
  element.addEventListener("selectstart", () => document.addEventListener("selectionchange", wait));
}

// Underlines the marks [{first, last, number, style}]; where they overlap, one below the other.
function showMarks(parts, gaps, marks) {
  const lanes = [];
  for (const mark of marks) {
    const over = (other) => other.last >= mark.first && other.first <= mark.last;
    const taken = lanes.filter(over).map((other) => other.lane);
    lanes.push({ ...mark, lane: [0, 1, 2, 3].find((lane) => !taken.includes(lane)) ?? 3 });
  }
  const fill = (element, inside, ends) => {
    const lined = inside.reduce((content, mark) => h("span", {
      class: `tp-mark tp-mark-${mark.style} tp-lane-${mark.lane}`, "data-number": ends(mark) && mark.number,
    }, content), element.textContent);
    element.replaceChildren(lined);
  };
  parts.forEach((part, number) => {
    const inside = lanes.filter(({ first, last }) => first <= number && number <= last);
    fill(part, inside, ({ last }) => last === number);
    fill(gaps[number], inside.filter(({ first }) => first < number), () => false);
    const numbers = inside.map((mark) => mark.number).join(" and ");
    if (numbers && part.hasAttribute("role")) part.setAttribute("aria-label", `${part.textContent}, in mark ${numbers}`);
    else part.removeAttribute("aria-label");
  });
}
