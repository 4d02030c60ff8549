"""A live session kept as it happens, from the events that its journal is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from repcount.config import Settings
from repcount.core.kept import Dose, Kind, Moment
from repcount.core.model import CountBy, Hold, Rep, Side, Status
from repcount.diary import Diary, LiveStart
from repcount.engine.cutting import Counting
from repcount.history.place import find_place
from repcount.history.store import History
from repcount.io.json_document import hold_json, repetition_json
from tests.keeping import MONDAY, hold, rep


def told(done: Rep | Hold, exercise: str) -> dict[str, object]:
    """The event of a repetition or hold."""
    if isinstance(done, Rep):
        return {"event": "repetition", "time_s": done.end_s, "exercise": exercise, **repetition_json(done)}
    return {"event": "hold", "time_s": done.end_s, "exercise": exercise, **hold_json(done)}


def test_events_become_sets_that_are_kept_at_once(tmp_path: Path) -> None:
    reps = Counting(Dose(3, 12), CountBy.REPS)
    holds = Counting(Dose(1, 3, 15.0), CountBy.HOLDS)
    start = LiveStart("camera 0", MONDAY, {"calf-raise": reps, "hamstring-curl": holds}, "knee")
    with History(find_place(f"sqlite:///{tmp_path}/live.db")) as history:
        diary = Diary(history, Settings(person="anna"), start)
        diary.answer(Moment.BEFORE, 2)
        diary.on_event({"event": "framing", "time_s": 0.0, "exercise": "calf-raise", "text": "step back"})
        diary.on_event(told(rep(1), "calf-raise"))
        diary.on_event(told(replace(rep(2), status=Status.SHORT), "calf-raise"))
        (so_far,) = history.session(diary.id).sets
        assert (so_far.reps, so_far.counted, so_far.asked) == (2, 1, Dose(3, 12))
        diary.on_event(
            {"event": "undo", "time_s": 9.0, "exercise": "calf-raise", "text": "undone", "code": "repetition"}
        )
        diary.on_event({"event": "set", "time_s": 10.0, "exercise": "calf-raise", "text": "set done"})
        diary.on_event(told(rep(3), "calf-raise"))
        diary.on_event(told(rep(4, side=Side.RIGHT), "calf-raise"))
        diary.on_event(told(hold(1, 30.0), "hamstring-curl"))
        diary.close()
        session = history.session(diary.id)
    found = [(s.exercise, s.side.value, s.number, s.reps, s.counted, s.hold_s) for s in session.sets]
    assert found == [
        ("calf-raise", "left", 1, 1, 1, 0.0),
        ("calf-raise", "left", 2, 1, 1, 0.0),
        ("calf-raise", "right", 1, 1, 1, 0.0),
        ("hamstring-curl", "both", 1, 0, 1, 15.0),
    ]
    assert (session.kind, session.plan, session.pain_before) == (Kind.LIVE, "knee", 2)
    assert session.ended_at is not None
    assert session.sets[0].repetitions[0].rom_deg == pytest.approx(rep(1).rom_deg)
