// `conversation`: turns with roles, after some that are given.

function answerTo(box, spec, answer) {
  const given = Array.isArray(answer.value) ? answer.value : [];
  const roles = spec.roles;
  const turns = given.map((turn) => ({ role: (roles.find(({ id }) => id === turn?.role) || roles[0]).id, text: textIn(turn, "text") }));
  const last = (rows) => (rows.length ? rows[rows.length - 1].role : spec.opening.at(-1)?.role);
  const blank = (rows) => ({ role: (roles.find(({ id }) => id !== last(rows)) || roles[0]).id, text: "" });
  while (!answer.locked && turns.length < spec.min_turns) turns.push(blank(turns));
  let current = turns;
  const count = h("p", { class: "tp-quiet" });
  const tell = () => {
    const written = current.filter(({ text }) => text.trim());
    const total = written.reduce((sum, { text }) => sum + words(text), 0);
    count.textContent = `${plural(written.length, "turn")} with ${plural(total, "word")} · ${spec.min_turns} to ${spec.max_turns} turns`;
    return written.length ? written.map(({ role, text }) => ({ role, text })) : null;
  };
  const draw = (turn, name) => {
    const id = newId("role");
    const speaker = h("select", {
      id, onchange: (event) => { turn.role = event.target.value; answer.set(tell()); },
    }, roles.map((role) => h("option", { value: role.id, selected: role.id === turn.role }, role.name)));
    const who = roles.length > 1
      ? [h("label", { for: id }, "Who speaks", h("span", { class: "tp-hidden" }, " in ", name())), speaker]
      : [roles[0].name];
    return {
      head: [h("strong", {}, name()), ...who],
      body: typing({
        label: [h("span", { class: "tp-hidden" }, name(), ": "), "What is said"], value: turn.text, max: spec.max_words, rows: 3,
        change: (text) => { turn.text = text; answer.later(tell()); },
      }),
    };
  };
  const changed = (rows) => { current = rows; answer.set(tell()); };
  box.append(
    ...spec.opening.map(({ name, text_html }) =>
      h("section", { class: "tp-card tp-given", "aria-label": `Given: ${name}` }, h("h3", {}, name), h("div", { html: text_html }))),
    rowList({ noun: "Turn", many: "turns", rows: turns, most: spec.max_turns, blank, draw, changed }), count);
  tell();
}
