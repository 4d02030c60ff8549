// The camera: pictures of it, made small, each with the time at which it was taken; the screen kept awake.
import { say } from "./language.js";

const LONGEST = 640;

export class Camera {
  // link takes the pictures; lost() is told when the camera is taken away
  constructor(video, link, lost) {
    this.video = video;
    this.link = link;
    this.lost = lost;
    this.small = document.createElement("canvas");
    this.stream = this.lock = null;
    this.newest = -1;
    document.addEventListener("visibilitychange", () => this.keepAwake());
  }

  get on() {
    return this.stream !== null;
  }

  async open(facingMode) {
    if (this.on) return;
    if (!navigator.mediaDevices) throw new Error(say("camera_unsafe"));
    const video = { facingMode, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: false, video });
    this.stream.getVideoTracks()[0].onended = () => this.lost();
    this.video.classList.toggle("mirrored", facingMode === "user");
    this.video.srcObject = this.stream;
    await this.video.play();
    await this.keepAwake();
    this.next();
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = this.video.srcObject = null;
    this.lock?.release().catch(() => {});
    this.lock = null;
  }

  async keepAwake() {
    if (!this.on || document.hidden) return;
    this.lock = (await navigator.wakeLock?.request("screen").catch(() => null)) || null;
    document.body.dataset.awake = this.lock !== null;
  }

  next() {
    const then = (stamp) => this.on && this.take(stamp);
    if (this.video.requestVideoFrameCallback) this.video.requestVideoFrameCallback((now, about) => then(about.captureTime ?? now));
    else requestAnimationFrame(then);
  }

  take(stamp) {
    this.next();
    const { video, small } = this;
    if (stamp <= this.newest || !this.link.free || document.hidden || !video.videoWidth) return;
    this.newest = stamp;
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    small.width = Math.round(video.videoWidth * scale);
    small.height = Math.round(video.videoHeight * scale);
    small.getContext("2d").drawImage(video, 0, 0, small.width, small.height);
    this.link.picture(stamp, small);
  }
}
