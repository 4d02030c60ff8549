"""Cuts one drive signal into movements: of the left leg, of the right, or of both together."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from statistics import median

from repcount.core.records import NAN, Phase, Side
from repcount.core.signal_names import Signals, reader, visibility_reader
from repcount.counting.excursion import Excursion, ExcursionDetector, ExcursionPhase, Sample
from repcount.counting.holds import HoldClock, hold_floor
from repcount.counting.movement import LIKE_NAMES, Movement
from repcount.counting.scoring import Model
from repcount.counting.shape import reported_peak, reported_ways, shape_of
from repcount.counting.start_posture import StartPosture
from repcount.exercises.spec import CountAt, Direction, Exercise, Preset
from repcount.features.candidate import Candidate, Shape
from repcount.features.describe import Describer
from repcount.features.signal_history import BEFORE_S, SignalHistory, windows
from repcount.features.spans import peak_conditions
from repcount.features.visibility import VISIBLE

MAX_GAP_S = 1.0  # after a longer gap the movement under way is forgotten
PAST_S = 15.0  # a leg's own signal is remembered this long
AWAY_DEG = 6.0  # this near the edge of rest the counted signal is a mix of the steady and the reported one
PEAK_SHARE = 0.15  # within this share of the range from the top a leg is at its peak
PEAK_DEG_S = 20.0  # if it moves no faster than this
REST_MARGIN = 0.15  # of the range: how far outside its band rest may lie


class LegCounter:
    """Streams signals in, gives movements out.

    Parameters
    ----------
    side : whose drive signal; both legs together for ``BOTH``.
    model : what scores the movements.
    past : what was measured before; the signals of each moment are added to it first.

    Attributes
    ----------
    is_plausible : whether what is under way can be a repetition: when it last stood at its top, it showed
        what a repetition must show there; True before that.
    """

    def __init__(
        self, exercise: Exercise, preset: Preset, side: Side, model: Model, past: SignalHistory
    ) -> None:
        self.side = side
        self._exercise = exercise
        self._model = model
        self._history = past
        self._sign = 1.0 if exercise.drive.direction is Direction.RISING else -1.0
        self._reported, self._steady = (
            reader(exercise.drive.signal, side),
            reader(exercise.drive.counted, side),
        )
        self._is_one = exercise.drive.counted_by is None
        self._highest_rest = max(self._sign * limit for limit in exercise.drive.rest)
        self._seen = visibility_reader(exercise.drive.signal, side)
        self._posture = StartPosture(exercise, side)
        self._describer = Describer(exercise, side, {*model.names, *LIKE_NAMES})
        self._peaks = peak_conditions(exercise, side)
        self._min_rom = preset.min_rom_deg
        smallest = min(each.min_rom_deg for each in exercise.presets.values())
        at_peak = exercise.drive.count_at is CountAt.PEAK
        self._detector = ExcursionDetector(min(preset.min_rom_deg, smallest), at_peak)
        self._clock = HoldClock(hold_floor(exercise, preset, self._sign))
        self._recent: deque[Sample] = deque(maxlen=3)
        self._past: deque[tuple[float, float]] = deque()
        self.is_plausible = True
        self.drive = NAN
        self.visibility = 0.0
        self._waited_s = float("-inf")

    @property
    def armed(self) -> bool:
        """Whether the start posture has been taken."""
        return self._posture.armed

    def arm(self, since_s: float) -> None:
        """Arm on other evidence than a held start posture."""
        self._posture.arm(since_s)

    @property
    def is_like_peak(self) -> bool:
        """Whether this moment shows what a repetition must show at its peak."""
        return self._peaks.meets(self._history.newest)

    @property
    def holding_s(self) -> float:
        """Seconds held so far in the excursion under way; 0 once the leg is on its way back."""
        return self._clock.valid_s if self._detector.stage is ExcursionPhase.OUT else 0.0

    @property
    def moving(self) -> bool:
        """Whether an excursion is under way."""
        return self._detector.stage is not ExcursionPhase.REST

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
            if sample.value <= level and self._detector.stage is ExcursionPhase.OUT:
                break
        return begun

    @property
    def phase(self) -> Phase:
        """Where in a repetition this leg is."""
        detector = self._detector
        if detector.stage is ExcursionPhase.REST:
            return Phase.READY if self.armed else Phase.WAITING
        if self._at_top():
            return Phase.PEAK
        return Phase.OUT if detector.stage is ExcursionPhase.OUT else Phase.BACK

    @property
    def is_still(self) -> bool:
        """Whether it rests, or is slow and has not gone far enough for a repetition: an angle drifts too."""
        return not self.moving or (self._rom < self._min_rom and self._at_top())

    def _at_top(self) -> bool:
        near = self._detector.top - self._recent[-1].value <= PEAK_SHARE * self._rom
        return near and abs(self._speed()) < PEAK_DEG_S

    def wait(self, time_s: float) -> None:
        """Keep what is under way: somebody else was in the way until now."""
        self._waited_s = time_s

    def lost(self) -> None:
        """Forget what was under way: the person was not seen for too long."""
        self._detector.reset()
        self._clock.reset()
        self._posture.reset()
        self._recent.clear()
        self.is_plausible = True
        self.drive = NAN

    def update(self, time_s: float, signals: Signals) -> Movement | None:
        """Take the newest signals; return the movement that has just ended, if one has."""
        self.drive = value = self._reported(signals)
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
        self._posture.update(time_s, signals)
        in_start = self._posture.armed or self._posture.in_start
        sample = Sample(time_s, self._sign * value, self._sign * self.drive, in_start, self.visibility)
        self._recent.append(sample)
        self._remember(time_s, self._sign * value)
        return self._advance(time_s) if len(self._recent) == 3 else None

    def _counted(self, steady: float) -> float:
        """What is counted: the steady signal near rest, the reported one away from it, a mix between."""
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

    def _speed(self) -> float:
        first, _, last = self._recent
        return (last.value - first.value) / (last.time_s - first.time_s)

    def _advance(self, now_s: float) -> Movement | None:
        """Go on by one sample: the middle of the last three, freed from a spike of one frame."""
        sample = self._recent[1]
        smooth = sorted([each.value for each in self._recent])[1]
        if smooth != sample.value:
            sample = sample._replace(value=smooth)
        self._detector.ends_early = self.armed
        excursion = self._detector.update(sample)
        if excursion is not None:
            self.is_plausible = True
            return self._measured(excursion, now_s)
        if self._detector.stage is ExcursionPhase.REST:
            self._clock.reset()
            self.is_plausible = True
            return None
        self._clock.update(sample)
        if self._at_top():
            self.is_plausible = self.is_like_peak
        return None

    def flush(self) -> Movement | None:
        """End now; return the movement that was as good as done."""
        excursion = self._detector.flush()
        return self._measured(excursion, self._recent[-1].time_s) if excursion is not None else None

    def _measured(self, excursion: Excursion, now_s: float) -> Movement | None:
        excursion = self._from_rest(excursion)
        shape = shape_of(excursion)
        held = self._clock.held(shape.peak_end_s)
        self._clock.reset()
        candidate = self._candidate(excursion, shape)
        parts = windows(self._history, shape)
        features = self._describer.describe(candidate, parts, self._history.first_s)
        if not self._is_one:
            shape = reported_ways(excursion, shape)
        if excursion.one_way:
            shape = replace(shape, down_s=NAN)
        seen = [s.visibility for s in excursion.samples if s.time_s >= shape.start_s]
        peak = excursion.top if self._is_one else reported_peak(excursion, shape)
        return Movement(
            side=self.side,
            shape=shape,
            rest=self._sign * excursion.rest,
            peak=self._sign * peak,
            rom=peak - excursion.rest,
            held=held,
            visibility=median(seen),
            ended_s=now_s,
            log_odds=self._model.score(features),
            features=features,
            needs_both=self._describer.needs_both(candidate, parts),
            too_small=excursion.rom < self._min_rom,
        )

    def _candidate(self, excursion: Excursion, shape: Shape) -> Candidate:
        return Candidate(
            side=self.side,
            shape=shape,
            rest=excursion.rest,
            top=excursion.top,
            back=(excursion.top - excursion.samples[-1].value) / excursion.rom,
            start_held=self._posture.armed_s <= excursion.noticed_s,
            start_seen=any(s.in_start for s in excursion.samples),
        )

    def _from_rest(self, excursion: Excursion) -> Excursion:
        """The excursion, with rest taken from its end where its start was not seen."""
        back = excursion.samples[-1].value
        margin = REST_MARGIN * excursion.rom
        if self._is_rest(excursion.rest, margin) or not self._is_rest(back, margin):
            return excursion
        return replace(excursion, rest=back)

    def _is_rest(self, value: float, margin: float) -> bool:
        lowest, highest = sorted(self._sign * limit for limit in self._exercise.drive.rest)
        return lowest - margin <= value <= highest + margin
