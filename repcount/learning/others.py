"""Films of other exercises and doings that come with the program: what a learned exercise must not count.

They hold what was measured of rendered people (``python -m bench.taught --others`` makes the file), so that
an exercise learned from one film alone is tried on more than that film.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.signal_names import SIGNALS, BodySignals, LegSignals, Signals
from repcount.learning.film import Film
from repcount.tracking.identity import Sight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("others.npz")
_LEG: Final = tuple(info.name for info in SIGNALS if info.per_leg)
_BODY: Final = tuple(info.name for info in SIGNALS if not info.per_leg)
COLUMNS: Final = (
    *(f"left.{name}" for name in _LEG),
    *(f"right.{name}" for name in _LEG),
    *(f"body.{name}" for name in _BODY),
)


@cache
def others() -> tuple[Film, ...]:
    """The films; their names say what they show, such as ``wall squat``."""
    import numpy as np

    with np.load(FILE) as kept:
        columns = [str(name) for name in kept["columns"]]
        order = [columns.index(name) if name in columns else -1 for name in COLUMNS]
        first, films = 0, list[Film]()
        for name, frames in zip(kept["names"].tolist(), kept["frames"].tolist(), strict=True):
            part = slice(first, first + frames)
            films.append(_film(str(name), kept["time_s"][part], kept["values"][part], order))
            first += frames
    return tuple(films)


def _film(name: str, time_s: NDArray[Any], values: NDArray[Any], order: list[int]) -> Film:
    rows = values.astype(float).tolist()
    moments = [
        (time, None if row[0] != row[0] and row[-1] != row[-1] else _signals(row, order), Sight.HERE)
        for time, row in zip(time_s.tolist(), rows, strict=True)
    ]
    return Film(name, tuple(moments))


def _signals(row: list[float], order: list[int]) -> Signals:
    values = [row[i] if i >= 0 else float("nan") for i in order]
    legs = len(_LEG)
    return Signals(
        LegSignals(*values[:legs]), LegSignals(*values[legs : 2 * legs]), BodySignals(*values[2 * legs :])
    )


def table_of(films: list[Film]) -> dict[str, NDArray[Any]]:
    """The arrays of the file."""
    import numpy as np

    rows, times = list[list[float]](), list[float]()
    for film in films:
        for moment_s, signals, _ in film.moments:
            times.append(moment_s)
            rows.append([float("nan")] * len(COLUMNS) if signals is None else _row(signals))
    return {
        "columns": np.array(COLUMNS),
        "names": np.array([film.name for film in films]),
        "frames": np.array([len(film.moments) for film in films]),
        "time_s": np.array(times, np.float32),
        "values": _rounded(np.array(rows)),
    }


def _rounded(values: NDArray[np.float64]) -> NDArray[np.float16]:
    """To a quarter of a degree and a 256th of a ratio: files become smaller, counts do not change."""
    import numpy as np

    angle = np.array([name.endswith("_deg") for name in COLUMNS])
    grain = np.where(angle, 4.0, 256.0)
    return (np.round(values * grain) / grain).astype(np.float16)


def _row(signals: Signals) -> list[float]:
    sides = [getattr(leg, name) for leg in (signals.left, signals.right) for name in _LEG]
    return [*sides, *(getattr(signals.body, name) for name in _BODY)]
