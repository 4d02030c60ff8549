// Choosing: cards, dose, range, tempo, limits, pain. All of it is remembered by this browser.
import { checked, fillScale, nameSteps, segments, step } from "./fields.js";
import { exerciseDrawing } from "./figures.js";
import { has, say } from "./language.js";
import { askManner, limits, limitText, prepareManner, showManner, tempo, tempoText } from "./manner.js";

const by = (id) => document.getElementById(id);
const KEPT = "repcount-choice", AMBER = 4, RED = 6;
let choices, kept, isEased = false;

export function prepare(all, stopped) {
  choices = all;
  kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  prepareManner(choices.joints, kept.limits ?? {}, changed);
  fillCards();
  fillScale("pain-before", hurts);
  segments("facing", [["user", say("camera_front")], ["environment", say("camera_rear")]], kept.facing ?? "user", keep);
  by("speak").checked = kept.speak ?? true;
  by("speak").onchange = keep;
  for (const button of document.querySelectorAll("[data-by]")) step(button, changed);
  for (const id of ["sets", "reps"]) by(id).oninput = changed;
  by("ease").onclick = () => ease(!isEased);
  by("stop").onclick = stopped;
  select();
}

const key = () => exercise()?.name ?? checked("exercise");
const exercise = () => choices.exercises.find((one) => `exercise:${one.name}` === checked("exercise"));

export function facing() {
  return checked("facing");
}

export function wishes() {
  const [kind, name] = checked("exercise").split(":"), pain = checked("pain-before");
  const start = { do: "start", pain: pain === "" ? null : Number(pain), less: isEased, tempo: tempoText(), limit: limitText() };
  if (kind === "plan") return { ...start, plan: name };
  if (name === "auto") return { ...start, exercise: name };
  return { ...start, exercise: name, sets: whole("sets"), reps: whole("reps"), side: checked("side"), range: checked("range") };
}

const whole = (id) => Number(by(id).value) || null;

function fillCards() {
  const cards = [
    ...choices.exercises.map((one) => [`exercise:${one.name}`, one.name, one.title, doseOf(one)]),
    ...choices.plans.map((one) => [`plan:${one.name}`, "plan", one.title, say("plan_note")]),
    ["exercise:auto", "auto", say("any_title"), say("any_note")],
  ];
  by("cards").replaceChildren(...cards.map(card));
  const last = [...by("cards").querySelectorAll("input")].find((one) => one.value === kept.exercise);
  (last ?? by("cards").querySelector("input")).checked = true;
  by("cards").onchange = select;
}

function card([value, drawing, title, note]) {
  const label = document.createElement("label");
  label.className = "card";
  label.innerHTML = `<input type="radio" name="exercise">${exerciseDrawing(drawing)}<b></b><span></span>`;
  label.querySelector("input").value = value;
  label.querySelector("b").textContent = title;
  label.querySelector("span").textContent = note;
  return label;
}

function doseOf(one, mine = kept[one.name] ?? {}) {
  const range = one.ranges.find((each) => each.name === (mine.range ?? one.range)) ?? one.ranges[0];
  const sets = mine.sets ?? one.sets, kind = one.held ? (sets > 1 ? "dose_holds" : "dose_held") : "dose_reps";
  const dose = say(kind, { sets, reps: mine.reps ?? one.reps, seconds: one.held });
  return [dose, target(one, range)].filter(Boolean).join(" ");
}

// How far, as the table says it, and no further than the person's own limit; nothing where the own best is the measure.
function target(one, range) {
  const deg = Math.min(range.deg ?? Infinity, kept.limits?.[one.joint] ?? Infinity);
  return deg < Infinity ? say("dose_target", { deg: Math.round(deg) }) : "";
}

// Another exercise: its own last settings.
function select() {
  const one = exercise();
  askManner(one, kept[key()]?.tempo);
  by("details").hidden = !one;
  if (one) {
    const mine = kept[one.name] ?? {};
    by("place").textContent = one.place;
    by("reps-label").textContent = say(one.held ? "holds" : "reps");
    by("sets").value = mine.sets ?? one.sets;
    by("reps").value = mine.reps ?? one.reps;
    nameSteps();
    segments("range", one.ranges.map((each) => [each.name, has(`range_${each.name}`) ? say(`range_${each.name}`) : each.name, target(one, each)]), mine.range ?? one.range, changed);
    segments("side", [["", say("side_either")], ["left", say("side_left")], ["right", say("side_right")]], mine.side ?? "", changed);
    by("range").hidden = one.ranges.length < 2;
  }
  isEased = false;
  changed();
}

function changed() {
  keep();
  showManner();
  const one = exercise();
  if (one) document.querySelector("#cards input:checked ~ span").textContent = doseOf(one);
  by("dose").textContent = one ? doseOf(one, isEased ? lessOf(one) : kept[one.name]) : "";
  offer();
}

function keep() {
  const one = exercise(), dose = one && { sets: whole("sets") ?? one.sets, reps: whole("reps") ?? one.reps, range: checked("range"), side: checked("side") };
  kept = { ...kept, exercise: checked("exercise"), facing: facing(), speak: by("speak").checked, limits: limits(), [key()]: { ...dose, tempo: tempo() } };
  localStorage.setItem(KEPT, JSON.stringify(kept));
}

// Half of it, to the next smaller range: as the server makes it.
function lessOf(one) {
  const mine = kept[one.name];
  return { ...mine, reps: Math.ceil(mine.reps / 2), range: one.ranges.find((each) => each.name === mine.range).less };
}

function hurts(level) {
  by("hurts-before").hidden = level === null;
  advise("advice-before", "pain_before", choices.pain[level]);
  if (level === null || level < AMBER) isEased = false;
  changed();
}

// What pain offers: with one tap less of it, or nothing today.
function offer() {
  const pain = checked("pain-before"), level = pain === "" ? null : Number(pain), one = exercise();
  const isAmber = level !== null && level >= AMBER && level < RED, isRed = level !== null && level >= RED;
  by("ease").hidden = !isAmber || checked("exercise") === "exercise:auto";
  by("ease").className = isEased ? "plain" : "";
  by("ease").textContent = one
    ? say(isEased ? "ease_undo" : "ease", { dose: doseOf(one, isEased ? kept[one.name] : lessOf(one)) })
    : say(isEased ? "ease_undo_plan" : "ease_plan");
  by("stop").hidden = !isRed;
  by("start").className = isRed ? "plain" : "";
  by("start-word").textContent = say(isRed ? "start_anyway" : "start");
}

function ease(wanted) {
  isEased = wanted;
  changed();
}

export function advise(where, key, light) {
  by(where).dataset.light = light ?? "";
  by(where).textContent = light ? say(`${key}_${light}`) : "";
  if (light) by(where).append(Object.assign(document.createElement("small"), { textContent: choices.sources[key][light] }));
}
