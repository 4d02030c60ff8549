// The page: choose, film, draw, speak, sum up.
import { Camera } from "./camera.js";
import { draw } from "./draw.js";
import { Link } from "./link.js";
import { fillPain, rowTable, wishes } from "./forms.js";
import { silence, speak } from "./speech.js";

const by = (id) => document.getElementById(id);
const delays = (window.repcountDelays = []); // ms from taking a picture to its result being drawn, for measurements
const KEPT = ["facing", "speak"]; // choices that this browser remembers
let choices, link, camera, role = "camera", shown = "", last = null;

function show(name) {
  if (shown === name) return;
  shown = name;
  for (const id of ["choose", "stage", "summary"]) by(id).hidden = id !== name;
  if (name === "stage" && role === "camera") by("pause").focus();
  else if (name !== "stage") by(`${name}-title`).focus();
}

function write(id, text) {
  if (by(id).textContent !== text) by(id).textContent = text; // only what is new is read out
}

function say(text, now) {
  if (by("speak").checked && role === "camera") speak(text, choices.language, now);
}

function heard(answer, stamp) {
  if (answer.error) write("error", answer.error);
  if (answer.advice) advise("advice-after", answer.advice);
  if (answer.state === "running") begin();
  if (answer.snapshot) take(answer.snapshot, stamp);
  if (answer.state === "idle") stop("choose");
  if (answer.state === "done" && (shown === "" || shown === "stage")) sumUp(answer.summary);
}

function take(snapshot, stamp) {
  show("stage");
  if (role === "watch" && snapshot.shape) shapeLike(...snapshot.shape);
  draw(by("canvas"), snapshot, choices.bones, by("video").classList.contains("mirrored"));
  if (stamp !== undefined) requestAnimationFrame(() => delays.push(performance.now() - stamp) > 6000 && delays.shift());
  const paused = snapshot.stage === "paused";
  write("count", snapshot.target ? `${snapshot.done} of ${snapshot.target}, set ${snapshot.set} of ${snapshot.sets}` : `${snapshot.count}`);
  write("cue", paused ? "Paused" : snapshot.cue || snapshot.text || (snapshot.stage === "rest" ? `Rest. Next: ${snapshot.next}` : ""));
  write("pause", paused ? "Go on" : "Pause");
  Object.assign(document.body.dataset, { stage: snapshot.stage, count: snapshot.count, time: snapshot.time });
  tell(snapshot);
  last = snapshot;
}

// Who watches gets no picture; the figure stands in a field of its shape.
function shapeLike(wide, high) {
  by("video").style.aspectRatio = `${wide} / ${high}`;
  by("video").style.width = `min(90vw, ${(68 * wide) / high}vh)`;
}

function tell(now) {
  const second = (snapshot) => Math.ceil(snapshot?.countdown ?? 9);
  if (last && now.count > last.count) say(String(now.done || now.count), true);
  if (last && second(now) < second(last) && now.countdown !== null) say(String(second(now)), true);
  for (const text of [...now.happened, ...now.cues]) say(text);
}

async function begin() {
  show("stage");
  if (role === "camera") await film();
}

async function film() {
  try {
    await camera.open(by("facing").value);
    return true;
  } catch (error) {
    camera.close();
    write("error", `The camera cannot be used: ${error.message}. Allow it for this page, then try again.`);
    return false;
  }
}

async function start(event) {
  event.preventDefault();
  write("error", "");
  say(" "); // browsers let a page speak only after it has spoken at a touch
  if (await film()) link.order(wishes(by));
}

function stop(where) {
  camera.close();
  last = null;
  show(where);
}

function sumUp(rows) {
  stop("summary");
  say("Well done");
  by("rows").replaceChildren(...rows.map(rowTable));
  if (!rows.length) by("rows").textContent = "Nothing was counted.";
  by("hurts").hidden = role === "watch" || !rows.length;
  by("again").hidden = role === "watch";
  by("pain-after").value = "";
  advise("advice-after", null);
  offerTable();
}

// The page fetches the table: a browser's downloads refuse a certificate that the person has allowed to the page.
async function offerTable() {
  URL.revokeObjectURL(by("csv").href);
  by("csv").href = "summary.csv";
  const answer = await fetch("summary.csv").catch(() => null);
  if (answer?.ok) by("csv").href = URL.createObjectURL(await answer.blob());
}

function advise(where, advice) {
  by(where).dataset.light = advice?.light ?? "";
  write(where, advice ? `${advice.text} (${advice.source})` : "");
}

function fillRanges() {
  const [kind, name] = by("exercise").value.split(":");
  const known = choices.exercises.find((one) => kind === "exercise" && one.name === name);
  by("details").hidden = !known;
  write("place", known ? known.camera : "");
  by("range").replaceChildren(new Option("As usual", ""), ...(known?.ranges || []).map((one) => new Option(one, one)));
}

const SAID = {
  lost: "Connection lost. Trying again …",
  taken: "Another page of this phone is the camera now.",
  gone: "This address is no longer valid. Scan the code that the laptop shows now.",
};

function linked(how, more) {
  if (how === "open") role = more;
  if (how === "open" && document.body.dataset.link === "lost") write("error", "");
  document.body.dataset.link = how;
  document.body.dataset.way = link?.way.constructor.name ?? "";
  write("link", SAID[how] ?? (role === "watch" ? "Watching another phone" : "Connected"));
  if (how === "lost" && more) write("error", more);
  by("buttons").hidden = role === "watch";
  by("start").disabled = how !== "open" || role === "watch";
  by("here").hidden = how !== "taken";
  if (how === "taken") camera.close();
  if (how !== "open") silence();
}

function remember() {
  for (const id of KEPT) {
    const kept = localStorage.getItem(`repcount-${id}`), box = by(id), key = box.type === "checkbox" ? "checked" : "value";
    if (kept !== null) box[key] = key === "checked" ? kept === "true" : kept;
    box.addEventListener("change", () => localStorage.setItem(`repcount-${id}`, box[key]));
  }
}

async function main() {
  const answer = await fetch("choices").catch(() => null);
  if (!answer?.ok) return write("link", "The laptop cannot be reached. Load this page again.");
  choices = await answer.json();
  for (const id of ["cue", "exercise"]) by(id).lang = choices.language;
  by("exercise").append(new Option("Find out by itself", "exercise:auto"), ...choices.exercises.map((one) => new Option(one.title, `exercise:${one.name}`)), ...choices.plans.map((one) => new Option(`Plan: ${one.title}`, `plan:${one.name}`)));
  by("exercise").onchange = fillRanges;
  fillRanges();
  for (const id of ["pain-before", "pain-after"]) fillPain(by(id));
  remember();
  by("pain-before").onchange = () => advise("advice-before", choices.pain[by("pain-before").value || NaN]);
  by("pain-after").onchange = () => by("pain-after").value && link.order({ do: "pain", pain: Number(by("pain-after").value) });
  by("wishes").onsubmit = start;
  for (const [id, word] of [["pause", "toggle_pause"], ["undo", "undo"], ["next", "next"], ["end", "end"]]) by(id).onclick = () => link.order({ do: word });
  by("again").onclick = () => show("choose");
  by("here").onclick = () => location.reload();
  document.addEventListener("visibilitychange", () => document.hidden && camera.on && link.order({ do: "pause" }));
  setInterval(() => document.hidden || camera.on || link.order({ do: "state" }), 20000);
  link = new Link(heard, linked);
  camera = new Camera(by("video"), link, () => {
    camera.close();
    write("error", "The camera was taken away. Load this page again to go on.");
  });
}

main();
