import numpy as np
import pytest

from tools.figure.body import Body, Shape
from tools.figure.rotation import align, between, frame, rx, ry, rz
from tools.figure.skeleton import BONES, Pose, blend, flexion_deg, knee_of, leg_angles

UPRIGHT = np.tile(np.eye(3), (len(BONES), 1, 1))


def turned(bones: dict[str, np.ndarray]) -> Pose:
    pose = Pose(np.zeros(3), UPRIGHT)
    for bone, turn in bones.items():
        pose = pose.turned(bone, turn)
    return pose


@pytest.mark.parametrize("degrees", [0.0, 12.5, 90.0, 130.0])
def test_a_bent_shin_bends_the_knee_by_as_much(degrees):
    joints = Body().skeleton.pose(turned({"shin.L": rx(degrees)})).joints

    assert leg_angles(joints, "left")["knee"] == pytest.approx(degrees, abs=1e-3)
    assert leg_angles(joints, "right")["knee"] == pytest.approx(0, abs=1e-3)


def test_the_knee_lies_at_thigh_and_shin_length_on_the_side_asked_for():
    skeleton = Body().skeleton
    hip, ankle = np.array([0.1, 0.9, 0.0]), np.array([0.1, 0.3, 0.2])

    knee = knee_of(hip, ankle, skeleton, np.array([0, 0, 1.0]))

    assert np.linalg.norm(knee - hip) == pytest.approx(skeleton.thigh_m)
    assert np.linalg.norm(ankle - knee) == pytest.approx(skeleton.shin_m)
    assert knee[2] > 0.1


@pytest.mark.extra("skimage")
@pytest.mark.parametrize("height", [1.5, 1.76, 1.95])
@pytest.mark.parametrize("build", ["slim", "heavy"])
def test_a_body_is_as_tall_as_asked_and_stands_on_the_floor(height, build):
    points = Body(Shape(height_m=height, build=build, hair="bald"), step_m=0.02).skin.points

    assert points[:, 1].min() == pytest.approx(0, abs=0.01)
    assert points[:, 1].max() == pytest.approx(height, abs=0.04)


def test_a_heavy_body_is_deeper_and_a_long_legged_one_has_longer_legs():
    assert Body(Shape(build="heavy")).front_m > Body().front_m + 0.02
    assert Body(Shape(legs=1.1)).skeleton.leg_m(0) > Body().skeleton.leg_m(0) * 1.03


def test_left_and_right_are_mirror_images():
    joints = Body(Shape(sex="female", build="sturdy")).skeleton.pose(turned({})).joints

    for name, point in joints.items():
        if name.startswith("left_"):
            np.testing.assert_allclose(joints[name.replace("left", "right")], point * [-1, 1, 1], atol=1e-12)


def test_half_way_between_two_poses_every_joint_has_turned_half():
    start, end = turned({"shin.L": rx(0)}), turned({"shin.L": rx(80), "farm.R": rx(-60)})

    middle = Body().skeleton.pose(blend(start, end, 0.5)).joints

    assert leg_angles(middle, "left")["knee"] == pytest.approx(40, abs=1e-6)


def test_the_way_from_one_rotation_to_another_ends_there_even_for_a_half_turn():
    a = np.stack([np.eye(3), rx(30), rz(10)])
    b = np.stack([ry(180), rx(-70), rz(10)])

    np.testing.assert_allclose(between(a, b, 0.0), a, atol=1e-12)
    np.testing.assert_allclose(between(a, b, 1.0), b, atol=1e-12)
    np.testing.assert_allclose(between(a, b, 0.5)[1], rx(-20), atol=1e-12)


def test_frames_and_alignments_are_rotations():
    for turn in (
        frame([0, -1, 0.3], [1, 0, 0]),
        align([0, -1, 0], [0.2, 1, 0.1]),
        align([0, 1, 0], [0, -1, 0]),
    ):
        np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(turn) == pytest.approx(1)


def test_a_straight_joint_has_no_flexion_and_a_right_angle_ninety_degrees():
    a, b = np.array([0.0, 1.0]), np.zeros(2)

    assert flexion_deg(a, b, np.array([0.0, -2.0])) == pytest.approx(0, abs=1e-3)
    assert flexion_deg(a, b, np.array([3.0, 0.0])) == pytest.approx(90)
