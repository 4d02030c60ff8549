"""Learning scores: the same table gives the same curves, and they are those that come with the program."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from bench.learning.boosting import Settings, learn_model
from bench.learning.labelled import Labelled
from bench.learning.scores import curves, fold_groups, folds, logistic
from bench.learning.sticks import sticks
from bench.learning.table import group_id, is_rep, look, movements, read
from repcount.core.records import NAN
from repcount.counting.scoring import model_of
from repcount.exercises import catalog

SMALL = Settings(steps=40, kept=3, looked_at=1.0)


def made() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two hundred rows of which the first feature alone tells the truth; a tenth of it is unknown."""
    draw = np.random.RandomState(1)
    values = draw.standard_normal((200, 3))
    truth = (values[:, 0] > 0.3).astype(float)
    values[::10, 0] = NAN
    return values, truth, np.ones(200)


def test_curves_find_the_feature_that_tells() -> None:
    values, truth, weights = made()
    model = learn_model(["tells", "b", "c"], values, truth, weights, SMALL)
    high = model.score({"tells": 1.5, "b": 0.0, "c": 0.0})
    low = model.score({"tells": -1.5, "b": 0.0, "c": 0.0})
    assert high > 1.0 > -1.0 > low
    assert low < model.score({"tells": NAN, "b": 0.0, "c": 0.0}) < high


def test_the_same_table_gives_the_same_curves() -> None:
    values, truth, weights = made()
    names = ["tells", "b", "c"]
    assert learn_model(names, values, truth, weights, SMALL) == learn_model(
        names, values, truth, weights, SMALL
    )


@pytest.mark.parametrize("name", ["leg-press"])
def test_the_scores_that_come_with_the_program_are_those_of_the_table(name: str) -> None:
    table = read(name)
    learned, kept = curves(table, np.ones(len(table.truth), bool)), model_of(catalog.get(name))
    assert learned.names
    assert set(learned.names) == set(kept.names)
    for row in table.values[::40].tolist():
        features = dict(zip(table.names, row, strict=True))
        assert learned.score(features) == pytest.approx(kept.score(features), abs=0.1)


def test_nobody_is_parted_over_the_folds() -> None:
    tables = {name: read(name) for name in ("leg-press", "wall-squat")}
    fold, by_group = folds(tables), {}
    for name, table in tables.items():
        for group, number in zip(table.group, fold[name], strict=True):
            assert by_group.setdefault(table.groups[group], number) == number
    assert set(fold_groups(["a", "b", "c", "d", "e"]).values()) == {0, 1, 2, 3, 4}


def test_another_draw_deals_the_groups_otherwise_and_parts_nobody() -> None:
    names = [f"group {i}" for i in range(40)]
    first, second = fold_groups(names), fold_groups(names, 1)
    assert first != second
    assert sorted(first.values()) == sorted(second.values())
    assert fold_groups(names, 1) == second


def test_a_group_cannot_be_read_from_its_id() -> None:
    assert group_id("somebody") == group_id("somebody") != group_id("somebody else")
    assert "somebody" not in group_id("somebody")


def test_a_logistic_regression_finds_its_weights() -> None:
    draw = np.random.RandomState(2)
    terms = draw.standard_normal((4000, 2))
    chance = 1.0 / (1.0 + np.exp(-(0.5 + terms @ [2.0, -1.0])))
    truth = (draw.uniform(size=4000) < chance).astype(float)
    assert logistic(terms, truth, np.ones(4000)) == pytest.approx([0.5, 2.0, -1.0], abs=0.2)


def _landmarks(figure: Labelled) -> bytes:
    return b"".join(pose.landmarks_px.tobytes() for _, pose in figure.track if pose is not None)


def test_stick_figures_are_the_same_in_every_run_and_their_repetitions_have_candidates() -> None:
    few = 3
    first, again = (list(islice(sticks(), few)) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert (one.name, one.reps) == (other.name, other.reps)
        assert _landmarks(one) == _landmarks(other)
    squat = next(each for each in sticks() if each.name == "wall-squat-0")
    found = movements("wall-squat", look(squat.track))
    truth = [rep for rep in squat.reps if rep.exercise == "wall-squat"]
    assert sum(is_rep(movement, truth) for movement in found) == len(truth) > 0
