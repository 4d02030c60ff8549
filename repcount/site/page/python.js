// The worker that counts: the engine of the program under Python in the browser. What it tells is kept before it is shown.
import { loadPyodide } from "./pyodide/pyodide.mjs";
import { put } from "./store.js";

let phone, toPython, kept = null;
let turn = Promise.resolve(); // one thing after the other, each with what it kept

self.onmessage = ({ data }) => {
  if (data.port) return begin(data);
  soon(async () => {
    const value = phone[data.method](...data.args);
    postMessage({ id: data.id, value, trouble: await keep() });
  });
};

function soon(work) {
  turn = turn.then(work).catch((error) => postMessage({ error: reason(error) }));
}

const reason = (error) => String(error.message ?? error).trim().split("\n").pop();

async function begin({ language, port }) {
  try {
    const [python, engine] = await Promise.all([loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href }), fetch("engine.zip").then((answer) => answer.arrayBuffer())]);
    python.unpackArchive(engine, "zip", { extractDir: "/engine" });
    python.runPython("import sys; sys.path.insert(0, '/engine')");
    toPython = python.toPy;
    const module = python.pyimport("repcount.site.phone_alone");
    phone = module.PhoneAlone(language, (text) => (kept = text));
    port.onmessage = (message) => soon(() => step(message.data));
    postMessage({});
  } catch (error) {
    postMessage({ error: reason(error) });
  }
}

async function step({ n, stamp, width, height, values, brightness, people }) {
  const began = performance.now();
  const size = toPython([width, height]), marks = values ? toPython(values) : undefined;
  const heard = phone.picture(n, stamp / 1000, size, marks, brightness, people ?? undefined);
  size.destroy();
  marks?.destroy();
  const took = performance.now() - began;
  postMessage({ heard, took, trouble: await keep() });
}

// What is new goes to the disk; why it cannot, or nothing.
async function keep() {
  if (kept === null) return "";
  const text = kept;
  kept = null;
  return put(text).then(() => "", (error) => `${error?.name ?? "?"}: ${error?.message ?? ""}`);
}
