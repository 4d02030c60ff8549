"""Figures about angles: what was shown against what was true, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.judged import SIDE_INDEX
from bench.judging.figures import Figures, Named
from bench.metrics import mean, p95
from repcount.core.records import Side
from repcount.exercises import catalog

JOINTS: Final = ("knee", "hip")
PLANE, SPACE = 0, 1
BINS: Final = ((0, 5), (6, 10), (11, 20), (21, 35), (36, 60), (61, 95))
"""Degrees from the side; a bin's ends are both in it."""
SIDE_ON_DEG: Final = 10.0
EVERY: Final = 3
"""Only every so many frames are looked at: neighbours say the same, and it is quicker."""


@dataclass(frozen=True)
class Errors:
    """Errors of one joint of the exercising leg or legs in one clip.

    Attributes
    ----------
    space, plane : absolute errors against the true flexion in space and in the picture, degrees.
    signed : those in space with their sign, below 0 where too little is shown.
    shown : for each frame whether an angle was shown.
    """

    space: list[float]
    plane: list[float]
    signed: list[float]
    shown: list[float]


def errors(one: Named, joint: int) -> Errors:
    """Errors over the frames in which the exercise is done and all of the body is to be seen."""
    clip, verdict = one
    record, times = clip.recording, clip.recording.time_s
    done = np.zeros(len(times), bool)
    for act in clip.acts:
        if act.exercise == verdict.exercise:
            done |= (times >= act.start_s) & (times < act.end_s)
    done &= record.whole & (np.arange(len(times)) % EVERY == 0)
    space, plane, signed, shown = [], [], [], []
    sides = {rep.side for rep in verdict.wanted}
    for leg in SIDE_INDEX[next(iter(sides)) if len(sides) == 1 else Side.BOTH]:
        said = verdict.shown_deg[done, leg, joint].astype(float)
        true = record.true_deg[done, leg, joint].astype(float)
        told = ~np.isnan(said)
        shown += told.astype(float).tolist()
        off = (said - true[:, SPACE])[told]
        signed += off.tolist()
        space += np.abs(off).tolist()
        plane += np.abs(said - true[:, PLANE])[told].tolist()
    return Errors(space, plane, signed, shown)


def _about_offset(some: Sequence[Named], rows: Sequence[Errors]) -> list[list[float]]:
    """Absolute errors that are left when each exercise's own constant one is taken away."""
    exercises = [verdict.exercise for _, verdict in some]
    signed: dict[str, list[float]] = {name: [] for name in exercises}
    for name, row in zip(exercises, rows, strict=True):
        signed[name] += row.signed
    offset = {name: float(np.mean(values)) if values else 0.0 for name, values in signed.items()}
    return [[abs(v - offset[e]) for v in row.signed] for e, row in zip(exercises, rows, strict=True)]


def _figures(some: Sequence[Named]) -> dict[str, Figures]:
    found = {}
    for i, joint in enumerate(JOINTS):
        rows = [errors(one, i) for one in some]
        found[joint] = {
            "mean_deg": mean([row.space for row in rows]),
            "p95_deg": p95([row.space for row in rows]),
            "plane_mean_deg": mean([row.plane for row in rows]),
            "offset_deg": mean([row.signed for row in rows]),
            "about_deg": mean(_about_offset(some, rows)),
            "shown": mean([row.shown for row in rows]),
        }
    return found


def _off_deg(one: Named) -> int:
    return round(abs(one[0].azimuth_deg))


Grouped = dict[str, dict[str, Figures]]


def _grouped(some: Sequence[Named], key: Callable[[Named], str], names: Sequence[str]) -> Grouped:
    groups = {name: [one for one in some if key(one) == name] for name in names}
    return {name: _figures(ones) for name, ones in groups.items() if ones}


def _bin(one: Named) -> str:
    low, high = next(b for b in BINS if b[0] <= _off_deg(one) <= b[1])
    return f"{low}-{high}°"


def angles(some: Sequence[Named]) -> dict[str, Grouped]:
    """Angle errors by view, and from the side by exercise and by range."""
    side_on = [one for one in some if _off_deg(one) <= SIDE_ON_DEG]
    bins = [f"{low}-{high}°" for low, high in BINS]
    presets = [f"{e} {p}" for e in catalog.names() for p in catalog.get(e).presets]
    return {
        "view": _grouped(some, _bin, bins),
        "exercise": {
            **_grouped(side_on, lambda one: one[1].exercise, catalog.names()),
            "total": _figures(side_on),
        },
        "range": _grouped(side_on, lambda one: f"{one[1].exercise} {one[1].preset}", presets),
    }
