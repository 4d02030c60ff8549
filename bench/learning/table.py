"""The table of candidates from which scores are learned: numbers and group ids, no recording of anybody.

Every movement that the counter cuts out of a recording is a row: what it shows, and whether it is a
repetition.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.judged import Track
from bench.learning.labelled import Labelled, Truth
from repcount.core.records import Side
from repcount.core.signal_names import Signals
from repcount.counting.leg import MAX_GAP_S, LegCounter
from repcount.counting.movement import Movement
from repcount.counting.ranges import TargetRanges
from repcount.counting.scoring import all_features, sides_of
from repcount.exercises import catalog
from repcount.features.candidate import Shape
from repcount.features.extraction import SignalExtractor
from repcount.features.signal_history import SignalHistory
from repcount.tracking.identity import Sight

TABLES: Final = Path(__file__).parent / "tables"
Json = dict[str, Any]
NEAR_S: Final = 0.5  # labels of real people are good to about 0.2 s
ABOUT_S: Final = 0.2
SHARED: Final = 0.35  # of the time of both together, of a candidate that is a repetition of rendered truth
PEAK_S: Final = 1.0
TIMES: Final = ("start_s", "peak_s", "end_s")

Seen = Sequence[tuple[float, Signals | None, Sight]]
"""What was measured in each frame."""


class Row(NamedTuple):
    """One candidate of a recording."""

    part: str
    group: str
    clip: str
    movement: Movement
    truth: int


def look(track: Track) -> Seen:
    """Measure every frame of a track."""
    extractor, found = SignalExtractor(), []
    for time_s, pose in track:
        seen = extractor.update(time_s, pose)
        found.append((time_s, seen.signals, seen.sight))
    return found


def movements(exercise: str, seen: Seen) -> list[Movement]:
    """Every candidate of an exercise, of each leg, described in full."""
    spec, past = catalog.get(exercise), SignalHistory()
    asked, model = TargetRanges(spec), all_features(spec)
    legs = [LegCounter(spec, asked.of(side), side, model, past) for side in sides_of(spec)]
    found: list[Movement | None] = []
    seen_s = float("nan")
    for time_s, signals, sight in seen:
        if signals is None:
            if sight is Sight.ELSEWHERE:
                seen_s = time_s
            for leg in legs:
                if sight is Sight.ELSEWHERE:
                    leg.wait(time_s)
                if time_s - seen_s > MAX_GAP_S:
                    found.append(leg.flush())
                    leg.lost()
            continue
        seen_s = time_s
        past.add(time_s, signals)
        for leg in legs:
            if sight is Sight.NEW:
                found.append(leg.flush())
                leg.lost()
            found.append(leg.update(time_s, signals))
    found += [leg.flush() for leg in legs]
    return [movement for movement in found if movement is not None]


def is_rep(movement: Movement, truth: Sequence[Truth]) -> bool:
    """Whether a candidate is one of the repetitions that were done."""
    shape = movement.shape
    for rep in truth:
        if rep.start_s != rep.start_s:
            inside = shape.peak_start_s - ABOUT_S < rep.peak_s < shape.peak_end_s + ABOUT_S
            if inside or abs(shape.peak_s - rep.peak_s) < NEAR_S:
                return True
        elif not rep.side or movement.side is Side.BOTH or movement.side.value == rep.side:
            shared = min(shape.end_s, rep.end_s) - max(shape.start_s, rep.start_s)
            both = max(shape.end_s, rep.end_s) - min(shape.start_s, rep.start_s)
            if shared > SHARED * both and abs(shape.peak_s - rep.peak_s) < PEAK_S:
                return True
    return False


def group_id(group: str) -> str:
    """A group's id: who it is cannot be read from it."""
    return f"{zlib.crc32(group.encode()):08x}"


def rows_of(labelled: Labelled) -> dict[str, list[Row]]:
    """The candidates of a recording, by exercise; none where nobody knows what they are."""
    seen, found = look(labelled.track), {}
    for exercise in catalog.names():
        truth = [rep for rep in labelled.reps if rep.exercise == exercise]
        if truth or exercise in labelled.negative_for:
            found[exercise] = [
                Row(labelled.part, group_id(labelled.group), labelled.name, m, int(is_rep(m, truth)))
                for m in movements(exercise, seen)
            ]
    return found


@dataclass(frozen=True, eq=False)
class Table:
    """The candidates of one exercise.

    Attributes
    ----------
    names : of the features. ``values`` has shape (rows, features), NaN where unknown.
    truth : shape (rows,), 1 for a repetition.
    part, group, clip : shape (rows,), numbers; ``parts`` are the names of the parts, ``groups`` ids of the
        groups that are the same in all tables.
    side : shape (rows,), the index of the side. ``times`` has shape (rows, 3): start, peak and end, seconds.
    """

    names: list[str]
    values: NDArray[np.float64]
    truth: NDArray[np.float64]
    parts: list[str]
    groups: list[str]
    part: NDArray[np.int64]
    group: NDArray[np.int64]
    clip: NDArray[np.int64]
    side: NDArray[np.int64]
    times: NDArray[np.float64]

    def movement(self, i: int, log_odds: float) -> Movement:
        """A row as a movement with a score, for what compares movements."""
        features = dict(zip(self.names, self.values[i].tolist(), strict=True))
        start, peak, end = self.times[i].tolist()
        shape = Shape(start, peak, peak, peak, end, 0.0, 0.0, peak, 0.0)
        rom = features["movement.rom"]
        side = list(Side)[self.side[i]]
        return Movement(side, shape, 0.0, rom, rom, None, 1.0, end, log_odds, features)


def table_of(rows: Sequence[Row]) -> Table:
    """Rows as a table, in the order in which they come."""
    names = sorted(rows[0].movement.features)
    parts, groups, clips = (
        {v: i for i, v in enumerate(dict.fromkeys(c))}
        for c in zip(*((r.part, r.group, f"{r.part}/{r.clip}") for r in rows), strict=True)
    )
    return Table(
        names,
        np.array([[r.movement.features[name] for name in names] for r in rows], np.float16).astype(float),
        np.array([r.truth for r in rows], float),
        list(parts),
        list(groups),
        np.array([parts[r.part] for r in rows]),
        np.array([groups[r.group] for r in rows]),
        np.array([clips[f"{r.part}/{r.clip}"] for r in rows]),
        np.array([list(Side).index(r.movement.side) for r in rows]),
        np.array([[getattr(r.movement.shape, name) for name in TIMES] for r in rows], np.float32).astype(
            float
        ),
    )


def write(table: Table, path: Path) -> None:
    """Keep a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns: dict[str, Any] = {
        name: getattr(table, name).astype(np.int16) for name in ("part", "group", "clip", "side")
    }
    np.savez_compressed(
        path,
        names=np.array(json.dumps({"features": table.names, "parts": table.parts, "groups": table.groups})),
        values=table.values.astype(np.float16),
        truth=table.truth.astype(np.uint8),
        times=table.times.astype(np.float32),
        **columns,
    )


def read(exercise: str, folder: Path = TABLES) -> Table:
    """The table of an exercise that was kept."""
    with np.load(folder / f"{exercise}.npz") as a:
        names = json.loads(str(a["names"]))
        numbers = {name: a[name].astype(np.int64) for name in ("part", "group", "clip", "side")}
        return Table(
            names=names["features"],
            values=a["values"].astype(float),
            truth=a["truth"].astype(float),
            parts=names["parts"],
            groups=names["groups"],
            times=a["times"].astype(float),
            **numbers,
        )
