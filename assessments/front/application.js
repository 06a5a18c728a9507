// The application: who somebody is, languages, domains, CV, time, consent. The kernel checks; its words stand below each field.

const PATIENCE_MS = 400;

function show(el, spec, answer) {
  const { model } = answer;
  const fields = answer.value instanceof Object ? structuredClone(answer.value) : {};
  const seen = new Set();
  const form = {
    spec, fields,
    // copies: the model takes what it holds already for no change
    set: (name, value) => { fields[name] = value; answer.set(structuredClone(fields)); },
    later: (name, value) => { fields[name] = value; answer.later(structuredClone(fields)); },
    keep: () => answer.set(structuredClone(fields)),
  };
  const tell = () => sayProblems(el, model.get("state"), seen);
  el.append(h("section", { class: "tp-question", "aria-label": "Your application" },
    aboutYou(form),
    rowGroup(form, { field: "languages", legend: "Languages", noun: "language", hint: "You are offered the tests of the languages that you rate B2 or higher.",
      first: { name: "language", label: "Language", options: spec.languages },
      second: { name: "level", label: "Level", options: spec.levels }, tell }),
    rowGroup(form, { field: "domains", legend: "Domains", noun: "domain", hint: "You are offered the tests of the domains that you name. Years are for orientation; they decide nothing.",
      first: { name: "domain", label: "Domain", options: spec.domains },
      second: { name: "years", label: "Years of practice", most: 70 }, tell }),
    background(form, answer),
    time(form),
    consent(form)));
  el.addEventListener("focusout", ({ target }) => {
    // not at once: words that appear would move what is just being clicked away from under the pointer
    setTimeout(() => { seen.add(target.dataset.field); tell(); }, PATIENCE_MS);
  });
  tell();
  model.on("change:state", tell);
}

// A field's problem shows once somebody has left it, or has asked to pack.
function sayProblems(el, { problems = {}, asked }, seen) {
  const visited = (field) => asked || seen.has(field) || [...seen].some((each) => each?.startsWith(`${field}.`));
  for (const note of el.querySelectorAll("[data-problem]")) {
    const text = visited(note.dataset.problem) ? problems[note.dataset.problem] || "" : "";
    if (note.textContent !== text) note.textContent = text;
  }
  for (const control of el.querySelectorAll("[data-field]")) {
    control.setAttribute("aria-invalid", String(Boolean(visited(control.dataset.field) && problems[control.dataset.field])));
  }
}

// A label, a control and the place for its problem; `field` is the name by which the kernel speaks of it.
function labelledField(field, label, control, hint = "") {
  const [id, note, problem] = [newId("field"), newId("hint"), newId("problem")];
  control.id = id;
  control.dataset.field = field;
  control.setAttribute("aria-describedby", hint ? `${note} ${problem}` : problem);
  return h("div", { class: "tp-field" },
    h("label", { for: id }, label), control,
    hint && h("span", { id: note, class: "tp-quiet" }, hint),
    h("span", { id: problem, class: "tp-warn", "data-problem": field }));
}

function chooser(options, value, change) {
  const list = h("select", { onchange: (event) => change(event.target.value) },
    h("option", { value: "" }, "Please choose"),
    options.map(({ id, text }) => h("option", { value: id }, text)));
  list.value = value ?? "";
  return list;
}

// Digits become a number; anything else stays as it was typed, so that the kernel can say what is wrong with it.
const number = (text) => (/^\d+$/.test(text.trim()) ? Number(text) : text);
const typed = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function aboutYou({ spec, fields, set, later }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!fields.time_zone && spec.time_zones.some(({ id }) => id === here)) set("time_zone", here);
  const text = (field, complete) => h("input", {
    type: "text", inputmode: complete === "email" ? "email" : null, autocomplete: complete, maxlength: 254, value: typed(fields[field]), oninput: (event) => later(field, event.target.value),
  });
  return h("fieldset", { class: "tp-group" }, h("legend", {}, h("h2", {}, "About you")),
    labelledField("name", spec.labels.name, text("name", "name")),
    labelledField("email", spec.labels.email, text("email", "email"), "All messages about your application go there."),
    labelledField("country", spec.labels.country, chooser(spec.countries, fields.country, (code) => set("country", code))),
    labelledField("time_zone", spec.labels.time_zone, chooser(spec.time_zones, fields.time_zone, (name) => set("time_zone", name))));
}

