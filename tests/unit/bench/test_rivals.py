"""The ways of others, each on signals whose count is known."""

from __future__ import annotations

import numpy as np
import pytest

from bench.archive import neighbours, ways
from bench.archive.items import Item, part_items
from bench.archive.neighbours import Samples
from bench.archive.rivals import Score, all_ways, courses_of, score, tuned
from repcount.core.skeleton import INDEX

FPS = 15


def _swings(reps: int, rest: float, far: float, seconds: float = 3.0) -> np.ndarray:
    """An angle that goes from rest to ``far`` and back, smoothly."""
    t = np.arange(int(reps * seconds * FPS)) / FPS
    return rest + (far - rest) * (1 - np.cos(2 * np.pi * t / seconds)) / 2


def _leg(knee_deg: np.ndarray, size: tuple[int, int] = (480, 360)) -> ways.Track:
    """A person on whom only the knees move: shin up and down, thigh level."""
    marks = np.zeros((len(knee_deg), 33, 3))
    turn = np.radians(knee_deg)
    for side in ("left", "right"):
        marks[:, INDEX[f"{side}_shoulder"], :2] = (100, 100)
        marks[:, INDEX[f"{side}_hip"], :2] = (100, 200)
        marks[:, INDEX[f"{side}_knee"], :2] = (180, 200)
        shin = np.stack([180 - 80 * np.cos(turn), 200 + 80 * np.sin(turn)], axis=1)
        marks[:, INDEX[f"{side}_ankle"], :2] = shin
    seen = np.ones((len(knee_deg), 33))
    return ways.Track(marks, seen, size)


def _item(knee_deg: np.ndarray, reps: int, name: str = "a", exercise: str = "wall-squat") -> Item:
    times = np.arange(len(knee_deg)) / FPS
    wanted = {exercise: (reps,)} if reps else {}
    return Item(name, _leg(knee_deg), times, wanted, () if reps else (exercise,), {})


def test_the_angle_of_a_joint_is_the_interior_one():
    track = _leg(np.array([180.0, 90.0, 45.0]))
    found = ways.joint_angles(track, ways.JOINTS["wall-squat"], "left")
    assert found == pytest.approx([180, 90, 45])


def test_normalised_coordinates_bend_the_angle_on_a_wide_picture():
    marks = np.zeros((1, 33, 3))
    for name, point in (("hip", (0, 0)), ("knee", (90, 90)), ("ankle", (0, 180))):
        marks[0, INDEX[f"left_{name}"], :2] = point
    track = ways.Track(marks, np.ones((1, 33)), (1280, 720))
    assert ways.joint_angles(track, ways.JOINTS["wall-squat"], "left")[0] == pytest.approx(90)
    bent = ways.joint_angles(track, ways.JOINTS["wall-squat"], "left", normalised=True)[0]
    assert bent == pytest.approx(2 * np.degrees(np.arctan(16 / 9)), abs=0.01)


def test_frames_without_a_person_are_left_out():
    track = _leg(np.array([180.0, 90.0, 45.0]))
    track.landmarks_px[1] = np.nan
    assert len(ways.joint_angles(track, ways.JOINTS["wall-squat"], "left")) == 2


def test_fixed_thresholds_count_what_passes_both():
    deep, shallow = _swings(4, 175, 80), _swings(4, 175, 120)
    assert ways.count_thresholds(deep, 145, 90, opens=False) == 4
    assert ways.count_thresholds(shallow, 145, 90, opens=False) == 0
    assert ways.count_thresholds(shallow, 160, 130, opens=False) == 4


def test_fixed_thresholds_count_a_joint_that_opens_where_it_has_opened():
    press = _swings(3, 80, 170)
    assert ways.count_thresholds(press, 145, 90, opens=True) == 3
    assert ways.count_thresholds(press[:15], 145, 90, opens=True) == 0


def test_thresholds_close_together_count_jitter_which_the_filter_takes_away():
    jitter = 150 + 8.0 * (-1.0) ** np.arange(60)
    assert ways.count_thresholds(jitter, 155, 145, opens=False) > 20
    assert ways.count_thresholds(ways.smoothed(jitter), 155, 145, opens=False) <= 1


def test_the_filter_is_the_mean_of_the_newest_five():
    assert ways.smoothed(np.array([1.0, 3.0, 5.0, 7.0, 9.0, 11.0])) == pytest.approx([1, 2, 3, 4, 5, 7])


@pytest.mark.extra("scipy")
def test_peaks_are_those_of_the_prominence():
    course = np.concatenate([_swings(3, 175, 140), _swings(2, 175, 165)])
    assert ways.count_peaks(course, 20, opens=False) == 3
    assert ways.count_peaks(course, 5, opens=False) == 5
    assert ways.count_peaks(360 - course, 20, opens=True) == 3


def test_an_embedding_is_blind_to_place_and_size():
    rng = np.random.default_rng(5)
    marks = rng.uniform(0, 300, (4, 33, 3))
    assert neighbours.embed(marks * 2.5 + np.array([40, -20, 0])) == pytest.approx(neighbours.embed(marks))


def test_votes_are_smoothed_over_ten_frames_the_newest_first():
    votes = neighbours.smooth(np.array([0.0] * 20 + [10.0] * 20))
    assert votes[20] == pytest.approx(10 / sum(0.8**k for k in range(10)))
    assert votes[29] == pytest.approx(10)


def test_an_entry_counts_when_it_is_left():
    votes = np.array([0, 5, 7, 9, 5, 7, 3, 0, 7, 9.0])
    assert neighbours.count_entries(votes) == 1
    assert neighbours.count_entries(np.append(votes, 2.0)) == 2


def test_neighbours_count_a_knee_that_bends_and_never_by_samples_of_the_same_clip():
    knee = _swings(3, 175, 80)
    track = _leg(knee)
    ends = _leg(np.tile(np.array([176.0, 172.0, 84.0, 80.0]), 5))
    far = np.tile(np.array([False, False, True, True]), 5)
    samples = Samples(neighbours.embed(ends.landmarks_px), far, np.array(["b"] * 10 + ["c"] * 10))
    assert neighbours.count_entries(neighbours.far_votes(track, samples)) == 3
    assert set(samples.without("b").clip) == {"c"}


def test_tuning_finds_thresholds_for_what_the_defaults_miss():
    way = all_ways(part_items("build"))["fixed"]
    items = [_item(_swings(4, 170, 130), 4), _item(_swings(3, 170, 125), 3, "b")]
    items.append(_item(_swings(5, 170, 158), 0, "none"))
    courses = courses_of(way, items)
    assert score(way, items, courses, ("wall-squat", way.default)).off == (4, 3)
    best = tuned(way, items, "wall-squat", courses)
    assert score(way, items, courses, ("wall-squat", best)) == Score((0, 0), (0,), (items[2].minutes,))
