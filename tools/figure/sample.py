"""The clips of ``sample_videos/``, made anew from the scenes beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from tools.figure.clip import Job, truth_path
from tools.figure.scene import Scene, load_scene

SCENES: Final = Path(__file__).with_name("samples")

_HEAD: Final = """\
# What truly happens in the clips beside this file, known from the renderer that made them.
# side: who exercises (the raised leg, or both legs); peaks_s: middle of each repetition's top;
# holds_s: start and end of each true plateau. Times are media seconds.
"""


def sample_scenes() -> tuple[Scene, ...]:
    """The scenes of the sample videos, in order of their names."""
    return tuple(load_scene(path) for path in sorted(SCENES.glob("*.toml")))


def sample_jobs(folder: Path, cache: Path | None) -> tuple[Job, ...]:
    """A job for every sample video."""
    return tuple(Job(scene, folder / f"{scene.name}.mp4", cache) for scene in sample_scenes())


def clip_table(video: Path) -> str:
    """A clip's entry in ``truth.toml``, from the truth beside the video."""
    truth: dict[str, Any] = json.loads(truth_path(video).read_text(encoding="utf-8"))
    reps, names = truth["reps"], {act["exercise"] for act in truth["acts"]} - {None}
    holds = [[round(hold["start_s"], 3), round(hold["end_s"], 3)] for hold in truth["holds"]]
    side = reps[0]["side"] if reps else "both"
    lines = (
        "[[clip]]",
        f'file = "{video.name}"',
        f'exercise = "{next(iter(names), "none")}"',
        f'side = "{side}"',
        f"reps = {len(reps)}",
        f"peaks_s = {[round(rep['peak_s'], 3) for rep in reps]}",
        f"holds_s = {holds}",
    )
    return "\n".join(lines) + "\n"


def write_truth_table(videos: list[Path], path: Path) -> None:
    """``truth.toml`` from the truth beside each video, which is then taken away."""
    path.write_text("\n".join([_HEAD, *(clip_table(video) for video in videos)]), encoding="utf-8")
    for video in videos:
        truth_path(video).unlink()
