// `attack`: a chat with an assistant that has weaknesses. What was sent and said is kept, chat by chat.

function answerTo(box, spec, answer) {
  const chats = chatsIn(answer.value);
  let severity = spec.severities.some(({ id }) => id === answer.value?.severity) ? answer.value.severity : null;
  let why = textIn(answer.value, "why");
  const whole = () => {
    const sent = chats.filter((chat) => chat.length);
    return sent.length || severity || why.trim() ? { chats: sent, severity, why } : null;
  };
  box.append(
    h("section", { class: "tp-card tp-given", "aria-label": "What to achieve" },
      h("h3", {}, "What to achieve"), h("div", { html: spec.goal_html })),
    answer.locked ? chatsRead(spec, chats) : chatDesk(spec, chats, answer, () => answer.set(whole())));
  if (spec.severities.length) {
    box.append(scale(h("legend", {}, h("strong", {}, "How severe is what you found?")), spec.severities, severity, (id) => {
      severity = id;
      answer.set(whole());
    }));
  }
  if (spec.why) {
    box.append(typing({
      label: spec.why, value: why, min: spec.min_words, max: spec.max_words, rows: 4,
      change: (text) => { why = text; answer.later(whole()); },
    }));
  }
}

// Chats out of an answer that may be anything.
function chatsIn(value) {
  const chats = Array.isArray(value?.chats) ? value.chats.filter(Array.isArray) : [];
  return chats.map((chat) => chat
    .filter((turn) => typeof turn?.prompt === "string")
    .map((turn) => ({ prompt: turn.prompt, reply: textIn(turn, "reply") })));
}

// The running chat with its entry field, and the earlier ones. `chats` is changed; `keep` is called after each change.
function chatDesk(spec, chats, answer, keep) {
  if (!chats.length) chats.push([]);
  const chat = () => chats.at(-1);
  const earlier = h("div");
  const log = h("div", { class: "tp-log", role: "log", tabindex: 0 });
  const left = h("span", { class: "tp-quiet" });
  const told = h("span", { class: "tp-quiet", role: "status" });
  const [id, hint] = [newId("message"), newId("hint")];
  const field = h("textarea", {
    id, rows: 3, maxlength: spec.max_chars, "aria-describedby": hint,
    onkeydown: (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      send();
    },
  });
  let waiting = false;
  const used = () => chats.reduce((sum, each) => sum + each.length, 0);
  const tell = (what = "") => {
    const tries = Math.max(spec.tries - used(), 0);
    left.textContent = `${tries} of ${plural(spec.tries, "try", "tries")} left`;
    told.textContent = what || (tries ? "" : "You have used all tries. Your chats are kept.");
    idle(start, waiting || !tries || !chat().length);
    idle(button, waiting || !tries);
    field.disabled = !tries;
  };
  // before it stands on the page it has no height
  const toEnd = () => requestAnimationFrame(() => { log.scrollTop = log.scrollHeight; });
  const say = (...lines) => {
    log.append(...lines);
    toEnd();
  };
  const redraw = () => {
    earlier.replaceChildren(...chats.slice(0, -1).map((each, place) => chatRead(spec, each, place, false)));
    log.setAttribute("aria-label", `Chat ${chats.length} with ${spec.name}`);
    log.replaceChildren(chatLine(spec.name, spec.greeting), ...chat().flatMap((turn) => turnLines(spec, turn)));
    toEnd();
  };
  const send = async () => {
    if (waiting || used() >= spec.tries) return;
    const prompt = field.value;
    const history = chat().map((turn) => turn.prompt);
    const writing = h("p", { class: "tp-quiet" }, `${spec.name} is writing…`);
    waiting = true;
    field.value = "";
    say(chatLine("You", prompt, true), writing);
    tell();
    const { text } = await answer.ask({ history, prompt });
    waiting = false;
    writing.remove();
    if (answer.locked) return;
    if (text === null) {
      redraw();
      field.value = prompt;
      tell("This message was not sent, because no tries are left.");
      return;
    }
    chat().push({ prompt, reply: text });
    say(chatLine(spec.name, text));
    tell();
    keep();
    if (used() >= spec.tries) log.focus();
  };
  const anew = () => {
    if (waiting || !chat().length || used() >= spec.tries) return;
    chats.push([]);
    redraw();
    tell(`A new chat has begun: ${spec.name} remembers nothing of the earlier ones, which are kept above.`);
    field.focus();
  };
  const button = h("button", { type: "button", class: "tp-button tp-main", onclick: send }, "Send");
  const start = h("button", { type: "button", class: "tp-button", onclick: anew }, "Start a new chat");
  redraw();
  tell();
  return h("div", { class: "tp-chat" }, earlier, log,
    h("label", { for: id }, `Your message to ${spec.name}`), field,
    h("div", { id: hint, class: "tp-quiet" }, "Ctrl+Enter sends it. An empty message can be sent, too."),
    h("div", { class: "tp-line" }, button, start, left), told);
}

// After handing in: all chats, open.
const chatsRead = (spec, chats) =>
  h("div", { class: "tp-chat" },
    chats.length ? chats.map((chat, place) => chatRead(spec, chat, place, true)) : h("p", { class: "tp-quiet" }, "Nothing was sent."));

function chatRead(spec, chat, place, open) {
  return h("details", { class: "tp-behind", open },
    h("summary", {}, `Chat ${place + 1}, ${plural(chat.length, "message")}`),
    chatLine(spec.name, spec.greeting), chat.flatMap((turn) => turnLines(spec, turn)));
}

const turnLines = (spec, { prompt, reply }) => [chatLine("You", prompt, true), chatLine(spec.name, reply)];

function chatLine(who, text, mine = false) {
  const nothing = text ? "(only spaces or invisible characters)" : "(an empty message)";
  const said = text.trim() ? text : h("em", { class: "tp-quiet" }, nothing);
  return h("div", { class: mine ? "tp-said tp-mine" : "tp-said" }, h("strong", {}, who), h("div", { class: "tp-asis" }, said));
}
