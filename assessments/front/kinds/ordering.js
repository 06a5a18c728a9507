// `ordering`: steps, from first to last.

function answerTo(box, spec, answer) {
  const cards = spec.cards.map(({ id, name, text_html }) => ({ id, name, head: h("span", { html: text_html }), body: null }));
  box.append(orderCards({ cards, hint: "The first step goes on top, the last at the bottom.", answer }));
}
