// What the page says, in the language of the cues: the server sends the words.
let words = {};

export function say(key, values = {}) {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export function has(key) {
  return key in words;
}

export function speakAs(language, all) {
  words = all;
  document.documentElement.lang = language;
  for (const box of document.querySelectorAll("[data-word]")) box.textContent = say(box.dataset.word);
  for (const box of document.querySelectorAll("[data-label]")) box.setAttribute("aria-label", say(box.dataset.label));
}
