from itertools import pairwise

import pytest

from tests.unit.figure.scenes import scene
from tools.figure.motions.score import Score, Tempo

TEMPO = Tempo(up=1.0, hold=1.0, down=1.0, rest=1.0)


def score(exercise: str = "wall-squat", fault: tuple[dict[str, object], ...] = (), **motion: object) -> Score:
    part = scene(exercise, motion={"jitter": 0.0, "lead_s": 1.0, **motion}, fault=list(fault)).part[0]
    return Score(part, TEMPO, seed=0)


def test_repetitions_follow_one_another_without_overlap():
    beats = score(reps=4, jitter=0.3).beats

    for before, after in pairwise(beats):
        assert before.start_s < before.top_s < before.leave_s < before.end_s < after.start_s


def test_the_level_is_at_the_amplitude_all_along_the_top_and_zero_at_rest():
    played = score(reps=2, amplitude=(0.5, 1.0))
    first, second = played.beats

    assert played.level(first.peak_s) == pytest.approx(0.5)
    assert played.level(second.top_s) == pytest.approx(1.0)
    assert played.level((first.end_s + second.start_s) / 2) == 0


def test_a_double_bump_sinks_and_rises_again_within_one_repetition():
    played = score(reps=2, double_bumps=(2,), dip=0.3)
    first, second = played.beats

    assert played.level(second.peak_s) == pytest.approx(0.7)
    assert played.level(second.top_s) == pytest.approx(1.0)
    assert first.dip == 0


def test_fading_makes_the_last_repetition_smaller_by_its_share():
    assert [beat.amplitude for beat in score(reps=3, fade=0.4).beats] == pytest.approx([1.0, 0.8, 0.6])


def test_a_pause_lengthens_the_rest_after_its_repetition_alone():
    plain, paused = score(reps=3), score(reps=3, pauses=[{"after": 2, "seconds": 4.0}])

    assert paused.beats[1] == plain.beats[1]
    assert paused.beats[2].start_s == pytest.approx(plain.beats[2].start_s + 4)


def test_a_dropped_leg_comes_down_in_the_seconds_of_its_severity_in_its_repetitions():
    dropped = {"code": "dropped", "severity": 0.4, "reps": [2]}
    first, second = score("straight-leg-raise", (dropped,), reps=2).beats

    assert first.end_s - first.leave_s == pytest.approx(1.0)
    assert second.end_s - second.leave_s == pytest.approx(0.4)


def test_a_bounce_takes_about_its_seconds_from_start_to_end():
    first = score("calf-raise", ({"code": "bouncing", "severity": 0.7},), reps=3).beats[0]

    assert first.end_s - first.start_s == pytest.approx(0.7, abs=0.02)


def test_a_fault_is_there_only_in_its_repetitions_and_only_away_from_rest():
    played = score("wall-squat", ({"code": "back_off_wall", "severity": 15, "reps": [1]},), reps=2)
    first, second = played.beats

    assert played.faulty("back_off_wall", first.peak_s) == pytest.approx(15)
    assert played.faulty("back_off_wall", second.peak_s) == 0
    assert played.faulty("back_off_wall", 0.5) == 0


def test_the_same_seed_gives_the_same_times_and_another_seed_others():
    part = scene("wall-squat", motion={"reps": 3, "jitter": 0.2}).part[0]

    assert Score(part, TEMPO, 4).beats == Score(part, TEMPO, 4).beats
    assert Score(part, TEMPO, 4).beats != Score(part, TEMPO, 5).beats
