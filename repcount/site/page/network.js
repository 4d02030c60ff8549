// The worker that finds poses: pictures in, 33 landmarks out to the counting worker.
let finder, counter, counting, canvas, pen, countedAt = -Infinity;
const EVERY = 0.5; // seconds between two looks for other people

self.onmessage = async ({ data }) => {
  if (data.port) return begin(data.port);
  if (data.fresh) return finder.forget();
  try {
    await look(data);
  } catch (error) {
    postMessage({ error: String(error.message ?? error) });
  }
};

async function look({ n, stamp, bitmap, counts }) {
  const picture = read(bitmap);
  const pose = await finder.find(picture, stamp / 1000);
  const people = counts ? await lookRound(picture, stamp / 1000) : null;
  postMessage({ n });
  const { width, height } = picture;
  counting.postMessage({ n, stamp, width, height, values: pose && packed(pose), brightness: brightness(picture), people });
}

async function begin(port) {
  try {
    const { networks } = await import("./runtime.js"), { PoseFinder } = await import("./pose.js"), { PeopleCounter } = await import("./people.js");
    const { detect, locate, accelerator } = await networks();
    finder = new PoseFinder(detect, locate);
    counter = new PeopleCounter(new PoseFinder(detect, locate));
    counting = port;
    postMessage({ accelerator });
  } catch (error) {
    postMessage({ error: String(error.message ?? error) });
  }
}

function read(bitmap) {
  const { width, height } = bitmap;
  if (!canvas || canvas.width !== width || canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height);
    pen = canvas.getContext("2d", { willReadFrequently: true });
  }
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  return pen.getImageData(0, 0, width, height);
}

async function lookRound(picture, time) {
  if (time - countedAt < EVERY && time >= countedAt) return null;
  countedAt = time;
  return counter.count(picture);
}

// x, y, z in pixels, visibility, x, y, z in metres of each landmark.
function packed({ px, seen, m }) {
  const values = new Float64Array(seen.length * 7);
  for (let i = 0; i < seen.length; i++) {
    values.set(px.subarray(3 * i, 3 * i + 3), 7 * i);
    values[7 * i + 3] = seen[i];
    values.set(m.subarray(3 * i, 3 * i + 3), 7 * i + 4);
  }
  return values;
}

// Mean of the picture, 0 to 1, from every 16th pixel.
function brightness({ data }) {
  let sum = 0, number = 0;
  for (let i = 0; i < data.length; i += 64, number++) sum += data[i] + data[i + 1] + data[i + 2];
  return sum / number / 765;
}
