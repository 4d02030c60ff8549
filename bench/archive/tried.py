"""``python -m bench.archive.tried``: changes of networks and decoding that were tried and are not made.

Every variant of the bundle finds poses in the same pictures, in turn; told are the medians of processor time,
and whether the landmarks stay the same to the last bit. Weights are unpacked by the LiteRT interpreter
(``pip install -e .[bench]``).
"""

from __future__ import annotations

import tempfile
import time
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from bench.command_line import take_no_options
from bench.timing.clips import SIZES, clip
from repcount.core.records import Frame
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator, Schemas, schemas
from repcount.pose.network_files import drop_output, pack, unpack
from repcount.sources.video import VideoSource

DETECTOR, LANDMARKS = "pose_detector.tflite", "pose_landmarks_detector.tflite"
HEATMAP: Final = b"Identity_3"
EVERY: Final = 12  # of the clip's pictures, so that all exercises come in
ROUNDS: Final = 3
PACKETS: Final = 300
WHO: Final = ("person", "nobody")

Networks = dict[str, bytes]


@dataclass(frozen=True)
class Outcome:
    """What a variant costs, in ms of processor time: a picture with somebody, one with nobody."""

    person_ms: float
    nobody_ms: float
    landmarks: bytes


def unpacked(kit: Schemas, data: bytes) -> bytes:
    """The network with its weights as 32-bit numbers, so that nothing is left to be unpacked."""
    known = _constants(data)
    network = unpack(kit, data)
    graph, kept = network.subgraphs[0], []
    for operator in graph.operators:
        out = int(operator.outputs[0])
        if out not in known:
            kept.append(operator)
        elif known[out].dtype == np.float32:
            buffer = kit.network.BufferT()
            buffer.data = np.frombuffer(known[out].tobytes(), np.uint8)
            network.buffers.append(buffer)
            graph.tensors[out].buffer = len(network.buffers) - 1
    graph.operators = kept
    return pack(network)


def _constants(data: bytes) -> dict[int, Any]:
    """What the operators that unpack weights make, by tensor."""
    from ai_edge_litert.interpreter import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        Interpreter,
        OpResolverType,
    )

    plain = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    engine = Interpreter(
        model_content=data, experimental_preserve_all_tensors=True, experimental_op_resolver_type=plain
    )
    engine.allocate_tensors()
    place = engine.get_input_details()[0]
    weights = [op for op in engine._get_ops_details() if op["op_name"] in ("DEQUANTIZE", "DENSIFY")]
    engine.set_tensor(place["index"], np.zeros(place["shape"], np.float32))
    engine.invoke()
    return {int(op["outputs"][0]): engine.get_tensor(int(op["outputs"][0])) for op in weights}


def without_heatmap(kit: Schemas, data: bytes) -> bytes:
    """The landmark network without the output by which MediaPipe refines its landmarks."""
    network = unpack(kit, data)
    drop_output(kit, network, HEATMAP)
    return pack(network)


def variants(networks: Networks) -> dict[str, Networks]:
    """The bundle as it is, and what was tried."""
    kit = schemas()
    finder, marks = networks[DETECTOR], networks[LANDMARKS]
    return {
        "as it is": networks,
        "landmark weights unpacked to 32 bits": {**networks, LANDMARKS: unpacked(kit, marks)},
        "detector's weights unpacked to 32 bits": {**networks, DETECTOR: unpacked(kit, finder)},
        "without the heatmap": {**networks, LANDMARKS: without_heatmap(kit, marks)},
    }


def outcome(bundle: Path, frames: list[Frame]) -> Outcome:
    """Find poses in all frames, then as often in noise."""
    assert frames[0].image is not None
    noise = np.random.default_rng(1).integers(0, 255, frames[0].image.shape, np.uint8)
    empty = [Frame(frame.time_s, frame.index, noise) for frame in frames]
    person_ms, landmarks = _found(bundle, frames)
    nobody_ms, _nothing = _found(bundle, empty)
    return Outcome(person_ms, nobody_ms, landmarks)


def _found(bundle: Path, frames: list[Frame]) -> tuple[float, bytes]:
    spent, found = [], []
    with MediaPipeEstimator(bundle) as estimator:
        for frame in frames:
            start_s = time.process_time()
            pose = estimator.estimate(frame)
            spent.append(1000 * (time.process_time() - start_s))
            found.append(b"" if pose is None else pose.landmarks_px.tobytes() + pose.world_m.tobytes())
    return median(spent), b"".join(found)


def decoding_ms(video: Path, needed_only: bool) -> float:
    """Milliseconds a packet, without or with the pictures on which no other depends."""
    import av

    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        stream.codec_context.skip_frame = "NONREF" if needed_only else "DEFAULT"
        start_s = time.process_time()
        for packet in islice(container.demux(stream), PACKETS):
            packet.decode()
        return 1000 * (time.process_time() - start_s) / PACKETS


def _all_outcomes(tried: dict[str, Networks]) -> dict[str, list[Outcome]]:
    frames = [frame for frame in VideoSource(clip(SIZES[0])) if frame.index % EVERY == 0]
    outcomes: dict[str, list[Outcome]] = {name: [] for name in tried}
    with tempfile.TemporaryDirectory() as folder:
        for name, networks in tried.items():
            with zipfile.ZipFile(Path(folder) / name, "w", zipfile.ZIP_STORED) as out:
                for member, data in networks.items():
                    out.writestr(member, data)
        for _ in range(ROUNDS):
            for name in tried:
                outcomes[name].append(outcome(Path(folder) / name, frames))
    return outcomes


def main() -> None:
    """Print two Markdown tables."""
    take_no_options("bench.archive.tried", __doc__)
    with zipfile.ZipFile(find_model(None, lambda stage, share: None).path) as files:
        tried = variants({name: files.read(name) for name in (DETECTOR, LANDMARKS)})
    outcomes = _all_outcomes(tried)
    print("| bundle | size | a picture with somebody | with nobody | landmarks |\n|---|---:|---:|---:|---|")
    for name, found in outcomes.items():
        same = found[0].landmarks == outcomes["as it is"][0].landmarks
        megabytes = sum(len(data) for data in tried[name].values()) / 1e6
        person_ms, nobody_ms = (median(getattr(one, f"{who}_ms") for one in found) for who in WHO)
        costs = f"{person_ms:.2f} ms | {nobody_ms:.2f} ms"
        print(f"| {name} | {megabytes:.1f} MB | {costs} | {'the same' if same else 'others'} |")
    print("\n| decoding a packet | all pictures | those on which others depend |\n|---|---:|---:|")
    for size in SIZES:
        cells = (f"{decoding_ms(clip(size), needed):.2f} ms" for needed in (False, True))
        print(f"| {size.name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
