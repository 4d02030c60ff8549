"""The sample videos through the real network: real pixels, exact counts."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from repcount.core.errors import ModelError
from repcount.exercises import catalog
from repcount.poses.bundle import find_model
from tests.samples import VARIANTS, Clip, Track, check, clips, track

pytestmark = pytest.mark.slow

JOBS = [(clip.name, variant) for clip in clips() for variant in VARIANTS]


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


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("clip", clips(), ids=lambda clip: clip.name)
def test_every_exercise_named_counts_what_is_there_and_nothing_else(
    clip: Clip, variant: str, tracks: dict[tuple[str, str], Track]
) -> None:
    poses = tracks[clip.name, variant]
    for exercise in catalog.names():
        peak_s = 0.3 if variant == "half rate" else 0.2
        check(clip, exercise, poses, mirrored=variant == "mirrored", peak_s=peak_s)
