// Where in a picture a person is: the answers of the first network, made into two points of the body.
export const DETECTOR_SIDE = 224;
const STRIDES = [8, 16, 32, 32, 32], VALUES = 12, LEAST_SCORE = 0.5, SAME_PERSON = 0.3, CLIPPED = 100;

// The middle of every box that the network may answer with; two boxes at each place of a stride.
export function anchors() {
  const found = [];
  for (let layer = 0; layer < STRIDES.length; ) {
    const stride = STRIDES[layer], side = Math.ceil(DETECTOR_SIDE / stride);
    let boxes = 0;
    for (; STRIDES[layer] === stride; layer++) boxes += 2;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let box = 0; box < boxes; box++) found.push([(x + 0.5) / side, (y + 0.5) / side]);
      }
    }
  }
  return found;
}

const ANCHORS = anchors();

// People, the surest first, as { score, hips: [x, y], reach: [x, y] } in shares of the square that was looked at.
export function people(boxes, scores) {
  let left = candidates(boxes, scores);
  const found = [];
  while (left.length) {
    const near = left.filter((one) => overlap(one, left[0]) > SAME_PERSON);
    found.push(merged(near.length ? near : [left[0]]));
    if (!near.length) break;
    left = left.filter((one) => !near.includes(one));
  }
  return found;
}

function candidates(boxes, scores) {
  const found = [];
  for (let i = 0; i < scores.length; i++) {
    const score = 1 / (1 + Math.exp(-Math.min(CLIPPED, Math.max(-CLIPPED, scores[i]))));
    if (score >= LEAST_SCORE) found.push(candidate(boxes, i, score));
  }
  return found.sort((a, b) => b.score - a.score);
}

function candidate(boxes, i, score) {
  const at = (k) => boxes[i * VALUES + k] / DETECTOR_SIDE, [x, y] = ANCHORS[i];
  const box = [x + at(0) - at(2) / 2, y + at(1) - at(3) / 2, x + at(0) + at(2) / 2, y + at(1) + at(3) / 2];
  return { score, box, hips: [x + at(4), y + at(5)], reach: [x + at(6), y + at(7)] };
}

function overlap({ box: a }, { box: b }) {
  const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]), high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (wide <= 0 || high <= 0) return 0;
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]), both = wide * high;
  return both / (area(a) + area(b) - both);
}

// One person found many times: the mean, weighed by the scores.
function merged(all) {
  const sum = all.reduce((total, one) => total + one.score, 0);
  const mean = (key) => [0, 1].map((axis) => all.reduce((total, one) => total + one[key][axis] * one.score, 0) / sum);
  return { score: all[0].score, hips: mean("hips"), reach: mean("reach") };
}
