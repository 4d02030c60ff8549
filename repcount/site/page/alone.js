// What this page has besides the one that talks to a computer: the history, a film from the gallery, its own words.
import { prepared, startFrom, working } from "./app.js";
import { wishes } from "./choose.js";
import { Film } from "./film.js";
import { fillHistory } from "./history.js";
import { say } from "./language.js";
import { deleteAll } from "./store.js";

const by = (id) => document.getElementById(id);
const KINDS = { json: "application/json", csv: "text/csv" };

function button(key, act, kind = "plain") {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: kind, textContent: say(key), onclick: act, id: key });
  return made;
}

function offer() {
  const row = document.createElement("div"), dialog = document.createElement("dialog"), picked = document.createElement("input");
  Object.assign(picked, { type: "file", accept: "video/*", id: "film", hidden: true, onchange: () => filmed(picked) });
  Object.assign(row, { id: "more", className: "more" });
  dialog.id = "history";
  dialog.setAttribute("aria-labelledby", "history-title");
  row.append(button("alone_history", showHistory), button("alone_film", () => picked.click()), picked);
  by("choose").append(row);
  document.body.append(dialog);
}

// A film is counted from its beginning to its end: nobody is asked to do so many.
async function filmed(picked) {
  const [file] = picked.files, { link } = working();
  picked.value = "";
  if (!file || !link.ready) return;
  const film = new Film(by("video"), file, link, () => link.order({ do: "end" }));
  const { exercise, plan, side, range, limit } = wishes();
  await startFrom(film, { do: "start", exercise: plan ? "auto" : exercise, side, range, limit, film: file.name.slice(0, 60) });
}

async function showHistory() {
  const { link } = working();
  if (!link.ready) return;
  const dialog = by("history"), keys = document.createElement("div");
  keys.className = "more";
  keys.append(button("alone_export_json", () => save("json")), button("alone_export_csv", () => save("csv")), button("alone_delete", () => forget(dialog)), button("alone_close", () => dialog.close(), ""));
  fillHistory(dialog, await link.history());
  dialog.append(keys);
  if (!dialog.open) dialog.showModal();
}

async function save(form) {
  const text = await working().link.exported(form), link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: KINDS[form] }));
  link.download = `repcount.${form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function forget(dialog) {
  if (!confirm(say("alone_delete_sure"))) return;
  await deleteAll();
  dialog.close();
  showHistory();
}

await prepared;
if (working().choices) offer();
