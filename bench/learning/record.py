"""What came of counting people who were left out, as a record that goes into ``left_out.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from bench.learning.people import Counted
from bench.learning.table import ABOUT_S, NEAR_S
from bench.metrics import Figure, per_minute, share
from bench.report import plain
from repcount.exercises import catalog

Json = dict[str, Any]
BINS: Final = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
TOTAL: Final = "total"
CURVE: Final = "curve"
"""The key under which the learning curve is kept."""
DRAWS: Final = "draws"
"""The key under which the other draws of the folds are kept."""
TRACKING, UNLABELLED, NO_CANDIDATE, SCORED = "tracking", "unlabelled", "no candidate", "scored wrong"
LIMITS: Final = (TRACKING, UNLABELLED, NO_CANDIDATE, SCORED)
"""Where the limit of a clip lies that came out wrong: the first of these that holds."""
LOST: Final = ("bad", "partly")
"""How the index begins to tell of landmarks that are often elsewhere."""


class Chance(NamedTuple):
    """How likely a candidate was said to be a repetition, and whether it is one."""

    probability: float
    true: bool


def _spans(row: Json) -> list[tuple[float, float]]:
    """When the peak of each labelled repetition may be: half a second about it, or as long as it is held."""
    found = []
    for peak in row.get("peaks_s") or ():
        held = [(a, b) for a, b in row.get("holds_s") or () if a - ABOUT_S <= peak <= b + ABOUT_S]
        ends = [(peak - NEAR_S, peak + NEAR_S), *held]
        found.append((min(a for a, _ in ends), max(b for _, b in ends)))
    return found


def with_candidate(c: Counted) -> list[bool]:
    """Of each labelled repetition, whether the counter cut out a movement there."""
    peaks = [peak_s for peak_s, _, _ in c.chances.get(str(c.exercise), ())]
    return [any(a <= peak <= b for peak in peaks) for a, b in _spans(c.row)]


def chances(counted: Sequence[Counted]) -> Iterator[Chance]:
    """Every candidate of which it is known whether it is a repetition."""
    for c in counted:
        spans = _spans(c.row)
        if c.exercise is not None and spans:
            for peak, probability, _ in c.chances.get(c.exercise, ()):
                yield Chance(probability, any(a <= peak <= b for a, b in spans))
        for name in c.negative_for:
            yield from (Chance(probability, False) for _, probability, _ in c.chances.get(name, ()))


def reliability(found: Sequence[Chance]) -> list[Json]:
    """By predicted probability: how many candidates, their mean prediction, and the share that is true."""
    rows = []
    for low, high in pairwise(BINS):
        mine = [c for c in found if low <= c.probability < high or c.probability == high == BINS[-1]]
        mean = sum(c.probability for c in mine) / len(mine) if mine else float("nan")
        rows.append({"low": low, "high": high, "mean": mean, "true": share([c.true for c in mine])})
    return rows


def limit_of(c: Counted) -> str:
    """Where the limit of a clip lies that came out wrong, its exercise named."""
    if str(c.row.get("tracking") or "").startswith(LOST):
        return TRACKING
    if c.exercise is not None and not c.row.get("peaks_s"):
        return UNLABELLED
    return SCORED if all(with_candidate(c)) else NO_CANDIDATE


def wrong(counted: Sequence[Counted]) -> list[Json]:
    """The clips that came out wrong with the exercise named, and where their limit lies."""
    found = []
    for c in counted:
        if c.exercise is None:
            said = {name: c.named[name] for name in c.negative_for if c.named[name]}
        else:
            said = {c.exercise: c.named[c.exercise]} if c.off else {}
        if said:
            right = list(c.row["acceptable_reps"])
            row = {"clip": c.row["clip"], "shown": c.row["shown"], "exercise": c.exercise}
            found.append({**row, "counted": said, "acceptable": right, "limit": limit_of(c)})
    return found


def _false(none: Sequence[Counted], auto: bool) -> Figure:
    counts = [c.auto if auto else c.named for c in none]
    false = [sum(n.get(name, 0) for name in c.negative_for) for n, c in zip(counts, none, strict=True)]
    return per_minute(false, [c.minutes * (1 if auto else len(c.negative_for)) for c in none])


def _figures(off: Sequence[int], none: Sequence[Counted], auto: bool) -> Json:
    return {
        "exact": share([n == 0 for n in off]),
        "within_one": share([n <= 1 for n in off]),
        "false": _false(none, auto),
        "minutes": sum(c.minutes * (1 if auto else len(c.negative_for)) for c in none),
    }


def curve_record(groups: int, counted: Sequence[Counted]) -> Json:
    """What came of scores that learned from so many groups of real people."""
    return {"groups": groups, **_in_short(counted)}


def draw_record(draw: int, counted: Sequence[Counted]) -> Json:
    """What came of people left out by one draw of the folds."""
    return {"draw": draw, **_in_short(counted)}


def _in_short(counted: Sequence[Counted]) -> Json:
    record = left_out_record(counted)
    return {"named": record["named"], "auto": record["auto"]}


def left_out_record(counted: Sequence[Counted]) -> Json:
    """All figures of one part."""
    done = [c for c in counted if c.exercise is not None]
    none = [c for c in counted if c.exercise is None]
    by_name = {name: [c for c in done if c.exercise == name] for name in catalog.names()}
    groups = {**{name: some for name, some in by_name.items() if some}, TOTAL: done}
    misses = wrong(counted)
    found: Json = plain(
        {
            "material": {
                "clips": len(done),
                "negative_clips": len(none),
                "minutes": sum(c.minutes for c in done),
                "negative_minutes": sum(c.minutes for c in none),
                "groups": len({str(c.row["group"]) for c in counted}),
                "rendered": sum(not c.row.get("real", True) for c in done),
            },
            "named": _figures([c.off for c in done], none, auto=False),
            "auto": _figures([c.auto_off for c in done], none, auto=True),
            "exercises": {
                name: {
                    "named": share([c.off == 0 for c in some]),
                    "within_one": share([c.off <= 1 for c in some]),
                    "auto": share([c.auto_off == 0 for c in some]),
                }
                for name, some in groups.items()
            },
            "candidates": {
                name: share([hit for c in some for hit in with_candidate(c)], len(some))
                for name, some in groups.items()
            },
            "reliability": reliability(list(chances(counted))),
            "limits": {
                limit: {
                    "done": sum(m["limit"] == limit and m["exercise"] is not None for m in misses),
                    "none": sum(m["limit"] == limit and m["exercise"] is None for m in misses),
                }
                for limit in LIMITS
            },
            "wrong": misses,
        }
    )
    return found
