// The end of a session: what was done, in the words that the server chose.
import { has, say } from "./language.js";

const by = (id) => document.getElementById(id);

export function fillSummary(answer, table) {
  const rows = answer.summary ?? [], isDone = rows.some((row) => row.counted > 0);
  by("summary-title").textContent = say(isDone ? "finished" : "over");
  by("unjudged").textContent = isDone ? "" : has(`unjudged_${answer.unjudged}`) ? say(`unjudged_${answer.unjudged}`) : say("nothing_counted");
  by("rows").replaceChildren(...rows.map(result));
  offerTable(table);
}

function result(row) {
  const box = document.createElement("article"), list = document.createElement("dl");
  box.className = "result";
  box.append(textOf("h2", row.title), Object.assign(textOf("p", row.done), { className: "big" }), list);
  for (const [name, value] of row.lines) list.append(textOf("dt", name), textOf("dd", value));
  return box;
}

function textOf(kind, text) {
  const box = document.createElement(kind);
  box.textContent = text;
  return box;
}

// The page fetches the table: a browser's downloads refuse a certificate that the person has allowed to the page.
async function offerTable(table) {
  URL.revokeObjectURL(by("csv").href);
  by("csv").href = "summary.csv";
  const blob = await table;
  if (blob) by("csv").href = URL.createObjectURL(blob);
}
