"""What is outside the picture is counted by and not judged: the network invents it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from bench.stick import Course, film, on_toes, pose, squatting
from repcount.core.records import Pose, Status
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog
from repcount.features.visibility import unseen_joints
from repcount.session.guided.framing import PersonWatch
from repcount.session.session import Session
from tests.unit.session.test_session import judge

DEEP = Course(peak=118.0)


def cut_below(seen: Pose, joint: str) -> Pose:
    """The same in a picture that ends at a joint's height."""
    height = int(seen.landmarks_px[[INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]], 1].min())
    return replace(seen, size_px=(seen.size_px[0], height))


def cut_at(poses: Iterable[tuple[float, Pose]], height: int) -> list[tuple[float, Pose]]:
    return [(time_s, replace(seen, size_px=(seen.size_px[0], height))) for time_s, seen in poses]


def shin_height() -> int:
    standing = pose(squatting(0.0))
    knee, ankle = (standing.landmarks_px[INDEX[f"left_{joint}"], 1] for joint in ("knee", "ankle"))
    return int(knee + 0.5 * (ankle - knee))


def test_only_joints_beyond_the_edge_are_outside() -> None:
    assert unseen_joints(pose(squatting(0.0))) == frozenset()
    outside = unseen_joints(replace(pose(squatting(0.0)), size_px=(640, shin_height())))
    assert outside == {f"{s}_{j}" for s in ("left", "right") for j in ("ankle", "heel", "foot_index")}


def test_a_joint_near_the_edge_is_outside_where_the_network_doubts_it() -> None:
    standing = cut_below(pose(squatting(0.0)), "ankle")
    assert "left_ankle" not in unseen_joints(standing)
    dim = standing.visibility.copy()
    dim[INDEX["left_ankle"]] = 0.3
    assert "left_ankle" in unseen_joints(replace(standing, visibility=dim))


def test_squats_without_feet_are_counted_and_their_depth_is_not_told() -> None:
    whole = judge("wall-squat", film(DEEP))
    assert {fault.code for rep in whole.repetitions for fault in rep.faults} >= {"beyond_safe"}
    cut = judge("wall-squat", cut_at(film(DEEP), shin_height()))
    assert len(cut.repetitions) == DEEP.reps
    assert all(isnan(rep.peak_deg) and isnan(rep.rom_deg) for rep in cut.repetitions)
    assert "beyond_safe" not in {fault.code for rep in cut.repetitions for fault in rep.faults}
    assert not [cue for cue in cut.cues if cue.code == "beyond_safe"]
    assert cut.out_of_picture == ("feet",)
    assert {"beyond_safe", "not_deep_enough", "heels_lift"} <= set(cut.not_judged)
    assert "back_off_wall" not in cut.not_judged


def test_no_angle_is_shown_of_a_joint_outside() -> None:
    session = Session(catalog.get("wall-squat"))
    shown = [session.step(time_s, seen) for time_s, seen in cut_at(film(Course(reps=1)), shin_height())]
    assert all(isnan(each.left.knee_deg) and not isnan(each.left.hip_deg) for each in shown)


def test_without_a_head_only_what_hangs_on_it_is_not_judged() -> None:
    top = int(pose(squatting(0.0)).landmarks_px[INDEX["left_shoulder"], 1]) - 5

    def lowered(seen: Pose) -> Pose:
        marks = seen.landmarks_px - np.array([0.0, top, 0.0], np.float32)
        return replace(seen, landmarks_px=marks, size_px=(seen.size_px[0], seen.size_px[1] - top))

    found = judge("wall-squat", [(time_s, lowered(seen)) for time_s, seen in film(Course(reps=2))])
    assert found.out_of_picture == ("head",)
    assert "head_off_wall" in found.not_judged
    assert "back_off_wall" not in found.not_judged
    assert not any(isnan(rep.peak_deg) for rep in found.repetitions)


@pytest.mark.parametrize(
    ("exercise", "body", "peak"), [("wall-squat", squatting, 80.0), ("calf-raise", on_toes, 25.0)]
)
def test_a_repetition_whose_start_was_not_seen_is_uncertain(exercise: str, body: object, peak: float) -> None:
    course = Course(rest=0.0, peak=peak, up_s=1.4, down_s=1.4)
    begun = course.peak_times_s[0] - course.hold_s / 2 - 0.6 * course.up_s
    poses = [(time_s, seen) for time_s, seen in film(course, body) if time_s >= begun]  # type: ignore[arg-type]
    first, *others = judge(exercise, poses).repetitions
    assert first.status is Status.UNCERTAIN
    assert first.faults == ()
    assert isnan(first.rom_deg)
    assert {rep.status for rep in others} == {Status.OK}


def test_in_a_set_missing_feet_are_told_once() -> None:
    watch = PersonWatch()
    seen = replace(pose(squatting(0.0)), size_px=(640, shin_height()))
    told = [watch.update(i / 10, seen).code for i in range(300)]
    assert told.count("feet_out") in range(45, 52)
    assert told[0] == told[-1] == ""
