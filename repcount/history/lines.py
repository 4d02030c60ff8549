"""Rows turned into the lines of a listing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from repcount.core.kept import SessionLine
from repcount.core.model import NAN
from repcount.history.rows import moment


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
