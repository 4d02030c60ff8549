"""Moments as people and spreadsheets write them: ISO 8601, or the day first as in German."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)"
    r"(?:,? +(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
)
_ZONE: Final = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)|Z|UTC")
_MINUTE: Final = timedelta(minutes=1)


def moment_of(text: str, zone: str = "") -> datetime:
    """A moment; without a zone, the machine's.

    Parameters
    ----------
    text : ISO 8601, or the day first with dots, as ``29.11.2026 14:30``.
    zone : the distance from UTC, such as ``+02:00``, for a text that says none itself.

    Raises
    ------
    ValueError
        It is none, lies in another age, or the clock never showed it.
    """
    words = text.strip()
    found = _parsed(words)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{text[:40]!r} is not within the years {FIRST_YEAR} to {LAST_YEAR}")
    if found.tzinfo is not None:
        return found
    if zone.strip():
        return found.replace(tzinfo=_zone_of(zone.strip()))
    return found.astimezone() if is_day(words) else on_this_clock(found)


def is_day(text: str) -> bool:
    """Whether a text names a whole day and no moment of it."""
    return ":" not in text and "T" not in text


def on_this_clock(found: datetime) -> datetime:
    """The moment at which the machine's clock shows this.

    Raises
    ------
    ValueError
        It never does, since the clock is put forward over it; the text names the moments beside the gap.
    """
    after = found.astimezone()
    if after.replace(tzinfo=None, fold=0) == found.replace(fold=0):
        return after
    before = found.replace(fold=1).astimezone()
    low, high = sorted((before.astimezone(timezone.utc), after.astimezone(timezone.utc)))
    first = _first(low, high, low.astimezone().utcoffset())
    gap = ((first - _MINUTE).astimezone(), first.astimezone())
    shown = " or ".join(each.strftime("%Y-%m-%dT%H:%M") for each in gap)
    raise ValueError(f"{found:%Y-%m-%d %H:%M} never was, since the clock was put forward then; write {shown}")


def _first(low: datetime, high: datetime, offset: timedelta | None) -> datetime:
    """The first whole minute with another distance from UTC than the one at ``low``."""
    while high - low > _MINUTE:
        middle = low + timedelta(minutes=(high - low) // _MINUTE // 2)
        low, high = (middle, high) if middle.astimezone().utcoffset() == offset else (low, middle)
    return high


def _parsed(text: str) -> datetime:
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return _complaining(text, lambda: datetime.fromisoformat(text.replace("Z", "+00:00")))
    parts = {name: int(part or 0) for name, part in found.groupdict().items()}
    parts["year"] += 2000 if parts["year"] < 100 else 0
    day = (parts["year"], parts["month"], parts["day"])
    return _complaining(text, lambda: datetime(*day, parts["hour"], parts["minute"], parts["second"]))


def _complaining(text: str, read: Callable[[], datetime]) -> datetime:
    try:
        return read()
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is no date; write 2026-03-01 or 2026-03-01T18:30") from error


def _zone_of(text: str) -> timezone:
    found = _ZONE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is no distance from UTC; write +02:00")
    minutes = 60 * int(found["hours"] or 0) + int(found["minutes"] or 0)
    return timezone((-1 if found["sign"] == "-" else 1) * timedelta(minutes=min(minutes, 23 * 60 + 59)))
