// Cards to be put into an order, by buttons or by dragging: rankings and orders of steps.

// orderCards({cards: [{id, name, head, body}], hint, answer}): an element. `name` is what a card is called, `head`
// stands beside its buttons, `body` below. Untouched cards are no answer: nobody may have looked at them.
function orderCards({ cards, hint, answer }) {
  const given = isOrderOf(cards, answer.value);
  const shown = given ? answer.value.map((id) => cards.find((card) => card.id === id)) : cards;
  const list = h("ol", { class: "tp-order", tabindex: -1, "aria-label": "Your order" });
  const told = h("p", { class: "tp-quiet", role: "status" });
  const save = (what) => {
    untouched.hidden = true;
    answer.set([...list.children].map((row) => row.dataset.id));
    told.textContent = what;
  };
  const move = (row, to) => {
    const from = [...list.children].indexOf(row);
    if (to === from) return;
    if (to < 0 || to >= cards.length) {
      told.textContent = `${row.dataset.name} is already ${to < 0 ? "on top" : "at the bottom"}.`;
      return;
    }
    list.insertBefore(row, list.children[to > from ? to + 1 : to] ?? null);
    numberCards(list);
    save(`${row.dataset.name} is now in place ${to + 1} of ${cards.length}.`);
  };
  const untouched = h("p", { class: "tp-line", hidden: given || answer.locked }, "Not answered yet. Move a card, or:",
    h("button", {
      type: "button", class: "tp-button", onclick: () => { save("This order is your answer."); list.focus(); },
    }, "Keep this order"));
  list.append(...shown.map((card) => orderRow(card, list, move, answer.locked)));
  numberCards(list);
  dropCards(list, move);
  told.textContent = given ? "This order is your answer." : answer.locked ? "Not answered." : "";
  return h("div", {},
    h("p", { class: "tp-quiet" }, hint, answer.locked ? "" : " Move a card with its buttons, or drag it by its dots."),
    list, told, untouched);
}

// The buttons at the ends stay reachable, so that the focus is not lost when a card arrives there.
function orderRow({ id, name, head, body }, list, move, locked) {
  const button = (text, by) => h("button", {
    type: "button", class: "tp-button", "aria-label": `${text}: ${name}`,
    onclick: (event) => {
      move(row, [...list.children].indexOf(row) + by);
      event.currentTarget.focus();
    },
  }, text);
  const bar = h("div", { class: "tp-bar-of-card", draggable: locked ? null : "true" },
    h("span", { class: "tp-place" }), h("div", { class: "tp-head" }, head),
    locked ? null : h("span", { class: "tp-moves" }, button("Move up", -1), button("Move down", 1)));
  const row = h("li", { class: "tp-card", "data-id": id, "data-name": name }, bar, body);
  return row;
}

function numberCards(list) {
  const rows = [...list.children];
  rows.forEach((row, place) => {
    row.querySelector(".tp-place").textContent = place + 1;
    const [up, down] = row.querySelectorAll(".tp-moves button");
    if (up) idle(up, place === 0);
    if (down) idle(down, place === rows.length - 1);
  });
}

// A dragged card takes the place of the card it is dropped on, so that long cards need not be passed to their middle.
function dropCards(list, move) {
  let dragged = null;
  const place = (row) => [...list.children].indexOf(row);
  const over = (event) => dragged && event.target.closest?.(".tp-order > li");
  const mark = (row) => {
    for (const each of list.children) {
      each.classList.toggle("tp-drop-before", each === row && place(row) < place(dragged));
      each.classList.toggle("tp-drop-after", each === row && place(row) > place(dragged));
    }
  };
  list.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".tp-bar-of-card")) return;
    dragged = event.target.parentElement;
    event.dataTransfer.effectAllowed = "move";
    // Firefox drags nothing without data; a type of our own can be dropped nowhere else
    event.dataTransfer.setData("application/x-talentpool-card", "");
    event.dataTransfer.setDragImage(dragged, 20, 20);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    mark(over(event));
  });
  list.addEventListener("drop", (event) => {
    const row = over(event);
    if (!row) return;
    event.preventDefault();
    move(dragged, place(row));
  });
  list.addEventListener("dragend", () => { mark(null); dragged = null; });
}

const isOrderOf = (cards, value) =>
  Array.isArray(value) && value.length === cards.length && cards.every(({ id }) => value.includes(id));
