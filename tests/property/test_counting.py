"""What holds of every count, whoever moves and however it is filmed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stick import Course, pose, squatting
from repcount.core.records import Pose
from tests.property.sets import (
    FEW,
    GAPS,
    RECORDED,
    RECORDINGS,
    SETS,
    SWAPPED,
    Done,
    Gap,
    Track,
    changed,
    judge,
    mirrored,
    placed,
    recording,
    tilted,
    tracks,
    trembling,
    without,
)

RATES = (15.0, 30.0, 60.0)


@FEW
@given(tracks(), GAPS, st.floats(0.0, 4.0), st.integers(0, 99))
def test_the_count_never_falls(judged: tuple[str, Track], gaps: list[Gap], size_px: float, seed: int) -> None:
    exercise, track = judged
    told = judge(exercise, without(trembling(track, size_px, seed), gaps))
    assert list(told.counts) == sorted(told.counts)
    assert told.counts[-1] == len(told.reps) == len(told.sides)


@FEW
@given(SETS)
def test_fifteen_thirty_and_sixty_frames_a_second_agree(done: Done) -> None:
    for fps in RATES:
        assert judge(done.exercise, done.track(fps)).sides == [done.side] * done.course.reps, fps


@FEW
@given(SETS)
def test_a_mirror_changes_the_sides_and_nothing_else(done: Done) -> None:
    track = done.track()
    plain, other = judge(done.exercise, track), judge(done.exercise, changed(track, mirrored))
    assert other.sides == [SWAPPED[side] for side in plain.sides] == [SWAPPED[done.side]] * done.course.reps


@pytest.mark.parametrize(("exercise", "name"), RECORDINGS)
def test_a_mirror_changes_the_sides_of_a_recording_and_nothing_else(exercise: str, name: str) -> None:
    track = recording(name)
    plain, other = judge(exercise, track), judge(exercise, changed(track, mirrored))
    assert other.sides == [SWAPPED[side] for side in plain.sides]
    assert other.sides


@FEW
@given(tracks(), st.floats(-8.0, 8.0))
def test_a_camera_that_is_not_level_changes_nothing(judged: tuple[str, Track], angle_deg: float) -> None:
    exercise, track = judged
    assert judge(exercise, changed(track, tilted(angle_deg))).sides == judge(exercise, track).sides


@FEW
@given(tracks(), st.floats(0.4, 1.5), st.floats(-60.0, 60.0), st.floats(-60.0, 60.0))
def test_where_and_how_large_the_person_is_changes_nothing(
    judged: tuple[str, Track], scale: float, right_px: float, down_px: float
) -> None:
    exercise, track = judged
    moved = changed(track, placed(scale, (right_px, down_px)))
    assert judge(exercise, moved).sides == judge(exercise, track).sides


@FEW
@given(tracks(), GAPS)
def test_a_dropout_never_adds_a_repetition(judged: tuple[str, Track], gaps: list[Gap]) -> None:
    exercise, track = judged
    assert len(judge(exercise, without(track, gaps)).sides) <= len(judge(exercise, track).sides)


@FEW
@given(RECORDED, GAPS)
def test_a_dropout_makes_nobody_who_stands_about_exercise(pair: tuple[str, str], gaps: list[Gap]) -> None:
    assert judge(pair[0], without(recording("standing_about"), gaps)).sides == []


@FEW
@given(tracks(), st.floats(0.1, 1.0))
def test_what_was_told_stays_told(judged: tuple[str, Track], share: float) -> None:
    exercise, track = judged
    _stays(exercise, track, share)


@FEW
@given(tracks(), st.floats(0.1, 1.0))
def test_what_was_told_stays_told_where_nobody_said_what_is_done(
    judged: tuple[str, Track], share: float
) -> None:
    _stays(None, judged[1], share)


def _stays(exercise: str | None, track: Track, share: float) -> None:
    """What a stream that goes on has told by some moment is in what it says at the end."""
    whole = judge(exercise, track)
    cut: list[tuple[float, Pose | None]] = track[: max(1, int(share * len(track)))]
    heard = [rep for rep in judge(exercise, cut).reps if rep.announced_s < cut[-1][0]]
    end = {(rep.side, rep.peak_s, rep.rom_deg) for each in whole.summaries for rep in each.repetitions}
    assert whole.reps[: len(heard)] == tuple(heard)
    assert end >= {(rep.side, rep.peak_s, rep.rom_deg) for rep in heard}


@FEW
@given(st.integers(0, 2**32 - 1))
def test_trembling_below_half_the_smallest_range_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    course = Course()
    noisy = [(t, pose(squatting(course.at(t) + rng.uniform(-3.0, 3.0)))) for t in course.times(30)]
    assert len(judge("wall-squat", noisy).reps) == course.reps
