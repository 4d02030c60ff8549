from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.filming.pools import PARTS
from bench.stick import Body, pose
from repcount.core.guide import Gesture
from repcount.core.records import Pose
from repcount.core.skeleton import INDEX
from repcount.pose.recording import RecordedPoses, Recording, RecordingSource
from repcount.session.guided.gestures import HELD_S, LONG_S, GestureDetector, hands_up

BENCH = Path(__file__).parents[3] / "bench" / "recordings"
SHARED = Path(__file__).parents[4] / "shared" / "clips"
RECORDINGS = sorted(path for part in PARTS for path in (BENCH / part).glob("*.npz"))


def raising(*sides: str, hidden: str = "", lie_deg: float = 0.0) -> Pose:
    """A figure with these arms straight up in the picture, the others along the body."""
    seen = pose(Body(lie_deg=lie_deg))
    points, visibility = seen.landmarks_px.copy(), seen.visibility.copy()
    points[:, 1] += 150  # room above the head
    for side in ("left", "right"):
        shoulder, elbow, wrist = (INDEX[f"{side}_{joint}"] for joint in ("shoulder", "elbow", "wrist"))
        way = np.array([0.0, -1.0 if side in sides else 1.0])
        points[elbow, :2] = points[shoulder, :2] + 75 * way
        points[wrist, :2] = points[shoulder, :2] + 150 * way
        if lie_deg and side not in sides:
            points[[elbow, wrist], 1] = points[shoulder, 1]
        visibility[[shoulder, elbow, wrist]] = 0.2 if side == hidden else 0.95
    return replace(seen, landmarks_px=points, visibility=visibility)


def told(seen: Pose, seconds: float) -> list[Gesture]:
    gestures = GestureDetector()
    answers = [gestures.update(i / 15, seen) for i in range(round(seconds * 15) + 1)]
    return [answer for answer in answers if answer is not None]


@pytest.mark.parametrize("lie_deg", [0.0, -90.0])
def test_one_hand_up_for_two_seconds_is_a_command_once(lie_deg: float) -> None:
    up = raising("left", lie_deg=lie_deg)
    assert told(up, HELD_S - 0.2) == []
    assert told(up, 10) == [Gesture.ONE_HAND]


def test_both_hands_are_another_command_and_take_longer() -> None:
    up = raising("left", "right")
    assert told(up, LONG_S - 0.2) == []
    assert told(up, 10) == [Gesture.BOTH_HANDS]


def test_one_hand_takes_longer_where_the_other_arm_is_hidden() -> None:
    up = raising("left", hidden="right")
    assert told(up, HELD_S + 0.5) == []
    assert told(up, 10) == [Gesture.ONE_HAND]


def test_hands_must_come_down_before_they_say_anything_again() -> None:
    gestures, up, down = GestureDetector(), raising("left"), raising()
    seen = [*[up] * 60, *[down] * 15, *[up] * 60]
    answers = [gestures.update(i / 15, each) for i, each in enumerate(seen)]
    assert [a for a in answers if a] == [Gesture.ONE_HAND, Gesture.ONE_HAND]


def test_a_short_dropout_does_not_begin_it_anew() -> None:
    gestures, up = GestureDetector(), raising("left")
    seen = [*[up] * 15, None, None, *[up] * 16]
    assert Gesture.ONE_HAND in [gestures.update(i / 15, each) for i, each in enumerate(seen)]


def test_arms_beside_the_head_of_a_lying_person_say_nothing() -> None:
    seen = raising(lie_deg=-90.0)
    assert hands_up(seen)[0] is None
    points = seen.landmarks_px.copy()
    head = 2 * points[INDEX["nose"], :2] - points[INDEX["left_hip"], :2]
    for side in ("left", "right"):
        points[INDEX[f"{side}_wrist"], :2] = head
    assert hands_up(replace(seen, landmarks_px=points))[0] is None


def gestures_in(recordings: Iterable[Path]) -> list[tuple[str, Gesture, float]]:
    found = []
    for path in recordings:
        recording, gestures = Recording.load(path), GestureDetector()
        poses = RecordedPoses(recording)
        for frame in RecordingSource(recording):
            gesture = gestures.update(frame.time_s, poses.estimate(frame))
            if gesture is not None:
                found.append((path.stem, gesture, frame.time_s))
    return found


def test_there_is_no_gesture_in_any_recording_of_the_benchmark() -> None:
    """Of the parts in which nobody raises the hands on purpose, as some do in ``motion`` and ``lifelike``."""
    assert len(RECORDINGS) > 250
    assert gestures_in(RECORDINGS) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real people's clips are not beside this repository")
def test_there_is_no_gesture_in_the_clips_of_real_people() -> None:
    assert gestures_in(sorted(SHARED.glob("*.npz"))) == []
