"""The model card: what the scores were learned from, what they weigh, where they fail."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bench.learning.table import Table
from repcount.counting.decision import Scores
from repcount.counting.scoring import Model

SHOWN = 12
HEAD = """# What says how likely a movement is a repetition

Written by `python -m bench.learn`; not by hand. Each file is the score of one exercise: a curve for each
feature (`repcount signals --features` says what they are). `values[i]` is what is added to the log-odds
between `edges[i-1]` and `edges[i]`, `unknown` what is added where the feature was not seen. `set.json` says
how a movement's own log-odds and those of the movements like it around it are put together.

- Learned by boosting of stumps (`bench/learning/boosting.py`), on the tables in `bench/learning/tables`:
  numbers that describe each movement, and ids of who belongs together. They hold no recording of anybody.
- How exact it is on people who were left out, and where it fails: docs/accuracy.md.
- Not for diagnosis. It tells movements apart; whether one is good for a knee it does not know.

"""


def card(scores: Scores, tables: Mapping[str, Table]) -> str:
    """The page."""
    lines = [HEAD, "## What it learned from", "", _table(tables), "", "## What it weighs", ""]
    lines.append(
        "The features that move each score most, with how much (standard deviation of what they add):"
    )
    for exercise, model in scores.models.items():
        lines += [
            "",
            f"**{exercise}** ({len(model.curves)} features)",
            "",
            "| feature | moves by |",
            "| --- | ---: |",
        ]
        lines += [f"| `{name}` | {by:.2f} |" for name, by in _movers(model, tables[exercise])[:SHOWN]]
    return "\n".join(lines) + "\n"


def _table(tables: Mapping[str, Table]) -> str:
    parts = list(dict.fromkeys(part for table in tables.values() for part in table.parts))
    rows = ["| exercise | " + " | ".join(parts) + " |", "| --- |" + " ---: |" * len(parts)]
    for exercise, table in tables.items():
        cells = []
        for part in parts:
            mine = np.array([name == part for name in table.parts])[table.part]
            groups = len(set(table.group[mine & (table.truth > 0)].tolist()))
            cells.append(f"{int(table.truth[mine].sum())} of {int(mine.sum())} ({groups})")
        rows.append(f"| {exercise} | " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n\nRepetitions of candidates (groups that do the exercise)."


def _movers(model: Model, table: Table) -> list[tuple[str, float]]:
    at = {name: i for i, name in enumerate(table.names)}
    found = []
    for name, curve in model.curves.items():
        found.append((name, float(np.std([curve.at(v) for v in table.values[:, at[name]].tolist()]))))
    return sorted(found, key=lambda pair: -pair[1])
