"""Landmark recordings of the scenes with their truth: one small file a clip.

Numbers are rounded before they are packed; what falls away is far below the network's own error, and it
halves the files. See ``Grain``.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError
from repcount.core.records import Pose

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE: Final = Path(__file__).parent
SCENES: Final = HERE / "scenes"
RECORDINGS: Final = HERE / "recordings"

Half = NDArray[np.float16]
Json = dict[str, Any]

TRUE_JOINTS: Final = (
    "nose",
    *(
        f"{side}_{joint}"
        for side in ("left", "right")
        for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
    ),
)
"""The rows of ``true_px``."""


class Grain:
    """The steps to which numbers are rounded: powers of two that a float16 holds exactly."""

    PX: Final = 0.25
    DEPTH_PX: Final = 1.0
    WORLD_M: Final = 1 / 512
    VISIBILITY: Final = 1 / 64
    DEG: Final = 1 / 16


@dataclass(frozen=True, eq=False)
class Recording:
    """What the network saw in a clip, and what was true.

    Attributes
    ----------
    digest : of the scene's file when it was filmed.
    time_s : shape (T,), float64.
    landmarks_px, visibility, world_m : as in ``Pose``, shapes (T, 33, 3), (T, 33), (T, 33, 3), float16;
        NaN rows where nobody was found.
    size_px : width and height.
    true_px : joint centres in the picture, shape (T, 17, 2), in the order of ``TRUE_JOINTS``.
    true_deg : flexion, shape (T, 2, 2, 2): left and right; knee and hip; in the picture plane and in space.
    whole : whether all of the body was in the picture and nothing stood before it, shape (T,).
    truth : repetitions, holds, acts, and the exercises that the clip is negative for.
    """

    digest: str
    time_s: NDArray[np.float64]
    landmarks_px: Half
    visibility: Half
    world_m: Half
    size_px: tuple[int, int]
    true_px: Half
    true_deg: Half
    whole: NDArray[np.bool_]
    truth: Json

    def poses(self) -> list[Pose | None]:
        """The poses frame by frame, None where nobody was found."""
        return poses_of(self.landmarks_px, self.visibility, self.world_m, self.size_px)


def poses_of(
    landmarks_px: NDArray[Any], visibility: NDArray[Any], world_m: NDArray[Any], size_px: tuple[int, int]
) -> list[Pose | None]:
    """Poses from arrays over the frames."""
    landmarks, seen, world = (a.astype(np.float32) for a in (landmarks_px, visibility, world_m))
    found = ~np.isnan(landmarks[:, 0, 0])
    return [Pose(landmarks[i], seen[i], world[i], size_px) if found[i] else None for i in range(len(found))]


def scene_digest(path: Path) -> str:
    """A name for the content of a scene's file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def scene_paths(part: str) -> list[Path]:
    """The scene files of a part."""
    return sorted((SCENES / part).glob("*.toml"))


def recording_path(scene: Path, out: Path = RECORDINGS) -> Path:
    """Where the recording of a scene is."""
    return out / scene.parent.name / f"{scene.stem}.npz"


def read_scene(path: Path) -> Json:
    """A scene's file as it stands."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rounded(values: NDArray[Any], grain: float) -> Half:
    """Rounded, and laid out so that each number's course over time lies together: it packs better."""
    rounded = (np.round(values / grain) * grain).astype(np.float16)
    return np.asfortranarray(rounded)


def write(recording: Recording, path: Path) -> None:
    """Write a recording; the file appears only when it is whole."""
    marks = np.concatenate(
        [
            _rounded(recording.landmarks_px[..., :2], Grain.PX),
            _rounded(recording.landmarks_px[..., 2:], Grain.DEPTH_PX),
        ],
        axis=2,
    )
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        digest=np.array(recording.digest),
        time_s=recording.time_s,
        landmarks_px=np.asfortranarray(marks),
        visibility=_rounded(recording.visibility, Grain.VISIBILITY),
        world_m=_rounded(recording.world_m, Grain.WORLD_M),
        size_px=np.array(recording.size_px),
        true_px=_rounded(recording.true_px, Grain.PX),
        true_deg=_rounded(recording.true_deg, Grain.DEG),
        whole=recording.whole,
        truth=np.frombuffer(json.dumps(recording.truth, separators=(",", ":")).encode(), np.uint8),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_bytes(packed.getvalue())
    half.replace(path)


def read(path: Path) -> Recording:
    """Read a recording.

    Raises
    ------
    InputError
        It cannot be read, or it is not one.
    """
    try:
        with np.load(path) as arrays:
            stored = {key: arrays[key] for key in arrays.files}
        return Recording(
            digest=str(stored["digest"]),
            size_px=(int(stored["size_px"][0]), int(stored["size_px"][1])),
            truth=json.loads(stored["truth"].tobytes()),
            **{
                name: stored[name]
                for name in (
                    "time_s",
                    "landmarks_px",
                    "visibility",
                    "world_m",
                    "true_px",
                    "true_deg",
                    "whole",
                )
            },
        )
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"{path}: no recording of the benchmark ({error}); run python -m bench.record"
        ) from None


def kept_digest(path: Path) -> str | None:
    """The digest of the scene that a recording was made from; None where there is none that can be read."""
    try:
        with np.load(path) as arrays:
            return str(arrays["digest"])
    except (OSError, ValueError, KeyError):
        return None
