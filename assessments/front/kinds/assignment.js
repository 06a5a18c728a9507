// `assignment`: one piece of work in five parts; each part shows what was written before.

function answerTo(box, spec, answer) {
  const work = workIn(spec, answer.value);
  if (!answer.locked) while (work.rows.length < spec.min_criteria) work.rows.push(blankRow(spec, work));
  const sections = Object.fromEntries(spec.parts.map((part, place) => [part.id, partSection(part, place, spec.parts.length)]));
  const bar = partsBar(spec, sections);
  const recalls = [];
  const recall = (draw) => {
    const place = h("div");
    recalls.push(() => place.replaceChildren(draw(spec, work)));
    return place;
  };
  const tell = (keep) => {
    recalls.forEach((draw) => draw());
    bar.tell(work);
    if (keep) keep(savedWork(work));
  };
  const now = () => tell(answer.set);
  const soon = () => tell(answer.later);
  const text = (part, label, hint = "") => typing({
    label, hint, value: work[part], min: spec.words[part].minimum, max: spec.words[part].maximum, rows: part === "prompt" ? 5 : 9,
    change: (typed) => { work[part] = typed; soon(); },
  });
  const ratings = ratingCards(spec, work, now);
  const order = orderCards({
    cards: spec.answers.map(({ id, name }) => ({ id, name, head: h("h4", {}, name), body: null })),
    hint: "The best answer goes on top, the worst at the bottom.",
    answer: { value: work.order, set: (found) => { work.order = found; now(); }, locked: answer.locked },
  });
  sections.prompt.append(givenText("The situation", spec.brief_html), text("prompt", "Your prompt"));
  sections.criteria.append(recall(ownPrompt), givenText("The request that is answered in part 3", spec.request_html),
    h("p", { class: "tp-quiet" }, `What has to be true of a good answer to this request? Weight: ${spec.weights[0]} counts least, `
      + `${spec.weights.at(-1)} counts most. In part 3 you rate by these criteria.`),
    criterionRows(spec, work, (row) => { ratings.renamed(row); soon(); }, () => { ratings.draw(); now(); }));
  sections.evaluate.append(givenText("The request that was answered", spec.request_html), ratings.box,
    h("h4", {}, "Your order over all"), order);
  sections.justification.append(recall(ownEvaluation),
    text("justification", "Your justification", "refer to your criteria, and to each answer by its letter"));
  sections.ideal.append(givenText("The request (part 3)", spec.request_html), recall(ownJustification),
    text("ideal", "Your ideal answer", "in your own words"));
  box.append(bar.box, ...Object.values(sections));
  tell(null);
}

// The work so far out of an answer that may be anything; ratings are kept by the ids of criteria, whatever their names.
function workIn(spec, value) {
  const listed = Array.isArray(value?.criteria) ? value.criteria.filter((row) => /^c[1-9]\d{0,3}$/.test(textIn(row, "id"))) : [];
  const rows = listed.filter(({ id }, place) => listed.findIndex((row) => row.id === id) === place);
  const points = spec.points.map(({ id }) => id);
  const rated = (answer) => Object.entries(value?.ratings?.[answer] ?? {}).filter(([, point]) => points.includes(point));
  return {
    prompt: textIn(value, "prompt"),
    rows: rows.map((row) => ({
      id: row.id, text: textIn(row, "text"), weight: spec.weights.includes(row.weight) ? row.weight : middle(spec),
    })),
    lastId: Math.max(0, ...rows.map(({ id }) => Number(id.slice(1)))),
    ratings: Object.fromEntries(spec.answers.map(({ id }) => [id, Object.fromEntries(rated(id))])),
    order: isOrderOf(spec.answers, value?.order) ? value.order : null,
    justification: textIn(value, "justification"),
    ideal: textIn(value, "ideal"),
  };
}

const middle = (spec) => spec.weights[Math.floor(spec.weights.length / 2)];
// Never with the id of a row that was removed, for that may be brought back.
const blankRow = (spec, work) => ({ id: `c${++work.lastId}`, text: "", weight: middle(spec) });
const writtenRows = (work) => work.rows.filter(({ text }) => text.trim());

// What is kept: ratings of criteria that are there, and nothing where nothing was done.
function savedWork(work) {
  const criteria = writtenRows(work).map(({ id, text, weight }) => ({ id, text, weight }));
  const ratings = {};
  for (const [answer, points] of Object.entries(work.ratings)) {
    const kept = criteria.filter(({ id }) => id in points).map(({ id }) => [id, points[id]]);
    if (kept.length) ratings[answer] = Object.fromEntries(kept);
  }
  const { prompt, order, justification, ideal } = work;
  const begun = criteria.length || order || [prompt, justification, ideal].some((text) => text.trim());
  return begun ? { prompt, criteria, ratings, order: order ?? [], justification, ideal } : null;
}

// The parts that are complete, as `AssignmentItem.done` sees it.
function partsOf(spec, work) {
  const rows = writtenRows(work);
  const within = (count, { minimum, maximum }) => minimum <= count && count <= maximum;
  const rated = spec.answers.every(({ id }) => rows.every((row) => row.id in work.ratings[id]));
  return {
    prompt: within(words(work.prompt), spec.words.prompt),
    criteria: within(rows.length, { minimum: spec.min_criteria, maximum: spec.max_criteria })
      && rows.every(({ text }) => within(words(text), { minimum: 1, maximum: spec.criterion_words })),
    evaluate: Boolean(rows.length && work.order && rated),
    justification: within(words(work.justification), spec.words.justification),
    ideal: within(words(work.ideal), spec.words.ideal),
  };
}

