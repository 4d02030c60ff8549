// The way of talking where WebSockets are blocked: one POST at a time, its answer what comes of it.
import { randomWord } from "./words.js";

const PATIENCE = 10000, WATCHING = 500, TAKEN = 409, REPLACED = 4001;

export class Posts {
  constructor(on, key) {
    this.most = 1;
    this.on = on;
    this.ready = true;
    this.headers = { "X-Repcount-Key": key, "X-Repcount-Page": randomWord() };
    this.chain = Promise.resolve().then(() => this.ready && on.open());
  }

  text(words) {
    this.chain = this.chain.then(() => this.post(words, "application/json"));
  }

  picture(packet) {
    this.chain = this.chain.then(() => this.post(packet, "image/jpeg"));
  }

  async post(body, kind) {
    if (!this.ready) return;
    try {
      const headers = { ...this.headers, "Content-Type": kind };
      const response = await fetch("talk", { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
      if (!response.ok) throw Object.assign(new Error(await response.text()), { status: response.status });
      const answer = await response.json();
      if (!this.ready) return;
      if (answer.role === "watch") setTimeout(() => this.text('{"do":"state"}'), WATCHING);
      this.on.answer(answer);
    } catch (error) {
      if (!this.ready) return;
      this.ready = false;
      this.on.close(error.status === TAKEN ? REPLACED : 0, error.status ? error.message : "");
    }
  }

  drop() {
    this.ready = false;
  }
}
