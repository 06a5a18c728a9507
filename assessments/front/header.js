// The bar on top: title, progress, time left, when the last answer was saved. Counts the time somebody really works.

const TICK_SECONDS = 15;
const PATIENCE_SECONDS = 10;
const IDLE_SECONDS = 120;

function show(el, spec, answer) {
  const { model } = answer;
  const progress = h("span");
  const time = h("span", { class: "tp-time" });
  const saved = h("span", { class: "tp-quiet", role: "status" });
  const tell = () => {
    const { answered, saved_at, failure } = model.get("state");
    progress.textContent = `${answered} of ${spec.total} answered`;
    saved.textContent = failure ? `Not saved: ${failure}` : saved_at ? `Saved ${clock(saved_at)}` : "Nothing answered yet";
    saved.classList.toggle("tp-warn", Boolean(failure));
  };
  const count = () => {
    const { locked } = model.get("state");
    const left = spec.due_at ? new Date(spec.due_at) - Date.now() : null;
    time.textContent = locked ? "handed in" : left === null ? "no time limit" : `time left: ${duration(left)}`;
    time.classList.toggle("tp-warn", !locked && left !== null && left <= 0);
  };
  tell();
  count();
  model.on("change:state", () => { tell(); count(); });
  el.append(h("header", { class: "tp-bar" },
    h("strong", {}, spec.title), progress, time, spec.extra && h("span", { class: "tp-quiet" }, spec.extra), saved,
    spec.practice && h("span", { class: "tp-badge" }, "Practice: nothing here counts"),
    spec.guideline_html && guidelineButton(),
    spec.keys && withKeys(el)));
  if (spec.guideline_html) el.append(guidelinePanel(spec.guideline_html));
  const lost = h("div", { class: "tp-lost", role: "alert" });
  el.append(lost);
  const timers = [setInterval(count, 1000), setInterval(() => listen(answer, lost), PATIENCE_SECONDS * 1000)];
  const stop = workingTime((seconds) => model.send({ worked: seconds }));
  return () => { timers.forEach(clearInterval); stop(); };
}

// Says so when the program behind the page answers no more: what is typed then would be lost.
async function listen(answer, lost) {
  const late = setTimeout(() => {
    lost.replaceChildren(
      "The program behind this page does not answer. If you have just run code, wait a moment; if not, your last answer may not be saved. ",
      h("button", { type: "button", class: "tp-button", onclick: () => window.location.reload() }, "Reload the page"));
  }, PATIENCE_SECONDS * 900);
  await answer.ask({ ping: true });
  clearTimeout(late);
  lost.replaceChildren();
}

function duration(milliseconds) {
  const minutes = Math.ceil(milliseconds / 60000);
  if (minutes <= 0) return "time is up";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

// Seconds in which the page was visible and somebody did something within the last two minutes.
function workingTime(report) {
  let last = Date.now();
  const heed = () => { last = Date.now(); };
  const signs = ["pointerdown", "pointermove", "keydown", "wheel"];
  for (const sign of signs) document.addEventListener(sign, heed, { passive: true });
  const timer = setInterval(() => {
    const working = document.visibilityState === "visible" && Date.now() - last < IDLE_SECONDS * 1000;
    if (working) report(TICK_SECONDS);
  }, TICK_SECONDS * 1000);
  return () => {
    clearInterval(timer);
    for (const sign of signs) document.removeEventListener(sign, heed);
  };
}

// An author's preview: one click between what an applicant sees and what the keys say.
function withKeys() {
  const button = h("button", {
    type: "button", class: "tp-button", "aria-pressed": "false",
    onclick: () => {
      const shown = document.body.classList.toggle("tp-with-keys");
      for (const part of document.querySelectorAll(".tp-behind")) part.open = shown;
      button.setAttribute("aria-pressed", String(shown));
      button.textContent = shown ? "Show as applicant" : "Show with keys";
    },
  }, "Show with keys");
  return button;
}
