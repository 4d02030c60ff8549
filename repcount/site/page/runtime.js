// The two networks under LiteRT: WebGPU where there is one, else WebAssembly.
import { getDefaultEnvironment, loadAndCompile, loadLiteRt, Tensor } from "./litert/index.js";

const FILES = ["pose_detector.tflite", "pose_landmarks_detector.tflite"];
const MASK = 256 * 256 * 4; // bytes of the answer that nobody reads

// { detect, locate }: functions from the numbers of a picture to the answers; accelerator: what they run on
export async function networks() {
  self.Module = { locateFile: (name) => new URL(`litert/${name}`, import.meta.url).href, print: () => {}, printErr: () => {} };
  await loadLiteRt(new URL("litert/", import.meta.url).href);
  const both = (accelerator) => Promise.all(FILES.map((file) => network(file, accelerator)));
  const graphics = getDefaultEnvironment().webGpuDevice && (await both("webgpu").catch(() => null));
  const [detect, locate] = graphics || (await both("wasm"));
  return { detect, locate, accelerator: graphics ? "webgpu" : "wasm" };
}

async function network(file, accelerator) {
  const model = await loadAndCompile(new URL(file, import.meta.url).href, { accelerator });
  return async (numbers) => {
    const side = Math.sqrt(numbers.length / 3), input = new Tensor(numbers, [1, side, side, 3]);
    const answers = await model.run(input);
    input.delete();
    return Promise.all(answers.map(taken));
  };
}

// The numbers of an answer, null of the mask; its memory in the runtime is given back.
async function taken(answer) {
  const numbers = answer.liteRtTensorBuffer.packedSize() === MASK ? null : await answer.data();
  answer.delete();
  return numbers;
}
