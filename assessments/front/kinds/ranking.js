// `ranking`: several answers, from best to worst.

function answerTo(box, spec, answer) {
  const cards = spec.cards.map(({ id, name, text_html }) =>
    ({ id, name, head: h("h3", {}, name), body: h("div", { html: text_html }) }));
  box.append(orderCards({ cards, hint: "The best answer goes on top, the worst at the bottom.", answer }));
}
