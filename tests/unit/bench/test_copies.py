"""Changed copies of a recording: the same person, with what is known of the repetitions changed along."""

from dataclasses import replace

import numpy as np
import pytest

from bench.archive.copies import CHANGES, at_pace, joined, leaning, trembling
from bench.learning.labelled import Labelled, Truth
from bench.learning.table import rows_of, table_of
from bench.stick import Course, film, squatting

SQUAT = "wall-squat"
COURSE = Course(reps=3)
NAN = float("nan")
SQUATS = Labelled(
    "people",
    "squats",
    "somebody",
    list(film(COURSE, squatting)),
    tuple(Truth(SQUAT, NAN, peak_s, NAN, "") for peak_s in COURSE.peak_times_s),
    (),
)


@pytest.mark.parametrize("name", CHANGES)
def test_each_copy_has_the_repetitions_where_it_says(name):
    rows = rows_of(CHANGES[name](SQUATS))[SQUAT]
    assert sum(row.truth for row in rows) == COURSE.reps


def test_a_slower_copy_takes_longer_by_that_factor():
    slow = at_pace(SQUATS, 2.0)
    assert slow.track[-1][0] == pytest.approx(2.0 * SQUATS.track[-1][0])
    assert [rep.peak_s for rep in slow.reps] == [2.0 * rep.peak_s for rep in SQUATS.reps]


def test_turning_leaves_all_distances():
    (_, before), (_, after) = SQUATS.track[50], leaning(SQUATS, 6.0).track[50]
    moved = before.landmarks_px[:, :2] - after.landmarks_px[:, :2]
    assert np.abs(moved).max() > 1.0
    for points in ("landmarks_px", "world_m"):
        a, b = getattr(before, points), getattr(after, points)
        assert np.linalg.norm(b[11] - b[27]) == pytest.approx(np.linalg.norm(a[11] - a[27]), rel=1e-3)


def test_trembling_is_of_the_size_that_is_asked_for():
    moved = [
        (b.landmarks_px - a.landmarks_px)[25, 0]
        for (_, a), (_, b) in zip(SQUATS.track, trembling(SQUATS, 1).track, strict=True)
    ]
    first = SQUATS.track[0][1].landmarks_px
    trunk_px = np.linalg.norm(first[11, :2] - first[23, :2])
    assert 0.02 * trunk_px < np.std(moved) < 0.08 * trunk_px


def test_a_copy_stays_in_the_group_of_its_person():
    one = table_of(rows_of(SQUATS)[SQUAT])
    more = table_of(rows_of(replace(at_pace(SQUATS, 2.0), part="copies", name="slow"))[SQUAT])
    both = joined(one, more)
    assert both.groups == one.groups
    assert both.parts == ["people", "copies"]
    assert len(both.truth) == len(one.truth) + len(more.truth)
    assert set(both.clip[len(one.clip) :]).isdisjoint(both.clip[: len(one.clip)])
