from itertools import pairwise

import numpy as np
import pytest

from tests.unit.figure.scenes import ALL_FAULTS, SIDE, scene
from tools.figure.body import Body
from tools.figure.faults import EXERCISES, FAULTS
from tools.figure.motions.catalog import ACTS, TAUGHT
from tools.figure.scene import Scene, parse_scene
from tools.figure.skeleton import flexion_deg, leg_angles
from tools.figure.studio import Studio
from tools.figure.timeline import Timeline, build

PEAKS = {"straight-leg-raise": 45, "wall-squat": 60, "hamstring-curl": 105}


def truth_of(made: Scene) -> dict:
    studio = Studio(made)
    return studio.truth([studio.glimpse(float(t)) for t in studio.times_s])


def timeline_of(exercise: str, **more: object) -> Timeline:
    return build(scene(exercise, **more), Body())


def joints_at(timeline: Timeline, time_s: float) -> dict[str, np.ndarray]:
    return timeline.stage.skeleton.pose(timeline.pose_at(time_s)).joints


@pytest.mark.parametrize("exercise", [*EXERCISES, "lunge", "walking-through"])
def test_angles_from_the_written_joint_centres_are_those_of_the_picture_plane(exercise):
    truth = truth_of(scene(exercise, camera={"azimuth_deg": 25, "roll_deg": 4}, size=[640, 480], fps=4.0))
    frames = truth["frames"]

    for side in ("left", "right"):
        joints = {
            j: np.array(frames["joints_px"][f"{side}_{j}"]) for j in ("shoulder", "hip", "knee", "ankle")
        }
        for name, three in (("knee", ("hip", "knee", "ankle")), ("hip", ("shoulder", "hip", "knee"))):
            again = [flexion_deg(*points) for points in zip(*(joints[j] for j in three), strict=True)]
            np.testing.assert_allclose(again, frames[side][f"{name}_plane_deg"], atol=0.1)


def test_side_on_the_picture_plane_and_space_agree():
    left = truth_of(scene("wall-squat", size=[640, 480]))["frames"]["left"]

    np.testing.assert_allclose(left["knee_plane_deg"], left["knee_deg"], atol=4)


@pytest.mark.parametrize("exercise", PEAKS)
def test_the_driven_angle_reaches_its_target_at_the_peak(exercise):
    degrees = PEAKS[exercise]
    reps = truth_of(scene(exercise, fps=3.0))["reps"]

    assert len(reps) == 2
    for rep in reps:
        assert rep["peak_deg"] == pytest.approx(degrees, abs=3)
        assert rep["exercise"] == exercise


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("heading", ["left", "right"])
def test_only_the_named_leg_is_raised_wherever_the_head_lies(side, heading):
    timeline = timeline_of("straight-leg-raise", side=side, heading=heading)
    beat = timeline.parts()[0].beats[0]
    rest, top = joints_at(timeline, beat.start_s), joints_at(timeline, beat.peak_s)
    other = "right" if side == "left" else "left"

    assert leg_angles(top, side)["hip"] - leg_angles(rest, side)["hip"] > 35
    assert leg_angles(top, other)["hip"] == pytest.approx(leg_angles(rest, other)["hip"], abs=1)
    assert (top["nose"][0] < 0) == (heading == "left")


def test_a_calf_raise_lifts_the_heels_and_on_a_step_they_sink_below_the_toes():
    floor, step = (
        truth_of(scene("calf-raise", fps=5.0, motion={"reps": 1, "step": s}))["frames"] for s in (0, 1)
    )

    assert max(floor["left"]["heel_rise_m"]) > 0.07
    assert min(floor["left"]["heel_rise_m"]) == pytest.approx(0, abs=0.005)
    assert min(step["left"]["heel_rise_m"]) < -0.04


def test_the_feet_of_a_wall_squat_stay_where_they_are():
    timeline = timeline_of("wall-squat", motion={"range": "full", "reps": 1})
    places = [joints_at(timeline, t)["left_ankle"] for t in np.linspace(0, timeline.duration_s, 15)]

    np.testing.assert_allclose(places, np.broadcast_to(places[0], (15, 3)), atol=1e-4)


def test_a_leg_press_is_bent_at_rest_and_nearly_straight_at_its_peak():
    rep = truth_of(scene("leg-press", fps=3.0))["reps"][0]

    assert rep["peak_deg"] == pytest.approx(12, abs=1)
    assert rep["rom_deg"] == pytest.approx(78, abs=2)


def test_a_curl_of_both_legs_is_a_hold_from_its_top_to_its_leaving():
    truth = truth_of(scene("hamstring-curl", motion={"reps": 1, "hold_s": 5.0, "jitter": 0.0}, fps=3.0))
    (hold,), (rep,) = truth["holds"], truth["reps"]

    assert hold["end_s"] - hold["start_s"] == pytest.approx(5.0)
    assert (hold["start_s"], hold["end_s"]) == (rep["top_s"], rep["leave_s"])