function partSection({ title }, place, total) {
  const id = newId("part");
  return h("section", { class: "tp-part", "aria-labelledby": id },
    h("h3", { id, tabindex: -1 }, title, h("small", {}, ` part ${place + 1} of ${total}`)));
}

// How much is done, and a way to each part.
function partsBar(spec, sections) {
  const count = h("strong", { role: "status" });
  const states = {};
  const steps = spec.parts.map(({ id, title }) => {
    states[id] = h("span", { class: "tp-quiet" });
    const button = h("button", {
      type: "button", class: "tp-button", onclick: () => sections[id].querySelector("h3").focus(),
    }, `${title} `, states[id]);
    return h("li", {}, button);
  });
  const tell = (work) => {
    const done = partsOf(spec, work);
    const said = `${Object.values(done).filter(Boolean).length} of ${spec.parts.length} parts done`;
    if (count.textContent !== said) count.textContent = said;
    for (const [id, state] of Object.entries(states)) state.textContent = done[id] ? "✓ done" : "open";
  };
  return { box: h("nav", { class: "tp-parts", "aria-label": "Parts of this assignment" }, count, h("ol", {}, steps)), tell };
}

const givenText = (title, html) =>
  h("section", { class: "tp-card tp-given", "aria-label": title }, h("h4", {}, title), h("div", { html }));

const ownText = (title, text) =>
  h("section", { class: "tp-card tp-given", "aria-label": title }, h("h4", {}, title),
    h("div", { class: "tp-asis" }, text.trim() ? text : h("span", { class: "tp-quiet" }, "Nothing written yet.")));

const ownPrompt = (spec, work) => ownText("Your prompt (part 1)", work.prompt);
const ownJustification = (spec, work) => ownText("Your justification (part 4)", work.justification);

function ownEvaluation(spec, work) {
  const rows = writtenRows(work);
  if (!rows.length) return ownText("Your evaluation (part 3)", "");
  const order = (work.order ?? []).map((key) => spec.answers.find(({ id }) => id === key).name);
  const head = (...text) => h("th", { scope: "col" }, text);
  const letterHead = ({ name }) => head(h("span", { class: "tp-hidden" }, name.slice(0, -1)), name.slice(-1));
  return h("section", { class: "tp-card tp-given", "aria-label": "Your evaluation (part 3)" },
    h("h4", {}, "Your evaluation (part 3)"),
    h("div", { class: "tp-wide", tabindex: 0, role: "group", "aria-label": "Your ratings" }, h("table", {},
      h("thead", {}, h("tr", {}, head("Criterion"), head("Weight"), spec.answers.map(letterHead))),
      h("tbody", {}, rows.map((row) => h("tr", {},
        h("th", { scope: "row" }, row.text), h("td", {}, row.weight),
        spec.answers.map(({ id }) => h("td", {}, work.ratings[id][row.id] ?? "–"))))))),
    h("p", {}, order.length ? `Your order, best first: ${order.join(", ")}` : "No order yet."));
}

// The applicant's own criteria; `renamed` is called while one is typed, `changed` after rows or weights changed.
function criterionRows(spec, work, renamed, changed) {
  const draw = (row, name) => {
    const id = newId("weight");
    const weight = h("select", {
      id, onchange: (event) => { row.weight = Number(event.target.value); changed(); },
    }, spec.weights.map((each) => h("option", { value: each, selected: each === row.weight }, String(each))));
    return {
      head: [h("strong", {}, name()), h("label", { for: id }, "Weight", h("span", { class: "tp-hidden" }, " of ", name())), weight],
      body: typing({
        label: [h("span", { class: "tp-hidden" }, name(), ": "), "What has to be true of a good answer"], value: row.text,
        max: spec.criterion_words, rows: 2, change: (typed) => { row.text = typed; renamed(row); },
      }),
    };
  };
  return rowList({
    noun: "Criterion", many: "criteria", rows: work.rows, most: spec.max_criteria, blank: () => blankRow(spec, work), draw,
    changed: (rows) => { work.rows = rows; changed(); },
  });
}

// The given answers, each with a row of points for every criterion that has a name by now.
function ratingCards(spec, work, changed) {
  const names = new Map();
  const lists = spec.answers.map(() => h("div"));
  const ratingRow = (answer, row) => {
    const name = h("span", {}, row.text);
    names.set(row, [...(names.get(row) ?? []), name]);
    const legend = h("legend", {}, h("span", { class: "tp-hidden" }, `${answer.name}: `), name);
    return scale(legend, spec.points, work.ratings[answer.id][row.id], (point) => {
      work.ratings[answer.id][row.id] = point;
      changed();
    });
  };
  const draw = () => {
    names.clear();
    const rows = writtenRows(work);
    lists.forEach((list, place) => list.replaceChildren(...rows.map((row) => ratingRow(spec.answers[place], row))));
    hint.textContent = rows.length
      ? `Rate each answer by each of your criteria: ${spec.points[0].text} is worst, ${spec.points.at(-1).text} is best.`
      : "Your criteria from part 2 appear here as soon as you have written some.";
  };
  const renamed = (row) => {
    if (names.has(row) !== Boolean(row.text.trim())) draw();
    else names.get(row)?.forEach((name) => { name.textContent = row.text; });
  };
  const hint = h("p", { class: "tp-quiet" });
  draw();
  const cards = spec.answers.map(({ name, text_html }, place) =>
    h("section", { class: "tp-card", "aria-label": name }, h("h4", {}, name), h("div", { html: text_html }), lists[place]));
  return { box: h("div", {}, hint, cards), draw, renamed };
}
