"""Figures with their certainty: Wilson's interval for shares, a bootstrap over clips for all else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

Z_95: Final = 1.959964
DRAWS: Final = 200
SEED: Final = 20
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """One figure of the report.

    Attributes
    ----------
    value : NaN where there was nothing to measure.
    low, high : its 95 % interval.
    n : what it was measured on, in ``of``.
    clips : in how many clips these were.
    """

    value: float
    low: float
    high: float
    n: int
    clips: int
    hits: int | None = None


NOTHING: Final = Figure(float("nan"), float("nan"), float("nan"), 0, 0)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; (nan, nan) of nothing."""
    if n == 0:
        return float("nan"), float("nan")
    share, z2 = hits / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: Sequence[bool], clips: int | None = None) -> Figure:
    """The share of what is true, with Wilson's interval."""
    if not hits:
        return NOTHING
    low, high = wilson(sum(hits), len(hits))
    n = len(hits)
    return Figure(sum(hits) / n, low, high, n, n if clips is None else clips, sum(hits))


def bootstrap(
    by_clip: Sequence[Sequence[float]], statistic: Callable[[Values], float], draws: int = DRAWS
) -> Figure:
    """A statistic of values pooled over clips; its interval by drawing whole clips, with a fixed seed.

    Parameters
    ----------
    by_clip : the values of each clip; clips without any are left out.
    """
    clips = [np.asarray(values, float) for values in by_clip if len(values)]
    if not clips:
        return NOTHING
    rng = np.random.default_rng(SEED)
    pooled = np.concatenate(clips)
    drawn = [
        statistic(np.concatenate([clips[i] for i in rng.integers(0, len(clips), len(clips))]))
        for _ in range(draws)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(statistic(pooled), float(low), float(high), len(pooled), len(clips))


def mean(by_clip: Sequence[Sequence[float]]) -> Figure:
    """Mean over all values."""
    return bootstrap(by_clip, lambda values: float(values.mean()))


def median(by_clip: Sequence[Sequence[float]]) -> Figure:
    """Median over all values."""
    return bootstrap(by_clip, lambda values: float(np.median(values)))


def p95(by_clip: Sequence[Sequence[float]]) -> Figure:
    """95th percentile over all values."""
    return bootstrap(by_clip, lambda values: float(np.quantile(values, 0.95)))


def per_minute(events: Sequence[float], minutes: Sequence[float]) -> Figure:
    """Events a minute over clips; the interval by drawing whole clips."""
    if not minutes or sum(minutes) <= 0:
        return NOTHING
    counts, lengths = np.asarray(events, float), np.asarray(minutes, float)
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(DRAWS):
        which = rng.integers(0, len(counts), len(counts))
        drawn.append(float(counts[which].sum() / lengths[which].sum()))
    low, high = np.quantile(drawn, (0.025, 0.975))
    rate = float(counts.sum() / lengths.sum())
    return Figure(rate, float(low), float(high), len(counts), len(counts), int(counts.sum()))
