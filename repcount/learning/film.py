"""A film as the learner sees it: what was measured in each of its frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from repcount.core.records import NAN, Pose
from repcount.core.signal_names import Signals
from repcount.features.extraction import SignalExtractor
from repcount.tracking.identity import Sight

CAMERA: Final = "camera"
"""The name of a film that was made on the spot."""


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
