// Whether more than one person is in the picture; two in one place are one, found twice.
const APART = 0.12; // share of the longer body by which two trunks are apart
const TRUNK = [11, 12, 23, 24];

export class PeopleCounter {
  // finder: a PoseFinder of its own, as it follows nobody
  constructor(finder) {
    this.finder = finder;
  }

  // 0, 1, or 2 for two and more.
  async count(picture) {
    const bodies = [];
    for (const region of (await this.finder.regions(picture)).slice(0, 2)) {
      const found = await this.finder.landmarks(picture, region);
      if (found) bodies.push(found.px);
    }
    if (bodies.length < 2) return bodies.length;
    const [a, b] = bodies.map(trunk), apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    return apart > APART * Math.max(...bodies.map(tallness)) ? 2 : 1;
  }
}

function trunk(px) {
  return [0, 1].map((axis) => TRUNK.reduce((sum, row) => sum + px[row * 3 + axis], 0) / TRUNK.length);
}

function tallness(px) {
  const span = (axis) => {
    const values = px.filter((_, i) => i % 3 === axis);
    return Math.max(...values) - Math.min(...values);
  };
  return Math.max(span(0), span(1));
}
