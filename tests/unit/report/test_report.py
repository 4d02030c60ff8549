"""The report: what it says is what was done, and a name is never code."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from repcount.core.history_records import (
    AskedDose,
    KeptSession,
    KeptSet,
    Kind,
    SavedFile,
    SignalCurve,
    with_figures,
)
from repcount.core.records import Fault, Hold, Rep, Side, Status
from repcount.report.chart import Axes, Series, bars, lines
from repcount.report.page import report, session_report
from repcount.report.progress import adherence, weeks_of
from repcount.report.sentences import in_words, session_in_words
from repcount.report.session_view import SessionMaterial
from repcount.report.words import Sentence

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=timezone.utc)
NOW = datetime(2026, 4, 1, tzinfo=timezone.utc)


def rep(number: int, side: Side, rom_deg: float, fault: str | None = None) -> Rep:
    start_s = 5.0 * number
    faults = (Fault(fault, 25.0, "deg", start_s + 1.0),) if fault else ()
    status = Status.FORM if fault else Status.OK
    return Rep(
        number,
        side,
        start_s,
        start_s + 1,
        start_s + 2,
        start_s + 2,
        rom_deg,
        rom_deg,
        1,
        0,
        1,
        faults,
        1.0,
        status,
    )


def raises(side: Side, rom_deg: float, count: int = 12, fault: str | None = None) -> KeptSet:
    reps = tuple(rep(n, side, rom_deg, fault if n == 1 else None) for n in range(1, count + 1))
    kept = KeptSet(1, "straight-leg-raise", side, AskedDose(1, 12), repetitions=reps)
    return with_figures(kept, count)


def session(days: int, *sets: KeptSet, person: str = "anna", after: int | None = None) -> KeptSession:
    return KeptSession(
        f"s{days}",
        person,
        MONDAY + timedelta(days=days),
        Kind.VIDEO,
        "a.mp4",
        "1",
        pain_after=after,
        sets=sets,
    )


class Seen(HTMLParser):
    """Tags, addresses and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.text = ""
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.loaded += [
            value or "" for name, value in attrs if name in ("src", "srcset", "data", "xlink:href")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


def told(who: str, sessions: list[KeptSession]) -> str:
    """The sentences as one text, each piece of advice with its source."""
    found = in_words(who, sessions, weeks_of(sessions), {})
    return " ".join(f"{each.text} [{each.source}]" if each.source else each.text for each in found)


def test_a_week_without_sessions_is_a_week_all_the_same() -> None:
    weeks = weeks_of([session(0, raises(Side.LEFT, 40)), session(15, raises(Side.LEFT, 44))])
    assert [week.sessions for week in weeks] == [1, 0, 1]
    assert [week.reps.get("straight-leg-raise") for week in weeks] == [12, None, 12]
    assert weeks[2].rom_deg["straight-leg-raise", Side.LEFT] == 44


def test_symmetry_is_the_smaller_range_out_of_the_larger() -> None:
    (week,) = weeks_of([session(0, raises(Side.LEFT, 30), raises(Side.RIGHT, 40))])
    assert week.symmetry("straight-leg-raise") == pytest.approx(0.75)
    (one,) = weeks_of([session(0, raises(Side.LEFT, 30))])
    assert math.isnan(one.symmetry("straight-leg-raise"))


def test_adherence_counts_each_side_and_never_more_than_all() -> None:
    assert adherence(session(0, raises(Side.LEFT, 40, 24), raises(Side.RIGHT, 40, 6))) == pytest.approx(0.75)
    assert math.isnan(adherence(session(0)))


def test_words_tell_of_load_range_and_pain() -> None:
    found = [session(0, raises(Side.LEFT, 30, 10), after=2), session(7, raises(Side.LEFT, 40, 12), after=6)]
    words = told("anna", found)
    assert "12 repetitions in the week up to 9 March, 20 % more than in the week before" in words
    assert "20 % more than the 10 before: add less at a time. [" in words
    assert "10° more range than at first (30° to 40°)" in words


def test_words_never_say_go_on_where_the_newest_session_says_stop() -> None:
    """Four sessions at 2 of 10, then one at 7: the median alone would be green."""
    sessions = [session(day, raises(Side.LEFT, 40), after=2) for day in range(4)]
    worse = replace(session(4, raises(Side.LEFT, 40), after=2), pain_before=1, pain_morning=3)
    stop = session(5, raises(Side.LEFT, 40), after=7)

    def words(*more: KeptSession) -> str:
        return told("anna", [*sessions, *more])

    assert "2 of 10 (median), in the green: go on as planned." in words()
    assert "but the newest is amber: worse next morning than before" in words(worse)
    assert "2 of 10 (median), but the newest is red: too much. Stop" in words(stop)
    assert "go on as planned" not in words(stop)


def test_several_people_together_get_no_advice() -> None:
    """Anna settles; it is Ben's pain that does not."""
    sessions = [session(day, raises(Side.LEFT, 40 + day), after=1) for day in range(0, 21, 2)]
    sessions += [session(day, raises(Side.LEFT, 40), person="ben", after=7) for day in range(22, 26)]
    assert in_words("", sessions, weeks_of(sessions), {}) == [
        Sentence("2 people exercised on 15 days in 4 weeks, 15 sessions in all."),
        Sentence("Name one of them (--person) to hear of load, range and pain."),
    ]
    page = Seen(report(sessions, [SessionMaterial(sessions[-1])], "", NOW))
    assert "ben · " in page.text


def test_words_send_to_a_doctor_what_does_not_settle() -> None:
    found = [session(days, raises(Side.LEFT, 30, 10), after=5) for days in (0, 2, 4)]
    assert "has not settled over 3 sessions: stop, and see a doctor" in told("anna", found)


def test_a_session_is_told_in_words_before_its_figures() -> None:
    one = session(0, raises(Side.LEFT, 40, 12, fault="knee_bends"), raises(Side.RIGHT, 30, 6), after=7)
    words = session_in_words(one, {}, {"knee_bends": "the knee bends"})
    assert [each.text for each in words] == [
        "straight-leg-raise, left leg: 12 repetitions in 1 set, 40° of range; the knee bends once.",
        "straight-leg-raise, right leg: 6 repetitions in 1 set, 30° of range; no fault seen.",
        "Pain: too much. Stop until it is 3 or less, then begin with half.",
    ]
    assert "providephysiotherapy.org.uk; half of it after a rest: derived" in words[-1].source
    page = session_report(SessionMaterial(one), NOW)
    assert page.index("12 repetitions in 1 set") < page.index("<table")


def test_the_sets_of_an_exercise_and_side_share_a_row_and_can_be_unfolded() -> None:
    one = session(0, raises(Side.LEFT, 40), raises(Side.LEFT, 44, 9), raises(Side.RIGHT, 30))
    page = report([one], [SessionMaterial(one)], "", NOW)
    table, _, folded = page.partition("<details>")
    assert table.count("<tr>") == 1 + 2
    assert "21 of 12" in Seen(table).text
    assert folded.count("<tr>") == 1 + 3
    assert session_report(SessionMaterial(one, (), {}), NOW).count("<tr>") == 1 + 3


def test_axes_are_named_and_their_ticks_are_round() -> None:
    axes = Axes(("a", "b"), "°", "degrees", "week from Monday")
    drawn = lines("x", axes, [Series("s", (3.0, 47.0), "c0")])
    assert [f">{tick}°<" in drawn for tick in (0, 10, 20, 30, 40, 50)] == [True] * 6
    assert ">degrees<" in drawn
    assert ">week from Monday<" in drawn
    hundred = bars("x", Axes(("a",), " %", top=100.0), [Series("s", (90.0,), "c0")])
    assert hundred.count('class="grid"') == 6


def test_days_below_a_chart_never_touch_on_a_phone() -> None:
    """There is room for 48 letters (seen in Chromium, 390 points wide), and a gap belongs to each."""
    days = tuple(f"{day:02} Oct" for day in range(1, 9))
    drawn = lines("x", Axes(days), [Series("s", tuple(map(float, range(8))), "c0")])
    assert [day for day in days if f">{day}<" in drawn] == list(days[::2])


def test_a_session_longer_than_a_sheet_of_paper_begins_on_the_first_one() -> None:
    one = session(0, raises(Side.LEFT, 40))
    assert 'class="card long stack"' in session_report(SessionMaterial(one), NOW)
    page = report([one], [SessionMaterial(one)], "anna", NOW)
    assert 'class="card long' not in page
    assert ".card.long { break-inside: auto; }" in page


def test_a_fault_of_an_exercise_that_is_not_known_here_is_told_in_words() -> None:
    done = raises(Side.LEFT, 40, fault="toes_point_out")
    first = done.repetitions[0]
    curves = {("no-such", "repetition", 1, first.start_s): SignalCurve(first.start_s, 0.5, (1.0, 2.0, 3.0))}
    page = session_report(SessionMaterial(session(0, replace(done, exercise="no-such")), curves=curves), NOW)
    assert "Dots mark toes point out" in page
    assert "toes_point_out" not in page


def test_the_same_days_of_each_week_are_the_same_load_whatever_the_hour() -> None:
    """Three sessions a week: the last on a Monday, an hour earlier than the Monday before."""
    days = [session(day, raises(Side.LEFT, 40)) for day in (0, 2, 4, 7, 9, 11)]
    early = session(14, raises(Side.LEFT, 40))
    sessions = [*days, replace(early, started_at=early.started_at - timedelta(hours=1))]
    words = told("anna", sessions)
    assert "36 repetitions in the week up to 16 March, as many as in the week before." in words
    assert "add less" not in words


def test_a_name_is_text_and_never_code() -> None:
    nasty = '<script>alert(1)</script>" onload=x'
    bad = KeptSet(1, nasty, Side.LEFT, AskedDose(1, 12), reps=5, counted=5, faults={nasty: 1})
    one = session(0, bad, person=nasty)
    page = report([one], [SessionMaterial(one)], nasty, NOW)
    seen = Seen(page)
    assert "script" not in seen.tags
    assert nasty in seen.text
    assert "onload" not in seen.attributes


def test_the_page_loads_nothing_from_anywhere(tmp_path: Path) -> None:
    picture = tmp_path / "knee-bends.png"
    picture.write_bytes(b"\x89PNG\r\n")
    one = session(0, raises(Side.LEFT, 40))
    files = (SavedFile("evidence", str(picture)), SavedFile("evidence", str(tmp_path / "gone.png")))
    seen = Seen(report([one], [SessionMaterial(one, files)], "", NOW))
    assert seen.tags.count("img") == 1
    assert all(address.startswith("data:image/") for address in seen.loaded)
    assert not {"script", "link", "iframe", "object"} & set(seen.tags)


def test_curves_of_a_session_are_drawn_and_its_faults_marked() -> None:
    kept = raises(Side.LEFT, 40, 3, fault="knee_bends")
    curves = {
        (kept.exercise, "repetition", each.number, each.start_s): SignalCurve(
            each.start_s, 0.5, (0, 20, 40, 20, 0)
        )
        for each in kept.repetitions
    }
    page = session_report(SessionMaterial(session(0, kept), (), curves), NOW)
    assert page.count('class="curve good"') == 2
    assert page.count('class="curve fault"') == 1
    assert page.count('class="dot fault"') == 1


def test_pain_of_many_sessions_is_drawn_week_by_week() -> None:
    many = [session(days, raises(Side.LEFT, 40), after=days // 7 % 3) for days in range(140)]
    few = report(many[:14], [], "", NOW)
    assert "day of the session" in few
    assert few.count('class="dot after"') == 14
    drawn = report(many, [], "", NOW)
    assert "day of the session" not in drawn
    assert drawn.count('class="dot after"') == 20


def test_a_session_of_holds_alone_makes_a_page() -> None:
    holds = tuple(Hold(n, Side.BOTH, 20.0 * n, 20.0 * n + 15, 14.5) for n in (1, 2, 3))
    kept = with_figures(KeptSet(1, "hamstring-curl", Side.BOTH, AskedDose(1, 3, 15.0), holds=holds), 3)
    one = session(0, kept)
    page = report([one], [SessionMaterial(one)], "", NOW)
    assert "Held time a week" in page
    assert "Repetitions a week" not in page
