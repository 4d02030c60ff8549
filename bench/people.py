"""Real people: landmark recordings of clips from public repositories, labelled by hand.

The recordings are not part of this repository; ``--recordings FOLDER`` names where they are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.judged import Track, run, run_auto
from bench.metrics import Figure, per_minute, share
from bench.recording import poses_of
from repcount.core.errors import InputError
from repcount.exercises import catalog


@dataclass(frozen=True)
class Person:
    """One clip as it was judged.

    Attributes
    ----------
    exercise : what it shows, None where it is none of ours.
    counted : repetitions by exercise named.
    auto : the same where none was named.
    """

    clip: str
    shown: str
    exercise: str | None
    near_relative: bool
    real: bool
    acceptable: tuple[int, ...]
    minutes: float
    counted: dict[str, int]
    auto: dict[str, int]

    @property
    def off(self) -> int:
        """How far the count is from the nearest acceptable one; 0 for a negative."""
        if self.exercise is None:
            return 0
        return min(abs(self.counted[self.exercise] - n) for n in self.acceptable)

    @property
    def false(self) -> int:
        """Repetitions counted in a negative, over all exercises named."""
        return sum(self.counted.values()) if self.exercise is None else 0


def _track(path: Path) -> Track:
    with np.load(path) as a:
        size = (int(a["size_px"][0]), int(a["size_px"][1]))
        poses = poses_of(a["landmarks_px"], a["visibility"], a["world_m"], size)
        return list(zip(a["time_s"].tolist(), poses, strict=True))


def _judge(folder: Path, row: dict[str, object]) -> Person:
    track = _track(folder / f"{row['clip']}.npz")
    exercise = None if row["exercise"] is None else str(row["exercise"])
    names = catalog.names() if exercise is None else (exercise,)
    acceptable = row["acceptable_reps"]
    assert isinstance(acceptable, list)
    auto = {s.exercise: len(s.repetitions) for s in run_auto({}, track)}
    return Person(
        clip=str(row["clip"]),
        shown=str(row["shown"]),
        exercise=exercise,
        near_relative=bool(row["near_relative"]),
        real=bool(row["real"]),
        acceptable=tuple(int(n) for n in acceptable),
        minutes=(track[-1][0] - track[0][0]) / 60,
        counted={name: len(run(name, None, track)[0].repetitions) for name in names},
        auto=auto,
    )


def judge_people(folder: Path) -> list[Person]:
    """Judge every clip of a folder with an ``INDEX.json``.

    Raises
    ------
    InputError
        The folder has no index that can be read.
    """
    try:
        rows = json.loads((folder / "INDEX.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder}: no readable INDEX.json ({error}); name the folder of recordings"
        ) from None
    return [_judge(folder, row) for row in rows]


def people_figures(people: list[Person]) -> dict[str, Figure]:
    """Exact, within one, and false repetitions a minute; ``real_`` leaves out what was rendered."""
    found: dict[str, Figure] = {}
    for prefix, some in (("", people), ("real_", [p for p in people if p.real])):
        done = [p for p in some if p.exercise is not None]
        none = [p for p in some if p.exercise is None]
        found[f"{prefix}exact"] = share([p.off == 0 for p in done])
        found[f"{prefix}within_one"] = share([p.off <= 1 for p in done])
        found[f"{prefix}false_per_minute"] = per_minute(
            [p.false for p in none], [p.minutes * len(p.counted) for p in none]
        )
        found[f"{prefix}auto_false_per_minute"] = per_minute(
            [sum(p.auto.values()) for p in none], [p.minutes for p in none]
        )
        found[f"{prefix}auto_exact"] = share(
            [set(p.auto) <= {p.exercise} and p.auto.get(str(p.exercise), 0) in p.acceptable for p in done]
        )
    return found
