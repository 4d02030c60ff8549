"""Readers as strict as OpenSim's own: DelimFileAdapter for motions, TRCFileAdapter for markers.

Each complains where OpenSim would throw.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KEYS = [
    *("DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units"),
    *("OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"),
]


@dataclass(frozen=True)
class Motion:
    """A motion file: its keys, its columns by name, time among them."""

    keys: dict[str, str]
    columns: dict[str, list[float]]


@dataclass(frozen=True)
class Markers:
    """A marker file; a place that is empty is None."""

    keys: dict[str, str]
    time_s: list[float]
    places: dict[str, list[tuple[float, float, float] | None]]


def read_motion(path: Path) -> Motion:
    """Read a motion as OpenSim 3 and 4 do: every cell is a plain number, every row is whole."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("endheader")
    keys = dict(line.split("=") for line in lines[1:end] if line)
    assert keys["version"] == "1"
    assert keys["inDegrees"] in ("yes", "no")
    names = lines[end + 1].split("\t")
    assert names[0] == "time"
    assert lines.pop() == ""
    rows = [[float(cell) for cell in line.split("\t")] for line in lines[end + 2 :]]
    assert len(rows) == int(keys["nRows"])
    assert len(names) == int(keys["nColumns"])
    assert all(len(row) == len(names) for row in rows)
    assert all(cell == cell for row in rows for cell in row), "OpenSim 3 ends at a NaN"
    return Motion(keys, {name: [row[i] for row in rows] for i, name in enumerate(names)})


def read_markers(path: Path) -> Markers:
    """Read markers as OpenSim 4 does."""
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[0].split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    assert lines[1].split("\t") == KEYS
    values = [cell for cell in lines[2].split("\t") if cell]
    keys = dict(zip(KEYS, values, strict=True))
    labels = [cell for cell in lines[3].split("\t") if cell]
    count = int(keys["NumMarkers"])
    assert labels[:2] == ["Frame#", "Time"]
    assert len(labels) == count + 2
    axes = [cell for cell in lines[4].split("\t") if cell]
    assert axes == [f"{axis}{i}" for i in range(1, count + 1) for axis in "XYZ"]
    assert lines[5] == ""
    assert lines.pop() == ""
    rows = [line.split("\t") for line in lines[6:]]
    assert len(rows) == int(keys["NumFrames"])
    assert all(len(row) == 2 + 3 * count for row in rows)
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    places = {name: [_place(row[2 + 3 * i : 5 + 3 * i]) for row in rows] for i, name in enumerate(labels[2:])}
    return Markers(keys, [float(row[1]) for row in rows], places)


def _place(cells: list[str]) -> tuple[float, float, float] | None:
    if "" in cells:
        return None
    x, y, z = map(float, cells)
    return x, y, z
