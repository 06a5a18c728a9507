// What changed between two texts, word by word.

const MOST_PAIRS = 4e6; // more would keep the page waiting; then the middle is shown as replaced

// wordDiff(before, after): [{kind: "same" | "deleted" | "inserted", text}], in reading order.
function wordDiff(before, after) {
  const [old, now] = [before, after].map(wordTokens);
  let start = 0;
  while (start < old.length && start < now.length && old[start].word === now[start].word) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end).word === now.at(-1 - end).word) end++;
  const middle = longestCommon(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const same = (tokens) => tokens.map(({ text }) => ({ kind: "same", text }));
  return joinParts([...same(now.slice(0, start)), ...middle, ...same(now.slice(now.length - end))]);
}

// How many words were changed: a word that was replaced counts once.
function changedWords(parts) {
  let total = 0;
  let deleted = 0;
  for (const { kind, text } of parts) {
    const count = kind === "same" ? 0 : Math.max(words(text), 1);
    if (kind === "inserted") total += Math.max(count - deleted, 0);
    else total += count;
    deleted = kind === "deleted" ? count : 0;
  }
  return total;
}

// The parts as elements; who listens hears "deleted" and "inserted" too.
function diffView(parts) {
  const heard = (text) => h("span", { class: "tp-hidden" }, text);
  return parts.flatMap(({ kind, text }, place) => {
    if (kind === "same") return [text];
    const space = parts[place - 1]?.kind === "deleted" ? " " : text.slice(0, text.length - text.trimStart().length);
    return [space, h(kind === "deleted" ? "del" : "ins", {}, heard(`[${kind}: `), text.trimStart(), heard("]"))];
  });
}

// Words and signs, each with the white space before it; only what is not white space is compared.
function wordTokens(text) {
  const found = text.match(/\s*(?:[\p{L}\p{N}\p{M}]+(?:[’'\-.,/][\p{L}\p{N}\p{M}]+)*|\S)/gu) || [];
  return found.map((each) => ({ text: each, word: each.trimStart() }));
}

// A longest common subsequence (Wagner & Fischer, 1974).
function longestCommon(old, now) {
  const parts = [];
  const take = (kind, { text }) => parts.push({ kind, text });
  if (old.length * now.length > MOST_PAIRS) {
    old.forEach((token) => take("deleted", token));
    now.forEach((token) => take("inserted", token));
    return parts;
  }
  const width = now.length + 1;
  const length = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      length[i * width + j] = old[i].word === now[j].word ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i].word === now[j].word) {
      take("same", now[j++]);
      i++;
    } else if (j === now.length || (i < old.length && length[(i + 1) * width + j] >= length[i * width + j + 1])) {
      take("deleted", old[i++]);
    } else take("inserted", now[j++]);
  }
  return parts;
}

// Neighbours of one kind as one part; between two equal stretches first what went, then what came.
function joinParts(parts) {
  const joined = [];
  let run = { deleted: "", inserted: "" };
  const close = () => {
    for (const kind of ["deleted", "inserted"]) if (run[kind]) joined.push({ kind, text: run[kind] });
    run = { deleted: "", inserted: "" };
  };
  for (const { kind, text } of parts) {
    if (kind !== "same") run[kind] += text;
    else if (joined.at(-1)?.kind === "same" && !run.deleted && !run.inserted) joined.at(-1).text += text;
    else {
      close();
      joined.push({ kind, text });
    }
  }
  close();
  return joined;
}
