"""Curves learned by boosting: each step adds a little to one feature's curve, where that helps most.

Logistic boosting of stumps (Friedman, Hastie and Tibshirani 2000, "Additive logistic regression"), on values
in bins, with an own share for what is not known. The sum of all stumps of a feature is its curve. The same
table gives the same curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from repcount.counting.scoring import Curve, Model

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Settings:
    """How curves are learned.

    Attributes
    ----------
    steps : stumps in all; ``rate`` is how much of its best value each of them takes.
    bins : into so many each feature is cut, by equal shares of the weight.
    shrink : weight of "no opinion" in each leaf; ``least`` weight that a leaf must have.
    looked_at : share of the features that a step may choose from.
    kept : so many features at most are left, those that move the score most.
    """

    steps: int = 200
    rate: float = 0.2
    bins: int = 16
    shrink: float = 3.0
    least: float = 3.0
    looked_at: float = 0.3
    kept: int = 45


DEFAULT: Final = Settings()


def _edges(column: Floats, weights: Floats, bins: int) -> Floats:
    known = ~np.isnan(column)
    values, weight = column[known], weights[known]
    if not len(values):
        return np.array([])
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    at = np.searchsorted(reached, np.arange(1, bins) / bins)
    return np.unique(values[order][np.minimum(at, len(values) - 1)])


def _binned(table: Floats, edges: list[Floats]) -> Ints:
    """Bin of each value, from 1; 0 where it is not known."""
    binned = np.zeros(table.shape, np.int64)
    for i, edge in enumerate(edges):
        binned[:, i] = np.searchsorted(edge, table[:, i], side="right") + 1
    binned[np.isnan(table)] = 0
    return binned


def _best(gradient: Floats, weight: Floats, settings: Settings) -> tuple[int, int, bool]:
    """Feature, last bin of the lower side, and whether the unknown goes with it; from sums by bin."""
    total_g, total_w = gradient[0].sum(), weight[0].sum()
    best: tuple[float, int, int, bool] = (0.0, 0, 0, False)
    for with_unknown in (False, True):
        low_g, low_w = np.cumsum(gradient[:, 1:], 1)[:, :-1], np.cumsum(weight[:, 1:], 1)[:, :-1]
        if with_unknown:
            low_g, low_w = low_g + gradient[:, :1], low_w + weight[:, :1]
        high_g, high_w = total_g - low_g, total_w - low_w
        gain = low_g**2 / (low_w + settings.shrink) + high_g**2 / (high_w + settings.shrink)
        gain -= total_g**2 / (total_w + settings.shrink)
        gain[(low_w < settings.least) | (high_w < settings.least)] = -1.0
        at = int(gain.argmax())
        if gain.flat[at] > best[0]:
            feature, cut = np.unravel_index(at, gain.shape)
            best = (float(gain.flat[at]), int(feature), int(cut) + 1, with_unknown)
    return best[1:]


def _boost(binned: Ints, truth: Floats, weights: Floats, settings: Settings) -> tuple[float, Floats]:
    """Base log-odds, and what each bin of each feature adds, shape (features, bins + 1)."""
    rows, features = binned.shape
    size = settings.bins + 1
    draw = np.random.RandomState(0)
    share = (weights * truth).sum() / weights.sum()
    base = float(np.log(share / (1.0 - share)))
    adds, score = np.zeros((features, size)), np.full(rows, base)
    for _ in range(settings.steps):
        chance = 1.0 / (1.0 + np.exp(-score))
        gradient = weights * (chance - truth)
        weight = np.maximum(weights * chance * (1.0 - chance), 1e-6)
        chosen = np.sort(draw.choice(features, max(1, int(settings.looked_at * features)), replace=False))
        flat = (binned[:, chosen] + size * np.arange(len(chosen))).ravel()
        sums = [
            np.bincount(flat, np.repeat(each, len(chosen)), size * len(chosen))
            .reshape(len(chosen), size)
            .astype(float)
            for each in (gradient, weight)
        ]
        feature, cut, with_unknown = _best(sums[0], sums[1], settings)
        low = np.zeros(size, bool)
        low[1 : cut + 1], low[0] = True, with_unknown
        step = np.zeros(size)
        for side in (low, ~low):
            g, w = sums[0][feature][side].sum(), sums[1][feature][side].sum()
            step[side] = -settings.rate * g / (w + settings.shrink)
        adds[chosen[feature]] += step
        score += step[binned[:, chosen[feature]]]
    return base, adds


def learn_model(
    names: list[str], table: Floats, truth: Floats, weights: Floats, settings: Settings = DEFAULT
) -> Model:
    """Learn the curves of one exercise.

    Parameters
    ----------
    table : shape (candidates, features), NaN where unknown.
    truth : shape (candidates,), 1 for a repetition and 0 for none.
    weights : shape (candidates,).
    """
    weights = weights / weights.mean()
    columns = np.arange(len(names))
    for kept in (settings.kept, 0):
        edges = [_edges(table[:, i], weights, settings.bins) for i in columns]
        binned = _binned(table[:, columns], edges)
        base, adds = _boost(binned, truth, weights, settings)
        if kept:
            columns = columns[np.sort(_movers(binned, adds, weights)[:kept])]
    curves = {
        names[column]: _curve(edge, add)
        for column, edge, add in zip(columns, edges, adds, strict=True)
        if np.any(add != 0.0)
    }
    return Model(base, curves)


def _movers(binned: Ints, adds: Floats, weights: Floats) -> Ints:
    """Features by how much they move the score, most first."""
    moved = [np.sqrt(np.average(add[binned[:, i]] ** 2, weights=weights)) for i, add in enumerate(adds)]
    return np.argsort(-np.array(moved), kind="stable")


def _curve(edges: Floats, adds: Floats) -> Curve:
    """A curve without the edges at which nothing changes."""
    values = [float(add) for add in adds[1 : len(edges) + 2]]
    kept = [i for i in range(len(edges)) if values[i] != values[i + 1]]
    return Curve(
        tuple(float(np.float32(edges[i])) for i in kept),
        tuple(round(v, 4) for v in (*(values[i] for i in kept), values[len(edges)])),
        round(float(adds[0]), 4),
    )


def as_document(model: Model) -> dict[str, Any]:
    """A model as its file says it."""
    return {
        "base": round(model.base, 4),
        "curves": {
            name: {
                "edges": list(curve.edges),
                "values": list(curve.values),
                "unknown": curve.unknown,
            }
            for name, curve in sorted(model.curves.items())
        },
    }
