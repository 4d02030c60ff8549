// Speech by the browser's own voice, in the language of the cues.
export function speak(text, language, now) {
  if (!window.speechSynthesis) return;
  if (now) speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language;
  speechSynthesis.speak(words);
}

export function silence() {
  window.speechSynthesis?.cancel();
}
