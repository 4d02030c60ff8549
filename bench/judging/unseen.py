"""What no landmark shows: the best that any single signal can make of a fault that is never judged.

Signal, side, moment and threshold are chosen on the build part, by how far the faulty repetitions stand out
from the clean ones; what that choice finds and blames is then counted on the test part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.judging.form import is_clean
from bench.judging.limits import cases
from bench.material import Clip, TrueRep
from bench.metrics import share
from repcount.core.records import Side
from repcount.core.signal_names import BODY_NAMES, SIGNALS, Signals
from repcount.exercises import catalog
from repcount.features.foreshortening import PoseMeasurer
from repcount.features.spans import opposite
from repcount.form.rule_watch import can_show
from repcount.tracking.leg_swap import LegSwapFilter

Json = dict[str, Any]
REST_S: Final = 0.6
CLEAN_SHARE: Final = 0.98
"""The threshold lets this share of the clean repetitions of the build part pass."""
SIDE_VIEW_DEG: Final = 65.0
MOST_MISSING: Final = 0.3
OF_THE_CAMERA: Final = frozenset(("visibility", "view_deg", "hip_over_toe_ratio"))
"""These tell of the camera's place and of the network, not of how well something is done."""


@dataclass(frozen=True)
class _Row:
    """One repetition: which faults it has, whether it is clean, and every feature of it."""

    codes: frozenset[str]
    clean: bool
    features: dict[str, float]


def _signals(clip: Clip) -> list[Signals | None]:
    tracker, meter, found = LegSwapFilter(), PoseMeasurer(), list[Signals | None]()
    for time_s, pose in zip(clip.recording.time_s.tolist(), clip.recording.poses(), strict=True):
        found.append(None if pose is None else meter.update(time_s, tracker.update(time_s, pose)))
    return found


def _median(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return float(np.median(known)) if known else float("nan")


def _features(times: NDArray[np.float64], seen: Sequence[Signals | None], rep: TrueRep) -> dict[str, float]:
    top = [s for t, s in zip(times, seen, strict=True) if rep.top_s - 0.1 <= t <= rep.leave_s + 0.1 and s]
    rest = [s for t, s in zip(times, seen, strict=True) if rep.start_s - REST_S <= t <= rep.start_s and s]
    found = {}
    for info in SIGNALS:
        if info.name in OF_THE_CAMERA:
            continue
        legs = {"": rep.side}
        if info.name not in BODY_NAMES and rep.side is not Side.BOTH:
            legs["other leg's "] = opposite(rep.side)
        for whose, side in legs.items():
            at_top = _median([s.value(info.name, side) for s in top])
            found[f"{whose}{info.name} at the top"] = at_top
            change = at_top - _median([s.value(info.name, side) for s in rest])
            found[f"change of {whose}{info.name}"] = change
    return found


def _rows(clips: Sequence[Clip], exercise: str) -> Iterator[_Row]:
    for clip in clips:
        if (
            exercise in clip.exercises
            and clip.kind not in ("rate", "blind")
            and clip.view_deg >= SIDE_VIEW_DEG
        ):
            seen = _signals(clip)
            for rep in clip.reps:
                if rep.exercise == exercise:
                    codes = frozenset(f.code for f, case in cases(clip, rep) if case.row.beyond(case) > 0)
                    clean = is_clean(clip, rep)
                    yield _Row(codes, clean, _features(clip.recording.time_s, seen, rep))


def _values(rows: Sequence[_Row], name: str, sign: float) -> NDArray[np.float64]:
    return sign * np.array([row.features.get(name, float("nan")) for row in rows], float)


def _gap(faulty: NDArray[np.float64], clean: NDArray[np.float64]) -> tuple[float, float]:
    """How far the faulty stand out, in standard deviations of the clean, and the threshold."""
    known, usual = faulty[~np.isnan(faulty)], clean[~np.isnan(clean)]
    if len(known) < (1 - MOST_MISSING) * len(faulty) or len(usual) < (1 - MOST_MISSING) * len(clean):
        return float("-inf"), float("nan")
    threshold = float(np.quantile(usual, CLEAN_SHARE))
    return (float(np.median(known)) - threshold) / max(float(usual.std()), 1e-6), threshold


def _best(build: Sequence[_Row], test: Sequence[_Row], code: str) -> Json | None:
    def split(rows: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
        return [row for row in rows if code in row.codes], [row for row in rows if row.clean]

    (faulty, clean), (faulty_test, clean_test) = split(build), split(test)
    if not faulty or not clean or not faulty_test or not clean_test:
        return None
    choices = [
        (*_gap(_values(faulty, name, sign), _values(clean, name, sign)), name, sign)
        for name in clean[0].features
        for sign in (1.0, -1.0)
    ]
    gap, threshold, name, sign = max(choices, key=lambda choice: choice[0])
    return {
        "signal": name,
        "gap": gap,
        "found": share((_values(faulty_test, name, sign) > threshold).tolist()),
        "blamed": share((_values(clean_test, name, sign) > threshold).tolist()),
    }


def unseen(build: Sequence[Clip], test: Sequence[Clip]) -> Json:
    """By exercise and fault: what the best signal makes of it; judged faults stand beside for scale."""
    found: Json = {}
    for name in catalog.names():
        rules = catalog.get(name).faults
        if not any(not rule.judged for rule in rules):
            continue
        here, there = list(_rows(build, name)), list(_rows(test, name))
        for rule in rules:
            if not can_show(rule, 90.0) and rule.judged:
                continue  # seen from the front only
            best = _best(here, there, rule.code)
            if best is not None:
                found[f"{name}: {rule.code}"] = {"judged": rule.judged, **best}
    return found
