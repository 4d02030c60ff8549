"""The sample videos with their truth, and the ways in which a test may show them to the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repcount.core.records import ExerciseSummary, Frame, Pose, Side
from repcount.exercises import catalog
from repcount.pose.mediapipe import MediaPipeEstimator
from repcount.session.session import Session
from repcount.sources.video import VideoSource

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent.parent / "sample_videos"
POSES = Path(__file__).parent / "data" / "poses"
VARIANTS = ("as it is", "mirrored", "portrait", "half rate", "two of three")
_KEPT = {"half rate": (1, 2), "two of three": (2, 3)}

Track = list[tuple[float, Pose | None]]


@dataclass(frozen=True)
class Clip:
    """One sample video and what truly happens in it."""

    name: str
    exercise: str
    side: Side
    reps: int
    peaks_s: tuple[float, ...]
    holds_s: tuple[tuple[float, float], ...]

    @property
    def path(self) -> Path:
        """The video."""
        return FOLDER / f"{self.name}.mp4"


def clips() -> list[Clip]:
    """All sample videos."""
    table = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))
    return [_clip(row) for row in table["clip"]]


def _clip(row: dict[str, Any]) -> Clip:
    return Clip(
        name=Path(row["file"]).stem,
        exercise=row["exercise"],
        side=Side(row["side"]),
        reps=row["reps"],
        peaks_s=tuple(row["peaks_s"]),
        holds_s=tuple((start, end) for start, end in row["holds_s"]),
    )


def shown(source: VideoSource, variant: str) -> Iterator[Frame]:
    """The frames of a video as a variant shows them."""
    for frame in source:
        assert frame.image is not None
        if variant == "mirrored":
            yield Frame(frame.time_s, frame.index, np.ascontiguousarray(frame.image[:, ::-1]))
        elif variant == "portrait":
            yield Frame(frame.time_s, frame.index, portrait(frame.image))
        else:
            kept, of = _KEPT.get(variant, (1, 1))
            if frame.index % of < kept:
                yield frame


def portrait(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Padded with grey above and below to 9:16."""
    height, width = image.shape[:2]
    more = (width * 16 // 9 - height) // 2
    return np.pad(image, ((more, more), (0, 0), (0, 0)), constant_values=127)


def track(job: tuple[str, str, str]) -> Track:
    """Poses of one clip in one variant, from the real network; a job is (clip, variant, bundle)."""
    name, variant, bundle = job
    with VideoSource(FOLDER / f"{name}.mp4") as source, MediaPipeEstimator(Path(bundle)) as estimator:
        return [(frame.time_s, estimator.estimate(frame)) for frame in shown(source, variant)]


def recorded(name: str) -> Track:
    """Poses of a clip from its recording in the repository."""
    return recorded_track(POSES / f"{name}.npz")


def recorded_track(path: Path) -> Track:
    """Poses of a landmark recording."""
    with np.load(path) as arrays:
        stored = {key: arrays[key] for key in arrays.files}
    size = (int(stored["size_px"][0]), int(stored["size_px"][1]))
    rows = zip(stored["landmarks_px"], stored["visibility"], stored["world_m"], strict=True)
    poses = [
        None if np.isnan(row[0]).all() else Pose(*(a.astype(np.float32) for a in row), size) for row in rows
    ]
    return list(zip(stored["time_s"].tolist(), poses, strict=True))


def judge(exercise: str, poses: Track) -> ExerciseSummary:
    """What the engine makes of poses."""
    session = Session(catalog.get(exercise))
    for time_s, pose in poses:
        session.step(time_s, pose)
    session.finish(poses[-1][0])
    return session.summary()


def check(clip: Clip, exercise: str, poses: Track, *, mirrored: bool = False, peak_s: float = 0.2) -> None:
    """Hold what was counted against the truth."""
    found = judge(exercise, poses)
    if exercise != clip.exercise:
        assert found.repetitions == ()
        return
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}
    side = other[clip.side] if mirrored else clip.side
    assert [rep.side for rep in found.repetitions] == [side] * clip.reps
    off = [abs(rep.peak_s - true) for rep, true in zip(found.repetitions, clip.peaks_s, strict=True)]
    assert max(off, default=0.0) <= peak_s
    if clip.holds_s:
        assert len(found.holds) == len(clip.holds_s)
    for hold, (start, end) in zip(found.holds, clip.holds_s, strict=False):
        assert abs(hold.start_s - start) <= 0.3
        assert abs(hold.end_s - end) <= 0.3
        assert abs(hold.valid_s - (end - start)) <= 0.3
