// What every part of the form shares: building elements, keeping an answer, asking the kernel.
// assessments/page.py joins lib/, the parts (each defines `show`) and the kinds (each defines `answerTo`) to one script.

// h("button", {class: "tp-button", onclick: f}, "text", otherElement): an element; text is never read as HTML.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value; // only what assessments.text made
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// A button that has nothing to do now keeps its focus and says so. Without need the attribute goes: fieldsets disable too.
function idle(button, yes) {
  if (yes) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

let lastId = 0;
const newId = (what) => `tp-${what}-${++lastId}-${Math.random().toString(36).slice(2, 8)}`;

const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const words = (text) => (text.match(/[\p{L}\p{N}\p{M}]+(?:[’'\-.,:/][\p{L}\p{N}\p{M}]+)*/gu) || []).length;

// Sends messages to the kernel and waits for what it says: ask({…}) gives a promise of the reply.
function asking(model) {
  const waiting = new Map();
  model.on("msg:custom", (message) => {
    if (!waiting.has(message.ask)) return;
    waiting.get(message.ask)(message.reply);
    waiting.delete(message.ask);
  });
  return (question) =>
    new Promise((resolve) => {
      const ask = newId("ask");
      waiting.set(ask, resolve);
      model.send({ ask, question });
    });
}

// Holds the answer of one part: `set` keeps it at once, `later` after a short pause in typing, `flush` what is pending.
function keeping(model, trait) {
  let timer = null;
  let pending;
  const answer = {
    get value() {
      return timer === null ? model.get(trait) : pending;
    },
    set(value) {
      clearTimeout(timer);
      timer = null;
      model.set(trait, value);
      model.save_changes();
    },
    later(value) {
      clearTimeout(timer);
      pending = value;
      timer = setTimeout(() => answer.set(value), 300);
    },
    flush() {
      if (timer !== null) answer.set(pending);
    },
  };
  return answer;
}

// Draws one part into anywidget's element. `show(box, spec, answer)` builds it; it runs again when the part is locked, and may return
// what ends it.
function draw(show, { model, el }) {
  const answer = keeping(model, "value");
  answer.mark = keeping(model, "mark");
  answer.ask = asking(model);
  answer.model = model;
  const flush = () => { answer.flush(); answer.mark.flush(); };
  // JupyterLab would take letters and arrows for its own commands; it asks the element that has the focus
  el.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  el.classList.add("tp-form");
  let locked;
  let stop;
  const refresh = () => {
    const now = Boolean(model.get("state").locked);
    if (now === locked) return;
    locked = answer.locked = now;
    stop?.();
    el.replaceChildren();
    stop = show(el, model.get("spec"), answer);
  };
  refresh();
  model.on("change:state", refresh);
  el.addEventListener("focusout", flush);
  document.addEventListener("visibilitychange", flush);
  window.addEventListener("pagehide", flush);
  return () => {
    stop?.();
    flush();
    document.removeEventListener("visibilitychange", flush);
    window.removeEventListener("pagehide", flush);
  };
}
