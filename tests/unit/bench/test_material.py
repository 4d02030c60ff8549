import pytest

from bench.filming.pools import PARTS
from bench.judged import Outcome
from bench.judging.figures import negatives
from bench.judging.limits import FAULT_ROWS, Sight, cases, missing_deg, sight
from bench.material import load_clips, preset_for
from repcount.exercises import catalog
from tools.figure.faults import FAULTS

CLIPS = {part: load_clips(part) for part in PARTS}
ALL = [clip for clips in CLIPS.values() for clip in clips]


def _clip(name):
    return next(clip for clip in CLIPS["test"] if clip.name == name)


@pytest.mark.parametrize(
    ("exercise", "asked", "preset"),
    [
        ("straight-leg-raise", "gentle", "gentle"),
        ("straight-leg-raise", 12.0, "gentle"),
        ("straight-leg-raise", "full", "standard"),
        ("wall-squat", 40.0, "gentle"),
        ("wall-squat", 55.0, "standard"),
        ("wall-squat", 85.0, "full"),
        ("calf-raise", "gentle", "standard"),
    ],
)
def test_a_clip_is_judged_by_the_range_that_its_scene_was_meant_for(exercise, asked, preset):
    assert preset_for(catalog.get(exercise), asked) == preset


def test_there_are_twenty_minutes_in_which_nothing_is_to_count():
    assert sum(clip.minutes for clip in ALL if not clip.exercises) >= 20


def test_every_fault_of_the_figure_has_its_row():
    assert {e: set(rows) for e, rows in FAULT_ROWS.items()} == {e: set(codes) for e, codes in FAULTS.items()}


def test_a_fault_filmed_well_beyond_its_limit_is_counted_as_such():
    clip = _clip("slr-fault-knee_bends-not_high_enough-2")
    past = [case.row.beyond(case) for rep in clip.reps for fault, case in cases(clip, rep)]
    assert len(past) == 4
    assert min(past) > 3


def test_a_full_repetition_lacks_nothing():
    clip = _clip("ws-01")
    assert all(missing_deg(clip, rep) < 0 for rep in clip.reps)


def test_a_knee_that_bends_makes_no_calf_raise_short():
    clip = next(clip for clip in CLIPS["build"] if clip.name == "cr-fault-knees_bend-trunk_leans-1")
    bent = [rep for rep in clip.reps if "knees_bend" in {fault.code for fault in rep.faults}]
    assert len(bent) == 2
    assert all(missing_deg(clip, rep) < -2 for rep in bent)


def test_the_view_says_what_can_be_judged():
    squat, leaning = catalog.get("wall-squat"), _clip("ws-blind-back_off_wall")
    assert sight(leaning, squat, ("back_off_wall",)) is Sight.HIDDEN
    assert sight(leaning, squat, ("hands_push",)) is Sight.NEVER
    assert sight(leaning, squat, ("no_such_rule",)) is Sight.NO_RULE
    assert sight(_clip("ws-01"), squat, ("back_off_wall",)) is Sight.SHOWN


def test_a_double_leg_raise_is_no_verdict_on_the_straight_leg_raise():
    clip = _clip("none-double-leg-raise-1")
    assert set(clip.negative_for) == set(catalog.names()) - {"straight-leg-raise"}
    figures = negatives([Outcome(clip, others=dict.fromkeys(clip.negative_for, ()))])
    assert figures["straight-leg-raise"].n == 0
    assert figures["total"].hits == 0
