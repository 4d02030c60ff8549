// The worker that counts: the engine of the program under Python in the browser. What it tells is kept before it is shown.
import { loadPyodide } from "./pyodide/pyodide.mjs";
import { put } from "./store.js";

let phone, toPython, kept = null;
let turn = Promise.resolve(); // one thing after the other, each with what it kept

self.onmessage = ({ data }) => {
  if (data.port) return begin(data);
  turn = turn.then(async () => {
    const value = phone[data.method](...data.args);
    await keep();
    postMessage({ id: data.id, value });
  });
};

async function begin({ language, port }) {
  try {
    const [python, engine] = await Promise.all([loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href }), fetch("engine.zip").then((answer) => answer.arrayBuffer())]);
    python.unpackArchive(engine, "zip", { extractDir: "/engine" });
    python.runPython("import sys; sys.path.insert(0, '/engine')");
    toPython = python.toPy;
    const module = python.pyimport("repcount.site.phone_alone");
    phone = module.PhoneAlone(language, (text) => (kept = text));
    port.onmessage = (message) => (turn = turn.then(() => step(message.data)));
    postMessage({});
  } catch (error) {
    postMessage({ error: String(error.message ?? error).trim().split("\n").pop() });
  }
}

async function step({ n, stamp, width, height, values, brightness, people }) {
  const began = performance.now();
  const size = toPython([width, height]), marks = values ? toPython(values) : undefined;
  const heard = phone.picture(n, stamp / 1000, size, marks, brightness, people ?? undefined);
  size.destroy();
  marks?.destroy();
  const took = performance.now() - began;
  await keep();
  postMessage({ heard, took });
}

async function keep() {
  if (kept === null) return;
  const text = kept;
  kept = null;
  await put(text);
}
