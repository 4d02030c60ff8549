from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stick import Body, Leg, both, lying_curl, lying_raise, on_toes, pose, squatting
from repcount.core.records import Pose, Side
from repcount.core.signal_names import SIGNALS, Signals, reader, together
from repcount.core.skeleton import MIRRORED
from repcount.features.measure import measure

angles = st.floats(5.0, 150.0)


@given(knee=angles, hip=st.floats(5.0, 120.0))
def test_flexion_in_side_view_is_that_of_the_figure(knee: float, hip: float) -> None:
    leg = measure(pose(both(knee_deg=knee, hip_deg=hip))).left
    assert leg.knee_flexion_deg == pytest.approx(knee, abs=0.01)
    assert leg.hip_flexion_deg == pytest.approx(hip, abs=0.01)


@given(knee=angles, shift=st.floats(-200, 200), scale=st.floats(0.3, 3), turn=st.floats(-180, 180))
def test_flexion_survives_shift_scale_and_rotation(
    knee: float, shift: float, scale: float, turn: float
) -> None:
    straight = pose(squatting(knee))
    a = np.radians(turn)
    turned = straight.landmarks_px[:, :2].astype(float) @ np.array(
        [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]
    )
    moved = straight.landmarks_px.copy()
    moved[:, :2] = scale * turned + shift
    found = measure(replace(straight, landmarks_px=moved)).left
    assert found.knee_flexion_deg == pytest.approx(knee, abs=0.05)


@given(left=angles, right=angles)
def test_a_mirrored_picture_swaps_the_legs_and_nothing_else(left: float, right: float) -> None:
    seen = pose(Body(Leg(left, 20), Leg(right, 20)))
    order = list(MIRRORED)
    flipped = seen.landmarks_px[order].copy()
    flipped[:, 0] = seen.size_px[0] - flipped[:, 0]
    world = seen.world_m[order].copy()
    world[:, 0] *= -1
    found = measure(Pose(flipped, seen.visibility[order], world, seen.size_px))
    assert found.left.knee_flexion_deg == pytest.approx(right, abs=0.01)
    assert found.right.knee_flexion_deg == pytest.approx(left, abs=0.01)


@pytest.mark.parametrize("size_px", [(1920, 1080), (1080, 1920), (640, 480)])
def test_a_right_angle_is_a_right_angle_whatever_the_picture_s_shape(size_px: tuple[int, int]) -> None:
    assert measure(pose(squatting(90.0), size_px)).left.knee_flexion_deg == pytest.approx(90.0, abs=0.01)


def test_lying_on_the_back_the_chest_faces_up_and_on_the_belly_down() -> None:
    assert measure(pose(lying_raise(0.0))).body.chest_elevation_deg == pytest.approx(90.0, abs=0.1)
    assert measure(pose(lying_curl(0.0))).body.chest_elevation_deg == pytest.approx(-90.0, abs=0.1)
    assert measure(pose(squatting(0.0))).body.chest_elevation_deg == pytest.approx(0.0, abs=0.1)


@given(rise=st.floats(0.0, 45.0))
def test_heel_rise_follows_the_heel(rise: float) -> None:
    flat = measure(pose(on_toes(0.0))).left.heel_rise_deg
    assert measure(pose(on_toes(rise))).left.heel_rise_deg - flat == pytest.approx(rise, abs=6.0)


def test_a_side_view_is_90_degrees_and_a_front_view_0() -> None:
    side_on = pose(squatting(10.0))
    assert measure(side_on).body.view_deg == pytest.approx(90.0)
    front = side_on.world_m[:, [2, 1, 0]]
    assert measure(replace(side_on, world_m=front)).body.view_deg == pytest.approx(0.0, abs=0.1)


def test_in_front_view_flexion_comes_from_the_world_landmarks() -> None:
    side_on = pose(squatting(70.0))
    flat = side_on.landmarks_px.copy()
    flat[:, 0] = 320 + 0.1 * (flat[:, 0] - 320)  # foreshortened, as from the front
    seen = measure(replace(side_on, landmarks_px=flat, world_m=side_on.world_m[:, [2, 1, 0]]))
    assert seen.left.knee_flexion_deg == pytest.approx(70.0, abs=0.1)


def test_an_unseen_joint_is_nan_and_never_a_number() -> None:
    seen = pose(squatting(40.0))
    seen.landmarks_px[25] = np.nan
    seen.world_m[25] = np.nan
    found = measure(seen)
    assert np.isnan(found.left.knee_flexion_deg)
    assert np.isnan(found.left.hip_flexion_deg)
    assert found.right.knee_flexion_deg == pytest.approx(40.0, abs=0.01)


def test_a_signal_of_both_legs_leans_to_the_one_that_is_seen() -> None:
    assert together(40.0, 60.0, 0.9, 0.9) == pytest.approx(50.0)
    assert together(40.0, 60.0, 0.9, 0.1) == pytest.approx(40.3, abs=0.3)
    assert together(float("nan"), 60.0, 0.9, 0.1) == 60.0


def test_every_signal_has_a_unit_and_a_line_of_documentation() -> None:
    signals = measure(pose(squatting(30.0)))
    for info in SIGNALS:
        assert info.unit
        assert info.doc
        assert isinstance(signals.value(info.name, Side.BOTH), float)


def test_a_reader_reads_what_the_signal_s_name_gives_of_every_side() -> None:
    signals = measure(pose(squatting(40.0)))
    leg = replace(signals.left, hip_height_ratio=float("nan"), visibility=0.3)
    for shown in (signals, replace(signals, left=leg), Signals()):
        for info in SIGNALS:
            for side in Side:
                value = shown.value(info.name, side)
                assert reader(info.name, side)(shown) == pytest.approx(value, rel=0, abs=0, nan_ok=True)


def test_a_foot_in_the_air_is_in_the_air_however_high() -> None:
    lifts = [
        measure(pose(Body(Leg(), Leg(knee_deg=knee_deg)))).right.foot_lift_ratio
        for knee_deg in (0.0, 20.0, 70.0, 110.0)
    ]
    assert lifts[0] == pytest.approx(0.0, abs=0.01)
    assert 0.0 < lifts[1] < lifts[2] == lifts[3] == pytest.approx(0.4)
