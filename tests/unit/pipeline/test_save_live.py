"""A live session kept while it happens, from its snapshots."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repcount.config import Settings
from repcount.core.guide import Guide, GuideEvent, Stage
from repcount.core.history_records import AskedDose, Kind, PainMoment, SavedFile
from repcount.core.records import CountBy, Frame, Hold, Rep, Side, Snapshot, Status
from repcount.history.location import HistoryLocation, find_place
from repcount.history.people import forget
from repcount.history.recovery import take_up
from repcount.history.store import History
from repcount.pipeline import save_live
from repcount.pipeline.save_live import LiveHistory
from repcount.pipeline.session_record import Counting, LiveStart
from tests.keeping import MONDAY, hold, rep
from tests.unit.overlay.snapshots import snapshot


def after(exercise: str, *events: Rep | Hold, happened: tuple[tuple[str, str], ...] = ()) -> Snapshot:
    """A snapshot of an exercise in which this was done and that happened (code and detail)."""
    told = tuple(GuideEvent(code, 9.0, code, exercise, detail=detail) for code, detail in happened)
    return snapshot(exercise=exercise, events=events, guide=Guide(Stage.SET, happened=told))


def test_snapshots_become_sets_that_are_kept_at_once(tmp_path: Path) -> None:
    reps = Counting(AskedDose(3, 12), CountBy.REPS)
    holds = Counting(AskedDose(1, 3, 15.0), CountBy.HOLDS)
    start = LiveStart("camera 0", MONDAY, {"calf-raise": reps, "hamstring-curl": holds}, "knee")
    with History(find_place(f"sqlite:///{tmp_path}/live.db")) as history:
        live = LiveHistory(history, Settings(person="anna"), start)
        live.answer(PainMoment.BEFORE, 2)
        live.end(after("calf-raise", happened=(("framing", "step_back"),)))
        live.end(after("calf-raise", rep(1)))
        live.end(after("calf-raise", replace(rep(2), status=Status.SHORT)))
        (so_far,) = history.session(live.id).sets
        assert (so_far.reps, so_far.counted, so_far.asked) == (2, 1, AskedDose(3, 12))
        live.end(after("calf-raise", happened=(("undo", "repetition"),)))
        live.end(after("calf-raise", happened=(("set", ""),)))
        live.end(after("calf-raise", rep(3)))
        live.end(after("calf-raise", rep(4, side=Side.RIGHT)))
        live.end(after("hamstring-curl", hold(1, 30.0)))
        live.close()
        session = history.session(live.id)
    found = [(s.exercise, s.side.value, s.number, s.reps, s.counted, s.hold_s) for s in session.sets]
    assert found == [
        ("calf-raise", "left", 1, 1, 1, 0.0),
        ("calf-raise", "left", 2, 1, 1, 0.0),
        ("calf-raise", "right", 1, 1, 1, 0.0),
        ("hamstring-curl", "both", 1, 0, 1, 15.0),
    ]
    assert (session.kind, session.plan, session.pain_before) == (Kind.LIVE, "knee", 2)
    assert session.ended_at is not None
    assert session.sets[0].repetitions[0].rom_deg == rep(1).rom_deg


def test_what_is_kept_is_not_rounded(tmp_path: Path) -> None:
    done = replace(rep(1), rom_deg=44.0 + 1e-7, start_s=3.0 + 1e-7)
    with History(find_place(f"sqlite:///{tmp_path}/live.db")) as history:
        live = LiveHistory(history, Settings(), LiveStart("camera 0", MONDAY, {}))
        live.end(after("calf-raise", done))
        (kept,) = history.session(live.id).sets[0].repetitions
    assert (kept.rom_deg, kept.start_s) == (done.rom_deg, done.start_s)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program that writes, for the length of a block."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HistoryLocation:
    """An empty history in a data folder of its own; nobody waits long for a lock."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(save_live, "LIVE_WAIT_S", 0.0)
    monkeypatch.setattr(save_live, "LAST_WAIT_S", 0.0)
    monkeypatch.setattr(save_live, "TOLD_AFTER_S", 0.0)
    monkeypatch.setattr(save_live, "TRY_EVERY_S", 0.0)
    return find_place(None)


def kept(history: History, id_: str) -> list[tuple[str, int, int]]:
    return [(each.exercise, each.reps, each.counted) for each in history.session(id_).sets]


