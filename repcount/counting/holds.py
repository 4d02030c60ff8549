"""Held positions: how long, how often broken, how steady. On media time only."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from repcount.counting.excursion import Sample
from repcount.exercises.spec import Exercise, Preset

BRIDGE_S = 0.5  # a dropout or a dip out of the band shorter than this does not stop the clock
STILL_DEG_S = 15.0  # a hold begins once the leg moves slower than this
LOOK_BACK_S = 0.2  # over this much time


@dataclass(frozen=True)
class Held:
    """A held position within one excursion.

    Attributes
    ----------
    valid_s : seconds within the band, the breaks left out.
    breaks : how often the band was left for longer than the bridge.
    drift_deg : mean of the last second less that of the first; below 0 it sagged.
    tremor_deg : standard deviation about the line through the hold.
    """

    start_s: float
    end_s: float
    valid_s: float
    breaks: int
    drift_deg: float
    tremor_deg: float


class HoldClock:
    """Runs while the drive signal is in its band and was once still.

    Parameters
    ----------
    floor : lower edge of the band; the signal rises towards the peak.
    """

    def __init__(self, floor: float) -> None:
        self._floor = floor
        self.reset()

    def reset(self) -> None:
        """Start anew, as for the next excursion."""
        self._spans: list[list[Sample]] = []
        self._recent: deque[Sample] = deque()
        self._last_in_s = float("-inf")

    @property
    def valid_s(self) -> float:
        """Seconds held so far in this excursion."""
        return sum(span[-1].time_s - span[0].time_s for span in self._spans)

    def update(self, sample: Sample) -> None:
        """Take the newest sample of an excursion."""
        self._recent.append(sample)
        while self._recent[0].time_s < sample.time_s - LOOK_BACK_S - 1e-9:
            self._recent.popleft()
        if sample.value < self._floor:
            return
        in_reach = sample.time_s - self._last_in_s <= BRIDGE_S
        self._last_in_s = sample.time_s
        if self._spans and in_reach and self._is_running():
            self._spans[-1].append(sample)
        elif self._is_still():
            self._spans.append([sample])

    def _is_running(self) -> bool:
        return self._recent[-1].time_s - self._spans[-1][-1].time_s <= BRIDGE_S

    def _is_still(self) -> bool:
        first, last = self._recent[0], self._recent[-1]
        elapsed = last.time_s - first.time_s
        return elapsed > 0 and abs(last.value - first.value) < STILL_DEG_S * elapsed

    def held(self, until_s: float) -> Held | None:
        """The hold of the excursion that has just ended.

        Parameters
        ----------
        until_s : when the leg left its peak for good, as is known in hindsight.
        """
        spans = [[sample for sample in span if sample.time_s <= until_s] for span in self._spans]
        spans = [span for span in spans if len(span) > 1]
        if not spans:
            return None
        inside = [sample for span in spans for sample in span]
        drift, tremor = _steadiness(inside)
        return Held(
            start_s=inside[0].time_s,
            end_s=inside[-1].time_s,
            valid_s=sum(span[-1].time_s - span[0].time_s for span in spans),
            breaks=len(spans) - 1,
            drift_deg=drift,
            tremor_deg=tremor,
        )


def _steadiness(inside: Sequence[Sample]) -> tuple[float, float]:
    t0, t1 = inside[0].time_s, inside[-1].time_s
    edge = min(1.0, (t1 - t0) / 3)
    head = [s.value for s in inside if s.time_s <= t0 + edge]
    tail = [s.value for s in inside if s.time_s >= t1 - edge]
    drift = sum(tail) / len(tail) - sum(head) / len(head)
    n = len(inside)
    mean_t = sum(s.time_s for s in inside) / n
    mean_v = sum(s.value for s in inside) / n
    spread = sum((s.time_s - mean_t) ** 2 for s in inside)
    slope = sum((s.time_s - mean_t) * (s.value - mean_v) for s in inside) / spread if spread > 0 else 0.0
    square = sum((s.value - mean_v - slope * (s.time_s - mean_t)) ** 2 for s in inside) / n
    return drift, square**0.5


def hold_floor(exercise: Exercise, preset: Preset, sign: float) -> float:
    """Lower edge of the band in which a hold counts; ``sign`` is -1 where the drive signal falls."""
    top = preset.target_deg
    if exercise.hold.cap_deg is not None:
        top = min(exercise.hold.cap_deg, top)
    return sign * top - exercise.hold.band_deg
