// The connection: pictures as JPEG and orders up, answers down; opened again by itself when it is lost.
import { Posts } from "./posts.js";
import { Socket } from "./socket.js";
import { keptWord } from "./words.js";

const PATIENCE = 3000; // for the first WebSocket to open; then pictures are posted
const SILENCE = 5000; // a picture that is not answered for so long: the connection is dead
const SLOW = 100; // an answer that took longer: the laptop is busy, and a second picture would only stand in line
const REPLACED = 4001, FORBIDDEN = 403, QUALITY = 0.8;

// What can be chosen, and the words of the page.
export async function fetchChoices() {
  const answer = await fetch("choices").catch(() => null);
  if (!answer?.ok) throw new Error("The computer cannot be reached. Load this page again.");
  return answer.json();
}

export class Link {
  // heard(answer, stamp of its picture); told(how, more): open, lost, taken (by another page), gone (a new address)
  constructor(heard, told) {
    this.heard = heard;
    this.told = told;
    this.key = keptWord("repcount-key");
    this.number = 0;
    this.underWay = new Map(); // by number: the phone's time of the picture, and when it was sent
    this.orders = []; // given while there was no connection
    this.took = 0;
    this.wait = 500;
    this.everOpen = this.blocked = this.busy = false;
    this.patience = setTimeout(() => this.giveUpSocket(), PATIENCE);
    setInterval(() => this.lookRound(), 1000);
    this.open();
  }

  open() {
    const Way = this.blocked ? Posts : Socket;
    const mine = (then) => (...what) => this.way === way && then(...what);
    const way = new Way({ open: mine(() => this.opened()), answer: mine((answer) => this.take(answer)), close: mine((code, why) => this.closed(code, why)) }, this.key);
    this.way = way;
  }

  opened() {
    clearTimeout(this.patience);
    this.everOpen = true;
    this.underWay.clear();
    this.way.text(JSON.stringify({ do: "camera", key: this.key }));
    for (const order of this.orders.splice(0)) this.order(order);
  }

  giveUpSocket() {
    this.blocked = true;
    this.way.drop();
    clearTimeout(this.again);
    this.open();
  }

  take(answer) {
    this.wait = 500;
    if (answer.role) this.told("open", answer.role);
    const sent = this.underWay.get(answer.n);
    this.underWay.delete(answer.n);
    if (sent) this.took = performance.now() - sent.at;
    this.heard(answer, sent?.stamp);
  }

  async closed(code, why) {
    this.underWay.clear();
    if (code === REPLACED) return this.told("taken");
    if (this.everOpen) this.told("lost", why);
    if (this.everOpen && (await status("choices")) === FORBIDDEN) return this.told("gone");
    this.again = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, 5000);
  }

  lookRound() {
    const [oldest] = this.underWay.values();
    if (!oldest || performance.now() - oldest.at < SILENCE) return;
    this.way.drop();
    this.closed(0, "");
  }

  get free() {
    return this.way.ready && !this.busy && this.underWay.size < (this.took > SLOW ? 1 : this.way.most);
  }

  order(what) {
    if (this.way.ready) this.way.text(JSON.stringify(what));
    else if (what.do !== "state") this.orders.push(what);
  }

  // The table of the session that has ended; null where there is none.
  async table() {
    const answer = await fetch("summary.csv").catch(() => null);
    return answer?.ok ? answer.blob() : null;
  }

  // A canvas, and when it was filled.
  picture(stamp, canvas) {
    this.busy = true;
    canvas.toBlob(async (blob) => {
      const jpeg = await blob.arrayBuffer();
      this.busy = false;
      this.send(stamp, jpeg);
    }, "image/jpeg", QUALITY);
  }

  send(stamp, jpeg) {
    if (!this.free) return;
    this.number = (this.number + 1) >>> 0;
    const packet = new Uint8Array(12 + jpeg.byteLength);
    const head = new DataView(packet.buffer);
    head.setFloat64(0, stamp, true);
    head.setUint32(8, this.number, true);
    packet.set(new Uint8Array(jpeg), 12);
    this.underWay.set(this.number, { stamp, at: performance.now() });
    this.way.picture(packet);
  }
}

async function status(path) {
  try {
    return (await fetch(path, { signal: AbortSignal.timeout(3000) })).status;
  } catch {
    return 0;
  }
}
