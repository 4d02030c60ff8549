"""Doing less on a day on which it hurts, and what the summary says of a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from repcount.config import Settings
from repcount.core.guide import Achieved
from repcount.core.records import NAN, Fault
from repcount.exercises import catalog, languages
from repcount.pipeline.programme import (
    ProgrammeRequest,
    blocks_of,
    dose_words,
    lighter_programme,
    smaller_range,
)
from repcount.pipeline.session_review import Looking, review
from tests.keeping import a_session, a_set
from tests.unit.overlay.snapshots import rep, summary

NOW = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
ENGLISH = languages.load()


def test_less_is_half_of_it_to_the_next_smaller_range() -> None:
    blocks = lighter_programme(blocks_of(ProgrammeRequest("wall-squat", sets=2, reps=9), Settings()))
    assert dose_words(blocks) == "Wall squat 2 × 5 to 40°"  # noqa: RUF001
    again = lighter_programme(blocks)
    assert dose_words(again) == "Wall squat 2 × 3 to 40°", "there is no smaller range than that"  # noqa: RUF001


def test_a_whole_plan_is_made_smaller_and_what_nobody_named_stays() -> None:
    whole = blocks_of(ProgrammeRequest(plan="knee"), Settings())
    less = lighter_programme(whole)
    assert len(less) == len(whole)
    for before, after in zip(whole, less, strict=True):
        assert 2 * after.dose.reps in (before.dose.reps, before.dose.reps + 1)
        assert 2 * after.dose.holds in (before.dose.holds, before.dose.holds + 1)
        assert after.each_leg == before.each_leg
    nobody_named = blocks_of(ProgrammeRequest("auto"), Settings())
    assert lighter_programme(nobody_named) == nobody_named


@pytest.mark.parametrize(
    ("name", "less"), [("full", "standard"), ("standard", "gentle"), ("gentle", "gentle")]
)
def test_the_smaller_range_is_the_next_one(name: str, less: str) -> None:
    assert smaller_range(catalog.get("wall-squat"), name) == less


@pytest.mark.parametrize(
    ("name", "less"), [("far", "near"), ("near", "near")], ids=["the next smaller", "no smaller one"]
)
def test_the_smaller_range_of_a_leg_that_straightens_is_the_one_that_straightens_less(
    name: str, less: str
) -> None:
    press = catalog.get("leg-press")
    straight, bent = (
        press.presets["standard"].model_copy(update={"target_deg": deg, "target_rom_deg": None})
        for deg in (10.0, 40.0)
    )
    assert smaller_range(press.model_copy(update={"presets": {"far": straight, "near": bent}}), name) == less


@pytest.mark.parametrize("name", catalog.names())
def test_pain_makes_the_way_of_every_exercise_smaller_where_it_has_a_smaller_one(name: str) -> None:
    blocks = blocks_of(ProgrammeRequest(name), Settings())
    (less,) = lighter_programme(blocks)
    ranges = less.exercise.presets
    assert less.options.preset == ("gentle" if "gentle" in ranges else less.exercise.default_preset)


@pytest.mark.parametrize(
    ("name", "told_dose"),
    [
        ("leg-press", "Beinpresse 3 × 6 bis 60°"),  # noqa: RUF001
        ("calf-raise", "Fersenheben 3 × 6"),  # noqa: RUF001
        ("hamstring-curl", "Beinbeuger, gehalten 2 × 15 s bis 60°"),  # noqa: RUF001
    ],
)
def test_what_is_offered_is_told_as_tables_tell_it_and_in_the_language(name: str, told_dose: str) -> None:
    german = languages.load("de")
    blocks = lighter_programme(blocks_of(ProgrammeRequest(name), Settings(language="de")))
    assert dose_words(blocks, german.screen_words()) == told_dose


def told(
    pain: int | None = None,
    faults: int = 0,
    peak_deg: float = 62.0,
    counted: int = 3,
    preset: str | None = None,
    code: str = "back_off_wall",
) -> dict[str, str]:
    """The lines about three squats."""
    fault = Fault(code, 20.0, "deg", 2.0)
    reps = tuple(
        rep(number, peak_deg=peak_deg, faults=(fault,) if number <= faults else ()) for number in range(1, 4)
    )
    blocks = blocks_of(ProgrammeRequest("wall-squat", sets=1, reps=3), Settings(range=preset))
    achieved = Achieved("wall-squat", "Wall squat", 1, 1, counted, 0.0, 0)
    before = replace(a_session(started_at=NOW), sets=(a_set(exercise="wall-squat"),))
    looking = Looking((before,), NOW, None, pain)
    (found,) = review(blocks, [achieved], summary(reps).exercises, looking, ENGLISH)
    assert found.done == f"{counted} of 3"
    return dict(found.lines)


def test_the_summary_tells_range_against_asked_and_what_was_before() -> None:
    lines = told()
    assert lines["Range"] == "62° (usual 60°)"
    assert told(preset="gentle")["Range"] == "62° (asked 40°)"
    assert lines["Sets"] == "1 of 1"
    assert lines["Before"] == "last time 4, 46° · best 4, 46°"
    assert "Range" not in told(peak_deg=NAN)


def test_faults_are_told_by_their_names_and_not_by_codes() -> None:
    lines = told(faults=1)
    assert lines["Form"] == "back off the wall: once"
    assert lines["Next time"] == "the same. Remember: Keep your back on the wall"
    assert told(faults=3, code="deeper_than_asked")["Next time"] == "the same. Remember: Stay a little higher"
    assert told()["Form"] == "no complaint"
    assert told(faults=3, code="deeper_than_asked")["Form"] == "deeper than asked: once"


@pytest.mark.parametrize(
    ("pain", "next_time"),
    [
        (7, "rest until it is 3 or less, then half"),
        (4, "less: it hurt"),
        (1, "a little more: one repetition a set"),
    ],
)
def test_what_comes_next_time_hangs_on_pain_first(pain: int, next_time: str) -> None:
    assert told(pain)["Next time"] == next_time


def test_a_range_that_was_not_reached_asks_for_a_little_more() -> None:
    assert told(peak_deg=45.0)["Next time"] == "the same, a little further if it does not hurt"
