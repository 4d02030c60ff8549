// How it is to be done: to a beat or freely, and no further than the person's limits, which hold in every exercise.
import { checked, numbers, segments } from "./fields.js";
import { say } from "./language.js";

const by = (id) => document.getElementById(id);
const PARTS = ["up", "hold", "down"], FREE = "free", BEAT = "beat";
const USUAL = [2, 1, 2]; // seconds, where no one exercise says it
let joints = [], told;

// limits: the last ones, by joint; changed() is called after each change
export function prepareManner(all, limits, changed) {
  [joints, told] = [all, changed];
  numbers("tempo-parts", PARTS.map((part) => [`tempo-${part}`, say(`tempo_${part}`), { min: part === "hold" ? 0 : 0.5, max: 30, step: 0.5, required: true }]), changed);
  numbers("limit-joints", joints.map(({ name, title }) => [`limit-${name}`, title, { min: 1, max: 180, step: 1 }]), changed);
  for (const { name } of joints) by(`limit-${name}`).value = limits[name] ?? "";
  by("manner").addEventListener("invalid", () => (by("manner").open = true), true);
  by("manner").open = Object.keys(limits).length > 0;
}

// one: the exercise that was chosen, if it is one; last: its tempo, { on, parts }
export function askManner(one, last) {
  for (const { name } of joints) by(`limit-${name}`).min = one?.joint === name ? one.least : 1;
  const usual = one?.tempo ?? USUAL;
  const { on, parts } = last ?? { on: false, parts: usual };
  PARTS.forEach((part, i) => (by(`tempo-${part}`).value = parts[i] ?? usual[i]));
  segments("tempo", [[FREE, say("tempo_free")], [BEAT, say("tempo_beat")]], on ? BEAT : FREE, told);
  if (on) by("manner").open = true;
}

export function tempo() {
  return { on: checked("tempo") === BEAT, parts: PARTS.map((part) => Number(by(`tempo-${part}`).value)) };
}

export function limits() {
  const given = joints.map(({ name }) => [name, Number(by(`limit-${name}`).value)]);
  return Object.fromEntries(given.filter(([, deg]) => deg > 0));
}

// The same in the words of an order; empty where nothing is asked for.
export const tempoText = () => (tempo().on ? tempo().parts.join("-") : "");
export const limitText = () => Object.entries(limits()).map(([joint, deg]) => `${joint}=${deg}`).join(" ");

// What is asked for beside the words that open it, so that nobody forgets it.
export function showManner() {
  const isOn = tempo().on;
  by("tempo-seconds").hidden = !isOn;
  for (const part of PARTS) by(`tempo-${part}`).disabled = !isOn;
  const own = joints.filter(({ name }) => limits()[name]).map(({ name, title }) => `${title} ${limits()[name]}°`);
  by("manner-now").textContent = [tempoText(), ...own].filter(Boolean).join(" · ");
}
