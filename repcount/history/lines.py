"""Rows turned into the lines of listings and tables: there may be hundreds of thousands of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from repcount.core.kept import SessionLine, SetLine
from repcount.core.model import NAN
from repcount.history.rows import fault_counts, moment, number


def line_of(row: Row[Any], totals: Sequence[Sequence[Any]]) -> SessionLine:
    """The line of a row of ``finding.sessions``, and of what ``finding.totals`` says of it."""
    return SessionLine(
        id=row.uid,
        person=row.person,
        started_at=moment(row.started_at, row.zone_s),
        source=row.source,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        pain_morning=row.pain_morning,
        exercises=tuple(each[0] for each in totals),
        sets=sum(each[1] for each in totals),
        counted=sum(each[2] for each in totals),
        hold_s=math.fsum(each[3] for each in totals),
        rom_deg_best=max((each[4] for each in totals if each[4] is not None), default=NAN),
    )


def set_line_of(row: Sequence[Any]) -> SetLine:
    """The line of a row of ``finding.set_lines``."""
    uid, person, started_at, zone_s, exercise, side, place, reps_asked, hold_s_asked = row[:9]
    reps, counted, hold_s, median_deg, best_deg, tempo_s, faults, before, after, source, version = row[9:]
    return SetLine(
        uid,
        person,
        _moment(started_at, zone_s),
        exercise,
        side,
        place,
        reps_asked,
        hold_s_asked,
        reps,
        counted,
        hold_s,
        number(median_deg),
        number(best_deg),
        number(tempo_s),
        _faults(faults),
        before,
        after,
        source,
        version,
    )


@lru_cache(maxsize=64)
def _moment(stored: datetime, zone_s: int) -> datetime:
    """As ``rows.moment``; the sets of a session come one after the other."""
    return moment(stored, zone_s)


@lru_cache(maxsize=1024)
def _faults(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(fault_counts(text).items())
