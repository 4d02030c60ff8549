"""Figures about counting: exactness, sides, times, ranges, and what is counted where nothing is to count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from bench.judged import Outcome, Pairs, Verdict
from bench.material import Clip, TrueRep
from bench.metrics import Figure, mean, median, p95, per_minute, share
from repcount.core.records import Hold, Rep
from repcount.exercises import catalog

Named = tuple[Clip, Verdict]
Figures = dict[str, Figure]
TOTAL = "total"
UNHELD = frozenset(("leg_sags", "not_far_enough"))
"""Faults after which the truth of a hold is a matter of definition."""


ASIDE = ("rate", "blind")
"""Scenes that are left out of totals: repeats at other rates, and views from which nobody should film."""


def named(outcomes: Iterable[Outcome], aside: Sequence[str] = ASIDE) -> list[Named]:
    """Every exercise of every clip in which it is done, without the kinds of scenes left aside."""
    return [(o.clip, v) for o in outcomes if o.clip.kind not in aside for v in o.own.values()]


def by_exercise(all_named: Sequence[Named]) -> dict[str, list[Named]]:
    """The same by exercise, and all together."""
    groups = {name: [one for one in all_named if one[1].exercise == name] for name in catalog.names()}
    return {**groups, TOTAL: list(all_named)}


def _matched(pairs: Pairs) -> list[tuple[TrueRep, Rep]]:
    return [(true, found) for true, found in pairs if true is not None and found is not None]


def _over(some: Sequence[Named], value: Callable[[TrueRep, Rep], float | None]) -> list[list[float]]:
    """A value of each matched repetition, clip by clip; None leaves a repetition out."""
    rows = [[value(true, found) for true, found in _matched(v.pairs)] for _, v in some]
    return [[x for x in row if x is not None] for row in rows]


def _rom_error(true: TrueRep, found: Rep) -> float | None:
    """None of a calf raise, whose heel is measured and not its ankle; and of a range that was not told."""
    if true.exercise == "calf-raise" or true.dips or found.rom_deg != found.rom_deg:
        return None
    return abs(found.rom_deg - true.rom_deg)


def counting(some: Sequence[Named]) -> Figures:
    """How well repetitions were counted when the exercise was named."""
    off = [abs(v.off) for _, v in some]
    clips = len({clip.full_name for clip, _ in some})
    sides = [found.side is true.side for _, v in some for true, found in _matched(v.pairs)]
    peaks = _over(some, lambda t, f: None if t.dips else abs(f.peak_s - t.peak_s))
    delays = _over(some, lambda t, f: f.announced_s - t.end_s)
    return {
        "exact": share([n == 0 for n in off], clips),
        "within_one": share([n <= 1 for n in off], clips),
        "count_error": mean([[float(n)] for n in off]),
        "side": share(sides, clips),
        "peak_median_s": median(peaks),
        "peak_p95_s": p95(peaks),
        "delay_median_s": median(delays),
        "delay_p95_s": p95(delays),
        "range_error_deg": mean(_over(some, _rom_error)),
    }


def _hold_of(rep: TrueRep, holds: Sequence[Hold]) -> Hold | None:
    inside = [h for h in holds if h.start_s < rep.leave_s and h.end_s > rep.top_s]
    return max(inside, key=lambda h: h.valid_s, default=None)


def holding(some: Sequence[Named]) -> Figures:
    """How well holds were found and timed; every repetition of a hamstring curl is one."""
    rows, exact = [], []
    for _, v in some:
        wanted = [r for r in v.wanted if not {f.code for f in r.faults} & UNHELD and not r.dips]
        if v.exercise != "hamstring-curl" or not wanted:
            continue
        pairs = [(rep, _hold_of(rep, v.summary.holds)) for rep in wanted]
        rows.append([abs(h.valid_s - (r.leave_s - r.top_s)) for r, h in pairs if h is not None])
        if len(wanted) == len(v.wanted):
            exact.append(len(v.summary.holds) == len(wanted))
    return {"hold_median_s": median(rows), "hold_p95_s": p95(rows), "holds_exact": share(exact, len(exact))}


def negatives(outcomes: Sequence[Outcome]) -> Figures:
    """Repetitions counted a minute, over the clips in which no exercise is done, for each exercise named."""
    none = [o for o in outcomes if not o.clip.exercises]
    done = [o for o in outcomes if o.clip.exercises and o.clip.kind not in ASIDE]
    figures: Figures = {}
    for exercise in catalog.names():
        some = [o for o in none if exercise in o.others]
        figures[exercise] = per_minute(
            [len(o.others[exercise]) for o in some], [o.clip.minutes for o in some]
        )
    figures[TOTAL] = _false_rate(none)
    figures["another exercise"] = _false_rate(done)
    return figures


def _false_rate(outcomes: Sequence[Outcome]) -> Figure:
    """False repetitions over clip minutes times exercises named."""
    counts = [sum(len(reps) for reps in o.others.values()) for o in outcomes]
    return per_minute(counts, [o.clip.minutes * len(o.others) for o in outcomes])


def by_doing(outcomes: Sequence[Outcome]) -> Figures:
    """False repetitions a minute by what is done in the clip."""
    none = [o for o in outcomes if not o.clip.exercises]
    names = sorted({o.clip.parts[0]["exercise"] for o in none})
    return {name: _false_rate([o for o in none if o.clip.parts[0]["exercise"] == name]) for name in names}


def by_kind(outcomes: Sequence[Outcome]) -> Figures:
    """Exact counts by what the scene is for."""
    everything = named(outcomes, aside=())
    kinds = sorted({clip.kind for clip, _ in everything})
    return {kind: _exact([one for one in everything if one[0].kind == kind]) for kind in kinds}


def by_rate(outcomes: Sequence[Outcome]) -> Figures:
    """Exact counts of the scenes that were filmed at several rates."""
    rated = [one for one in named(outcomes, aside=()) if one[0].kind == "rate"]
    found: Figures = {}
    for fps in (15, 30, 60):
        names = {f"{c.name.rsplit('-', 1)[0]}" for c, _ in rated}
        some = [one for one in rated if one[0].scene.get("fps") == fps]
        if fps == 15:
            some = [one for one in named(outcomes) if one[0].name in names]
        found[f"{fps} frames a second"] = _exact(some)
    return found


def _exact(some: Sequence[Named]) -> Figure:
    return share([v.off == 0 for _, v in some], len({clip.full_name for clip, _ in some}))


def tracking(outcomes: Sequence[Outcome]) -> Figures:
    """How often the network found the person where all of the body was in the picture, by posture."""
    rows: dict[str, list[list[float]]] = {}
    for o in outcomes:
        seen, whole = ~np.isnan(o.clip.recording.landmarks_px[:, 0, 0]), o.clip.recording.whole
        times = o.clip.recording.time_s
        for act in o.clip.recording.truth["acts"]:
            inside = whole & (times >= act["start_s"]) & (times < act["end_s"])
            rows.setdefault(act["posture"], []).append(seen[inside].astype(float).tolist())
    return {posture: mean(values) for posture, values in sorted(rows.items())}
