"""The last session against the first, one week for words and charts, curves on request, languages."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from repcount.cli.report import sparkline
from repcount.core.history_records import SignalCurve
from repcount.core.records import Side
from repcount.exercises import languages
from repcount.report.chart import Axes, Series, bars, curves, lines
from repcount.report.page import report
from repcount.report.progress import RANGE_ERROR_DEG, change_rows, changes_of, weeks_of
from repcount.report.session_view import SessionMaterial
from repcount.report.words import Words
from tests.unit.report.test_report import NOW, Seen, raises, session, told


def test_the_week_of_the_words_is_the_week_of_the_chart() -> None:
    """Newest on a Wednesday: its week began on the Thursday before, in the words and in the chart."""
    sessions = [
        session(day, raises(Side.LEFT, 40, count)) for day, count in ((0, 5), (2, 7), (3, 9), (9, 11))
    ]
    weeks = weeks_of(sessions)
    assert [week.reps["straight-leg-raise"] for week in weeks] == [12, 20]
    assert weeks[-1].last_day == sessions[-1].started_at.date()
    assert "20 repetitions in the week up to 11 March, 67 % more" in told("anna", sessions)
    assert ">11 March<" in report(sessions, [], "anna", NOW).replace("11 Mar<", "11 March<")


def test_the_error_of_the_camera_is_the_one_that_was_measured() -> None:
    page = (Path(__file__).parents[3] / "docs" / "accuracy.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith("| range of a repetition, mean error")]
    measured = float(line.split("|")[3].split("°")[0])
    assert round(measured * math.sqrt(2)) == RANGE_ERROR_DEG


def test_what_is_within_the_error_of_the_camera_is_told_apart_from_what_is_beyond() -> None:
    first = session(0, raises(Side.LEFT, 30), raises(Side.RIGHT, 30))
    last = session(7, raises(Side.LEFT, 39), raises(Side.RIGHT, 35))
    rows = change_rows(changes_of([first, last]), {}, Words())
    ranges = {row.side: row for row in rows if row.measure == "range"}
    assert (ranges["left"].first, ranges["left"].last, ranges["left"].change) == (
        "30° (2 Mar)",
        "39° (9 Mar)",
        "+9°",
    )
    assert ranges["left"].is_beyond_error
    assert ranges["right"].verdict == "within the camera's error (±7°): perhaps no change"
    words = told("anna", [first, last])
    assert "left leg: 9° more range" in words
    assert "right leg: 5°" not in words
    assert "Last against first" in report([first, last], [], "anna", NOW)
    assert "Last against first" not in report([first], [], "anna", NOW)


def test_a_curve_goes_through_every_point_and_an_unknown_one_is_a_gap() -> None:
    points = [(0.0, 0.0), (0.1, 9.0), (0.2, 20.0), (0.3, math.nan), (0.4, 8.0), (0.5, 0.0)]
    drawn = curves("x", Axes(()), [("good", points)])
    assert drawn.count("M") == 2
    assert drawn.count("C") == 3


def test_curves_are_folded_away_and_on_request_only() -> None:
    kept = raises(Side.LEFT, 40, 3)
    found = {
        (kept.exercise, "repetition", each.number, each.start_s): SignalCurve(each.start_s, 0.5, (0, 20, 0))
        for each in kept.repetitions
    }
    one = session(0, kept)
    assert 'class="curve' not in report([one], [SessionMaterial(one)], "", NOW)
    page = report([one], [SessionMaterial(one, (), found)], "", NOW)
    assert page.index("<details>") < page.index('class="curve') < page.index("</details>")


def test_a_report_in_german_has_german_words_numbers_and_days() -> None:
    found = [session(0, raises(Side.LEFT, 30), after=2), session(7, raises(Side.LEFT, 40), after=1)]
    whole = report(found, [SessionMaterial(found[-1])], "anna", NOW, Words(languages.load("de")))
    page = Seen(whole.partition("<body>")[2]).text.partition("Woher die Regeln kommen")[0]
    for text in (
        "Übungsbericht für anna",
        "in der Woche bis 9. März",
        "2,0 s",
        "links",
        "Gestrecktes Beinheben",
    ):
        assert text in page
    for text in ("repetitions", "session", "week", "range", "left"):
        assert text not in page


def test_an_unknown_value_is_a_gap_in_a_chart() -> None:
    drawn = lines("x", Axes(("a", "b", "c")), [Series("s", (1.0, math.nan, 3.0), "c0")])
    assert drawn.count("<circle") == 2
    assert "nan" not in drawn
    assert bars("x", Axes(("a", "b")), [Series("s", (0.0, 2.0), "c0")]).count('class="bar') == 1


def test_a_sparkline_has_a_block_for_each_number() -> None:
    assert sparkline([0, 2, 4, math.nan, 7]) == "▁▃▅·█"
    assert sparkline([]) == ""


@pytest.mark.parametrize(("last_s", "change", "beyond"), [(3.94, "−0.06 s", False), (3.87, "−0.13 s", True)])  # noqa: RUF001
def test_what_is_said_of_a_change_follows_from_the_figures_beside_it(
    last_s: float, change: str, beyond: bool
) -> None:
    first, last = (
        session(day, replace(raises(Side.LEFT, 40), tempo_s_median=seconds))
        for day, seconds in ((0, 4.0), (7, last_s))
    )
    (row,) = [
        row for row in change_rows(changes_of([first, last]), {}, Words()) if "time" in row.measure.lower()
    ]
    assert (row.first, row.change, row.is_beyond_error) == ("4.00 s (2 Mar)", change, beyond)
    assert "±0.10 s" in row.verdict
