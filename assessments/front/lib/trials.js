// What came of the public examples of a code question: `{trials: [{call, gives, found, holds}]}` as a table.

function trials({ trials: results }) {
  const cell = (text) => h("td", {}, h("code", {}, text));
  const heads = ["call", "expected", "yours gives", "result"].map((text) => h("th", { scope: "col" }, text));
  return h("div", {},
    h("table", { class: "tp-table" },
      h("thead", {}, h("tr", {}, heads)),
      h("tbody", {}, results.map(({ call, gives, found, holds }) =>
        h("tr", {}, cell(call), cell(gives), cell(found),
          h("td", { class: holds ? "tp-good" : "tp-warn" }, holds ? "as expected" : "differs"))))),
    h("p", { class: "tp-quiet" }, "The examples are public. Your score comes from other inputs as well."));
}
