"""Sessions kept, read back, removed and brought back, on SQLite and PostgreSQL."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from repcount.core.errors import HistoryError
from repcount.core.history_records import (
    Filter,
    KeptSession,
    PainAnswer,
    PainMoment,
    SavedFile,
    SignalCurve,
    with_figures,
)
from repcount.core.records import NAN, Side
from repcount.history import writing
from repcount.history.location import HistoryLocation
from repcount.history.store import History
from repcount.history.tables import Base
from repcount.history.writing import SessionKeeper, keep, keep_files, keep_pain
from repcount.report.progress import weeks_of
from repcount.report.sentences import in_words
from tests.keeping import MONDAY, a_session, a_set, faulty, hold, rep


def bare(session: KeptSession) -> KeptSession:
    """The session as a listing tells it."""
    return replace(session, sets=tuple(replace(kept, repetitions=(), holds=()) for kept in session.sets))


def test_a_session_is_read_back_as_it_was_kept(history: History) -> None:
    session = a_session(pain_before=2, pain_after=3, content="abc", plan="knee")
    keep(history, [session], "video")
    assert repr(history.session(session.id)) == repr(session)
    assert list(map(repr, history.sessions())) == [repr(bare(session))]
    assert list(map(repr, history.details())) == [repr(session)]
    assert list(map(repr, history.newest(Filter(), 5))) == [repr(bare(session))]


def test_what_is_summed_up_over_the_weeks_is_the_same_from_fewer_columns(history: History) -> None:
    holds = with_figures(
        replace(a_set(1, exercise="hamstring-curl"), repetitions=(), holds=(hold(1, 3.0),)), 1
    )
    many = [a_session(days=day, sets=day % 3, pain_after=day % 5) for day in range(0, 30, 4)]
    many.append(replace(a_session(days=31), sets=(holds, a_set(1, exercise="calf-raise"))))
    keep(history, many, "video")
    for which in (Filter(), Filter(exercise="hamstring-curl"), Filter(until=many[3].started_at)):
        full, lean = history.sessions(which), history.summed(which)
        assert [each.id for each in lean] == [each.id for each in full]
        weeks = weeks_of(full)
        assert repr(weeks_of(lean)) == repr(weeks)
        assert in_words("", lean, weeks, {}) == in_words("", full, weeks, {})


def test_what_is_unknown_stays_unknown(history: History) -> None:
    unseen = replace(rep(1), peak_deg=NAN, down_s=NAN)
    kept = with_figures(replace(a_set(), repetitions=(unseen,)), 1)
    session = replace(a_session(), sets=(kept,), ended_at=None)
    keep(history, [session], "video")
    assert repr(history.session(session.id)) == repr(session)


def test_sessions_are_found_by_date_exercise_person_and_id(history: History) -> None:
    anna, nobody = a_session("anna"), a_session("", days=1)
    squats = replace(a_session("ben", days=2), sets=(a_set(exercise="wall-squat"), a_set()))
    keep(history, [squats, nobody, anna], "import")
    found = {
        "all": Filter(),
        "since": Filter(since=MONDAY + timedelta(days=1)),
        "until": Filter(until=MONDAY + timedelta(days=1)),
        "squats": Filter(exercise="wall-squat"),
        "nameless": Filter(person=""),
        "id": Filter(session=anna.id[:6]),
    }
    ids = {name: [session.id for session in history.sessions(which)] for name, which in found.items()}
    assert ids == {
        "all": [anna.id, nobody.id, squats.id],
        "since": [nobody.id, squats.id],
        "until": [anna.id],
        "squats": [squats.id],
        "nameless": [nobody.id],
        "id": [anna.id],
    }
    (only,) = history.sessions(Filter(exercise="wall-squat"))
    assert [kept.exercise for kept in only.sets] == ["wall-squat"]
    assert history.count(Filter(person="ben")) == 1
    assert [session.id for session in history.newest(Filter(), 2)] == [nobody.id, squats.id]


def test_a_listing_sums_up_the_sets_of_each_session(history: History) -> None:
    holds = with_figures(replace(a_set(exercise="hamstring-curl"), repetitions=(), holds=(hold(1, 5.0),)), 1)
    squat = a_set(exercise="wall-squat", reps=6)
    mixed = replace(a_session("anna", pain_before=2), sets=(squat, a_set(), holds, a_set(2)))
    unseen = replace(a_set(), rom_deg_median=NAN, rom_deg_best=NAN)
    plain, empty = replace(a_session("ben", days=1), sets=(unseen,)), a_session("", days=2, sets=0)
    keep(history, [plain, empty, mixed], "import")
    lines = history.lines()
    assert [line.id for line in lines] == [mixed.id, plain.id, empty.id]
    assert lines[0].exercises == ("wall-squat", "straight-leg-raise", "hamstring-curl")
    assert (lines[0].sets, lines[0].counted, lines[0].hold_s) == (4, 15, 15.0)
    assert (lines[0].rom_deg_median, lines[0].pain_before, lines[0].started_at) == (42.5, 2, mixed.started_at)
    assert math.isnan(lines[1].rom_deg_median)
    assert (lines[2].exercises, lines[2].sets, lines[2].counted) == ((), 0, 0)
    assert [line.id for line in history.lines(Filter(), 2)] == [plain.id, empty.id]
    (only,) = history.lines(Filter(exercise="straight-leg-raise", person="anna"))
    assert (only.exercises, only.sets, only.counted) == (("straight-leg-raise",), 2, 8)


def test_a_session_is_kept_as_it_happens(history: History) -> None:
    keeper = SessionKeeper(history, a_session(sets=0, ended_at=None))
    keeper.answer(PainMoment.BEFORE, 3, MONDAY)
    keeper.begin_set(replace(a_set(), repetitions=()))
    keeper.add(rep(1), 1)
    keeper.add(faulty(2), 2)
    keeper.add(rep(3), 3)
    keeper.take_back(rep(3), 2)
    keeper.begin_set(replace(a_set(2), repetitions=()))
    keeper.begin_set(replace(a_set(2, exercise="hamstring-curl"), repetitions=()))
    keeper.add(hold(1, 20.0), 1)
    keeper.end(MONDAY + timedelta(minutes=9))
    kept = history.session(keeper.id)
    first, second = kept.sets
    assert first.repetitions == (rep(1), faulty(2))
    assert (first.reps, first.counted, dict(first.faults)) == (2, 2, {"knee_bends": 1})
    assert second.holds == (hold(1, 20.0),)
    assert second.hold_s == 15.0
    assert kept.pain_before == 3
    assert kept.ended_at == MONDAY + timedelta(minutes=9)


def test_a_set_whose_only_repetition_is_taken_back_is_gone(history: History) -> None:
    keeper = SessionKeeper(history, a_session(sets=0))
    keeper.begin_set(replace(a_set(), repetitions=()))
    keeper.add(rep(1), 1)
    keeper.take_back(rep(1), 0)
    assert history.session(keeper.id).sets == ()
    keeper.add(rep(1), 1)
    assert history.session(keeper.id).sets[0].repetitions == (rep(1),)


def test_curves_come_back_to_a_hundredth_of_a_degree(history: History) -> None:
    session = a_session(sets=1)
    first = session.sets[0].repetitions[0]
    curve = SignalCurve(first.start_s, 0.05, (1.234, NAN, -12.5, 90.0))
    keep(history, [session], "video", {first: curve})
    ((key, found),) = history.curves(session.id).items()
    assert key == ("straight-leg-raise", "repetition", first.number, first.start_s)
    assert repr(found) == repr(replace(curve, drive_deg=(1.23, NAN, -12.5, 90.0)))


def test_pain_of_a_moment_is_answered_once_and_the_last_answer_stands(history: History) -> None:
    session = a_session()
    keep(history, [session], "video")
    for level in (6, 2):
        keep_pain(history, PainAnswer("anna", MONDAY, PainMoment.MORNING, level, session.id))
    keep_pain(history, PainAnswer("anna", MONDAY + timedelta(days=3), PainMoment.MORNING, 1))
    assert [(p.level, p.session_id) for p in history.pains("anna")] == [(2, session.id), (1, None)]
    assert history.session(session.id).pain_morning == 2
    assert history.pains("ben") == ()


def test_files_and_content_are_found_again(history: History) -> None:
    session = a_session(content="cafe")
    keep(history, [session], "video")
    picture = SavedFile("evidence", "/pictures/knee.png", "straight-leg-raise", "knee_bends", 12.5)
    keep_files(history, session.id, [picture])
    assert history.files(session.id) == (picture,)
    assert history.kept_content("cafe", "anna") == session.id
    assert history.kept_content("cafe", "ben") is None


def test_undo_takes_back_one_change_after_the_other(history: History) -> None:
    first, second, third = (a_session(days=day) for day in range(3))
    keep(history, [first], "video")
    keep(history, [second, third], "import")
    writing.remove(history, first.id)

    def ids() -> list[str]:
        return [session.id for session in history.sessions()]

    assert ids() == [second.id, third.id]
    assert first.id in writing.undo(history)
    assert ids() == [first.id, second.id, third.id]
    assert "2 sessions" in writing.undo(history)
    assert ids() == [first.id]
    writing.undo(history)
    assert ids() == []
    with pytest.raises(HistoryError, match="nothing to undo"):
        writing.undo(history)


def test_an_id_that_names_none_or_several_is_refused(history: History) -> None:
    with pytest.raises(HistoryError, match="nothing is kept yet"):
        history.session("last")
    keep(history, [a_session(id="bcdfgh22"), a_session(id="bcdfgh33")], "video")
    assert history.session("bcdfgh2").id == "bcdfgh22"
    for start, words in (("bcd", "several"), ("zzz", "no such"), ("%", "no such"), ("", "no such")):
        with pytest.raises(HistoryError, match=words):
            history.session(start)


def test_the_migrations_make_the_tables_that_the_models_say(place: HistoryLocation) -> None:
    with History(place) as history, history.database.reading() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, Base.metadata) == []


def test_a_side_is_kept(history: History) -> None:
    kept = replace(a_set(), side=Side.BOTH)
    session = replace(a_session(), sets=(kept,))
    keep(history, [session], "video")
    assert history.session(session.id).sets[0].side is Side.BOTH
