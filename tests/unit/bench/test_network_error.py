"""The model of the network's errors: those of recordings, laid over motion without any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.learning.network_error import ROWS, NetworkError
from bench.recording import Recording, read, recording_path, scene_paths
from bench.stick import Course, film


def recordings() -> list[Recording]:
    scenes = scene_paths("build")
    chosen = [next(s for s in scenes if s.stem.startswith(kind)) for kind in ("ws-", "cr-")]
    return [read(recording_path(scene)) for scene in chosen]


@pytest.fixture(scope="module")
def lenders() -> list[Recording]:
    return recordings()


def test_a_network_without_errors_leaves_motion_as_it_is(lenders: list[Recording]) -> None:
    exact = []
    for each in lenders:
        landmarks = each.landmarks_px.copy()
        landmarks[:, ROWS, :2] = each.true_px
        exact.append(replace(each, landmarks_px=landmarks))
    true = lenders[0].true_px.astype(float)
    seen, _ = NetworkError(exact).seen(true, np.random.RandomState(0))
    assert np.nanmax(np.abs(seen - true)) < 1e-6


def test_made_errors_are_as_large_as_the_lenders(lenders: list[Recording]) -> None:
    true = lenders[0].true_px.astype(float)
    real = np.linalg.norm(lenders[0].landmarks_px[:, ROWS, :2] - true, axis=2)
    seen, _ = NetworkError(lenders[:1]).seen(true, np.random.RandomState(0))
    made = np.linalg.norm(seen - true, axis=2)
    assert np.nanmedian(made) == pytest.approx(float(np.nanmedian(real)), rel=0.3)


def test_the_same_lot_gives_the_same_errors_and_another_one_others(lenders: list[Recording]) -> None:
    network, clean = NetworkError(lenders), list(film(Course(reps=2), fps=15.0))
    first, again, other = (
        np.array(
            [pose.landmarks_px for _, pose in network.laid_over(clean, np.random.RandomState(n)) if pose]
        )
        for n in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert first.shape != other.shape or not np.array_equal(first, other)


def test_where_the_network_found_nobody_nobody_is_seen(lenders: list[Recording]) -> None:
    blind = replace(lenders[0], landmarks_px=np.full_like(lenders[0].landmarks_px, np.nan))
    track = NetworkError([blind]).laid_over(list(film(Course(reps=1), fps=15.0)), np.random.RandomState(0))
    assert all(pose is None for _, pose in track)
