"""Scores learned from the tables: the curves of each exercise, and the weights of the set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.learning.boosting import DEFAULT, Settings, learn_model
from bench.learning.labelled import MOCAP, PEOPLE
from bench.learning.table import Table
from repcount.counting.decision import Scores, SetWeights, set_terms
from repcount.counting.scoring import Model

FOLDS: Final = 5
PEOPLE_WEIGHT: Final = 4.0
"""A candidate of a real person is worth so many rendered ones when curves are learned."""
SET_WEIGHT: Final = 0.1
"""And one that was rendered is worth this when the weights of the set are: its sets are too even."""
RIDGE: Final = 0.01
ROUNDS: Final = 30
LEAST: Final = -0.4
"""Log-odds from which on a movement counts where its exercise is named. Chosen on groups left out: more is
counted below it, and more invented; bench.learn --judge prints both."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def folds(tables: Mapping[str, Table], draw: int = 0) -> dict[str, NDArray[np.int64]]:
    """The fold of each row of each table: a person, or a rendered scene, is never parted."""
    by_group = fold_groups([group for table in tables.values() for group in table.groups], draw)
    return {
        name: np.array([by_group[group] for group in table.groups])[table.group]
        for name, table in tables.items()
    }


def weights_of(table: Table) -> Floats:
    """What each row is worth when curves are learned."""
    worth = np.array([PEOPLE_WEIGHT if part == PEOPLE else 1.0 for part in table.parts])
    return worth[table.part]


def curves(table: Table, rows: Bools, settings: Settings = DEFAULT) -> Model:
    """The curves of one exercise from some rows of its table."""
    return learn_model(table.names, table.values[rows], table.truth[rows], weights_of(table)[rows], settings)


def own_log_odds(model: Model, table: Table, rows: Bools) -> Floats:
    """What a model says of some rows."""
    return np.array(
        [model.score(dict(zip(table.names, row, strict=True))) for row in table.values[rows].tolist()]
    )


def left_out(table: Table, fold: NDArray[np.int64], within: Bools) -> Floats:
    """Log-odds of each row by curves that have not seen its fold; NaN outside ``within``."""
    found = np.full(len(table.truth), np.nan)
    for number in np.unique(fold[within]):
        mine = within & (fold == number)
        found[mine] = own_log_odds(curves(table, within & (fold != number)), table, mine)
    return found


def terms_of(table: Table, log_odds: Floats, within: Bools) -> Floats:
    """What the weights of the set are put on, shape (rows, 4), for the rows within."""
    found = np.zeros((len(table.truth), 4))
    for clip in np.unique(table.clip[within]):
        mine = np.flatnonzero(within & (table.clip == clip))
        some = [table.movement(int(i), float(log_odds[i])) for i in mine]
        for i, movement in zip(mine, some, strict=True):
            terms = set_terms(movement, some)
            found[i] = terms.own, terms.like, terms.support, terms.support * terms.own
    return found


def logistic(terms: Floats, truth: Floats, weights: Floats) -> Floats:
    """Weights of a logistic regression with a little shrinking, base first, by Newton's method."""
    columns = np.column_stack([np.ones(len(terms)), terms])
    found = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-columns @ found))
        slope = columns.T @ (weights * (chance - truth)) + RIDGE * found
        bend = (columns * (weights * chance * (1.0 - chance))[:, None]).T @ columns
        found = found - np.linalg.solve(bend + RIDGE * np.eye(len(found)), slope)
    return found


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the weights of the set are learned from: terms, truth, weights and fold of all rows together."""

    terms: Floats
    truth: Floats
    weights: Floats
    fold: NDArray[np.int64]


def evidence(tables: Mapping[str, Table], fold_of: Mapping[str, NDArray[np.int64]], without: int) -> Evidence:
    """The terms of all exercises, by curves that have not seen the row's fold, nor the fold ``without``."""
    parts: list[tuple[Floats, Floats, Floats, NDArray[np.int64]]] = []
    for exercise, table in tables.items():
        fold = fold_of[exercise]
        within = fold != without
        terms = terms_of(table, left_out(table, fold, within), within)[within]
        real = np.array([part in (PEOPLE, MOCAP) for part in table.parts])[table.part][within]
        parts.append((terms, table.truth[within], np.where(real, 1.0, SET_WEIGHT), fold[within]))
    return Evidence(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def set_weights(found: Evidence, least: float = LEAST) -> SetWeights:
    """The weights of the set."""
    values = [round(float(v), 4) for v in logistic(found.terms, found.truth, found.weights)]
    base, own, like, support, own_in_set = values
    return SetWeights(base, own, like, support, own_in_set, least)


def learn(tables: Mapping[str, Table], fold_of: Mapping[str, NDArray[np.int64]], without: int = -1) -> Scores:
    """Scores from all rows but those of one fold."""
    models = {exercise: curves(table, fold_of[exercise] != without) for exercise, table in tables.items()}
    return Scores(models, set_weights(evidence(tables, fold_of, without)))


def from_least(scores: Scores, least: float) -> Scores:
    """The same scores, by which a movement counts from other log-odds on."""
    assert scores.weights is not None
    return replace(scores, weights=replace(scores.weights, least=least))


def fold_groups(names: Sequence[str], draw: int = 0) -> dict[str, int]:
    """The fold of each group: drawn by lot, the same in every run; other draws deal them otherwise."""
    order = sorted(set(names))
    np.random.RandomState(draw).shuffle(order)
    return {name: i % FOLDS for i, name in enumerate(order)}
