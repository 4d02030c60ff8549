// The pose of the one person in a picture, followed from picture to picture.
import { DETECTOR_SIDE, people } from "./detect.js";
import { decode, LANDMARKS_SIDE } from "./landmarks.js";
import { around, cutOut, toPicture, wholePicture } from "./region.js";
import { LowPass, OneEuro } from "./smooth.js";

const PRESENT = 0.5;
const SIGNED = { scale: 2 / 255, shift: -1, black: true }, SHARES = { scale: 1 / 255, shift: 0, black: false };

export class PoseFinder {
  // detect(numbers) and locate(numbers) run the two networks: promises of their answers, in their order
  constructor(detect, locate) {
    Object.assign(this, { detect, locate });
    this.square = new Float32Array(DETECTOR_SIDE ** 2 * 3);
    this.cut = new Float32Array(LANDMARKS_SIDE ** 2 * 3);
    this.filters = { px: new OneEuro(0.05, 80), m: new OneEuro(0.1, 40), seen: new LowPass(0.1) };
    this.region = null;
  }

  // The next picture shows another person, or the same from the beginning.
  forget() {
    this.region = null;
    for (const filter of Object.values(this.filters)) filter.reset();
  }

  // picture: { data: RGBA, width, height }; time in seconds, greater than that of the picture before
  async find(picture, time) {
    const region = this.region ?? (await this.regions(picture))[0];
    const found = region && (await this.landmarks(picture, region));
    if (!found) return this.forget(), null;
    this.region = found.next;
    return this.steady(found, time);
  }

  // Where people are, the surest first: each a region for the second network.
  async regions(picture) {
    const whole = wholePicture(picture.width, picture.height);
    cutOut(picture, whole, DETECTOR_SIDE, SIGNED, this.square);
    const [boxes, scores] = await this.detect(this.square);
    return people(boxes, scores).map((one) => around(toPicture(whole, ...one.hips), toPicture(whole, ...one.reach)));
  }

  async landmarks(picture, region) {
    cutOut(picture, region, LANDMARKS_SIDE, SHARES, this.cut);
    const [points, presence, , heat, world] = await this.locate(this.cut);
    return presence[0] >= PRESENT ? decode(points, heat, world, region) : null;
  }

  steady({ px, seen, m, next }, time) {
    const { filters } = this;
    return { px: filters.px.filter(px, time, next.side), seen: filters.seen.filter(seen), m: filters.m.filter(m, time, extent(m)) };
  }
}

// The mean of width and height of points in space.
function extent(points) {
  const span = (axis) => {
    const values = points.filter((_, i) => i % 3 === axis);
    return Math.max(...values) - Math.min(...values);
  };
  return (span(0) + span(1)) / 2;
}
