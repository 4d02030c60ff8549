"""Exercises that are none of the five: what the truth says of their repetitions, and how they look."""

import numpy as np
import pytest

from tests.unit.figure.scenes import scene
from tests.unit.figure.test_truth import joints_at, timeline_of, truth_of
from tools.figure.drive import drive_deg
from tools.figure.motions.catalog import TAUGHT, negative_for
from tools.figure.skeleton import leg_angles

LEAST_ROM_DEG = {
    "bridge": 25,
    "crunch": 15,
    "lunge": 45,
    "sit-to-stand": 60,
    "marching": 65,
    "knee-hug": 90,
    "double-leg-raise": 50,
    "side-leg-raise": 30,
    "heel-slide": 90,
    "good-morning": 55,
    "biceps-curl": 100,
    "arm-raise": 70,
}
ONE_SIDED = ("marching", "knee-hug", "side-leg-raise", "heel-slide")


def peak_joints(exercise, **more):
    timeline = timeline_of(exercise, **more)
    beat = timeline.parts()[0].beats[0]
    return joints_at(timeline, beat.start_s), joints_at(timeline, beat.peak_s)


def test_every_exercise_that_may_be_taught_has_its_range_here():
    assert set(LEAST_ROM_DEG) == set(TAUGHT)


@pytest.mark.parametrize("name", TAUGHT)
def test_its_repetitions_are_in_the_truth_as_those_of_the_five_are(name):
    truth = truth_of(scene(name, fps=3.0))
    first, second = truth["reps"]

    assert (first["exercise"], first["number"], second["number"]) == (name, 1, 2)
    assert first["start_s"] < first["top_s"] < first["peak_s"] < first["leave_s"] < first["end_s"]
    assert first["end_s"] <= second["start_s"]
    assert min(first["rom_deg"], second["rom_deg"]) > LEAST_ROM_DEG[name]
    assert (first["faults"], truth["holds"]) == ([], [])


@pytest.mark.parametrize("name", TAUGHT)
def test_it_is_none_of_the_five(name):
    truth = truth_of(scene(name, fps=2.0))

    assert [act["exercise"] for act in truth["acts"]] == [None]
    assert truth["negative_for"] == list(negative_for(name))


@pytest.mark.parametrize("name", TAUGHT)
def test_a_smaller_amplitude_is_a_smaller_range(name):
    motion = {"reps": 2, "amplitude": (1.0, 0.8), "jitter": 0.0}
    full, small = truth_of(scene(name, fps=2.0, side="left", motion=motion))["reps"]

    assert small["rom_deg"] < 0.96 * full["rom_deg"]


@pytest.mark.parametrize("name", ONE_SIDED)
def test_left_and_right_take_turns_unless_one_is_named(name):
    def sides(side):
        return [rep["side"] for rep in truth_of(scene(name, fps=2.0, side=side))["reps"]]

    assert (sides("both"), sides("left"), sides("right")) == (["left", "right"], ["left"] * 2, ["right"] * 2)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_named_foot_is_ahead_in_a_lunge(side):
    rest, low = peak_joints("lunge", side=side, heading="right")
    other = "right" if side == "left" else "left"

    assert rest[f"{side}_ankle"][0] - rest[f"{other}_ankle"][0] > 0.5
    assert 80 < leg_angles(low, side)["knee"] < 110
    assert low[f"{other}_heel"][1] > low[f"{side}_heel"][1] + 0.02


@pytest.mark.parametrize("name", ONE_SIDED)
def test_the_right_is_the_mirror_image_of_the_left(name):
    def angles(side, other):
        rest, top = peak_joints(name, side=side)
        return [leg_angles(joints, whose)["knee"] for joints in (rest, top) for whose in (side, other)]

    np.testing.assert_allclose(angles("left", "right"), angles("right", "left"), atol=3)


@pytest.mark.parametrize("heading", ["left", "right"])
def test_a_leg_is_raised_sideways_and_straight_while_the_other_foot_stays(heading):
    rest, top = peak_joints("side-leg-raise", side="right", heading=heading)
    timeline = timeline_of("side-leg-raise", side="right", heading=heading)
    beat = timeline.parts()[0].beats[0]
    posed = timeline.stage.skeleton.pose(timeline.pose_at(beat.peak_s))

    assert 30 < drive_deg(posed, "right", "abduction") < 40
    assert leg_angles(top, "right")["knee"] < 10
    assert top["right_ankle"][1] - rest["right_ankle"][1] > 0.1
    np.testing.assert_allclose(top["left_ankle"], rest["left_ankle"], atol=1e-6)


def test_the_heel_slides_along_the_floor():
    timeline = timeline_of("heel-slide", side="left")
    beat = timeline.parts()[0].beats[0]
    heels = np.array(
        [joints_at(timeline, t)["left_heel"] for t in np.linspace(beat.start_s, beat.peak_s, 12)]
    )

    assert np.ptp(heels[:, 1]) < 0.05
    assert np.ptp(heels[:, 0]) > 0.25
    assert 85 < leg_angles(joints_at(timeline, beat.peak_s), "left")["knee"] < 115


def test_a_good_morning_bows_the_trunk_and_hardly_the_knees():
    _, top = peak_joints("good-morning")
    trunk = (top["left_shoulder"] + top["right_shoulder"]) / 2 - (top["left_hip"] + top["right_hip"]) / 2

    assert 60 < np.degrees(np.arccos(trunk[1] / np.linalg.norm(trunk))) < 75
    assert leg_angles(top, "left")["knee"] < 22


def test_arms_bend_at_the_elbow_or_go_up_sideways():
    _, curled = peak_joints("biceps-curl")
    hanging, raised = peak_joints("arm-raise")

    assert np.linalg.norm(curled["left_wrist"] - curled["left_shoulder"]) < 0.3
    assert raised["left_wrist"][1] > hanging["left_wrist"][1] + 0.4
    assert raised["left_wrist"][1] < raised["left_shoulder"][1] + 0.1
