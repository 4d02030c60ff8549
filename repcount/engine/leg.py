"""Counts one drive signal: of the left leg, of the right, or of both together."""

from __future__ import annotations

from collections import deque
from statistics import median

from repcount.core.model import NAN, Phase, Side
from repcount.core.signals import Signals, reader, visibility_reader
from repcount.engine.evidence import BEFORE_S
from repcount.engine.excursion import Excursion, ExcursionDetector, Sample, Stage
from repcount.engine.gate import Gate, reader_of
from repcount.engine.guess import VISIBLE
from repcount.engine.holding import HoldClock, hold_floor
from repcount.engine.movement import Evidence, Movement
from repcount.engine.shape import Shape, shape_of
from repcount.exercises.spec import Direction, Exercise, Measure, Preset
from repcount.exercises.terms import Moment

MAX_GAP_S = 1.0  # after so long without news the count does not go on from where it was
PAST_S = 15.0  # a leg's own signal is remembered this long
NEAR_SHARE = 0.3  # of the range from the top: near enough to see whether it is a repetition
AWAY_DEG = 6.0  # about the edge of rest one signal takes over from the other within this
PEAK_SHARE = 0.15  # within this share of the range from the top a leg is at its peak
PEAK_DEG_S = 20.0  # if it moves no faster than this


