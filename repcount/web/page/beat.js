// The tempo in a set: a bar that goes there and back, its word, and a tone where the engine has one.
import { say } from "./language.js";

const by = (id) => document.getElementById(id);
const LOUD = 0.3, LONG = 0.15; // of the tone; seconds
let sound = null;

// Browsers let a page sound only after it was touched.
export function readySound() {
  sound ??= window.AudioContext ? new AudioContext() : null;
  readyAgain();
}

// beat: { part, level 0 to 1 }, or null where there is none
export function showBeat(beat) {
  by("beat").hidden = !beat;
  if (!beat) return;
  by("beat").className = beat.part;
  by("beat-level").style.transform = `scaleX(${beat.level})`;
  const word = say(`tempo_${beat.part}`);
  if (by("beat-word").textContent !== word) by("beat-word").textContent = word;
}

// A phone takes the sound away for a call, and gives it back if asked.
function readyAgain() {
  sound?.resume().catch(() => {});
}

export function sounded(hertz) {
  if (sound?.state !== "running") return readyAgain();
  const tone = new OscillatorNode(sound, { frequency: hertz }), volume = new GainNode(sound, { gain: LOUD });
  volume.gain.setValueAtTime(LOUD, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + LONG);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + LONG);
}
