"""A live session kept while it happens, from its snapshots."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from repcount.config import Settings
from repcount.core.guide import Guide, GuideEvent, Stage
from repcount.core.history_records import AskedDose, Kind, PainMoment
from repcount.core.model import CountBy, Hold, Rep, Side, Snapshot, Status
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.pipeline.save_live import LiveHistory, LiveStart
from repcount.session.guided.split_sets import Counting
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


def test_a_history_that_fails_is_told_of_once_and_left(tmp_path: Path) -> None:
    told: list[str] = []
    with History(find_place(f"sqlite:///{tmp_path}/live.db")) as history:
        live = LiveHistory(history, Settings(), LiveStart("camera 0", MONDAY, {}), told.append)
        live.end(after("calf-raise", rep(1)))
        (tmp_path / "live.db").write_bytes(b"no database" * 1000)
        for number in (2, 3):
            live.end(after("calf-raise", rep(number)))
        live.close()
    assert told == [live.trouble]
    assert "the session goes on" in live.trouble
