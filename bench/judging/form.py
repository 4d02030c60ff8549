"""Figures about form: faults found and missed, false alarms, what is not judged, and the status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench.judging.figures import Figures, Named
from bench.judging.limits import BESIDES, FAULT_ROWS, Case, Sight, cases, further_deg, missing_deg, sight
from bench.material import Clip, TrueFault, TrueRep
from bench.metrics import NOTHING, Figure, share
from repcount.core.records import CueKind, Hold, Rep, Status
from repcount.exercises import catalog

GRADES: Final = ("within the limit", "up to 5°", "5 to 10°", "10° and more")
"""Severity beyond the limit, in degrees or what equals them."""
CLEAR_DEG: Final = 3.0
SPOKEN_LATE_S: Final = 0.35
FURTHER_NEAR_DEG: Final = 5.0
"""So near to being further than asked neither answer is wrong."""


@dataclass(frozen=True)
class Sighting:
    """One true fault of one repetition, and whether it was found.

    Attributes
    ----------
    past : how far beyond the limit, as a share of what counts as 10 degrees.
    """

    clip: Clip
    exercise: str
    code: str
    past: float
    sight: Sight
    found: bool
    not_judged: bool


def past_limit(case: Case) -> float:
    """How far beyond its limit a fault is: 1 is 10 degrees, or what equals them."""
    return case.row.beyond(case) / case.row.strong


def _found_codes(rep: Rep | None, holds: Sequence[Hold]) -> set[str]:
    """What was complained about; a short hold is a status of the hold."""
    if rep is None:
        return set()
    mine = [h for h in holds if rep.start_s - 0.2 <= h.start_s <= rep.end_s]
    codes = {fault.code for fault in (*rep.faults, *(f for h in mine for f in h.faults))}
    return codes | ({"short_hold"} if any(h.status is Status.SHORT for h in mine) else set())


def sightings(some: Sequence[Named]) -> list[Sighting]:
    """Every true fault of every repetition that was counted."""
    rows = []
    for clip, verdict in some:
        for true, found in verdict.pairs:
            if true is None or found is None:
                continue
            said = _found_codes(found, verdict.summary.holds)
            for fault, case in cases(clip, true):
                codes = case.row.codes
                rows.append(
                    Sighting(
                        clip,
                        verdict.exercise,
                        fault.code,
                        past_limit(case),
                        sight(clip, case.exercise, codes),
                        bool(said & set(codes)),
                        bool(set(verdict.summary.not_judged) & set(codes)),
                    )
                )
    return rows


def _recall(rows: Sequence[Sighting]) -> Figure:
    return share([row.found for row in rows], len({row.clip.full_name for row in rows}))


def _grade(row: Sighting) -> str:
    if row.past <= 0:
        return GRADES[0]
    return GRADES[1] if row.past <= 0.5 else GRADES[2] if row.past < 1 - 1e-6 else GRADES[3]


@dataclass(frozen=True)
class FaultFigures:
    """Figures of one fault.

    Attributes
    ----------
    state : ``shown`` where some clip can show it, else why it cannot be judged.
    recall : by grade of severity, from views that can show it.
    not_judged : share of its clips, from views that cannot show it, in which it is named as not judged.
    points : severity past the limit and whether it was found, for the curve.
    """

    state: str
    recall: Figures
    precision: Figure
    not_judged: Figure
    points: list[tuple[float, bool]]


def faults(some: Sequence[Named]) -> dict[str, dict[str, FaultFigures]]:
    """Figures of every fault, by exercise and the figure's name of the fault."""
    rows, claims = sightings(some), list(_claims(some))
    found: dict[str, dict[str, FaultFigures]] = {}
    for exercise, table in FAULT_ROWS.items():
        for code, row in table.items():
            mine = [r for r in rows if (r.exercise, r.code) == (exercise, code)]
            found.setdefault(exercise, {})[code] = _fault(mine, _precision(claims, exercise, row.codes[0]))
    return found


def _fault(mine: Sequence[Sighting], precision: Figure) -> FaultFigures:
    shown = [row for row in mine if row.sight is Sight.SHOWN]
    blind = {row.clip.full_name: row.not_judged for row in mine if row.sight in (Sight.HIDDEN, Sight.NEVER)}
    states = [row.sight.value for row in mine]
    return FaultFigures(
        state=Sight.SHOWN.value if shown else states[0] if states else "no repetition counted",
        recall={grade: _recall([row for row in shown if _grade(row) == grade]) for grade in GRADES},
        precision=precision,
        not_judged=share(list(blind.values())),
        points=sorted((round(row.past, 3), row.found) for row in shown),
    )


@dataclass(frozen=True)
class Claim:
    """A fault that the engine found in a true repetition; ``right`` is None where neither is wrong."""

    clip: Clip
    exercise: str
    code: str
    right: bool | None


def _claims(some: Sequence[Named]) -> Iterator[Claim]:
    for clip, verdict in some:
        for true, found in verdict.pairs:
            if true is not None and found is not None:
                for code in sorted(_found_codes(found, verdict.summary.holds)):
                    yield Claim(clip, verdict.exercise, code, _is_right(clip, true, code))


