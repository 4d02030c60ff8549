// The connection of the page that needs no computer: one worker finds poses, another counts, this one carries between them.
import { say } from "./language.js";
import { newest, ofAll } from "./store.js";

const counting = (window.repcountCounting = []); // ms that Python took for each picture, for measurements

const NEWEST = 12; // sessions that a new one is looked at beside
const LANGUAGES = ["de"]; // besides English

// What can be chosen, and the words of the page: made when the page was built.
export async function fetchChoices() {
  const answer = await fetch(`choices-${language()}.json`).catch(() => null);
  if (!answer?.ok) throw new Error("This page is not whole. Load it again with a network.");
  return answer.json();
}

export function language() {
  return LANGUAGES.find((one) => navigator.language.startsWith(one)) ?? "en";
}

export class Link {
  // heard(answer, stamp of its picture); told(how, more): loading, open, broken
  constructor(heard, told) {
    Object.assign(this, { heard, told, number: 0, asked: 0, orders: [], stage: "" });
    this.way = this; // what the page calls the way of its connection
    this.waiting = new Map(); // answers to come, by number
    this.underWay = new Map(); // stamps of pictures, by number
    this.busy = this.ready = false;
    setTimeout(() => {
      told("loading");
      heard({ state: "idle" });
    });
    this.begin().catch((error) => told("broken", error.message));
  }

  async begin() {
    await installed();
    this.python = new Worker("python.js", { type: "module" });
    this.network = new Worker("network.js");
    const { port1, port2 } = new MessageChannel();
    const started = Promise.all([first(this.python), first(this.network)]);
    this.python.postMessage({ language: language(), port: port1 }, [port1]);
    this.network.postMessage({ port: port2 }, [port2]);
    const [, { accelerator }] = await started;
    document.body.dataset.accelerator = accelerator;
    this.python.onmessage = ({ data }) => (data.error ? this.broken(data.error) : this.take(data));
    this.network.onmessage = ({ data }) => (data.error ? this.broken(data.error) : (this.busy = false));
    this.ready = true;
    this.told("open", "camera");
    for (const order of this.orders.splice(0)) this.order(order);
  }

  broken(why) {
    this.ready = false;
    this.told("broken", why);
  }

  take({ id, value, heard, took, trouble }) {
    if (trouble) this.heard({ error: say("alone_unkept", { why: trouble }) });
    if (id !== undefined) {
      this.waiting.get(id)(value);
      this.waiting.delete(id);
      return;
    }
    if (counting.push(took) > 6000) counting.shift();
    const answer = JSON.parse(heard), stamp = this.underWay.get(answer.n);
    this.underWay.delete(answer.n);
    this.stage = answer.snapshot?.stage ?? "";
    this.heard(answer, stamp);
  }

  // The answer of a method of the counting worker.
  call(method, ...args) {
    const id = this.asked++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.python.postMessage({ id, method, args });
    });
  }

  get free() {
    return this.ready && !this.busy && this.underWay.size < 2;
  }

  async order(what) {
    if (!this.ready) return what.do === "state" || this.orders.push(what);
    const past = what.do === "start" ? await newest(NEWEST) : [];
    if (what.do === "start") this.network.postMessage({ fresh: true });
    this.heard(JSON.parse(await this.call("order", JSON.stringify(what), `[${past}]`)));
  }

  async table() {
    const text = await this.call("csv");
    return text ? new Blob([text], { type: "text/csv" }) : null;
  }

  async history() {
    return JSON.parse(await this.call("history", `[${await ofAll()}]`));
  }

  async exported(form) {
    return this.call("export", `[${await ofAll()}]`, form);
  }

  async picture(stamp, canvas) {
    this.busy = true;
    const n = ++this.number;
    this.underWay.set(n, stamp);
    const bitmap = await createImageBitmap(canvas);
    this.network.postMessage({ n, stamp, bitmap, counts: this.stage === "framing" }, [bitmap]);
  }
}

function first(worker) {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || "a part of this page cannot be loaded"));
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
  });
}

// All that the page is made of is kept before it is used, so that it is fetched once.
async function installed() {
  if (!navigator.serviceWorker) return;
  const kept = await navigator.serviceWorker.register("sw.js").catch(() => null);
  if (!kept) return;
  const worker = kept.installing ?? kept.waiting;
  if (navigator.serviceWorker.controller || !worker) return;
  await new Promise((resolve) => {
    navigator.serviceWorker.oncontrollerchange = resolve;
    worker.onstatechange = () => worker.state === "redundant" && resolve(); // it cannot be kept: go on without
  });
}
