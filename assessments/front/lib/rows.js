// Rows that can be added, moved and removed: the turns of a conversation, the criteria of a rubric.

// rowList({noun, many, rows, most, blank, draw, changed}): an element. `rows` are objects that `draw(row, name)` shows as
// {head, body} and changes itself; `name()` makes an element with the row's current name ("Turn 2"). `blank(rows)` is a
// new row; `changed` is called after rows were added, moved or removed, with all of them in their order.
function rowList({ noun, many, rows, most, blank, draw, changed }) {
  const list = h("ol", { class: "tp-order" });
  const said = h("span", { class: "tp-quiet", role: "status" });
  const undo = h("span");
  const all = () => [...list.children].map((line) => line.row);
  const settle = (what, back = null) => {
    numberRows(list, noun);
    idle(more, list.children.length >= most);
    said.textContent = what;
    undo.replaceChildren(...(back ? [smallButton("Bring it back", back)] : []));
    changed(all());
  };
  const place = (line) => [...list.children].indexOf(line) + 1;
  const put = (row, before, what) => {
    const line = oneRow({ row, draw, move, remove });
    list.insertBefore(line, before);
    settle(`${noun} ${place(line)} ${what}.`);
    line.querySelector("textarea").focus();
  };
  const move = (line, by) => {
    const to = place(line) + by;
    if (to < 1 || to > list.children.length) {
      said.textContent = `${noun} ${place(line)} is already ${by < 0 ? "first" : "last"}.`;
      return;
    }
    list.insertBefore(line, by < 0 ? line.previousSibling : line.nextSibling.nextSibling);
    settle(`Moved: now ${noun.toLowerCase()} ${to} of ${list.children.length}.`);
  };
  const remove = (line) => {
    const [number, next] = [place(line), line.nextSibling];
    const neighbour = next || line.previousSibling;
    line.remove();
    const before = () => (next?.isConnected ? next : null);
    settle(`${noun} ${number} removed; ${plural(list.children.length, noun.toLowerCase(), many)} left.`,
      () => put(line.row, before(), "is back"));
    (neighbour?.querySelector(".tp-moves button:last-child") || more).focus();
  };
  const more = h("button", {
    type: "button", class: "tp-button",
    onclick: () => {
      if (list.children.length < most) put(blank(all()), null, "added");
      else said.textContent = `There is room for ${plural(most, noun.toLowerCase(), many)} at most.`;
    },
  }, `Add a ${noun.toLowerCase()}`);
  list.append(...rows.map((row) => oneRow({ row, draw, move, remove })));
  numberRows(list, noun);
  idle(more, rows.length >= most);
  return h("div", {}, list, h("div", { class: "tp-line" }, more, said, undo));
}

// Buttons at the ends stay reachable, so that the focus is not lost when a row arrives there.
function oneRow({ row, draw, move, remove }) {
  const name = () => h("span", { class: "tp-row-name" });
  const button = (text, act) => smallButton([text, h("span", { class: "tp-hidden" }, " ", name())], (event) => {
    act();
    if (event.currentTarget.isConnected) event.currentTarget.focus();
  });
  const { head, body } = draw(row, name);
  const line = h("li", { class: "tp-card" },
    h("div", { class: "tp-bar-of-card" },
      h("div", { class: "tp-head tp-line" }, head),
      h("span", { class: "tp-moves" },
        button("Move up", () => move(line, -1)), button("Move down", () => move(line, 1)), button("Remove", () => remove(line)))),
    body);
  line.row = row;
  return line;
}

const smallButton = (content, onclick) => h("button", { type: "button", class: "tp-button", onclick }, content);

function numberRows(list, noun) {
  [...list.children].forEach((line, place) => {
    for (const name of line.querySelectorAll(".tp-row-name")) name.textContent = `${noun} ${place + 1}`;
    const [up, down] = line.querySelectorAll(".tp-moves button");
    idle(up, place === 0);
    idle(down, place === list.children.length - 1);
  });
}
