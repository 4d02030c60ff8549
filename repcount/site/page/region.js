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
// Between four pixels it is weighed; beyond the edge stands the edge, or black where border is 0.
export function cutOut(picture, region, side, scale, shift, border, into) {
  const { data, width, height } = picture, step = region.side / side;
  const c = Math.cos(region.turn) * step, s = Math.sin(region.turn) * step;
  const [left, top] = toPicture(region, 0, 0);
  const black = border === 0;
  let out = 0;
  for (let row = 0; row < side; row++) {
    let x = left - s * row, y = top + c * row;
    for (let column = 0; column < side; column++, x += c, y += s) {
      const x0 = Math.floor(x), y0 = Math.floor(y), fx = x - x0, fy = y - y0;
      if (black && (x0 < -1 || y0 < -1 || x0 >= width || y0 >= height)) {
        into[out++] = into[out++] = into[out++] = shift;
        continue;
      }
      const inX0 = x0 >= 0 && x0 < width, inX1 = x0 >= -1 && x0 < width - 1;
      const inY0 = y0 >= 0 && y0 < height, inY1 = y0 >= -1 && y0 < height - 1;
      const xa = inX0 ? x0 : x0 < 0 ? 0 : width - 1, xb = inX1 ? x0 + 1 : x0 < 0 ? 0 : width - 1;
      const ya = (inY0 ? y0 : y0 < 0 ? 0 : height - 1) * width, yb = (inY1 ? y0 + 1 : y0 < 0 ? 0 : height - 1) * width;
      let w00 = (1 - fx) * (1 - fy), w10 = fx * (1 - fy), w01 = (1 - fx) * fy, w11 = fx * fy;
      if (black) {
        if (!inX0) w00 = w01 = 0;
        if (!inX1) w10 = w11 = 0;
        if (!inY0) w00 = w10 = 0;
        if (!inY1) w01 = w11 = 0;
      }
      const a = (ya + xa) * 4, b = (ya + xb) * 4, d = (yb + xa) * 4, e = (yb + xb) * 4;
      into[out++] = scale * (w00 * data[a] + w10 * data[b] + w01 * data[d] + w11 * data[e]) + shift;
      into[out++] = scale * (w00 * data[a + 1] + w10 * data[b + 1] + w01 * data[d + 1] + w11 * data[e + 1]) + shift;
      into[out++] = scale * (w00 * data[a + 2] + w10 * data[b + 2] + w01 * data[d + 2] + w11 * data[e + 2]) + shift;
    }
  }
  return into;
}
