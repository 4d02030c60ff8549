// A film from the gallery in place of the camera: shown step by step, each picture with its time in the film.
import { say } from "./language.js";

const LONGEST = 640, STEP = 1 / 15, BEGIN = 1; // pixels; seconds; the first time, as a session's is greater than 0

export class Film {
  // over() is told when the film is at its end
  constructor(video, file, link, over) {
    Object.assign(this, { video, file, link, over, on: false });
    this.small = document.createElement("canvas");
  }

  async open() {
    if (this.on) return;
    const { video } = this;
    video.classList.remove("mirrored");
    video.srcObject = null;
    this.address = video.src = URL.createObjectURL(this.file);
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      const told = say("alone_no_film", { name: this.file.name });
      video.onerror = () => reject(Object.assign(new Error(video.error?.message), { told }));
    });
    this.on = true;
    this.run();
  }

  close() {
    if (!this.address) return;
    this.on = false;
    this.video.onerror = null;
    this.video.removeAttribute("src");
    this.video.load();
    URL.revokeObjectURL(this.address);
    this.address = null;
  }

  async run() {
    const { video, link } = this;
    for (let time = 0; this.on && time < video.duration; time += STEP) {
      await this.at(time);
      await until(() => !this.on || link.free);
      if (this.on) this.take(time);
    }
    await until(() => !this.on || link.underWay.size === 0);
    if (this.on) this.over();
  }

  at(time) {
    return new Promise((resolve) => {
      this.video.onseeked = resolve;
      this.video.currentTime = time;
    });
  }

  take(time) {
    const { video, small } = this, scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    small.width = Math.round(video.videoWidth * scale);
    small.height = Math.round(video.videoHeight * scale);
    small.getContext("2d").drawImage(video, 0, 0, small.width, small.height);
    this.link.picture(1000 * (BEGIN + time), small);
  }
}

async function until(isSo) {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 4));
}