class LegCounter:
    """Streams signals in, gives movements out.

    Parameters
    ----------
    side : whose drive signal; both legs together for ``BOTH``.
    """

    def __init__(self, exercise: Exercise, preset: Preset, side: Side) -> None:
        self.side = side
        self._exercise = exercise
        self._sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
        self._told, self._steady = reader(exercise.drive.signal, side), reader(exercise.drive.counted, side)
        self._evidence = Evidence(exercise, preset, side)
        self._asked = [reader_of(each, side) for each in self._evidence.asked]
        self._is_one = exercise.drive.counted_by is None
        self._highest_rest = max(self._sign * limit for limit in exercise.drive.rest)
        self._seen = visibility_reader(side)
        self._gate = Gate(exercise, side)
        self._detector = ExcursionDetector(preset.min_rom_deg)
        self._clock = HoldClock(hold_floor(exercise, preset, self._sign))
        self._recent: deque[Sample] = deque(maxlen=3)
        self._past: deque[tuple[float, float]] = deque()
        self.drive = NAN
        self.visibility = 0.0
        self._speed = 0.0
        self._waited_s = float("-inf")

    @property
    def armed(self) -> bool:
        """Whether the start posture has been taken."""
        return self._gate.armed

    def arm(self, since_s: float) -> None:
        """Arm on other evidence than a held start posture."""
        self._gate.arm(since_s)

    @property
    def holding_s(self) -> float:
        """Seconds held so far in the excursion under way; 0 once the leg is on its way back."""
        return self._clock.valid_s if self._detector.stage is Stage.OUT else 0.0

    @property
    def moving(self) -> bool:
        """Whether an excursion is under way."""
        return self._detector.stage is not Stage.REST

    @property
    def is_plausible(self) -> bool:
        """Whether what is under way can be a repetition: at its top it must show what that asks for."""
        detector = self._detector
        if not self._recent or self._recent[-1].value < detector.top - NEAR_SHARE * self._rom:
            return True
        asked = zip(self._recent[-1].extra, self._exercise.require, strict=False)
        return not any(
            value < requirement.span[0] or value > requirement.span[1]
            for value, requirement in asked
            if requirement.measure is Measure.VALUE and requirement.at is Moment.PEAK
        )

    @property
    def _rom(self) -> float:
        return self._detector.top - (self._detector.rest or 0.0)

    @property
    def moving_since_s(self) -> float | None:
        """When the excursion under way was noticed to have begun, None at rest."""
        if not self.moving:
            return None
        samples, rest = self._detector.samples, self._detector.rest or 0.0
        level = rest + 0.2 * self._rom
        begun = samples[0].time_s
        for sample in reversed(samples):
            begun = sample.time_s
            if sample.value <= level and self._detector.stage is Stage.OUT:
                break
        return begun

    @property
    def phase(self) -> Phase:
        """Where in a repetition this leg is."""
        detector = self._detector
        if detector.stage is Stage.REST:
            return Phase.READY if self.armed else Phase.WAITING
        near = detector.top - self._recent[-1].value <= PEAK_SHARE * self._rom
        if near and abs(self._speed) < PEAK_DEG_S:
            return Phase.PEAK
        return Phase.OUT if detector.stage is Stage.OUT else Phase.BACK

    def wait(self, time_s: float) -> None:
        """Go on from where it was for all that: somebody else was in the way until now."""
        self._waited_s = time_s

    def lost(self) -> None:
        """Forget what was under way: the person was not seen for too long."""
        self._detector.reset()
        self._clock.reset()
        self._gate.reset()
        self._recent.clear()
        self.drive = NAN

    def update(self, time_s: float, signals: Signals) -> Movement | None:
        """Take the newest signals; return the movement that has just ended, if one has."""
        self.drive = value = self._told(signals)
        if not self._is_one:
            value = self._counted(self._steady(signals))
        self.visibility = self._seen(signals)
        if self.visibility < VISIBLE:
            value = self.drive = NAN
        if value != value:
            return None
        if self._recent and time_s - max(self._recent[-1].time_s, self._waited_s) > MAX_GAP_S:
            shown = self.drive
            self.lost()
            self.drive = shown
        if not self._gate.update(time_s, signals):
            if self._recent:
                self._detector.reset()
                self._clock.reset()
                self._recent.clear()
            return None
        self._recent.append(self._sample(time_s, value, signals))
        self._remember(time_s, self._sign * value)
        return self._advance(time_s) if len(self._recent) == 3 else None

    def _counted(self, steady: float) -> float:
        """What is counted: the steady signal near rest, the told one where the leg surely is away from it."""
        away = (self._sign * self.drive - self._highest_rest + AWAY_DEG) / (2 * AWAY_DEG)
        share = max(0.0, min(1.0, away)) if away == away else 0.0
        if share == 1.0:
            return self.drive
        return steady + share * (self.drive - steady) if share > 0.0 else steady

    def _remember(self, time_s: float, value: float) -> None:
        self._past.append((time_s, value))
        while self._past[0][0] < time_s - PAST_S:
            self._past.popleft()

    def change_during(self, shape: Shape) -> float:
        """How much further from rest this leg was while the other one was at its peak; NaN if not seen."""
        edge = BEFORE_S
        top = [v for t, v in self._past if shape.peak_start_s <= t <= shape.peak_end_s]
        low = [v for t, v in self._past if -edge <= t - shape.start_s <= 0 or 0 <= t - shape.end_s <= edge]
        return median(top) - median(low) if top and low else NAN

    def _advance(self, now_s: float) -> Movement | None:
        """Go on by one sample: the middle of the last three, freed from a spike of one frame."""
        first, middle, last = self._recent
        self._speed = (last.value - first.value) / (last.time_s - first.time_s)
        smooth = sorted((first.value, middle.value, last.value))[1]
        sample = Sample(middle.time_s, smooth, middle.extra)
        self._detector.prompt = self.armed
        excursion = self._detector.update(sample)
        if excursion is not None:
            return self._judge(excursion, now_s)
        if self._detector.stage is Stage.REST:
            self._clock.reset()
        else:
            self._clock.update(sample)
        return None

    def flush(self) -> Movement | None:
        """End now; return the movement that was as good as done."""
        excursion = self._detector.flush()
        return self._judge(excursion, self._recent[-1].time_s) if excursion is not None else None

    def _sample(self, time_s: float, value: float, signals: Signals) -> Sample:
        extra = [read(signals) for read in self._asked]
        in_start = float(self._gate.armed or self._gate.in_start)
        told = self._sign * self.drive
        return Sample(time_s, self._sign * value, (*extra, told, in_start, self.visibility))

    def _judge(self, excursion: Excursion, now_s: float) -> Movement | None:
        excursion = self._evidence.from_rest(excursion)
        shape = shape_of(excursion)
        held = self._clock.held(shape.peak_end_s)
        self._clock.reset()
        armed = self._gate.armed_s <= excursion.noticed_s
        return self._evidence.movement(excursion, shape, held, now_s, armed=armed)
