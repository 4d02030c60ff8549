"""Films of the part `taught` for the tests of the learner: the network's landmarks of rendered people."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.recording import RECORDINGS, Recording, read
from repcount.learning.film import Film, watch
from repcount.pose.recording_writer import RecordingWriter

TAUGHT = RECORDINGS / "taught"


@cache
def recording(name: str) -> Recording:
    """One clip of the part."""
    return read(TAUGHT / f"{name}.npz")


@cache
def film(name: str) -> Film:
    """What was measured in it."""
    found = recording(name)
    return watch(f"{name}.npz", zip(found.time_s.tolist(), found.poses(), strict=True))


def peaks(name: str) -> list[float]:
    """When its repetitions were at their peaks, media seconds."""
    return [rep["peak_s"] for rep in recording(name).truth["reps"]]


def write(name: str, folder: Path) -> Path:
    """The clip as a landmark recording of the program."""
    found, path = recording(name), folder / f"{name}.npz"
    poses = list(found.poses())
    size = next(pose.size_px for pose in poses if pose is not None)
    with RecordingWriter(path, size, float(found.time_s[-1]), len(poses)) as writer:
        for time_s, pose in zip(found.time_s.tolist(), poses, strict=True):
            writer.append(time_s, pose)
    return path