def test_a_lock_costs_nothing_of_the_session(place: HistoryLocation) -> None:
    told: list[str] = []
    assert place.file is not None
    with History(place) as history:
        live = LiveHistory(history, Settings(person="anna"), LiveStart("camera 0", MONDAY, {}), told.append)
        live.end(after("calf-raise", rep(1)))
        with locked(place.file):
            for number in (2, 3, 4):
                live.end(after("calf-raise", rep(number)))
            live.end(after("calf-raise", happened=(("undo", "repetition"),)))
            assert "another repcount is writing" in live.trouble
            assert kept(history, live.id) == [("calf-raise", 1, 1)]
        live.write(Frame(9.0, 0, np.zeros((2, 2, 3), np.uint8)), snapshot())
        assert kept(history, live.id) == [("calf-raise", 3, 3)]
        assert live.trouble == ""
        live.end(after("wall-squat", rep(5)))
        live.close()
        assert kept(history, live.id) == [("calf-raise", 3, 3), ("wall-squat", 1, 1)]
    assert len(told) == 2
    assert told[1] == "the history has taken everything after all"
    assert list((place.folder / "journals").iterdir()) == []


def test_what_waits_is_on_the_disk_and_the_next_start_takes_it_up(place: HistoryLocation) -> None:
    """As after kill -9 in a lock: the session never ended."""
    assert place.file is not None
    with History(place) as history:
        live = LiveHistory(history, Settings(person="anna"), LiveStart("camera 0", MONDAY, {}))
        live.end(after("calf-raise", rep(1)))
        with locked(place.file):
            live.answer(PainMoment.BEFORE, 3)
            live.end(after("calf-raise", rep(2)))
            assert list(take_up(history)) == []
            (journal,) = (place.folder / "journals").iterdir()
            assert journal.stat().st_mode & 0o077 == 0
            copy = journal.read_bytes() + b'{"sessions": [{"id": "torn'
        id_ = live.id
        live._journal.close()
        journal.write_bytes(copy)
    with History(place) as history:
        (line,) = take_up(history)
        assert id_ in line
        assert kept(history, id_) == [("calf-raise", 2, 2)]
        assert history.session(id_).pain_before == 3
        assert list(take_up(history)) == []
        assert history.count() == 1
    assert not journal.exists()


def test_what_could_not_be_kept_is_told_at_the_end(place: HistoryLocation) -> None:
    told: list[str] = []
    assert place.file is not None
    with History(place) as history:
        live = LiveHistory(history, Settings(person="anna"), LiveStart("camera 0", MONDAY, {}), told.append)
        with locked(place.file):
            for number in (1, 2, 3):
                live.end(after("calf-raise", rep(number)))
            live.saved([SavedFile("video", "a.mp4")])
            live.close()
        assert told[-1] == live.trouble
        assert "the next start of repcount takes it up" in live.trouble
        assert history.count() == 0
        assert len(list(take_up(history))) == 1
        session = history.session(live.id)
        assert (session.person, session.sets[0].reps, session.ended_at is not None) == ("anna", 3, True)
        assert history.files(live.id) == (SavedFile("video", "a.mp4"),)


def test_a_journal_is_forgotten_with_its_person(place: HistoryLocation) -> None:
    assert place.file is not None
    with History(place) as history:
        live = LiveHistory(history, Settings(person="anna"), LiveStart("camera 0", MONDAY, {}))
        with locked(place.file):
            live.end(after("calf-raise", rep(1)))
            live.close()
        forget(history, "anna")
        assert not (place.folder / "journals").exists()


def test_a_history_that_fails_is_told_of_and_the_session_is_in_its_journal(place: HistoryLocation) -> None:
    told: list[str] = []
    assert place.file is not None
    with History(place) as history:
        live = LiveHistory(history, Settings(), LiveStart("camera 0", MONDAY, {}), told.append)
        live.end(after("calf-raise", rep(1)))
        place.file.write_bytes(b"no database" * 1000)
        for number in (2, 3):
            live.end(after("calf-raise", rep(number)))
        live.close()
    assert len(told) == 2
    assert "the session goes on" in told[0]
    (journal,) = (place.folder / "journals").iterdir()
    assert journal.read_text(encoding="utf-8").splitlines()[-1].count('"start_s"') >= 3
