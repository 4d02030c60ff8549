"""Poses of other networks: what they must look like, and what the engine measures in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stick import Body, both, lying_curl, lying_raise, pose, squatting
from repcount.core.errors import InputError
from repcount.core.geometry import lifted
from repcount.core.records import Pose, Side
from repcount.core.signal_names import NEEDS_FEET, SIGNALS
from repcount.core.skeleton import COCO17, COCO17_ROWS, INDEX, LANDMARKS
from repcount.features.measure import measure


@dataclass
class Mark:
    """A landmark as MediaPipe's Tasks API gives it."""

    x: float
    y: float
    z: float
    visibility: float | None


def as_coco17(whole: Pose) -> Pose:
    return Pose.from_coco17(
        whole.landmarks_px[COCO17_ROWS, :2], whole.visibility[COCO17_ROWS], *whole.size_px
    )


def test_coco_is_a_table_of_landmarks_that_blazepose_has_too() -> None:
    assert len(COCO17) == 17
    assert [LANDMARKS[row] for row in COCO17_ROWS] == list(COCO17)


def test_a_pose_of_coco_has_its_points_where_they_were_given_and_no_feet() -> None:
    whole = pose(squatting(60.0))
    found = as_coco17(whole)
    assert np.array_equal(found.landmarks_px[COCO17_ROWS, :2], whole.landmarks_px[COCO17_ROWS, :2])
    assert found.size_px == whole.size_px
    others = sorted(set(range(33)) - set(COCO17_ROWS))
    assert np.isnan(found.landmarks_px[others]).all()
    assert not found.visibility[others].any()
    assert whole.has_feet
    assert not found.has_feet


def test_a_point_that_is_not_known_is_not_seen_and_sureness_stays_between_0_and_1() -> None:
    points, scores = np.full((17, 2), 100.0), np.full(17, 1.3)
    points[15] = np.nan
    scores[16] = np.nan
    seen = Pose.from_coco17(points, scores, 640, 480).visibility
    assert seen[INDEX["left_ankle"]] == 0.0
    assert seen[INDEX["right_ankle"]] == 0.0
    assert seen[INDEX["left_knee"]] == 1.0


@pytest.mark.parametrize(("points", "scores"), [((16, 2), (17,)), ((17, 3), (17,)), ((17, 2), (1, 17))])
def test_what_are_not_17_points_is_refused_with_the_right_shape(
    points: tuple[int, ...], scores: tuple[int, ...]
) -> None:
    with pytest.raises(InputError, match=r"give \(17, 2\) and \(17,\)"):
        Pose.from_coco17(np.zeros(points), np.zeros(scores), 640, 480)


@given(knee=st.floats(5.0, 110.0))
def test_from_the_side_a_leg_of_coco_is_as_bent_as_that_of_all_points(knee: float) -> None:
    whole = pose(squatting(knee))
    of_coco, of_all = measure(as_coco17(whole)), measure(whole)
    assert of_coco.body.view_deg > 75.0
    assert of_coco.left.knee_flexion_deg == pytest.approx(of_all.left.knee_flexion_deg, abs=0.01)
    assert of_coco.left.hip_flexion_deg == pytest.approx(of_all.left.hip_flexion_deg, abs=0.01)


def mirrored(body: Body) -> Pose:
    """The same person the other way round in the picture: left and right change places too."""
    seen = pose(body)
    landmarks = seen.landmarks_px.copy()
    landmarks[:, 0] = seen.size_px[0] - landmarks[:, 0]
    return replace(seen, landmarks_px=landmarks)


@pytest.mark.parametrize("turn", [pose, mirrored])
def test_on_the_back_the_chest_faces_up_and_on_the_belly_down(turn: object) -> None:
    assert callable(turn)
    assert measure(as_coco17(turn(lying_raise(30.0)))).body.chest_elevation_deg > 60.0
    assert measure(as_coco17(turn(lying_curl(60.0)))).body.chest_elevation_deg < -60.0


