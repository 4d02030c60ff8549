"""How far beyond its limit a true fault is, by the exercise's own file, and what it may be called.

The figure's severities are not the engine's limits: a knee that is bent by 30 degrees is 8 beyond a limit
of 22. A row says how the one becomes the other. ``strong`` is where a fault has to be found: 10 degrees
beyond, or what equals it; within ``near`` of the limit, on its good side, neither answer is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import asin, degrees, hypot
from typing import Final

from bench.material import Clip, TrueFault, TrueRep
from repcount.exercises import catalog
from repcount.exercises.rules import FaultRule
from repcount.exercises.spec import Direction, Exercise

EDGE_DEG: Final = 8.0
"""A true view this near to the end of a rule's view is asked neither way."""
FIRST_REPS: Final = 3
WIDE: Final = 1.4
"""Ankles further apart than this, in shoulder widths, are too wide."""


@dataclass(frozen=True, eq=False)
class Case:
    """One fault of one repetition."""

    clip: Clip
    rep: TrueRep
    severity: float
    row: FaultRow

    @property
    def exercise(self) -> Exercise:
        """The exercise by its file."""
        return catalog.get(self.rep.exercise)


Beyond = Callable[[Case], float]


@dataclass(frozen=True)
class FaultRow:
    """One fault of the figure as the benchmark judges it.

    Attributes
    ----------
    codes : what the engine may call it.
    beyond : how far past the limit, in ``unit``.
    """

    codes: tuple[str, ...]
    beyond: Beyond
    strong: float = 10.0
    near: float = 5.0
    unit: str = "°"


class Sight(str, Enum):
    """Whether a fault can be judged in a clip."""

    NO_RULE = "no rule"
    NEVER = "never judged"
    HIDDEN = "not in this view"
    EDGE = "edge of the view"
    SHOWN = "shown"


def rule_of(exercise: Exercise, codes: Sequence[str]) -> FaultRule | None:
    """The rule about form that goes by one of the codes."""
    return next((rule for rule in exercise.faults if rule.code in codes), None)


def _limit(case: Case, otherwise: float) -> float:
    rule = rule_of(case.exercise, case.row.codes)
    if rule is None or (rule.above is None and rule.below is None):
        return otherwise
    return abs(rule.above if rule.above is not None else rule.below or 0.0)


def _rule(offset: float, otherwise: float) -> Beyond:
    """The severity plus an offset is the signal's value; ``otherwise`` stands in for a missing rule."""
    return lambda case: case.severity + offset - _limit(case, otherwise)


def _plain(limit: float) -> Beyond:
    """A limit of ours, where the exercise's file has none in the severity's unit."""
    return lambda case: case.severity - limit


def _faster(limit_s: float) -> Beyond:
    return lambda case: limit_s - case.severity


def missing_deg(clip: Clip, rep: TrueRep) -> float:
    """How far a repetition stays below what its exercise's file calls short; negative for a full one.

    What is held against the person's own best is what the exercise counts: of a calf raise the heel's rise
    and not the ankle's angle, which a bent knee makes smaller though the heel is as high as ever.
    """
    exercise = catalog.get(rep.exercise)
    preset, short = exercise.presets[clip.preset(rep.exercise)], exercise.short
    if short.own_best_share is not None:
        first = [clip.true_roms[r] for r in clip.reps if r.exercise == rep.exercise][:FIRST_REPS]
        return short.own_best_share * max(first) - clip.true_roms[rep]
    margin = short.below_target_deg or 0.0
    sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
    peak = sign * (preset.target_deg - rep.peak_deg) - margin
    if preset.target_rom_deg is None:
        return peak
    return max(peak, preset.target_rom_deg - margin - rep.rom_deg)


def further_deg(clip: Clip, rep: TrueRep) -> float:
    """How far a repetition goes past what its exercise's file calls further than asked; negative within."""
    exercise = catalog.get(rep.exercise)
    preset, beyond = exercise.presets[clip.preset(rep.exercise)], exercise.beyond
    if beyond is None or preset.at_least:
        return -180.0
    if exercise.drive.direction is Direction.RISING:
        return rep.peak_deg - preset.target_deg - beyond.above_target_deg
    return (
        rep.rom_deg
        + rep.peak_deg
        - preset.target_deg
        - (preset.target_rom_deg or 0.0)
        - beyond.above_target_deg
    )


def _missing(case: Case) -> float:
    return missing_deg(case.clip, case.rep)


def _too_high(case: Case) -> float:
    target = case.exercise.presets[case.clip.preset(case.rep.exercise)].target_deg
    return case.rep.peak_deg - target - _limit(case, 25.0)


def _gap(case: Case, of: str) -> float:
    """Distance of a pair of joints, level, in the true picture at the peak."""
    px = case.clip.true_px(case.rep.peak_s)
    return abs(float(px[f"left_{of}"][0] - px[f"right_{of}"][0]))


def _caved(case: Case) -> float:
    return _limit(case, 0.75) - _gap(case, "knee") / max(_gap(case, "ankle"), 1.0)


def _stance(case: Case) -> float:
    """How far the feet are from shoulder width: below the file's limit, or above one of ours."""
    width = _gap(case, "ankle") / max(_gap(case, "shoulder"), 1.0)
    return width - WIDE if case.severity > 0 else _limit(case, 0.6) - width


def _too_deep(case: Case) -> float:
    """How far the thighs point down at the bottom, past the limit, degrees."""
    px, found = case.clip.true_px(case.rep.peak_s), []
    for side in ("left", "right"):
        dx, dy = (px[f"{side}_hip"] - px[f"{side}_knee"]).tolist()
        found.append(degrees(asin(dy / max(hypot(dx, dy), 1.0))))
    return sum(found) / 2 - degrees(asin(_limit(case, 0.08)))