@pytest.mark.parametrize(("exercise", "code"), ALL_FAULTS)
def test_every_fault_changes_the_motion_and_is_written_down_with_its_severity(exercise, code):
    good, bad = timeline_of(exercise), timeline_of(exercise, fault=[{"code": code}])
    kind = FAULTS[exercise][code]
    beats = bad.parts()[0].beats
    times = [t for b in beats for t in (b.start_s, (b.start_s + b.top_s) / 2, b.leave_s - 0.15)]

    apart = max(
        float(np.linalg.norm(joints_at(good, t)[name] - point))
        for t in times
        for name, point in joints_at(bad, t).items()
    )
    made = scene(exercise, fault=[{"code": code}], fps=2.0)

    assert apart > 0.02 or good.parts()[0].beats != bad.parts()[0].beats
    for rep in truth_of(made)["reps"]:
        assert rep["faults"] == [{"code": code, "severity": kind.usual, "unit": kind.unit}]


def test_a_fault_of_the_second_repetition_is_written_to_that_alone():
    fault = [{"code": "knee_bends", "severity": 22, "reps": [2]}]
    first, second = truth_of(scene("straight-leg-raise", fault=fault, fps=2.0))["reps"]

    assert first["faults"] == []
    assert second["faults"] == [{"code": "knee_bends", "severity": 22.0, "unit": "deg"}]


@pytest.mark.parametrize("name", sorted(set(ACTS) - set(EXERCISES) - set(TAUGHT)))
def test_a_negative_moves_and_has_no_repetitions(name):
    timeline = timeline_of(name)
    places = [list(joints_at(timeline, t).values()) for t in np.linspace(0, timeline.duration_s, 20)]

    assert timeline.parts()[0].beats == ()
    assert np.ptp(places, axis=0).max() > 0.1


@pytest.mark.parametrize("name", sorted(ACTS))
def test_nobody_jumps_from_frame_to_frame(name):
    timeline = timeline_of(name, side=SIDE.get(name, "both"))
    times = np.arange(0, timeline.duration_s, 1 / 30)
    if name == "walking-through":
        times = times[times < timeline.duration_s / 2 - 1]
    places = np.array([list(joints_at(timeline, float(t)).values()) for t in times])

    assert np.linalg.norm(np.diff(places, axis=0), axis=-1).max() < 0.2


def test_the_way_in_and_out_joins_the_exercise_without_a_jump():
    ways = [{"kind": kind} for kind in ("walks_in", "lies_down", "gets_up", "walks_out")]
    for exercise in ("straight-leg-raise", "hamstring-curl", "wall-squat"):
        timeline = timeline_of(exercise, disturbance=ways)
        times = np.arange(0, timeline.duration_s, 1 / 30)
        places = np.array([list(joints_at(timeline, float(t)).values()) for t in times])

        assert np.linalg.norm(np.diff(places, axis=0), axis=-1).max() < 0.2


def test_who_is_outside_the_picture_is_not_wholly_in_it():
    truth = truth_of(scene("wall-squat", disturbance=[{"kind": "walks_in"}], fps=5.0))
    whole, acts = truth["frames"]["whole"], truth["acts"]

    assert not whole[0]
    assert whole[-1]
    assert [act["exercise"] for act in acts][-1] == "wall-squat"
    assert acts[0]["posture"] == "moving"


def test_a_chair_before_the_knee_hides_it_for_its_second():
    chair = {"kind": "chair", "at_s": 3.0, "seconds": 1.0, "joint": "knee"}
    frames = truth_of(scene("wall-squat", disturbance=[chair], fps=10.0))["frames"]
    hidden = [t for t, names in zip(frames["time_s"], frames["hidden"], strict=True) if "left_knee" in names]

    assert hidden[0] == pytest.approx(3.0, abs=0.3)
    assert hidden[-1] == pytest.approx(4.0, abs=0.3)


def test_an_arm_before_the_knee_is_where_the_camera_sees_the_knee():
    arm = {"kind": "arm", "at_s": 2.0, "seconds": 1.0, "joint": "hip"}
    studio = Studio(scene("straight-leg-raise", disturbance=[arm], size=[640, 480]))
    before, during = (studio.glimpse(t) for t in (1.0, 2.5))
    shoulder, wrist, hip = (during.joints_px[f"right_{name}"] for name in ("shoulder", "wrist", "hip"))
    off = abs(np.linalg.det(np.stack([wrist - shoulder, hip - shoulder]))) / np.linalg.norm(wrist - shoulder)

    assert before.whole
    assert during.hidden == ("right_hip",)
    assert off < 15


def test_a_nudged_camera_shifts_the_picture_and_stays_there():
    nudge = {"kind": "nudge", "at_s": 1.0, "shift": 0.1}
    wall = scene("calf-raise", disturbance=[nudge])
    before, after, later = (Studio(wall).glimpse(t).joints_px["left_ankle"] for t in (0.5, 1.3, 1.35))

    assert np.linalg.norm(after - before) > 2
    assert np.linalg.norm(later - after) < 0.5


def test_a_session_does_its_exercises_one_after_the_other():
    parts = [
        {"exercise": "calf-raise", "motion": {"reps": 2}},
        {"exercise": "wall-squat", "at_m": 0.8, "motion": {"reps": 3}},
    ]
    truth = truth_of(parse_scene({"part": parts, "fps": 2.0, "size": [160, 120]}, "session"))
    done = [act["exercise"] for act in truth["acts"] if act["exercise"]]
    edges = [(act["start_s"], act["end_s"]) for act in truth["acts"]]

    assert done == ["calf-raise", "wall-squat"]
    assert [rep["exercise"] for rep in truth["reps"]] == ["calf-raise"] * 2 + ["wall-squat"] * 3
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
