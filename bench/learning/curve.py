"""What more real people bring: the same recordings, judged by scores that learned from fewer of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from bench.learning.labelled import PEOPLE
from bench.learning.table import Table

SHARES: Final = (0.25, 0.5, 0.75, 1.0)
SEED: Final = 1


def drawn_groups(tables: Mapping[str, Table], share: float) -> set[str]:
    """So many of the groups of real people, drawn by lot; a greater share holds all of a smaller one."""
    found = set()
    for table in tables.values():
        mine = np.array([part == PEOPLE for part in table.parts])[table.part]
        found |= {table.groups[i] for i in np.unique(table.group[mine])}
    order = sorted(found)
    np.random.RandomState(SEED).shuffle(order)
    return set(order[: round(share * len(order))])


def thinned(tables: Mapping[str, Table], share: float) -> dict[str, Table]:
    """The tables with only a share of the groups of real people; all else stays."""
    kept = drawn_groups(tables, share)
    found = {}
    for name, table in tables.items():
        other = np.array([part != PEOPLE for part in table.parts])[table.part]
        rows = other | np.array([group in kept for group in table.groups])[table.group]
        columns = ("values", "truth", "part", "group", "clip", "side", "times")
        found[name] = replace(table, **{column: getattr(table, column)[rows] for column in columns})
    return found
