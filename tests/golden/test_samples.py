"""The recordings of the sample videos: exact counts, without the network."""

from __future__ import annotations

import pytest

from repcount.exercises import catalog
from tests.samples import Clip, check, clips, recorded


@pytest.mark.parametrize("rate", ["", "_30fps"], ids=["15 fps", "30 fps"])
@pytest.mark.parametrize("exercise", catalog.names())
@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_the_recording_counts_exactly_and_only_its_own_exercise(clip: Clip, exercise: str, rate: str) -> None:
    check(clip, exercise, recorded(clip.name + rate))


@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_half_the_rate_of_the_recording_counts_the_same(clip: Clip) -> None:
    check(clip, clip.exercise if clip.reps else "wall-squat", recorded(clip.name)[::2], peak_s=0.3)
