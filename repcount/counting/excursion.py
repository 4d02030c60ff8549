"""One leg's movement cut into excursions: away from rest, to a peak, and back.

The thresholds are relative to the person's own rest and peak, so that a 12 degree leg raise and a 90
degree squat are found by the same rule. Only media time is looked at; NaN is no news.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

STILL_S = 0.7  # rest is learnt from a value that has stayed within STILL_DEG this long
STILL_DEG = 2.5
START_SHARE = 0.5  # an excursion begins this share of the smallest range above rest
TURN_SHARE = 0.25  # a turn is believed after this share of the excursion
LAND_SHARE = 0.4  # below this share of the excursion the leg is back
LANDED_S = 0.3  # a leg that is below it for less time than this has flickered, not landed
# A quick person only touches rest and starts again at once. That is the end of an excursion if the leg
TOUCH_SHARE = 0.3  # comes down to this share of it,
TOUCH_LEFT_SHARE = 0.7  # needs, from when it was last above this share,
TOUCH_S = 0.3  # at least this long until it is up again,
TOUCH_DOWN_S = 0.1  # and at least this long for the way down: a leap of the network is quicker.
TOUCH_DEG = 35.0  # Smaller movements cannot be told from a trembling landmark in this way.
DOWN_SHARE = 0.03  # this near its rest a leg counts as landed before it is still
SETTLE_S = 0.15  # a landing ends when the value has not fallen for this long
LANDING_LIMIT_S = 0.7  # and after this long at the latest
RISEN_SHARE = 0.1  # of the excursion: so far above its end the next one has begun
STUCK_S = 5.0  # a new rest is believed after so long without movement on the way back
MAX_EXCURSION_S = 600.0
LEAD_S = 2.0  # samples kept from before an excursion, to find its start in hindsight


class Sample(NamedTuple):
    """One moment of the drive signal, rising towards the peak.

    ``reported`` is the signal that is reported, where another one is counted; NaN where it is not known.
    """

    time_s: float
    value: float
    reported: float = float("nan")
    in_start: bool = False
    visibility: float = 1.0


@dataclass(frozen=True)
class Excursion:
    """A finished movement away from rest and back.

    Attributes
    ----------
    samples : from up to two seconds before it began to the moment it was over.
    noticed_s : when it was clear that rest had been left.
    rest, top : the level before it began, and the highest level. Where the start was not seen, the range from
        ``rest`` may be less than the smallest range; the range down to the level after it is not.
    one_way : it ended at its peak, without a way back.
    """

    samples: tuple[Sample, ...]
    noticed_s: float
    rest: float
    top: float
    one_way: bool = False

    @property
    def rom(self) -> float:
        """Range of motion: from rest to the top."""
        return self.top - self.rest


class ExcursionPhase(Enum):
    """Where in an excursion the leg is."""

    REST = "rest"
    OUT = "out"
    BACK = "back"


class ExcursionDetector:
    """Streams samples in, gives excursions out.

    Parameters
    ----------
    min_rom : the smallest excursion that is one, in the signal's unit.
    at_peak : an excursion is over once its peak is held, as when somebody stands up from a chair.

    Attributes
    ----------
    ends_early : end an excursion as soon as the leg is back at its rest; else wait until it settles.
    """

    def __init__(self, min_rom: float, at_peak: bool = False) -> None:
        self._min_rom, self._at_peak = min_rom, at_peak
        self._still_s: deque[float] = deque()
        self._still: deque[float] = deque()
        self.ends_early = False
        self.reset()

    def reset(self) -> None:
        """Forget everything, as after a long gap."""
        self.stage = ExcursionPhase.REST
        self.rest: float | None = None
        self.top = float("-inf")
        self._noticed_s = 0.0
        self._valley = float("inf")
        self._valley_s = 0.0
        self._landing_s: float | None = None
        self._left_s = 0.0
        self._samples: list[Sample] = []
        self._still_s.clear()
        self._still.clear()

    @property
    def samples(self) -> list[Sample]:
        """Samples of the excursion under way, or of the last seconds of rest."""
        return self._samples

    def update(self, sample: Sample) -> Excursion | None:
        """Take the newest sample; return the excursion that has just ended, if one has."""
        self._samples.append(sample)
        still = self._stillness(sample)
        if self.stage is ExcursionPhase.REST:
            self._at_rest(sample, still)
        elif self.stage is ExcursionPhase.OUT:
            if self._is_at_peak(sample, still is not None):
                return self._finish(sample)
            self._going_out(sample, still)
        else:
            return self._coming_back(sample)
        if sample.time_s - self._samples[0].time_s > MAX_EXCURSION_S:
            self.reset()
        return None

    def flush(self) -> Excursion | None:
        """End now: one that is on its way back counts, though it was not seen to land; or one at its peak."""
        if self.stage is ExcursionPhase.REST:
            return None
        last = self._samples[-1]
        if self.stage is ExcursionPhase.OUT and not self._is_at_peak(last, True):
            return None
        return self._finish(last)

    def _is_at_peak(self, sample: Sample, is_still: bool) -> bool:
        """Whether what is under way ends here, at its peak."""
        near = self.top - sample.value <= TURN_SHARE * self._rom()
        return self._at_peak and is_still and near and self._rom() >= self._min_rom

    def _stillness(self, sample: Sample) -> float | None:
        """Mean of the last moments if they were still, else None."""
        times_s, values = self._still_s, self._still
        times_s.append(sample.time_s)
        values.append(sample.value)
        first_s = sample.time_s - STILL_S - 1e-9
        while times_s[0] < first_s:
            times_s.popleft()
            values.popleft()
        if sample.time_s - times_s[0] < 0.75 * STILL_S:
            return None
        if abs(sample.value - values[0]) >= STILL_DEG:
            return None
        return sum(values) / len(values) if max(values) - min(values) < STILL_DEG else None

    def _at_rest(self, sample: Sample, still: float | None) -> None:
        value = sample.value
        if still is not None:
            self.rest = still
        self.rest = value if self.rest is None else min(self.rest, value)
        self._forget_before(sample.time_s - LEAD_S)
        if value - self.rest > START_SHARE * self._min_rom:
            self.stage, self.top, self._noticed_s = ExcursionPhase.OUT, value, sample.time_s

    def _forget_before(self, time_s: float) -> None:
        first = 0
        while self._samples[first].time_s < time_s:  # the newest is not
            first += 1
        if first:
            del self._samples[:first]

    def _going_out(self, sample: Sample, still: float | None) -> None:
        self.top = max(self.top, sample.value)
        settled = still is not None and sample.time_s - self._noticed_s >= STILL_S
        if settled and self._rom() < self._min_rom:
            self.stage, self.rest, self.top = ExcursionPhase.REST, still, float("-inf")
        elif self.top - sample.value > TURN_SHARE * self._rom():
            self.stage, self._valley, self._valley_s = ExcursionPhase.BACK, sample.value, sample.time_s
            self._left_s = sample.time_s

    def _rom(self) -> float:
        return self.top - (self.rest or 0.0)

    def _coming_back(self, sample: Sample) -> Excursion | None:
        value, rom = sample.value, self._rom()
        height = (value - (self.rest or 0.0)) / rom
        if height > TOUCH_LEFT_SHARE:
            self._left_s = sample.time_s
        if height <= LAND_SHARE and self._landing_s is None:
            self._landing_s = sample.time_s
        elif height > LAND_SHARE and self._landing_s is not None:
            if self._has_touched(sample.time_s, self._landing_s, rom):
                return self._finish(sample)
            if sample.time_s - self._landing_s < LANDED_S:
                self._landing_s = None
        if value < self._valley - 0.01 * rom:
            self._valley, self._valley_s = value, sample.time_s
        if self._landing_s is not None:
            return self._finish(sample) if self._is_down(sample, rom) else None
        if value - self._valley > TURN_SHARE * rom:
            self.stage = ExcursionPhase.OUT
            self.top = max(self.top, value)
        elif sample.time_s - self._valley_s > STUCK_S:
            return self._finish(sample)
        return None

    def _has_touched(self, now_s: float, landing_s: float, rom: float) -> bool:
        deep = self._valley <= (self.rest or 0.0) + TOUCH_SHARE * rom
        smooth = now_s - self._left_s >= TOUCH_S and landing_s - self._left_s >= TOUCH_DOWN_S
        return deep and smooth and rom >= TOUCH_DEG

    def _is_down(self, sample: Sample, rom: float) -> bool:
        landed_s = sample.time_s - (self._landing_s or 0.0)
        near = self.ends_early and sample.value <= (self.rest or 0.0) + DOWN_SHARE * rom
        risen = sample.value - self._valley > max(RISEN_SHARE * rom, 1.0)
        settled = sample.time_s - self._valley_s >= SETTLE_S - 1e-9
        return landed_s >= LANDED_S - 1e-9 and (near or risen or settled or landed_s > LANDING_LIMIT_S)

    def _finish(self, sample: Sample) -> Excursion | None:
        rest, top, samples = self.rest or 0.0, self.top, self._until_valley(sample)
        one_way = self.stage is ExcursionPhase.OUT
        self.stage, self.rest = ExcursionPhase.REST, min(self._valley, sample.value)
        self.top, self._valley = float("-inf"), float("inf")
        self._landing_s = None
        self._forget_before(sample.time_s - LEAD_S)
        if top - min(rest, self.rest) < self._min_rom:
            return None
        return Excursion(samples, self._noticed_s, rest, top, one_way)

    def _until_valley(self, sample: Sample) -> tuple[Sample, ...]:
        """All samples, but for those of the next way out where it has begun already."""
        if sample.value - self._valley <= RISEN_SHARE * self._rom():
            return tuple(self._samples)
        return tuple(s for s in self._samples if s.time_s <= self._valley_s)
