// The answers of the second network, made into 33 landmarks in pixels and in metres.
import { around, toPicture } from "./region.js";

export const LANDMARKS_SIDE = 256;
export const NUMBER = 33;
const ALL = 39, VALUES = 5, MAP = 64, AROUND = 3, SURE = 0.5;
const HIPS = 33, REACH = 34; // two more points, by which the person is found in the next picture

const sigmoid = (value) => 1 / (1 + Math.exp(-value));

// { px: x, y, z of each landmark; seen: 0..1; m: x, y, z in metres; next: the region of the next picture }
export function decode(points, heat, world, region) {
  const px = new Float64Array(NUMBER * 3), seen = new Float64Array(NUMBER), m = new Float64Array(NUMBER * 3);
  const ends = [];
  for (let i = 0; i <= REACH; i++) {
    const [u, v] = refined(points[i * VALUES] / LANDMARKS_SIDE, points[i * VALUES + 1] / LANDMARKS_SIDE, heat, i);
    const place = toPicture(region, u, v);
    if (i >= HIPS) {
      ends.push(place);
      continue;
    }
    px.set([...place, (points[i * VALUES + 2] / LANDMARKS_SIDE) * region.side], i * 3);
    seen[i] = sigmoid(points[i * VALUES + 3]);
  }
  const c = Math.cos(region.turn), s = Math.sin(region.turn);
  for (let i = 0; i < NUMBER; i++) {
    const [x, y, z] = world.subarray(i * 3, i * 3 + 3);
    m.set([c * x - s * y, s * x + c * y, z], i * 3);
  }
  return { px, seen, m, next: around(...ends) };
}

// A point moved to the middle of what the heat map says around it, where the map is sure.
function refined(u, v, heat, i) {
  const column = Math.trunc(u * MAP), row = Math.trunc(v * MAP);
  if (column < 0 || column >= MAP || row < 0 || row >= MAP) return [u, v];
  let sum = 0, across = 0, down = 0, most = 0;
  for (let y = Math.max(0, row - AROUND); y < Math.min(MAP, row + AROUND + 1); y++) {
    for (let x = Math.max(0, column - AROUND); x < Math.min(MAP, column + AROUND + 1); x++) {
      const sure = sigmoid(heat[(y * MAP + x) * ALL + i]);
      sum += sure;
      across += x * sure;
      down += y * sure;
      if (sure > most) most = sure;
    }
  }
  return most >= SURE ? [across / MAP / sum, down / MAP / sum] : [u, v];
}
