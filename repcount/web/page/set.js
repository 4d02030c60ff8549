// A session on the screen: the picture and the figure, one number, one line. Reads snapshots, decides nothing.
import { showBeat } from "./beat.js";
import { draw } from "./draw.js";
import { framingDrawing } from "./figures.js";
import { has, say } from "./language.js";
import { numberCard } from "./numerals.js";
import { forget, freeBox, personBox, place } from "./view.js";

const by = (id) => document.getElementById(id);
const STALE = 300; // ms after which a figure is no longer where the person is
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let shown = "", wiping, back = 0;

export function paint(snapshot, stamp, choices) {
  const card = cardOf(snapshot, choices);
  if (card !== shown) by("count").innerHTML = shown = card;
  const told = lineOf(snapshot);
  by("cue").className = told.kind;
  write("cue", told.text);
  write("about", aboutOf(snapshot));
  write("heard", spoken(snapshot));
  showBeat(snapshot.stage === "set" ? snapshot.beat : null);
  write("pause", say(snapshot.stage === "paused" ? "go_on" : "pause"));
  picture(snapshot, stamp, choices);
}

export function clear() {
  clearTimeout(wiping);
  forget();
  shown = by("count").innerHTML = "";
  showBeat(null);
  draw(by("canvas"), null);
}

export function write(id, text) {
  if (by(id).textContent !== text) by(id).textContent = text; // only what is new is read out
}

const isHolding = (s) => s.hold > 0 && s.holding > 0;

function cardOf(s, choices) {
  if (s.stage === "framing") return framingDrawing(s.code, postureOf(s, choices));
  if (s.stage === "countdown" && s.countdown !== null) return numberCard(Math.max(1, Math.ceil(s.countdown)), s.countdown / 3, "cool");
  if (s.stage === "rest" && s.rest !== null) return numberCard(Math.ceil(s.rest), s.rest / Math.max(s.rests, 0.1), "cool");
  if (isHolding(s)) return numberCard(Math.floor(s.holding), s.holding / s.hold, s.holding >= s.hold ? "full" : "");
  return numberCard(s.target ? s.done : s.count, s.target ? s.done / s.target : null, s.done >= s.target ? "full" : "");
}

function postureOf(s, choices) {
  return choices.exercises.find((one) => one.name === s.exercise)?.posture ?? "standing";
}

// What to do next, in one line: what is wrong before what comes.
function lineOf(s) {
  if (s.stage === "paused") return { text: say("paused"), kind: "" };
  if (s.stage === "rest") return { text: say("rest"), kind: "" };
  if (s.cue && s.stage === "set") return { text: s.cue, kind: s.good ? "good" : "fault" };
  if (s.code) return { text: instruction(s), kind: s.stage === "set" ? "fault" : "" };
  if (s.stage === "framing") return { text: say("stand_here"), kind: "" };
  if (s.stage === "countdown") return { text: s.title, kind: "" };
  return { text: say(isHolding(s) ? "do_hold" : `do_${s.phase}`), kind: "" };
}

function instruction(s) {
  if (s.code === "start_posture" && s.posture) return say(`start_${s.posture}`);
  return has(s.code) ? say(s.code, { side: s.leg ? say(`leg_${s.leg}`) : "" }) : s.text;
}

function nextOf(s) {
  return s.set < s.sets ? say("set_of", { set: s.set + 1, sets: s.sets }) : s.next;
}

function aboutOf(s) {
  if (s.stage === "rest") return say("next_up", { what: nextOf(s) });
  if (s.stage === "framing") return s.title;
  if (s.stage === "countdown" || !s.target) return "";
  const number = isHolding(s) ? say("hold_of", { number: s.done + 1, target: s.target }) : say("of_target", { target: s.target });
  const set = s.sets > 1 ? say("set_of", { set: s.set, sets: s.sets }) : "";
  const leg = s.leg && s.leg !== "both" ? say(`${s.leg}_leg`) : "";
  return [number, set, leg].filter(Boolean).join(" · ");
}

function spoken(s) {
  return s.target ? `${s.done} ${say("of_target", { target: s.target })}` : String(s.count);
}

function picture(snapshot, stamp, choices) {
  const video = by("video"), mirrored = video.classList.contains("mirrored");
  const shape = video.videoWidth ? [video.videoWidth, video.videoHeight] : snapshot.shape;
  if (!shape) return;
  const screen = { w: innerWidth, h: innerHeight };
  const free = freeBox(by("stage"), by("told"), by("buttons"), by("beat"));
  const box = place(screen, free, shape, personBox(snapshot.marks, shape, mirrored), calm.matches);
  const [wide, high] = [shape[0] * box.scale, shape[1] * box.scale];
  Object.assign(video.style, { width: `${wide}px`, height: `${high}px`, left: `${box.x}px`, top: `${box.y}px` });
  fillBehind(video, mirrored);
  const isOld = performance.now() - stamp > STALE;
  draw(by("canvas"), isOld ? null : snapshot, choices, ([x, y]) => [box.x + (mirrored ? 1 - x : x) * wide, box.y + y * high], free.y + free.h);
  clearTimeout(wiping);
  wiping = setTimeout(() => draw(by("canvas"), null), Math.max(0, stamp + STALE - performance.now()));
}

// Where the picture's shape leaves a gap, its colours go on behind it.
function fillBehind(video, mirrored) {
  if (!video.videoWidth || performance.now() - back < 500) return;
  back = performance.now();
  const canvas = by("back");
  [canvas.width, canvas.height] = [12, 8];
  canvas.classList.toggle("mirrored", mirrored);
  canvas.getContext("2d").drawImage(video, 0, 0, 12, 8);
}
