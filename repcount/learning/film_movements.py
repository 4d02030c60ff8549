"""The movements of one signal of a film, and which of them are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from repcount.core.records import Side
from repcount.core.signal_names import reader, visibility_reader
from repcount.counting.excursion import Excursion, ExcursionDetector, Sample
from repcount.counting.leg import MAX_GAP_S
from repcount.counting.shape import shape_of
from repcount.features.candidate import Shape
from repcount.features.visibility import VISIBLE
from repcount.learning.film import Film

LIKE_ROM: Final = 1.6  # movements whose ranges are further apart than this factor are not the same
LIKE_LEVEL: Final = 0.4  # nor are those whose rest or top is apart by more than this share of the range
LIKE_TIME: Final = 2.5  # nor those whose times are further apart than this factor


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
