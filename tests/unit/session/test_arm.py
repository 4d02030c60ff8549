"""A therapist's arm over the leg: knees and a wrist are drawn where they are not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from repcount.core.records import Pose
from repcount.core.skeleton import INDEX
from tests.samples import Clip, Track, clips, recorded
from tests.samples import judge as judged

COUNTED = [clip for clip in clips() if clip.reps and clip.holds_s == ()]
PULLED = [INDEX[name] for name in ("left_wrist", "left_knee", "right_knee")]


def pulled(seen: Pose, x_px: float, y_px: float) -> Pose:
    """Knees and a wrist drawn on an arm that lies over the leg."""
    landmarks = seen.landmarks_px.copy()
    landmarks[PULLED, :2] += np.array([x_px, y_px], np.float32)
    return replace(seen, landmarks_px=landmarks)


@pytest.mark.parametrize("clip", COUNTED, ids=lambda clip: clip.name)
@pytest.mark.parametrize("off_s", [-1.0, 0.0, 1.0])
def test_a_therapist_s_arm_over_the_leg_for_a_second_changes_no_count(clip: Clip, off_s: float) -> None:
    arms = [peak_s + off_s for peak_s in clip.peaks_s[1::2]]
    poses: Track = [
        (t, pulled(p, 20.0, -12.0) if p is not None and any(0 <= t - arm < 1.0 for arm in arms) else p)
        for t, p in recorded(clip.name)
    ]
    assert len(judged(clip.exercise, poses).repetitions) == clip.reps
