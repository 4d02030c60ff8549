"""Films as the learner sees them: what was measured in each frame, and the movements of one signal.

Films of other exercises and doings come with the program: what a learned exercise must not count. They hold
what was measured of rendered people (``python -m bench.taught --others`` makes the file), so that an exercise
learned from one film alone is tried on more than that film.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Final

from repcount.core.records import NAN, Pose, Side
from repcount.core.signal_names import (
    SIGNALS,
    BodySignals,
    LegSignals,
    Signals,
    reader,
    visibility_reader,
)
from repcount.counting.excursion import Excursion, ExcursionDetector, Sample
from repcount.counting.leg import MAX_GAP_S
from repcount.counting.shape import shape_of
from repcount.features.candidate import Shape
from repcount.features.extraction import SignalExtractor
from repcount.features.visibility import VISIBLE
from repcount.tracking.identity import Sight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CAMERA: Final = "camera"
"""The name of a film that was made on the spot."""
LIKE_ROM: Final = 1.6  # movements whose ranges are further apart than this factor are not the same
LIKE_LEVEL: Final = 0.4  # nor are those whose rest or top is apart by more than this share of the range
LIKE_TIME: Final = 2.5  # nor those whose times are further apart than this factor
FILE: Final = Path(__file__).with_name("others.npz")
_LEG: Final = tuple(info.name for info in SIGNALS if info.per_leg)
_BODY: Final = tuple(info.name for info in SIGNALS if not info.per_leg)
COLUMNS: Final = (
    *(f"left.{name}" for name in _LEG),
    *(f"right.{name}" for name in _LEG),
    *(f"body.{name}" for name in _BODY),
)


@dataclass(frozen=True, eq=False)
class Film:
    """What was measured in a film.

    Attributes
    ----------
    name : what people call it, such as its file's name.
    moments : time in media seconds, the signals (None where the person was not seen), and whether somebody
        else was.
    """

    name: str
    moments: tuple[tuple[float, Signals | None, Sight], ...]

    @property
    def seen(self) -> tuple[tuple[float, Signals], ...]:
        """The moments in which the person was seen."""
        return tuple((time_s, signals) for time_s, signals, _ in self.moments if signals is not None)

    @property
    def duration_s(self) -> float:
        """From the first frame to the last, seconds."""
        return self.moments[-1][0] - self.moments[0][0] if self.moments else 0.0

    @property
    def view_deg(self) -> float:
        """The camera's angle to the body, median; NaN where nobody was seen."""
        known = [signals.body.view_deg for _, signals in self.seen]
        known = [view for view in known if view == view]
        return median(known) if known else NAN


def watch(name: str, track: Iterable[tuple[float, Pose | None]]) -> Film:
    """Measure every frame of a film; ``track`` gives the time and the pose of each."""
    extractor, moments = SignalExtractor(), []
    for time_s, pose in track:
        look = extractor.update(time_s, pose)
        moments.append((time_s, look.signals, look.sight))
    return Film(name, tuple(moments))


@dataclass(frozen=True)
class FilmMovement:
    """An excursion with its moments."""

    excursion: Excursion
    shape: Shape

    @property
    def rest(self) -> float:
        """Where it began."""
        return self.excursion.rest

    @property
    def top(self) -> float:
        """How far it went."""
        return self.excursion.top

    @property
    def rom(self) -> float:
        """From rest to the top."""
        return self.excursion.rom

    @property
    def length_s(self) -> float:
        """From its start to its end."""
        return max(0.1, self.shape.end_s - self.shape.start_s)


def samples_of(film: Film, name: str, side: Side, sign: float) -> tuple[list[Sample], float]:
    """The signal, rising towards the peak and freed from spikes, and how well its limb is seen."""
    read, visible = reader(name, side), visibility_reader(name, side)
    known, seen = list[tuple[float, float]](), list[float]()
    for time_s, signals in film.seen:
        value, visibility = read(signals), visible(signals)
        seen.append(visibility if value == value else 0.0)
        if value == value and visibility >= VISIBLE:
            known.append((time_s, sign * value))
    three = zip(known, known[1:], known[2:], strict=False)
    smooth = [Sample(b[0], sorted((a[1], b[1], c[1]))[1]) for a, b, c in three]
    return smooth, fmean(seen) if seen else 0.0


def movements_in(samples: Iterable[Sample], min_rom: float) -> list[FilmMovement]:
    """The movements of a signal that go so far or further."""
    detector, found, last_s = ExcursionDetector(min_rom), list[Excursion | None](), None
    for sample in samples:
        if last_s is not None and sample.time_s - last_s > MAX_GAP_S:
            found.append(detector.flush())
            detector.reset()
        last_s = sample.time_s
        found.append(detector.update(sample))
    found.append(detector.flush())
    return [FilmMovement(each, shape_of(each)) for each in found if each is not None]


def most_alike(movements: Sequence[FilmMovement]) -> list[FilmMovement]:
    """The largest group of movements that are like one of them."""
    groups = ([b for b in movements if same_movement(a, b)] for a in movements)
    return max(groups, key=len, default=[])


def same_movement(a: FilmMovement, b: FilmMovement) -> bool:
    """Whether two go as far, from and to the same place, and take about as long."""
    times = (a.length_s, b.length_s)
    apart = LIKE_LEVEL * min(a.rom, b.rom)
    return (
        max(a.rom, b.rom) <= LIKE_ROM * min(a.rom, b.rom)
        and abs(a.rest - b.rest) <= apart
        and abs(a.top - b.top) <= apart
        and max(times) <= LIKE_TIME * min(times)
    )


@cache
def other_films() -> tuple[Film, ...]:
    """The films that come with the program; their names say what they show, such as ``wall squat``."""
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
    """The arrays of the file of such films."""
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
