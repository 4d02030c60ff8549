"""The sample videos through the real network: real pixels, exact counts."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from repcount.core.errors import ModelError
from repcount.exercises import catalog
from repcount.pose.bundle import find_model
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.trainer import Trainer
from repcount.session.session import SessionOptions
from tests.samples import VARIANTS, Clip, Track, check, clips, judge, track

pytestmark = pytest.mark.slow

OF_ALL = ("as it is", "two of three")
OF_SOME = ("wall_squat", "straight_leg_raise")
"""Somebody who stands and somebody who lies: of these alone the other variants are tracked."""
JOBS = [
    (clip.name, variant)
    for clip in clips()
    for variant in VARIANTS
    if variant in OF_ALL or clip.name in OF_SOME
]


@pytest.fixture(scope="session")
def bundle() -> Path:
    try:
        return find_model(None, lambda _stage, _share: None).path
    except ModelError as error:
        pytest.skip(f"no pose model: {error}")


@pytest.fixture(scope="session")
def tracks(bundle: Path) -> dict[tuple[str, str], Track]:
    jobs = [(name, variant, str(bundle)) for name, variant in JOBS]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=fresh) as pool:
        return dict(zip(JOBS, pool.map(track, jobs), strict=True))


@pytest.mark.parametrize(("name", "variant"), JOBS)
def test_every_exercise_named_counts_what_is_there_and_nothing_else(
    name: str, variant: str, tracks: dict[tuple[str, str], Track]
) -> None:
    clip = next(clip for clip in clips() if clip.name == name)
    poses = tracks[name, variant]
    for exercise in catalog.names():
        peak_s = 0.3 if variant in ("half rate", "two of three") else 0.2
        check(clip, exercise, poses, mirrored=variant == "mirrored", peak_s=peak_s)


@pytest.mark.parametrize("variant", OF_ALL)
@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_live_counts_what_analyze_counts_of_every_frame_also_where_each_third_is_dropped(
    clip: Clip, variant: str, tracks: dict[tuple[str, str], Track]
) -> None:
    for name in catalog.names() if clip.exercise == "none" else (clip.exercise,):
        exercise, poses = catalog.get(name), tracks[clip.name, variant]
        trainer = Trainer([Block(((exercise, SessionOptions()),), exercise.dose.each_leg)])
        for time_s, pose in poses:
            trainer.step(time_s, pose)
        trainer.finish(poses[-1][0])
        (live,), whole = trainer.summaries(), judge(name, tracks[clip.name, "as it is"])
        assert (live.counted, len(live.repetitions), len(live.holds)) == (
            whole.counted,
            len(whole.repetitions),
            len(whole.holds),
        )
        assert len(live.repetitions) == clip.reps
