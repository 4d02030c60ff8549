"""Recordings of real people's motion: 33 landmarks in metres, taken back into a room from a camera's view."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from repcount.core.errors import InputError
from tools.figure.rotation import Array

FOLDER_VARIABLE: Final = "FIGURE_MOTION"
BESIDE: Final = Path(__file__).parents[3] / "shared" / "motion"
"""Where the recordings are unless ``FIGURE_MOTION`` names another folder: beside the checkout."""
FOCAL_PX: Final = 600.0
"""Of the camera that the recordings were projected through."""
LEFT: Final = (1, 2, 3, 7, 9, *range(11, 33, 2))
RIGHT: Final = (4, 5, 6, 8, 10, *range(12, 33, 2))


@dataclass(frozen=True, eq=False)
class Mocap:
    """One recording.

    Attributes
    ----------
    points : shape (T, 33, 3), metres: x to the right, y up, z to the viewer; the floor is anywhere.
    fps : its frames a second.
    group : who it is, by data set and person.
    peaks_s : when the repetitions are at their peak.
    """

    name: str
    points: Array
    fps: float
    group: str
    peaks_s: tuple[float, ...]

    def mirrored(self) -> Mocap:
        """The same with left and right changed over."""
        points = self.points * (-1, 1, 1)
        points[:, [*LEFT, *RIGHT]] = points[:, [*RIGHT, *LEFT]]
        return Mocap(self.name, points, self.fps, self.group, self.peaks_s)


def folder() -> Path:
    """Where the recordings are."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else BESIDE


@cache
def _index(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return {row["clip"]: row for row in json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path}: no index of motion recordings ({error}); set {FOLDER_VARIABLE}") from None


def index() -> dict[str, dict[str, Any]]:
    """What is known of every recording, by name.

    Raises
    ------
    InputError
        There is no index.
    """
    return _index(folder() / "INDEX.json")


def _roots(world: Array, pixels: Array, size_px: Array) -> Array:
    """Where the hips are before the camera, frame by frame, shape (T, 3), from what is projected where.

    ``pixels = middle + focal * (root + world) / depth`` is linear in the root once it is multiplied out.
    """
    middle, found = np.asarray(size_px) / 2, np.zeros((len(world), 3))
    for i, (points, shown) in enumerate(zip(world, pixels, strict=True)):
        off = shown[:, :2] - middle
        rows = np.zeros((2, len(points), 3))
        rows[0, :, 0] = rows[1, :, 1] = FOCAL_PX
        rows[:, :, 2] = -off.T
        known = off.T * points[:, 2] - FOCAL_PX * points[:, :2].T
        found[i] = np.linalg.lstsq(rows.reshape(-1, 3), known.ravel(), rcond=None)[0]
    return found


@cache
def _read(path: Path) -> Mocap:
    try:
        with np.load(path) as arrays:
            times, world, pixels, size = (
                np.asarray(arrays[key], float) for key in ("time_s", "world_m", "landmarks_px", "size_px")
            )
    except (OSError, ValueError, KeyError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{path}: no motion recording ({reason}); set {FOLDER_VARIABLE} to their folder"
        ) from None
    row = index().get(path.stem, {})
    points = (world + _roots(world, pixels, size)[:, None]) * (1, -1, -1)
    peaks = tuple(float(t) for t in row.get("peaks_s", ()))
    return Mocap(path.stem, points, 1 / float(np.median(np.diff(times))), str(row.get("group", "")), peaks)


def read(name: str) -> Mocap:
    """A recording by its name.

    Raises
    ------
    InputError
        It is not there, or it is none; the text names the file.
    """
    return _read(folder() / f"{name}.npz")


def knees_deg(points: Array) -> Array:
    """Flexion of left and right knee, shape (T, 2), degrees."""
    found = []
    for hip, knee, ankle in ((23, 25, 27), (24, 26, 28)):
        u, v = points[:, hip] - points[:, knee], points[:, ankle] - points[:, knee]
        cosine = (u * v).sum(1) / (np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1) + 1e-12)
        found.append(180 - np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return np.stack(found, 1)
