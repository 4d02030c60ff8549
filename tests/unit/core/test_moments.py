"""Moments as people and spreadsheets write them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from repcount.core.moments import moment_of

WINTER, SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in Berlin."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    "text",
    ["2026-11-29T14:30", "2026-11-29 14:30:00", "29.11.2026 14:30", "29.11.26 14:30", "29.11.2026, 14:30"],
)
def test_the_day_may_come_first_as_a_german_spreadsheet_writes_it(text: str) -> None:
    assert moment_of(text) == datetime(2026, 11, 29, 14, 30, tzinfo=WINTER)


def test_the_zone_is_the_text_s_own_or_that_beside_it_or_the_machine_s() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)
    for words in (("2026-07-01T12:00Z",), ("2026-07-01 12:00", "+00:00"), ("01.07.2026 14:00",)):
        assert moment_of(*words) == noon


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "29.03.2026 02:00", "2026-03-29 02:59:59"])
def test_a_time_that_the_clock_left_out_is_refused_with_the_moments_beside_it(text: str) -> None:
    with pytest.raises(ValueError, match="write 2026-03-29T01:59 or 2026-03-29T03:00"):
        moment_of(text)


def test_the_moments_beside_the_gap_and_a_whole_day_are_none_of_it() -> None:
    assert moment_of("2026-03-29T01:59") == datetime(2026, 3, 29, 1, 59, tzinfo=WINTER)
    assert moment_of("2026-03-29T03:00") == datetime(2026, 3, 29, 3, 0, tzinfo=SUMMER)
    assert moment_of("2026-03-29") == datetime(2026, 3, 29, tzinfo=WINTER)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0001-01-01", "not within the years"),
        ("9999-12-31", "not within the years"),
        ("3/2/2026", "is no date"),
        ("31.02.2026", "is no date"),
        ("monday", "is no date"),
        ("", "is no date"),
    ],
)
def test_what_is_no_moment_is_told_in_a_line(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        moment_of(text)