def test_shoulders_as_wide_as_they_are_show_a_front() -> None:
    points = lifted(pose(both(knee_deg=0.0, hip_deg=0.0)).points_px)
    wide = {name: (0.0, 0.0) for name in LANDMARKS}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        wide |= {f"{side}_shoulder": (60 * sign, 0.0), f"{side}_hip": (39 * sign, 173.0)}
        wide |= {f"{side}_knee": (39 * sign, 320.0), f"{side}_ankle": (39 * sign, 467.0)}
    front = lifted([wide[name] for name in LANDMARKS])
    assert abs(front[INDEX["left_shoulder"]][2]) < 0.03
    assert abs(points[INDEX["left_shoulder"]][2]) > 0.1
    assert front[INDEX["left_shoulder"]][0] - front[INDEX["right_shoulder"]][0] == pytest.approx(
        0.34, abs=0.01
    )


def test_a_point_that_is_not_known_leaves_the_others_where_they_are() -> None:
    whole = pose(squatting(60.0))
    points = whole.landmarks_px[COCO17_ROWS, :2].copy()
    points[[COCO17.index("left_shoulder"), COCO17.index("nose")]] = np.nan
    found = Pose.from_coco17(points, whole.visibility[COCO17_ROWS], *whole.size_px)
    assert measure(found).right.knee_flexion_deg == pytest.approx(60.0, abs=0.01)
    assert np.isfinite(found.world_m[INDEX["right_ankle"]]).all()


def test_nobody_at_all_is_a_pose_of_unknowns() -> None:
    found = Pose.from_coco17(np.full((17, 2), np.nan), np.zeros(17), 640, 480)
    assert np.isnan(found.world_m).all()


def test_feet_that_are_not_seen_have_no_pitch_and_no_lift() -> None:
    whole = pose(squatting(60.0))
    landmarks = whole.landmarks_px.copy()
    rows = [
        INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("ankle", "heel", "foot_index")
    ]
    landmarks[rows] = np.nan
    leg = measure(replace(whole, landmarks_px=landmarks)).left
    assert np.isnan([leg.heel_rise_deg, leg.foot_lift_ratio, leg.hip_height_ratio]).all()


def test_the_signals_that_need_feet_are_those_that_coco_leaves_unknown() -> None:
    signals = measure(as_coco17(pose(squatting(60.0))))
    whole = measure(pose(squatting(60.0)))
    lost = {
        info.name
        for info in SIGNALS
        if np.isnan(signals.value(info.name, Side.LEFT)) and not np.isnan(whole.value(info.name, Side.LEFT))
    }
    assert lost == NEEDS_FEET


def test_mediapipe_comes_as_objects_or_as_an_array_and_is_the_same() -> None:
    rng = np.random.default_rng(1)
    shares, world = rng.random((33, 5), np.float32), rng.random((33, 5), np.float32)
    marks, spots = ([Mark(*row[:4].tolist()) for row in rows] for rows in (shares, world))
    of_objects = Pose.from_mediapipe(marks, 640, 480, spots)
    of_arrays = Pose.from_mediapipe(shares, 640, 480, world)
    for name in ("landmarks_px", "visibility", "world_m"):
        assert np.array_equal(getattr(of_objects, name), getattr(of_arrays, name))
    assert of_arrays.landmarks_px[3].tolist() == pytest.approx(
        [shares[3, 0] * 640, shares[3, 1] * 480, shares[3, 2] * 640]
    )


def test_mediapipe_without_visibility_or_world_counts_as_seen_and_is_put_in_space_by_the_picture() -> None:
    whole = pose(squatting(60.0))
    shares = whole.landmarks_px / (whole.size_px[0], whole.size_px[1], whole.size_px[0])
    found = Pose.from_mediapipe(shares, *whole.size_px)
    assert found.visibility.tolist() == [1.0] * 33
    assert measure(found).body.view_deg > 75.0
    marks = [Mark(*row, None) for row in shares.tolist()]
    assert Pose.from_mediapipe(marks, *whole.size_px).visibility.tolist() == [1.0] * 33


@pytest.mark.parametrize(
    "wrong", [[], [[Mark(0, 0, 0, 1)] * 33], np.zeros((33, 2)), np.zeros((1, 33, 3)), ["x"] * 33]
)
def test_what_are_not_33_landmarks_is_refused_with_what_to_give(wrong: object) -> None:
    with pytest.raises(InputError, match=r"give result\.pose_landmarks\[0\]"):
        Pose.from_mediapipe(wrong, 640, 480)