FAULT_ROWS: Final[dict[str, dict[str, FaultRow]]] = {
    "straight-leg-raise": {
        "knee_bends": FaultRow(("knee_bends",), _rule(2, 20)),
        "not_high_enough": FaultRow(("not_high_enough",), _missing),
        "too_high": FaultRow(("too_high", "higher_than_asked"), _too_high),
        "dropped": FaultRow(("dropped",), _faster(1.0), 0.5, 0.35, "s"),
        "other_foot_lifts": FaultRow(("other_foot_lifts", "other_knee_straightens"), _rule(0, 10)),
        "other_knee_straightens": FaultRow(("other_knee_straightens", "other_foot_lifts"), _plain(35)),
        "back_arches": FaultRow(("back_arches",), _plain(0)),
    },
    "wall-squat": {
        "back_off_wall": FaultRow(("back_off_wall",), _rule(0, 15)),
        "head_off_wall": FaultRow(("head_off_wall", "back_off_wall"), _plain(15)),
        "knees_past_toes": FaultRow(("knees_past_toes",), _rule(3, 20)),
        "knees_cave_in": FaultRow(("knees_cave_in",), _caved, 0.25, 0.1, "ratio"),
        "too_deep": FaultRow(("too_deep",), _too_deep),
        "not_deep_enough": FaultRow(("not_deep_enough",), _missing),
        "heels_lift": FaultRow(("heels_lift",), _rule(0, 12)),
        "feet_not_shoulder_width": FaultRow(
            ("feet_not_shoulder_width", "feet_too_wide"), _stance, 0.2, 0.1, "ratio"
        ),
        "too_fast": FaultRow(("too_fast",), _faster(0.9), 0.4, 0.3, "s"),
        "hands_push": FaultRow(("hands_push",), _plain(0)),
    },
    "calf-raise": {
        "knees_bend": FaultRow(("knees_bend",), _rule(0, 15)),
        "trunk_leans": FaultRow(("trunk_leans",), _rule(0, 12)),
        "shallow": FaultRow(("shallow",), _missing, 3.0, 2.0),
        "bouncing": FaultRow(("bouncing",), _faster(0.8), 0.15, 0.2, "s"),
        "hands_push": FaultRow(("hands_push",), _plain(0)),
    },
    "hamstring-curl": {
        "hips_lift": FaultRow(("hips_lift",), _plain(15)),
        "back_arches": FaultRow(("back_arches", "hips_lift"), _plain(15)),
        "leg_sags": FaultRow(("leg_sags", "sags"), _rule(0, 10)),
        "jerked": FaultRow(("jerked",), _faster(0.8), 0.3, 0.3, "s"),
        "dropped": FaultRow(("dropped",), _faster(0.8), 0.3, 0.3, "s"),
        "short_hold": FaultRow(("short_hold",), _faster(13.5), 3.0, 1.0, "s"),
        "not_far_enough": FaultRow(("not_far_enough",), _missing),
    },
    "leg-press": {
        "knees_locked": FaultRow(("knees_locked",), lambda case: case.severity - 1.0, 3.0, 5.0),
        "hips_leave_pad": FaultRow(("hips_leave_pad",), _rule(0, 12)),
        "pelvis_tucks": FaultRow(("pelvis_tucks",), _plain(10)),
        "too_fast": FaultRow(("too_fast",), _faster(0.9), 0.4, 0.3, "s"),
        "knees_cave_in": FaultRow(("knees_cave_in",), _plain(5)),
        "short_range": FaultRow(("short_range",), _missing),
    },
}
"""Every fault of the figure. Limits of time are those of EXERCISES.md, or ours where it names none."""

BESIDES: Final[dict[str, tuple[str, ...]]] = {
    "heels_lift": ("knees_past_toes",),
    "feet_not_shoulder_width": ("knees_cave_in",),
    "back_off_wall": ("head_off_wall",),
    "too_deep": ("knees_past_toes", "knees_cave_in", "beyond_safe"),
    "too_high": ("beyond_safe",),
    "knees_past_toes": ("heels_lift", "too_deep"),
    "knees_bend": ("trunk_leans",),
    "bouncing": ("shallow",),
    "hands_push": ("trunk_leans",),
    "pelvis_tucks": ("short_range",),
    "short_range": ("hips_leave_pad",),
    "not_far_enough": ("short_hold",),
    "leg_sags": ("short_hold", "not_far_enough"),
    "hips_lift": ("not_far_enough",),
    "other_foot_lifts": ("back_arches",),
}
"""What a fault of the figure may truly bring about besides; finding that is not wrong."""


def cases(clip: Clip, rep: TrueRep) -> list[tuple[TrueFault, Case]]:
    """The faults of a repetition with what is needed to judge them."""
    rows = FAULT_ROWS[rep.exercise]
    return [(fault, Case(clip, rep, fault.severity, rows[fault.code])) for fault in rep.faults]


def sight(clip: Clip, exercise: Exercise, codes: Sequence[str]) -> Sight:
    """Whether the fault of these codes can be judged in a clip, by its true view."""
    if "short_hold" in codes:
        return Sight.SHOWN
    rule = next((rule for rule in exercise.rules if rule.code in codes), None)
    if rule is None:
        return Sight.NO_RULE
    if isinstance(rule, FaultRule) and not rule.judged:
        return Sight.NEVER
    if rule.view is None:
        return Sight.SHOWN
    low, high = rule.view
    view = clip.view_deg
    if (low <= 0 or view >= low + EDGE_DEG) and (high >= 90 or view <= high - EDGE_DEG):
        return Sight.SHOWN
    return Sight.HIDDEN if view < low - EDGE_DEG or view > high + EDGE_DEG else Sight.EDGE
