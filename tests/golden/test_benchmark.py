"""A small part of the benchmark: no clip may be counted worse than in the last run of ``bench.accuracy``."""

from __future__ import annotations

import pytest

from bench.filming.deck import SHORT
from bench.judged import run
from bench.material import Clip, load_clips
from bench.page.kept import kept_record
from repcount.exercises import catalog

PART = "test"
A_DOZEN = 12
CLIPS = {clip.name: clip for clip in load_clips(PART)}
COUNTS = kept_record()["parts"][PART]["counts"]
NOTHING = [name for name in CLIPS if name.startswith("none-") and name.endswith("-1")]


def _some(exercise: str) -> list[str]:
    """A dozen clips of an exercise: the well-done ones first, then those with faults."""
    mine = [clip for clip in CLIPS.values() if clip.exercises == (exercise,) and clip.kind != "rate"]
    return [clip.name for clip in sorted(mine, key=lambda clip: (clip.kind != "counting", clip.name))][
        :A_DOZEN
    ]


def _counted(clip: Clip, exercise: str) -> int:
    track = list(zip(clip.recording.time_s.tolist(), clip.recording.poses(), strict=True))
    preset = clip.preset(exercise) if exercise in clip.exercises else None
    return len(run(exercise, preset, track)[0].repetitions)


@pytest.mark.parametrize(("exercise", "name"), [(e, name) for e in SHORT for name in _some(e)])
def test_a_set_is_counted_no_worse_than_before(exercise: str, name: str) -> None:
    before, true = COUNTS[name][exercise]
    assert abs(_counted(CLIPS[name], exercise) - true) <= abs(before - true)


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_exercise_counts_no_more_than_before(name: str) -> None:
    clip = CLIPS[name]
    for exercise in clip.negative_for:
        before, _ = COUNTS[name].get(exercise, (0, 0))
        assert _counted(clip, exercise) <= before


def test_the_subset_has_a_dozen_clips_of_each_exercise() -> None:
    assert {exercise: len(_some(exercise)) for exercise in catalog.names()} == dict.fromkeys(SHORT, A_DOZEN)
