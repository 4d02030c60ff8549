"""Fewer real people to learn from; nothing else is taken away."""

import numpy as np

from bench.learning.curve import drawn_groups, thinned
from bench.learning.labelled import PEOPLE
from bench.learning.scores import folds
from bench.learning.table import Table

GROUPS = 8


def made_up():
    """Two rows of each group of real people, and two of each rendered one."""
    group = np.repeat(np.arange(2 * GROUPS), 2)
    n = len(group)
    zeros = np.zeros(n, int)
    return Table(
        names=["a"],
        values=np.arange(n, dtype=float)[:, None],
        truth=zeros.astype(float),
        parts=["build", PEOPLE],
        groups=[f"{i:08x}" for i in range(2 * GROUPS)],
        part=(group >= GROUPS).astype(int),
        group=group,
        clip=group,
        side=zeros,
        times=np.zeros((n, 3)),
    )


def test_a_greater_share_holds_all_of_a_smaller_one():
    tables = {"x": made_up()}
    shares = [drawn_groups(tables, share) for share in (0.25, 0.5, 1.0)]
    assert [len(groups) for groups in shares] == [2, 4, 8]
    assert shares[0] < shares[1] < shares[2]


def test_only_real_people_are_taken_away_and_no_row_changes_its_fold():
    tables = {"x": made_up()}
    half = thinned(tables, 0.5)
    assert (half["x"].part == 0).sum() == 2 * GROUPS
    assert (half["x"].part == 1).sum() == GROUPS
    before = dict(zip(tables["x"].values[:, 0], folds(tables)["x"], strict=True))
    assert all(before[v] == fold for v, fold in zip(half["x"].values[:, 0], folds(half)["x"], strict=True))
    assert np.array_equal(thinned(tables, 1.0)["x"].values, tables["x"].values)
