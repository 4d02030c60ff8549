// The page: choose, film, draw, speak, sum up.
import { Link } from "./link.js";
import { draw } from "./draw.js";

const by = (id) => document.getElementById(id);
const LONGEST = 640, QUALITY = 0.8;
const delays = (window.repcountDelays = []); // ms from taking a picture to its result being drawn, for measurements
let choices, link, stream, role = "camera", state = "", last = null, lock = null, sentAt = new Map(), filming = false;

function show(name) {
  if (state === name) return;
  state = name;
  for (const id of ["choose", "stage", "summary"]) by(id).hidden = id !== name;
  if (name === "summary") by("summary-title").focus();
}

function say(text, now) {
  if (!by("speak").checked || !window.speechSynthesis || role !== "camera") return;
  if (now) speechSynthesis.cancel();
  speechSynthesis.speak(new SpeechSynthesisUtterance(text));
}

function heard(answer) {
  if (answer.n !== undefined && sentAt.has(answer.n)) {
    requestAnimationFrame(() => {
      delays.push(performance.now() - sentAt.get(answer.n));
      sentAt.delete(answer.n);
      if (delays.length > 3000) delays.shift();
    });
  }
  by("error").textContent = answer.error || "";
  if (answer.snapshot) take(answer.snapshot);
  if (answer.state === "running") begin();
  if (answer.state === "idle" && state !== "choose") stop("choose");
  if (answer.state === "done" && (state === "" || state === "stage")) sumUp(answer.summary);
}

function take(snapshot) {
  if (role === "watch") show("stage");
  draw(by("canvas"), snapshot, choices.bones, by("video").classList.contains("mirrored"));
  const count = snapshot.target ? `${snapshot.done} of ${snapshot.target}, set ${snapshot.set} of ${snapshot.sets}` : `${snapshot.count}`;
  if (by("count").textContent !== count) by("count").textContent = count;
  const paused = snapshot.stage === "paused";
  const cue = paused ? "Paused" : snapshot.cue || snapshot.text || (snapshot.stage === "rest" ? `Rest. ${snapshot.next}` : "");
  if (by("cue").textContent !== cue) by("cue").textContent = cue;
  by("pause").textContent = paused ? "Go on" : "Pause";
  document.body.dataset.stage = snapshot.stage;
  document.body.dataset.count = snapshot.count;
  document.body.dataset.time = snapshot.time;
  if (last && snapshot.count > last.count) say(String(snapshot.done || snapshot.count), true);
  if (last && snapshot.countdown !== null && Math.ceil(snapshot.countdown) !== Math.ceil(last.countdown ?? 9)) say(String(Math.ceil(snapshot.countdown)), true);
  for (const text of [...snapshot.happened, ...snapshot.cues]) say(text);
  last = snapshot;
}

async function begin() {
  show("stage");
  if (role !== "camera" || filming) return;
  filming = true;
  try {
    const facingMode = by("facing").value;
    stream ||= await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } });
    const video = by("video");
    video.classList.toggle("mirrored", facingMode === "user");
    video.srcObject = stream;
    await video.play();
    lock = await navigator.wakeLock?.request("screen").catch(() => null);
    nextFrame(film);
  } catch (error) {
    filming = false;
    by("error").textContent = `The camera cannot be used: ${error.message}. Allow it for this page and start again.`;
    link.order({ do: "end" });
  }
}

function nextFrame(then) {
  const video = by("video");
  if (video.requestVideoFrameCallback) video.requestVideoFrameCallback((now, about) => then(about.captureTime ?? now));
  else requestAnimationFrame(then);
}

const small = document.createElement("canvas");

async function film(stampMs) {
  if (!filming) return;
  const video = by("video");
  if (link.free && !document.hidden && video.videoWidth) {
    link.underWay += 1; // taken before it is compressed, given back by the answer
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    small.width = Math.round(video.videoWidth * scale);
    small.height = Math.round(video.videoHeight * scale);
    small.getContext("2d").drawImage(video, 0, 0, small.width, small.height);
    small.toBlob(async (blob) => {
      const jpeg = await blob.arrayBuffer();
      sentAt.set((link.number + 1) >>> 0, stampMs);
      link.picture(stampMs, jpeg);
    }, "image/jpeg", QUALITY);
  }
  nextFrame(film);
}

function stop(where) {
  filming = false;
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  last = null;
  sentAt.clear();
  lock?.release().catch(() => {});
  lock = null;
  show(where);
}

function sumUp(rows) {
  stop("summary");
  say("Well done");
  by("rows").replaceChildren(...rows.map(rowTable));
  if (!rows.length) by("rows").textContent = "Nothing was counted.";
}

function rowTable(row) {
  const table = document.createElement("table");
  for (const [name, value] of Object.entries(row)) {
    if (value === "" || value === null || name === "source") continue;
    const line = table.insertRow(), head = document.createElement("th");
    head.scope = "row";
    head.textContent = name.replaceAll("_", " ");
    line.append(head);
    line.insertCell().textContent = String(value);
  }
  return table;
}

function fillRanges() {
  const [kind, name] = by("exercise").value.split(":");
  const known = choices.exercises.find((one) => kind === "exercise" && one.name === name);
  by("details").hidden = !known;
  by("range").replaceChildren(new Option("As usual", ""), ...(known?.ranges || []).map((one) => new Option(one, one)));
}

function wishes() {
  const [kind, name] = by("exercise").value.split(":");
  if (kind === "plan") return { do: "start", plan: name };
  if (name === "auto") return { do: "start", exercise: name };
  const whole = (id) => (by(id).value ? Number(by(id).value) : null);
  return { do: "start", exercise: name, sets: whole("sets"), reps: whole("reps"), side: by("side").value, range: by("range").value };
}

function linked(how, more) {
  if (how === "open") role = more;
  document.body.dataset.link = how;
  by("link").textContent = how === "lost" ? "Connection lost. Trying again …" : role === "watch" ? "Watching another phone" : "Connected";
  by("buttons").hidden = role === "watch";
}

async function main() {
  choices = await (await fetch("choices")).json();
  by("exercise").append(new Option("Find out by itself", "exercise:auto"), ...choices.exercises.map((one) => new Option(one.title, `exercise:${one.name}`)), ...choices.plans.map((one) => new Option(`Plan: ${one}`, `plan:${one}`)));
  by("exercise").onchange = fillRanges;
  fillRanges();
  by("wishes").onsubmit = (event) => {
    event.preventDefault();
    say(" ");
    link.order(wishes());
  };
  by("pause").onclick = () => link.order({ do: "toggle_pause" });
  by("next").onclick = () => link.order({ do: "next" });
  by("end").onclick = () => link.order({ do: "end" });
  by("again").onclick = () => show("choose");
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden && filming) link.order({ do: "pause" });
    else if (filming) lock = await navigator.wakeLock?.request("screen").catch(() => null);
  });
  setInterval(() => document.hidden || filming || link.order({ do: "state" }), 20000);
  link = new Link(heard, linked);
}

main();
