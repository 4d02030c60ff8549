"""Figures about recognition: what ``auto`` makes of clips in which nobody says what is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bench.judged import Outcome
from bench.judging.figures import ASIDE, TOTAL, Figures
from bench.metrics import per_minute, share
from repcount.core.records import Rep
from repcount.exercises import catalog

NONE: Final = "none"
TWICE_S: Final = 0.5


def _reps(outcome: Outcome) -> list[tuple[str, Rep]]:
    return [(summary.exercise, rep) for summary in outcome.auto for rep in summary.repetitions]


def _off(outcome: Outcome, exercise: str) -> int:
    counted = Counter(name for name, _ in _reps(outcome))
    return counted[exercise] - len(outcome.own[exercise].wanted)


def _exact(outcome: Outcome) -> bool:
    """Whether every exercise of a clip came back with its count, and no other did."""
    return all(_off(outcome, name) == 0 for name in outcome.own) and not any(
        name in outcome.clip.negative_for for name, _ in _reps(outcome)
    )


def _most_seen(outcome: Outcome, start_s: float, end_s: float) -> str:
    """The exercise with most repetitions whose peaks lie in a stretch of time."""
    inside = Counter(name for name, rep in _reps(outcome) if start_s <= rep.peak_s < end_s)
    return inside.most_common(1)[0][0] if inside else NONE


def segments(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """True and recognised exercise of every stretch of time; ``none`` for what is none of them.

    A doing that comes too near to an exercise for a verdict is left out where it was taken for that one.
    """
    found = []
    for o in outcomes:
        for act in o.clip.acts:
            if act.exercise is None and act.end_s - act.start_s < 3.0:
                continue
            name = _most_seen(o, act.start_s, act.end_s)
            if act.exercise is None and name != NONE and not _is_wrong(o, name):
                continue
            found.append((act.exercise or NONE, name))
    return found


def _is_wrong(outcome: Outcome, name: str) -> bool:
    return bool(outcome.own) or name in outcome.clip.negative_for


def confusion(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """How many stretches of each exercise were taken for which; rows are true."""
    names = (*catalog.names(), NONE)
    counted = Counter(segments(outcomes))
    return {true: {said: counted[true, said] for said in names} for true in names}


def recognition(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Exact counts, stretches named right, and false repetitions a minute."""
    main = [o for o in outcomes if o.clip.kind not in ASIDE]
    done = [o for o in main if o.own]
    found: dict[str, Figures] = {}
    for name in (*catalog.names(), TOTAL):
        some = [o for o in done if name in o.own or name == TOTAL]
        off = [max(abs(_off(o, e)) for e in ((name,) if name != TOTAL else o.own)) for o in some]
        rows = [
            row for row in segments(some) if row[0] in (name, *(catalog.names() if name == TOTAL else ()))
        ]
        found[name] = {
            "exact": share([_exact(o) if name == TOTAL else n == 0 for o, n in zip(some, off, strict=True)]),
            "within_one": share([n <= 1 for n in off]),
            "named_right": share([true == said for true, said in rows], len(some)),
        }
    none = [o for o in main if not o.own]
    false = [sum(name in o.clip.negative_for for name, _ in _reps(o)) for o in none]
    found[TOTAL]["false_per_minute"] = per_minute(false, [o.clip.minutes for o in none])
    return found
