"""``python -m bench.around``: what everything around the network costs, in processor time.

Processor time of this process alone, so that other work on the machine changes little.
"""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from bench.clips import SIZES, clip
from repcount.core.model import Pose, Snapshot
from repcount.engine.auto import AutoSession
from repcount.engine.session import Session, SessionOptions
from repcount.exercises import catalog
from repcount.poses.recording import Recording
from repcount.sinks.overlay import Overlay

POSES: Final = Path(__file__).parent.parent / "tests" / "data" / "poses" / "wall_squat.npz"
HD_PX: Final = (1280, 720)


def _judging_ms(session: Session | AutoSession, recording: Recording) -> float:
    poses = [recording.pose(row) for row in range(len(recording))]
    start_s = time.process_time()
    for time_s, pose in zip(recording.time_s.tolist(), poses, strict=True):
        session.step(time_s, pose)
    return 1000 * (time.process_time() - start_s) / len(poses)


def _enlarged(pose: Pose) -> Pose:
    scale = np.array([HD_PX[0] / pose.size_px[0], HD_PX[1] / pose.size_px[1], 1], np.float32)
    return Pose(pose.landmarks_px * scale, pose.visibility, pose.world_m, HD_PX)


def _painting_ms(recording: Recording) -> float:
    session, overlay = Session(catalog.get("wall-squat")), Overlay(HD_PX)
    shots: list[Snapshot] = []
    for row, time_s in enumerate(recording.time_s.tolist()):
        pose = recording.pose(row)
        shots.append(session.step(time_s, None if pose is None else _enlarged(pose)))
    picture = np.full((HD_PX[1], HD_PX[0], 3), 127, np.uint8)
    overlay.draw(picture.copy(), shots[0])
    start_s = time.process_time()
    for shot in shots:
        overlay.draw(picture, shot)
    return 1000 * (time.process_time() - start_s) / len(shots)


def _limit_ms(threads: int) -> float:
    """The landmark network alone on the crops of a clip, by the LiteRT interpreter."""
    import zipfile

    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-not-found,import-untyped,unused-ignore]

    from repcount.poses.bundle import find_model
    from repcount.sources.sampling import Sampling
    from repcount.sources.video import VideoSource

    bundle = find_model(None, lambda stage, share: None).path
    with zipfile.ZipFile(bundle) as files:
        network = files.read("pose_landmarks_detector.tflite")
    interpreter = Interpreter(model_content=network, num_threads=threads)
    interpreter.allocate_tensors()
    place = interpreter.get_input_details()[0]["index"]
    crops = []
    for frame in islice(VideoSource(clip(SIZES[0]), Sampling(edge_px=340)), 40):
        assert frame.image is not None
        middle = (frame.image.shape[1] - 256) // 2
        crop = np.zeros((256, 256, 3), np.float32)
        part = frame.image[:256, middle : middle + 256]
        crop[: part.shape[0]] = part / 255.0
        crops.append(crop[None])
    spent = []
    for crop in crops:
        start_s = time.perf_counter()
        interpreter.set_tensor(place, crop)
        interpreter.invoke()
        spent.append(time.perf_counter() - start_s)
    return 1000 * float(np.median(spent))


def main() -> None:
    """Print a Markdown table."""
    recording = Recording.load(POSES)
    auto = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])
    one = _judging_ms(Session(catalog.get("wall-squat")), recording)
    print("| what | cost |\n|---|---:|")
    _say("judging a frame, the exercise named", f"{one:.2f} ms")
    _say("judging a frame, all exercises watched", f"{_judging_ms(auto, recording):.2f} ms")
    _say("frames of a recording judged in a second", f"{1000 / one:.0f}")
    _say("painting a frame of 1280 x 720", f"{_painting_ms(recording):.1f} ms")
    for threads in (1, 2):
        text = f"{_limit_ms(threads):.1f} ms (median of wall clock)"
        _say(f"landmark network alone, LiteRT, threads: {threads}", text)


def _say(what: str, cost: str) -> None:
    print(f"| {what} | {cost} |", flush=True)


if __name__ == "__main__":
    main()