def _is_right(clip: Clip, true: TrueRep, code: str) -> bool | None:
    """Whether a repetition has what it was blamed for."""
    short = catalog.get(true.exercise).short
    if code == short.code:
        missing = missing_deg(clip, true)
        return True if missing > 0 else None if missing > -_near(true) else False
    rule = catalog.get(true.exercise).beyond
    if rule is not None and code == rule.code:
        further = further_deg(clip, true)
        return True if further > 0 else None if further > -FURTHER_NEAR_DEG else False
    if code == "short_hold":
        missing_s = 13.5 - (true.leave_s - true.top_s)
        return True if missing_s > 0 else None if missing_s > -1.0 else False
    verdict: bool | None = False
    for fault, case in cases(clip, true):
        if code in case.row.codes:
            beyond = case.row.beyond(case)
            if beyond > 0:
                return True
            verdict = None if beyond > -case.row.near else verdict
        elif code in BESIDES.get(fault.code, ()):
            verdict = None
    return verdict


def _near(rep: TrueRep) -> float:
    """How near to being short a repetition may be, on the good side, before neither answer is wrong."""
    short = catalog.get(rep.exercise).short.code
    return next(row.near for row in FAULT_ROWS[rep.exercise].values() if row.codes[0] == short)


def _precision(claims: Sequence[Claim], exercise: str, code: str) -> Figure:
    mine = [c for c in claims if (c.exercise, c.code) == (exercise, code) and c.right is not None]
    return share([bool(c.right) for c in mine], len({c.clip.full_name for c in mine}))


def is_clean(clip: Clip, rep: TrueRep) -> bool:
    """Whether a repetition is without any fault, clearly not short and clearly not further than asked."""
    within = further_deg(clip, rep) < -FURTHER_NEAR_DEG
    return not rep.faults and within and missing_deg(clip, rep) < -_near(rep)


def false_alarms(some: Sequence[Named]) -> Figures:
    """Clean repetitions that were blamed for something, and in which something was said."""
    blamed, spoken, names = [], [], set()
    for clip, verdict in some:
        said = [cue.time_s for cue in verdict.summary.cues if cue.kind is not CueKind.PRAISE]
        before: TrueRep | None = None
        for true, found in verdict.pairs:
            if true is None or found is None:
                continue
            if is_clean(clip, true):
                names.add(clip.full_name)
                blamed.append(bool({f.code for f in found.faults}))
                after_fault = before is not None and not is_clean(clip, before)
                begin = true.start_s + (SPOKEN_LATE_S * 2 if after_fault else 0.0)
                spoken.append(any(begin <= t <= found.announced_s + SPOKEN_LATE_S for t in said))
            before = true
    return {"blamed": share(blamed, len(names)), "spoken": share(spoken, len(names))}


def true_status(clip: Clip, rep: TrueRep) -> tuple[Status, bool]:
    """The status that a repetition deserves from this view, and whether that is beyond dispute."""
    missing = missing_deg(clip, rep)
    clear, form = not -_near(rep) < missing < CLEAR_DEG, False
    for fault, case in cases(clip, rep):
        form, clear = _weigh(clip, (fault, case), form, clear)
    further = further_deg(clip, rep)
    seen = sight(clip, catalog.get(rep.exercise), (catalog.get(rep.exercise).short.code,))
    if seen is not Sight.HIDDEN and further > -FURTHER_NEAR_DEG:
        form, clear = form or further > 0, clear and seen is Sight.SHOWN and further > FURTHER_NEAR_DEG
    if missing > 0 and seen is not Sight.HIDDEN:
        return Status.SHORT, clear and seen is Sight.SHOWN
    return (Status.FORM if form else Status.OK), clear


def _weigh(clip: Clip, one: tuple[TrueFault, Case], form: bool, clear: bool) -> tuple[bool, bool]:
    fault, case = one
    codes, beyond = case.row.codes, case.row.beyond(case)
    seen = sight(clip, case.exercise, codes)
    if fault.code == "short_hold" or case.exercise.short.code in codes:
        return form, clear
    if seen in (Sight.NEVER, Sight.HIDDEN):
        return form, clear
    if seen is Sight.EDGE or -case.row.near < beyond < case.row.strong:
        clear = False
    return form or beyond > 0, clear


def status(some: Sequence[Named]) -> Figures:
    """How often the status is the true one: over all repetitions, and over those beyond dispute."""
    every, clear, names = [], [], set()
    for clip, verdict in some:
        for true, found in verdict.pairs:
            if true is not None and found is not None:
                names.add(clip.full_name)
                wanted, sure = true_status(clip, true)
                every.append(found.status is wanted)
                clear += [found.status is wanted] if sure else []
    return {"status": share(every, len(names)), "status_clear": share(clear, len(names))}


def totals(some: Sequence[Named]) -> Figures:
    """Recall and precision over all faults together."""
    shown = [row for row in sightings(some) if row.sight is Sight.SHOWN]
    claims = [c for c in _claims(some) if c.right is not None]
    blind = [r for r in sightings(some) if r.sight in (Sight.HIDDEN, Sight.NEVER)]
    unseen = {(r.clip.full_name, r.code): r.not_judged for r in blind}
    found: Figures = {grade: _recall([row for row in shown if _grade(row) == grade]) for grade in GRADES}
    found["precision"] = share([bool(c.right) for c in claims], len({c.clip.full_name for c in claims}))
    found["not_judged"] = share(list(unseen.values())) if unseen else NOTHING
    return found
