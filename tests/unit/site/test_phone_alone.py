"""The session in the browser, under CPython: counted as everywhere, kept at once, brought elsewhere."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest

from repcount.core.history_records import KeptSession
from repcount.history.csv_import import read_sessions
from repcount.history.json_records import record_of
from repcount.site.phone_alone import PhoneAlone
from tests.samples import clips
from tests.unit.site.given import SIZE_PX, ordered, told

CLIPS = [clip for clip in clips() if clip.exercise != "none"]


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_a_clip_is_counted_exactly_and_each_repetition_is_kept_before_it_is_told(clip) -> None:
    kept: list[str] = []
    phone = PhoneAlone("en", kept.append)
    assert ordered(phone, "start", exercise=clip.exercise, sets=1, reps=50)["state"] == "running"
    before = 0
    for answer in told(phone, clip.name):
        count = answer["snapshot"]["count"]
        if count > before:
            session = record_of(KeptSession, json.loads(kept[-1]))
            assert sum(each.counted for each in session.sets) == count
        before = count
    answer = ordered(phone, "end")
    done = record_of(KeptSession, json.loads(kept[-1]))
    assert sum(len(each.repetitions) for each in done.sets) == clip.reps
    assert {each.side for each in done.sets} == {clip.side}
    assert done.ended_at is not None
    assert answer["state"] == "done"
    rows = list(csv.DictReader(io.StringIO(phone.csv())))
    assert [row["kind"] for row in rows].count("repetition") == clip.reps


def test_a_film_asks_for_nothing_and_says_what_it_shows() -> None:
    kept: list[str] = []
    phone = PhoneAlone("en", kept.append)
    ordered(phone, "start", exercise="wall-squat", film="squats.mp4")
    seen = [answer["snapshot"] for answer in told(phone, "wall_squat")]
    assert {snapshot["count"] for snapshot in seen} == {0, 1, 2, 3, 4, 5}
    assert {(snapshot["target"], snapshot["sets"]) for snapshot in seen} == {(0, 0)}
    (row,) = ordered(phone, "end")["summary"]
    assert row["done"] == "5"
    session = record_of(KeptSession, json.loads(kept[-1]))
    assert (session.kind, session.source, session.sets[0].asked.reps) == ("video", "squats.mp4", 0)


def test_a_tempo_has_a_beat_in_sets_alone_and_a_tone_where_to_go_and_where_to_be_there() -> None:
    phone = PhoneAlone("en", lambda text: None)
    ordered(phone, "start", exercise="wall-squat", tempo="1.5-0.5-2")
    seen = [answer["snapshot"] for answer in told(phone, "wall_squat")]
    assert {one["stage"] for one in seen if one["beat"]} == {"set"}
    assert {one["stage"] for one in seen if one["stage"] == "set" and not one["beat"]} == set()
    tones = [(one["tone"], one["beat"]["part"]) for one in seen if one["tone"]]
    assert len(tones) >= 6
    assert tones == [(440.0, "up"), (880.0, "hold")] * (len(tones) // 2) + tones[len(tones) // 2 * 2 :]
    sounded_s = [one["time"] for one in seen if one["tone"] == 440.0]
    assert [b - a for a, b in pairwise(sounded_s)] == pytest.approx([4.0] * (len(sounded_s) - 1), abs=0.1)


def test_a_film_has_no_tempo() -> None:
    phone = PhoneAlone("en", lambda text: None)
    ordered(phone, "start", exercise="wall-squat", tempo="2-1-2", film="squats.mp4")
    assert {answer["snapshot"]["beat"] for answer in told(phone, "wall_squat")} == {None}


def test_a_limit_is_told_no_range_asks_for_more_and_the_export_has_it() -> None:
    kept: list[str] = []
    phone = PhoneAlone("en", kept.append)
    ordered(phone, "start", exercise="wall-squat", sets=1, reps=50, range="full", limit="knee=45 trunk=80")
    cues = [cue for answer in told(phone, "wall_squat") for cue in answer["snapshot"]["cues"]]
    assert "Ease back, that is your limit" in cues
    (row,) = ordered(phone, "end")["summary"]
    assert "(asked 45°)" in str(row["lines"])
    (session,) = json.loads(phone.export(f"[{kept[-1]}]", "json"))["sessions"]
    assert session["settings"]["limit"] == "knee=45 trunk=80"


def test_pain_is_kept_and_answered() -> None:
    kept: list[str] = []
    phone = PhoneAlone("de", kept.append)
    ordered(phone, "start", exercise="calf-raise", pain=2)
    list(told(phone, "calf_raise"))
    ordered(phone, "end")
    assert ordered(phone, "pain", pain=7)["advice"] == {"light": "red"}
    session = json.loads(kept[-1])
    assert (session["pain_before"], session["pain_after"]) == (2, 7)


def test_the_export_is_what_import_takes(tmp_path: Path) -> None:
    kept: list[str] = []
    phone = PhoneAlone("en", kept.append)
    ordered(phone, "start", exercise="calf-raise", sets=1, reps=5, pain=1)
    list(told(phone, "calf_raise"))
    text = f"[{kept[-1]}]"
    for form in ("json", "csv"):
        path = tmp_path / f"all.{form}"
        path.write_text(phone.export(text, form), encoding="utf-8")
        (session,) = read_sessions(path)
        assert (session.sets[0].reps, session.sets[0].asked.reps, session.pain_before) == (5, 5, 1)
    shown = json.loads(phone.history(text))
    assert shown["week"] == [{"exercise": "Calf raise", "reps": 5, "held": 0}]
    assert shown["sessions"][0]["exercises"] == ["Calf raise"]


def test_a_whole_plan_is_gone_through_with_the_button_for_the_next_exercise() -> None:
    phone = PhoneAlone("en", lambda text: None)
    ordered(phone, "start", plan="knee")
    plan = next(one for one in json.loads(phone.choices())["plans"] if one["name"] == "knee")
    seen = []
    for number in range(10 * len(plan["exercises"])):
        answer = json.loads(phone.picture(number, 1 + number / 10, SIZE_PX, None, 0.5, 0))
        if answer.get("state") == "done":
            break
        if answer["snapshot"]["exercise"] not in seen:
            seen.append(answer["snapshot"]["exercise"])
        if answer["snapshot"]["stage"] in ("framing", "rest"):
            ordered(phone, "end_set" if answer["snapshot"]["stage"] == "rest" else "next")
    assert seen == plan["exercises"]
    assert answer["state"] == "done"


def test_what_is_no_order_is_answered_with_what_is_wrong() -> None:
    phone = PhoneAlone("xx", lambda text: None)
    assert "fly" not in ordered(phone, "fly").get("error", "")  # nothing is under way
    assert "nonsense" in ordered(phone, "start", exercise="nonsense")["error"]
    ordered(phone, "start", exercise="calf-raise")
    assert "fly" in ordered(phone, "fly")["error"]
    for words in ({"tempo": "fast"}, {"limit": "elbow=20"}, {"limit": "knee=5"}, {"limit": 60}):
        (name,) = words
        answer = ordered(PhoneAlone("en", lambda text: None), "start", exercise="wall-squat", **words)
        assert name in answer["error"], answer
        assert answer["state"] == "idle"
    assert "film" in ordered(PhoneAlone("en", lambda text: None), "start", film=7)["error"]
