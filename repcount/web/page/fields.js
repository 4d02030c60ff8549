// Fields of a form: choices side by side, the scale of pain, steps of a number, numbers in a row.
import { say } from "./language.js";

const by = (id) => document.getElementById(id);
const MARKS = { "-1": "−", 1: "+" };

export const checked = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

export function segments(id, all, chosen, told) {
  const box = by(id).querySelector(".segments");
  box.replaceChildren(...all.map(([value, word, note]) => option(id, value, word, note)));
  const inputs = [...box.querySelectorAll("input")];
  (inputs.find((one) => one.value === chosen) ?? inputs[0]).checked = true;
  box.onchange = told;
}

function option(name, value, word, note = "") {
  const label = document.createElement("label");
  label.innerHTML = `<input type="radio"><span></span>${note ? "<small></small>" : ""}`;
  Object.assign(label.querySelector("input"), { name, value });
  label.querySelector("span").textContent = word;
  if (note) label.querySelector("small").textContent = note;
  return label;
}

// 0 to 10; told(level) is called with the new answer.
export function fillScale(id, told) {
  const box = by(id).querySelector(".scale");
  box.replaceChildren(...Array.from({ length: 11 }, (_, level) => option(id, String(level), String(level))));
  box.onchange = () => told(Number(checked(id)));
}

export function clearScale(id) {
  for (const one of by(id).querySelectorAll("input")) one.checked = false;
}

// all: [id, word, its bounds] of each number
export function numbers(id, all, told) {
  const box = by(id);
  box.replaceChildren(...all.map(([name, word, bounds]) => {
    const label = document.createElement("label");
    label.innerHTML = `<span></span><input type="number" inputmode="decimal">`;
    label.querySelector("span").textContent = word;
    Object.assign(label.querySelector("input"), { id: name, ...bounds });
    return label;
  }));
  box.oninput = told;
}

export function step(button, changed) {
  const input = by(button.dataset.for), way = Number(button.dataset.by);
  button.textContent = MARKS[way];
  button.onclick = () => {
    input.value = Math.min(Number(input.max), Math.max(Number(input.min), (Number(input.value) || 0) + way));
    changed();
  };
}

export function nameSteps() {
  for (const button of document.querySelectorAll("[data-by]")) {
    const what = document.querySelector(`label[for=${button.dataset.for}]`).textContent;
    button.setAttribute("aria-label", say(button.dataset.by === "1" ? "more" : "less", { what }));
  }
}
