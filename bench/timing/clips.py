"""``python -m bench.timing.clips``: the clips that speed is measured on, rendered.

All five exercises, bright and dim, 30 different frames a second. A clip is rendered by ``tools.figure`` when
it is first asked for, which takes some minutes, and kept in the user's cache folder. The command renders all.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import av
import platformdirs

from tools.figure.clip import Job, render_all, truth_path
from tools.figure.scene import Scene, parse_scene

FPS: Final = 30
NOISE: Final = 2.0  # sigma of the sensor's noise, of 255


@dataclass(frozen=True)
class Size:
    """One size of picture; ``dim`` are the places of the dim scenes among the five."""

    name: str
    px: tuple[int, int]
    dim: tuple[int, ...]


SIZES: Final = (Size("vga", (640, 480), (1, 3)), Size("1080p", (1920, 1080), (0, 2, 4)))

_SCENES: Final[tuple[dict[str, Any], ...]] = (
    {
        "exercise": "straight-leg-raise",
        "side": "left",
        "motion": {"reps": 2, "lead_s": 1.0, "tail_s": 0.8},
        "room": {"name": "living"},
    },
    {
        "exercise": "wall-squat",
        "motion": {"reps": 2, "lead_s": 1.0, "tail_s": 0.8},
        "room": {"name": "clinic"},
        "body": {"sex": "female", "hair_style": "bun", "shirt": "wine", "height_m": 1.68},
    },
    {
        "exercise": "calf-raise",
        "motion": {"reps": 3, "lead_s": 1.0, "tail_s": 0.8},
        "room": {"name": "office"},
        "body": {"skin": "brown", "hair": "black", "shirt": "yellow"},
    },
    {
        "exercise": "hamstring-curl",
        "side": "left",
        "motion": {"reps": 2, "hold_s": 2.5, "lead_s": 1.0, "tail_s": 0.8},
        "room": {"name": "gym"},
        "body": {"shirt": "orange", "hair": "blond", "skin": "fair"},
    },
    {
        "exercise": "leg-press",
        "motion": {"reps": 3, "lead_s": 1.0, "tail_s": 0.8},
        "room": {"name": "garage"},
        "body": {"sex": "female", "hair_style": "long", "shirt": "teal"},
    },
)


def folder() -> Path:
    """Where the clips are kept."""
    return Path(platformdirs.user_cache_dir("repcount", appauthor=False)) / "speed"


def scenes(size: Size) -> tuple[Scene, ...]:
    """The five scenes of a clip."""
    found = []
    for i, values in enumerate(_SCENES):
        light = {"kind": "dim" if i in size.dim else "bright"}
        common = {"seed": 70 + i, "fps": FPS, "size": size.px, "noise": NOISE, "light": light}
        found.append(parse_scene({**values, **common}, f"{size.name}-{values['exercise']}"))
    return tuple(found)


def parts(size: Size, workers: int = 0) -> tuple[Path, ...]:
    """The five scenes as videos, with the truth beside each; rendered where they are not there yet.

    They stay as they are when the renderer changes: for speed any such picture will do.
    """
    jobs = [Job(scene, folder() / f"{scene.name}.mp4") for scene in scenes(size)]
    missing = [job for job in jobs if not (job.video.exists() and truth_path(job.video).exists())]
    for _done in render_all(missing, workers or os.cpu_count() or 1):
        pass
    return tuple(job.video for job in jobs)


def clip(size: Size) -> Path:
    """The five scenes one after the other, as one video of a minute."""
    path = folder() / f"{size.name}.mp4"
    join(parts(size), path)
    return path


def ends_s(size: Size) -> tuple[float, ...]:
    """When each of the five scenes ends in the clip."""
    found, end_s = [], 0.0
    for video in parts(size):
        with av.open(str(video)) as source:
            stream = source.streams.video[0]
            end_s += float((stream.duration or 0) * (stream.time_base or 0))
        found.append(end_s)
    return tuple(found)


def join(videos: Sequence[Path], out: Path) -> None:
    """Write videos of the same make one after the other, their packets as they are."""
    with av.open(str(out), "w", format="mp4") as target:
        copy = None
        shift = 0
        for video in videos:
            with av.open(str(video)) as source:
                stream = source.streams.video[0]
                copy = copy or target.add_stream_from_template(stream)
                end = 0
                for packet in source.demux(stream):
                    if packet.pts is None or packet.dts is None:
                        continue
                    end = max(end, packet.pts + (packet.duration or 0))
                    again = av.Packet(bytes(packet))
                    again.pts, again.dts = packet.pts + shift, packet.dts + shift
                    again.duration, again.time_base = packet.duration, packet.time_base
                    again.is_keyframe, again.stream = packet.is_keyframe, copy
                    target.mux(again)
                shift += end


def main() -> None:
    """Render all clips."""
    parser = argparse.ArgumentParser(prog="python -m bench.timing.clips", description=__doc__)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="scenes rendered at once")
    args = parser.parse_args()
    for size in SIZES:
        parts(size, args.workers)
        print(clip(size), flush=True)


if __name__ == "__main__":
    main()
