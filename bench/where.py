"""``python -m bench.where``: where the time of a frame goes, as a table and a picture, and its limit.

Each part is timed by itself, in one process with one thread for decoding, one part after the other: as one
of the processes of ``repcount analyze`` works, and as the plain loop does. The limit is the bare landmark
network in the LiteRT interpreter (``pip install -e .[bench]``) on the same crops of the same pictures.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.command_line import take_no_options
from bench.page.pictures import draw_parts
from bench.timing.clips import SIZES, clip
from bench.timing.ways import plain_bundle
from repcount.core.records import Frame, Pose
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog
from repcount.pose.bundle import find_model
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.session.auto_session import AutoSession
from repcount.session.session import SessionOptions
from repcount.sources.container import open_file, picture_stream
from repcount.sources.pictures import EDGE_PX, PixelReader, Sampling
from repcount.sources.video_facts import read_facts

if TYPE_CHECKING:
    from av import VideoFrame

P = ParamSpec("P")
T = TypeVar("T")
Spent = dict[str, list[float]]

PICTURE: Final = Path(__file__).parent.parent / "docs" / "images" / "time.png"
CROP_PX: Final = 256
FRAMES: Final = 600
"""Of each clip, from its start: a raise of the leg and a wall squat."""
DECODE, REDUCE, FIND, JUDGE = "decoding", "RGB, reduced", "MediaPipe", "judging"


@dataclass
class Clock:
    """Milliseconds of each part, frame by frame."""

    spent: Spent = field(default_factory=dict)

    def time(self, part: str, work: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
        """Do a part of the work of one frame."""
        start_s = time.perf_counter()
        done = work(*given, **more)
        self.spent.setdefault(part, []).append(1000 * (time.perf_counter() - start_s))
        return done

    def means(self) -> dict[str, float]:
        """Milliseconds a frame: a mean, so that the parts add up."""
        return {part: float(np.mean(each)) for part, each in self.spent.items()}


def timed(video: Path, bundle: Path, edge_px: int | None, judged: bool) -> tuple[dict[str, float], list[Any]]:
    """Milliseconds a frame of each part, and the crops that the landmark network saw."""
    facts, clock, crops = read_facts(video), Clock(), []
    pixels = PixelReader(facts.pixel_aspect, facts.turn, Sampling(edge_px=edge_px))
    session = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])
    with open_file(video) as container, MediaPipeEstimator(bundle) as estimator:
        stream = picture_stream(container, video)
        stream.codec_context.thread_count = 1
        pictures = container.decode(stream)
        while (picture := clock.time(DECODE, _next, pictures)) and len(clock.spent[DECODE]) <= FRAMES:
            image = clock.time(REDUCE, pixels.read, picture)
            frame = Frame(float(picture.time or 0), 0, image)
            pose = clock.time(FIND, estimator.estimate, frame)
            if judged:
                clock.time(JUDGE, session.step, frame.time_s, pose)
            if pose is not None and len(clock.spent[FIND]) % 16 == 0:
                crops.append(cropped(image, pose))
    return clock.means(), crops


def _next(pictures: Iterator[VideoFrame]) -> VideoFrame | None:
    return next(pictures, None)


def cropped(image: NDArray[np.uint8], pose: Pose) -> NDArray[np.float32]:
    """The square about the person, upright along the trunk, as the landmark network gets it."""
    import cv2

    points = pose.landmarks_px[:, :2]
    hip, shoulder = (
        (points[INDEX[f"left_{joint}"]] + points[INDEX[f"right_{joint}"]]) / 2
        for joint in ("hip", "shoulder")
    )
    up = (shoulder - hip) / max(1e-6, float(np.hypot(*(shoulder - hip))))
    half = 1.25 * float(np.hypot(*(points - hip).T).max()) * up
    side = np.array((-half[1], half[0]))
    corners = np.array((hip + half - side, hip + half + side, hip - half - side), np.float32)
    edge = float(CROP_PX)
    turn = cv2.getAffineTransform(corners, np.array(((0, 0), (edge, 0), (0, edge)), np.float32))
    crop: NDArray[np.float32] = np.float32(1 / 255) * cv2.warpAffine(image, turn, (CROP_PX, CROP_PX))
    return crop[None]


def limit_ms(bundle: Path, crops: list[Any], threads: int) -> float:
    """The landmark network alone on the crops: median of the wall clock."""
    from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with zipfile.ZipFile(bundle) as files:
        network = files.read("pose_landmarks_detector.tflite")
    interpreter = Interpreter(model_content=network, num_threads=threads)
    interpreter.allocate_tensors()
    place = interpreter.get_input_details()[0]["index"]
    spent = []
    for crop in (*crops[:5], *crops):  # the first ones warm up
        start_s = time.perf_counter()
        interpreter.set_tensor(place, crop)
        interpreter.invoke()
        spent.append(1000 * (time.perf_counter() - start_s))
    return median(spent[5:])


def main() -> None:
    """Print a Markdown table and draw the picture."""
    take_no_options("bench.where", __doc__)
    bundle, whole = find_model(None, lambda stage, share: None).path, plain_bundle()
    bars: dict[str, dict[str, float]] = {}
    limits: dict[int, float] = {}
    for size in SIZES:
        shape = "×".join(map(str, size.px))  # noqa: RUF001
        bars[f"{shape}, plain loop"], _crops = timed(clip(size), whole, None, False)
        bars[f"{shape}, repcount"], crops = timed(clip(size), bundle, EDGE_PX, True)
        limits = limits or {threads: limit_ms(bundle, crops, threads) for threads in (1, 2)}
    parts = (FIND, DECODE, REDUCE, JUDGE)
    print(f"| milliseconds a frame | {' | '.join(parts)} | sum |\n|---|{'---:|' * (len(parts) + 1)}")
    for name, bar in bars.items():
        cells = " | ".join(f"{bar[part]:.2f}" if part in bar else "" for part in parts)
        print(f"| {name} | {cells} | {sum(bar.values()):.2f} |")
    for threads, ms in limits.items():
        print(f"| landmark network alone, LiteRT, threads: {threads} | {'|' * len(parts)} {ms:.2f} |")
    draw_parts(bars, parts, limits, PICTURE)


if __name__ == "__main__":
    main()
