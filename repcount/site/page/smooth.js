// Landmarks made steady over time: one-euro filters, which follow what moves fast and hold what stands still.
const FIRST_HZ = 30;

const alpha = (cutoff, hz) => 1 / (1 + hz / (2 * Math.PI * cutoff));

// Numbers that belong together, each filtered alone.
export class OneEuro {
  constructor(minCutoff, beta, derivateCutoff = 1) {
    Object.assign(this, { minCutoff, beta, derivateCutoff });
    this.reset();
  }

  reset() {
    this.raw = null;
    this.hz = FIRST_HZ;
  }

  // scale: of the body, so that a far one is held as steady as a near one
  filter(values, time, scale) {
    if (!this.raw) {
      this.raw = Float64Array.from(values);
      this.kept = Float64Array.from(values);
      this.speed = new Float64Array(values.length);
      this.time = time;
      return values;
    }
    this.hz = 1 / (time - this.time);
    this.time = time;
    const still = alpha(this.derivateCutoff, this.hz);
    for (let i = 0; i < values.length; i++) {
      this.speed[i] += still * (((values[i] - this.raw[i]) / scale) * this.hz - this.speed[i]);
      this.raw[i] = values[i];
      this.kept[i] += alpha(this.minCutoff + this.beta * Math.abs(this.speed[i]), this.hz) * (values[i] - this.kept[i]);
    }
    return this.kept.slice();
  }
}

export class LowPass {
  constructor(share) {
    this.share = share;
    this.reset();
  }

  reset() {
    this.kept = null;
  }

  filter(values) {
    if (!this.kept) this.kept = Float64Array.from(values);
    else for (let i = 0; i < values.length; i++) this.kept[i] += this.share * (values[i] - this.kept[i]);
    return this.kept.slice();
  }
}