// Languages with levels, domains with years: two controls a row.
function rowGroup(form, { field, legend, noun, hint, first, second, tell }) {
  const rows = Array.isArray(form.fields[field]) ? form.fields[field].filter((row) => row instanceof Object) : [];
  if (!rows.length) rows.push({});
  form.fields[field] = rows;
  const list = h("div");
  const said = h("span", { class: "tp-quiet", role: "status" });
  const control = (row, { name, options, most }) => (options
    ? chooser(options, row[name], (value) => { row[name] = value; form.keep(); })
    : h("input", { type: "text", inputmode: "numeric", maxlength: String(most).length + 1, size: 4, value: typed(row[name]),
      oninput: (event) => { row[name] = number(event.target.value); form.later(field, rows); } }));
  const draw = () => {
    list.replaceChildren(...rows.map((row, place) => h("div", { class: "tp-row", role: "group", "aria-label": `${legend}, ${place + 1} of ${rows.length}` },
      [first, second].map((part) => labelledField(`${field}.${place}.${part.name}`, part.label, control(row, part))),
      rows.length > 1 && h("button", { type: "button", class: "tp-button tp-small", onclick: () => remove(place) },
        "Remove", h("span", { class: "tp-hidden" }, ` ${noun} ${place + 1}`)))));
    tell();
  };
  const remove = (place) => {
    rows.splice(place, 1);
    said.textContent = `Removed; ${plural(rows.length, noun)} left.`;
    form.keep();
    draw();
    more.focus();
  };
  const more = h("button", {
    type: "button", class: "tp-button",
    onclick: () => { rows.push({}); said.textContent = ""; form.keep(); draw(); list.lastElementChild.querySelector("select").focus(); },
  }, `Add a ${noun}`);
  const group = h("fieldset", { class: "tp-group" }, h("legend", {}, h("h2", {}, legend)), h("p", { class: "tp-quiet" }, hint),
    list, h("p", { class: "tp-warn", "data-problem": field }), h("div", { class: "tp-line" }, more, said));
  draw();
  return group;
}

function background({ spec, fields, later }, answer) {
  const degree = h("input", { type: "text", maxlength: 200, value: typed(fields.degree), oninput: (event) => later("degree", event.target.value) });
  return h("fieldset", { class: "tp-group" }, h("legend", {}, h("h2", {}, "Background")),
    h("p", { class: "tp-quiet" }, "Neither of these decides: people without a degree pass, and people with one fail."),
    labelledField("degree", "Degree (optional)", degree),
    curriculum(spec.cv, answer));
}

function curriculum({ endings, most_bytes }, answer) {
  const { model } = answer;
  const said = h("p", { role: "status" });
  const file = h("input", { type: "file", accept: endings.join(","), onchange: () => file.files.length && send(file.files[0]) });
  const remove = h("button", { type: "button", class: "tp-button tp-small", onclick: () => { void ask({ remove: true }); file.value = ""; file.focus(); } }, "Remove the CV");
  let problem = "";
  const ask = async (question) => {
    ({ problem } = await answer.ask(question));
    tell();
  };
  const send = async (chosen) => {
    if (chosen.size > most_bytes) {
      problem = `The file has ${(chosen.size / 1e6).toFixed(1)} MB; at most ${most_bytes / 1e6} MB are allowed.`;
      tell();
      return;
    }
    said.textContent = "Reading …";
    await ask({ name: chosen.name, content: await base64(chosen) });
  };
  const tell = () => {
    const { cv } = model.get("state");
    const kept = cv ? `Chosen: ${cv.name} (${Math.ceil(cv.size_bytes / 1000)} kB).` : "No CV chosen.";
    said.textContent = [problem, kept].filter(Boolean).join(" ");
    said.classList.toggle("tp-warn", Boolean(problem));
    remove.hidden = !cv;
  };
  tell();
  model.on("change:state", tell);
  return h("div", {},
    labelledField("cv", "CV (optional)", file, `PDF, DOCX or text (${endings.join(", ")}), at most ${most_bytes / 1e6} MB, without a password.`), said, remove);
}

function base64(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    // after "data:…;base64,"; an empty file has nothing there
    reader.onloadend = () => resolve(String(reader.result || "").split(",")[1] || "");
    reader.readAsDataURL(file);
  });
}

function time({ spec, fields, later }) {
  const hours = h("input", {
    type: "text", inputmode: "numeric", size: 4, maxlength: 3, value: typed(fields.hours_a_week),
    oninput: (event) => later("hours_a_week", number(event.target.value)),
  });
  return h("fieldset", { class: "tp-group" }, h("legend", {}, h("h2", {}, "Your time")),
    labelledField("hours_a_week", spec.labels.hours_a_week, hours, "How many hours a week would you have for this work? You can change it later; it is no promise."));
}

function consent({ spec, fields, set }) {
  const agreed = fields.consent?.version === spec.consent.version;
  const tick = h("input", {
    type: "checkbox", checked: agreed, "data-field": "consent",
    onchange: () => set("consent", tick.checked ? { version: spec.consent.version, given_at: new Date().toISOString() } : null),
  });
  const problem = newId("problem");
  tick.setAttribute("aria-describedby", problem);
  return h("fieldset", { class: "tp-group" }, h("legend", {}, h("h2", {}, spec.labels.consent)),
    h("div", { html: spec.consent.text_html }),
    h("label", { class: "tp-check" }, tick, " I have read this and agree"),
    h("span", { id: problem, class: "tp-warn", "data-problem": "consent" }));
}
