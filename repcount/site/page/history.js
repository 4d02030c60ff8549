// The history on the screen: the last seven days, what rose too fast, a line for each session.
import { say } from "./language.js";

export function fillHistory(box, { sessions, week, load }) {
  const title = textOf("h2", say("alone_history"));
  title.id = "history-title";
  box.replaceChildren(title, textOf("h3", say("alone_week")), list(week, weekLine, "alone_week_nothing"));
  for (const text of load) box.append(Object.assign(textOf("p", text), { className: "advice" }));
  box.append(textOf("h3", say("alone_sessions")), list(sessions, sessionLine, "alone_nothing"));
}

function list(all, lineOf, empty) {
  if (!all.length) return textOf("p", say(empty));
  const box = document.createElement("ul");
  box.append(...all.map((one) => textOf("li", lineOf(one))));
  return box;
}

function weekLine({ exercise, reps, held }) {
  return `${exercise}: ${amount(reps, held)}`;
}

function sessionLine({ at, exercises, reps, held, before, after }) {
  const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const pain = before === null && after === null ? "" : say("alone_pain", { before: before ?? "–", after: after ?? "–" });
  return [when, exercises.join(", "), amount(reps, held), pain].filter(Boolean).join(" · ");
}

function amount(reps, held) {
  return [reps ? say("alone_reps", { reps }) : "", held ? say("sum_held", { seconds: held }) : ""].filter(Boolean).join(", ");
}

function textOf(kind, text) {
  const box = document.createElement(kind);
  box.textContent = text;
  return box;
}
