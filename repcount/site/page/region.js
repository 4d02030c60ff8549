// The square of a picture that a network looks at: its middle, side and turn; cut out, and undone again.
const WIDER = 1.25;

// The whole picture in a square, with what is missing black.
export function wholePicture(width, height) {
  return { x: width / 2, y: height / 2, side: Math.max(width, height), turn: 0 };
}

// The square around a person, turned so that the trunk stands upright. Points in pixels.
export function around([x0, y0], [x1, y1]) {
  const quarter = Math.PI / 2, turn = quarter - Math.atan2(y0 - y1, x1 - x0);
  const whole = 2 * Math.PI;
  return { x: x0, y: y0, side: 2 * WIDER * Math.hypot(x1 - x0, y1 - y0), turn: turn - whole * Math.floor((turn + Math.PI) / whole) };
}

// A point in shares of the region, in pixels of the picture.
export function toPicture({ x, y, side, turn }, u, v) {
  const a = (u - 0.5) * side, b = (v - 0.5) * side, c = Math.cos(turn), s = Math.sin(turn);
  return [x + c * a - s * b, y + s * a + c * b];
}

// The region as numbers for a network: red, green, blue of each place, times scale, plus shift.
// Between four pixels it is weighed; beyond the edge stands the edge, or black where so asked.
export function cutOut(picture, region, side, { scale, shift, black }, into) {
  const step = region.side / side, c = Math.cos(region.turn) * step, s = Math.sin(region.turn) * step;
  const [left, top] = toPicture(region, 0, 0);
  for (let row = 0, out = 0; row < side; row++) {
    let x = left - s * row, y = top + c * row;
    for (let column = 0; column < side; column++, x += c, y += s, out += 3) mix(picture, x, y, scale, shift, black, into, out);
  }
  return into;
}

function mix({ data, width, height }, x, y, scale, shift, black, into, out) {
  const x0 = Math.floor(x), y0 = Math.floor(y), fx = x - x0, fy = y - y0;
  const isInside = x0 >= 0 && y0 >= 0 && x0 < width - 1 && y0 < height - 1;
  const xa = isInside ? x0 : clamped(x0, width), xb = isInside ? x0 + 1 : clamped(x0 + 1, width);
  const ya = (isInside ? y0 : clamped(y0, height)) * width, yb = (isInside ? y0 + 1 : clamped(y0 + 1, height)) * width;
  let left = 1 - fx, right = fx, up = 1 - fy, down = fy;
  if (black && !isInside) {
    if (x0 !== xa) left = 0;
    if (x0 + 1 !== xb) right = 0;
    if (y0 * width !== ya) up = 0;
    if ((y0 + 1) * width !== yb) down = 0;
  }
  const a = (ya + xa) * 4, b = (ya + xb) * 4, d = (yb + xa) * 4, e = (yb + xb) * 4;
  const wa = left * up, wb = right * up, wd = left * down, we = right * down;
  into[out] = scale * (wa * data[a] + wb * data[b] + wd * data[d] + we * data[e]) + shift;
  into[out + 1] = scale * (wa * data[a + 1] + wb * data[b + 1] + wd * data[d + 1] + we * data[e + 1]) + shift;
  into[out + 2] = scale * (wa * data[a + 2] + wb * data[b + 2] + wd * data[d + 2] + we * data[e + 2]) + shift;
}

function clamped(value, length) {
  return value < 0 ? 0 : value >= length ? length - 1 : value;
}
