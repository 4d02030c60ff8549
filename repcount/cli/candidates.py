"""``repcount analyze --explain``: every movement that was looked at, and what spoke for it or against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from repcount.cli.screen import heading, paragraph, say, table
from repcount.core.explained import Why

if TYPE_CHECKING:
    from repcount.core.explained import CandidateSummary
    from repcount.core.model import InputSummary

WHY: Final = {
    Why.UNLIKELY: None,
    Why.TOO_SMALL: "below the smallest range asked for",
    Why.TAKEN: "another movement at the same time counts",
    Why.OTHER_LEG: "what the other leg did at the same time is likelier",
    Why.STAYED: "the other leg had to go along, and did not",
    Why.OTHER_EXERCISE: "another exercise at the same time counts",
    Why.NOT_NAMED: "the exercise was not named (two sure ones in a row, or one long hold, name it)",
    Why.TAKEN_BACK: "it was taken back",
}
"""Plain words for why a movement does not count, beside what its features say."""
LEAST_SHOWN: Final = 0.05
"""Log-odds of the movements around it that are too small to be told."""


def show_candidates(result: InputSummary) -> None:
    """Print the candidates of an input, where they were asked for."""
    asked = [(each.exercise, each.candidates) for each in result.exercises if each.candidates is not None]
    for exercise, candidates in asked:
        say()
        heading(f"{exercise}: every movement that might have been a repetition")
        if candidates:
            _table(candidates, named=False)
        else:
            say("none was seen")
    if result.candidates is not None:
        say()
        heading("the likeliest movements, of all exercises")
        if result.candidates:
            _table(result.candidates, named=True)
        else:
            say("none was seen")
    if result.candidates or any(candidates for _, candidates in asked):
        _footnote()


def _footnote() -> None:
    from repcount.counting.decision import set_weights
    from repcount.counting.scoring import probability

    least = set_weights().least
    paragraph(
        "(+1.2) is in log-odds, which add up to how likely it is a repetition: "
        f"0 is 50%, +3 is 95%, -3 is 5%; it counts from {least:+.1f} on, {probability(least):.0%}."
    )


def _table(candidates: Sequence[CandidateSummary], named: bool) -> None:
    columns = ("time", *(("exercise",) if named else ()), "side", "range", "probability", "counted", "why")
    table(columns, [row for each in candidates for row in _rows(each, named)])


def _rows(candidate: CandidateSummary, named: bool) -> Iterator[list[str]]:
    """A row of figures with the first of its reasons, and a row for each of the others."""
    figures = [
        _time(candidate.peak_s),
        *([candidate.exercise] if named else []),
        candidate.side.value,
        f"{candidate.rom_deg:.0f}°" if math.isfinite(candidate.rom_deg) else "?",
        _percent(candidate.probability),
        "yes" if candidate.counted else "no",
    ]
    first, *others = list(_reasons(candidate)) or ["nothing spoke against it"]
    yield [*figures, first]
    for other in others:
        yield [*("" for _ in figures), other]


def _reasons(candidate: CandidateSummary) -> Iterator[str]:
    from repcount.features.wording import said

    plain = None if candidate.why is None else WHY[candidate.why]
    if plain is not None:
        yield plain
    which = "for" if candidate.counted else "against"
    for reason in candidate.reasons:
        yield f"{which}: {said(reason.feature, reason.value, reason.unit)} ({reason.log_odds:+.1f})"
    if abs(candidate.set_log_odds) >= LEAST_SHOWN:
        yield f"the set: the movements around it ({candidate.set_log_odds:+.1f})"


def _percent(share: float) -> str:
    """A probability, never said to be sure."""
    return "<1%" if share < 0.005 else ">99%" if share > 0.995 else f"{share:.0%}"


def _time(time_s: float) -> str:
    tenths = round(10 * time_s)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"
