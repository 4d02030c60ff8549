"""What a set and a repetition can be: figures of a table that a spreadsheet has changed are found out by it.

A decimal point that is taken for the mark of thousands makes 3533 s of a tempo of 3.533 s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from repcount.core.history_records import KeptSession, KeptSet
from repcount.core.records import Rep

MOST_DEG: Final = 360.0
MOST_REP_S: Final = 120.0
MOST_HOLD_S: Final = 300.0
"""Of one hold, where no longer one was asked for."""
MOST_COUNT: Final = 10_000


def refuse_impossible(kept: KeptSet) -> None:
    """Check the figures of a set.

    Raises
    ------
    ValueError
        One of them cannot be; the text begins with the column.
    """
    for name, value, most, unit in _limits(kept):
        if not value <= most and value == value:  # an unknown one is NaN
            raise ValueError(f"{name}: {value:g}{unit} cannot be; at most {most:g}{unit}")
        if value < 0:
            raise ValueError(f"{name}: {value:g}{unit} cannot be; it is less than nothing")


def refuse_impossible_contents(session: KeptSession) -> None:
    """Check a session with all that is in it; as :func:`refuse_impossible`."""
    for kept in session.sets:
        refuse_impossible(kept)
        for rep in kept.repetitions:
            _refuse_repetition(rep)


def _limits(kept: KeptSet) -> Iterator[tuple[str, float, float, str]]:
    hold_s = max(MOST_HOLD_S, 2 * kept.asked.hold_s) * max(1, kept.counted + kept.reps)
    yield "target_reps", kept.asked.reps, MOST_COUNT, ""
    yield "target_hold_s", kept.asked.hold_s, 3600.0, " s"
    yield "set", kept.number, MOST_COUNT, ""
    yield "reps", kept.reps, MOST_COUNT, ""
    yield "counted", kept.counted, MOST_COUNT, ""
    yield "hold_s", kept.hold_s, hold_s, " s"
    yield "rom_deg_median", kept.rom_deg_median, MOST_DEG, "°"
    yield "rom_deg_best", kept.rom_deg_best, MOST_DEG, "°"
    yield "tempo_s_median", kept.tempo_s_median, MOST_REP_S, " s"


def _refuse_repetition(rep: Rep) -> None:
    if abs(rep.rom_deg) > MOST_DEG:
        raise ValueError(f"rom_deg: {rep.rom_deg:g}° cannot be; at most {MOST_DEG:g}°")
    if abs(rep.end_s - rep.start_s) > 2 * MOST_REP_S:
        raise ValueError(f"end_s: a repetition of {rep.end_s - rep.start_s:g} s cannot be")
