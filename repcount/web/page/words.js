// Random words: a key by which the laptop knows this phone again, kept for the ten minutes that it waits.
export function randomWord() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function keptWord(name) {
  const word = localStorage.getItem(name) || randomWord();
  localStorage.setItem(name, word);
  return word;
}
