// The page: choose, film, show, speak, sum up.
import { readySound, sounded } from "./beat.js";
import { Camera } from "./camera.js";
import { advise, facing, prepare, wishes } from "./choose.js";
import { clearScale, fillScale } from "./fields.js";
import { say, speakAs } from "./language.js";
import { fetchChoices, Link } from "./link.js";
import { clear, paint, write } from "./set.js";
import { silence, speak } from "./speech.js";
import { fillSummary } from "./summary.js";

const by = (id) => document.getElementById(id);
const ANSWERED = 3000; // ms that the server has to confirm a pause before the page follows it again
const delays = (window.repcountDelays = []); // ms from taking a picture to its result being drawn, for measurements
let choices, link, camera, live, role = "camera", shown = "", last = null, asked = null;

function show(name) {
  if (shown === name) return;
  shown = document.body.dataset.shown = name;
  for (const id of ["choose", "stage", "summary"]) by(id).hidden = id !== name;
  if (name === "stage" && role === "camera") by("pause").focus({ focusVisible: false });
  else if (name !== "stage") by(`${name}-title`).focus();
  scrollTo(0, 0);
}

function tellAloud(text, now) {
  if (by("speak").checked && role === "camera") speak(text, choices.language, now);
}

function heard(answer, stamp) {
  if (answer.error) write("error", answer.error);
  if (answer.advice) advise("advice-after", "pain_after", answer.advice.light);
  if (answer.advice && answer.summary) fillSummary(answer, link.table());
  if (answer.state === "running") begin();
  if (answer.snapshot) take(answer.snapshot, stamp);
  if (answer.state === "idle") stop("choose");
  if (answer.state === "done" && (shown === "" || shown === "stage")) sumUp(answer);
}

function take(told, stamp) {
  show("stage");
  present(asIfPaused({ ...told, posture: choices.exercises.find((one) => one.name === told.exercise)?.posture }), stamp);
}

function present(snapshot, stamp) {
  paint(snapshot, stamp ?? performance.now(), choices);
  if (stamp !== undefined) requestAnimationFrame(() => delays.push(performance.now() - stamp) > 6000 && delays.shift());
  Object.assign(document.body.dataset, { stage: snapshot.stage, count: snapshot.count, time: snapshot.time });
  aloud(snapshot);
  last = snapshot;
}

// Pause answers at once: until the server has heard of it, the page shows what was asked for.
function asIfPaused(snapshot) {
  if (!asked) return snapshot;
  if (performance.now() > asked.until || (snapshot.stage === "paused") === asked.pause) asked = null;
  return asked ? { ...snapshot, stage: asked.pause ? "paused" : asked.before } : snapshot;
}

function togglePause() {
  const pause = last?.stage !== "paused";
  asked = { pause, until: performance.now() + ANSWERED, before: pause ? last?.stage : (asked?.before ?? last?.before ?? "set") };
  link.order({ do: pause ? "pause" : "resume" });
  if (pause) silence();
  if (last) present({ ...last, stage: pause ? "paused" : asked.before, before: asked.before, cues: [], happened: [], tone: null });
}

function aloud(now) {
  const second = (snapshot) => Math.ceil(snapshot?.countdown ?? 9);
  if (last && now.count > last.count) tellAloud(String(now.done || now.count), true);
  if (last && now.countdown > 0 && second(now) < second(last)) tellAloud(String(second(now)), true);
  if (now.tone && by("speak").checked && role === "camera") sounded(now.tone);
  for (const text of [...(now.happened ?? []), ...now.cues]) tellAloud(text);
}

async function begin() {
  show("stage");
  if (role === "camera") await film();
}

async function film() {
  try {
    await camera.open(facing());
    return true;
  } catch (error) {
    camera.close();
    write("error", error.told ?? say("camera_refused", { why: error.message }));
    return false;
  }
}

async function start(event) {
  event.preventDefault();
  write("error", "");
  tellAloud(" "); // browsers let a page speak only after it has spoken at a touch
  if (wishes().tempo) readySound();
  document.documentElement.requestFullscreen?.({ navigationUI: "hide" }).catch(() => {});
  if (!(await startFrom(live, wishes()))) leaveFullScreen();
}

// A session whose pictures come from a source: the camera, or what is like it.
export async function startFrom(source, order) {
  camera = source;
  const opened = await film();
  if (opened) link.order(order);
  return opened;
}

function leaveFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

function stop(where) {
  camera.close();
  leaveFullScreen();
  last = asked = null;
  clear();
  show(where);
}

function sumUp(answer) {
  stop("summary");
  fillSummary(answer, link.table());
  tellAloud(by("summary-title").textContent);
  by("hurts").hidden = role === "watch" || !answer.summary.length;
  by("again").hidden = role === "watch";
  clearScale("pain-after");
  advise("advice-after", "pain_after", null);
}

function stopToday() {
  advise("advice-before", "pain_before", null);
  by("hurts-before").hidden = true;
  clearScale("pain-before");
  write("error", "");
  write("link", say("stopped"));
  by("choose-title").focus();
}

function linked(how, more) {
  if (how === "open") role = more;
  if (how === "open" && document.body.dataset.link === "lost") write("error", "");
  document.body.dataset.link = how;
  document.body.dataset.way = link?.way.constructor.name ?? "";
  write("link", how === "open" ? say(role === "watch" ? "watching" : "connected") : say(`link_${how}`, { why: more }));
  by("link").classList.toggle("usual", how === "open" && role === "camera");
  if (how === "lost" && more) write("error", more);
  by("buttons").hidden = role === "watch";
  by("start").disabled = how !== "open" || role === "watch";
  by("here").hidden = how !== "taken";
  if (how === "taken") camera.close();
  if (how !== "open") silence();
}

// What the page works with, for one that has more than this.
export const working = () => ({ choices, link });

async function main() {
  try {
    choices = await fetchChoices();
  } catch (error) {
    return write("link", error.message);
  }
  speakAs(choices.language, choices.words);
  write("link", say("connecting"));
  prepare(choices, stopToday);
  by("alone").hidden = !choices.alone;
  fillScale("pain-after", (level) => link.order({ do: "pain", pain: level }));
  by("wishes").onsubmit = start;
  by("wishes").addEventListener("input", () => write("error", ""));
  by("pause").onclick = togglePause;
  for (const id of ["undo", "next", "end"]) by(id).onclick = () => link.order({ do: id });
  by("again").onclick = () => show("choose");
  by("here").onclick = () => location.reload();
  document.addEventListener("visibilitychange", () => document.hidden && camera.on && link.order({ do: "pause" }));
  setInterval(() => document.hidden || camera.on || link.order({ do: "state" }), 20000);
  link = new Link(heard, linked);
  camera = live = new Camera(by("video"), link, () => {
    camera.close();
    write("error", say("camera_taken"));
  });
}

export const prepared = main();
