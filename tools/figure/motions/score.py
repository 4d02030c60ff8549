"""When each repetition begins, peaks and ends, how far it goes and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from tools.figure.faults import FAULTS
from tools.figure.rotation import Array
from tools.figure.scene import FaultScene, Motion, Part, Spread

TREMOR_HZ = 4.7


def ease(t: ArrayLike) -> Array:
    """Minimum-jerk course from 0 to 1 over t = 0..1."""
    x = np.clip(t, 0, 1)
    return np.asarray(x**3 * (10 - 15 * x + 6 * x * x))


def sway(time_s: float, size: float, seed: int) -> float:
    """A slow aimless wandering of about +-1.5 ``size``."""
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, 3)
    return float(
        sum(
            size / (i + 1) * np.sin(2 * np.pi * hz * time_s + phase)
            for i, (hz, phase) in enumerate(zip((0.11, 0.27, 0.43), phases, strict=True))
        )
    )


@dataclass(frozen=True)
class Beat:
    """The times of one repetition (media seconds) and its height, 1 = the range asked for.

    Attributes
    ----------
    top_s, leave_s : when the peak is reached and left.
    dip : how far it sinks at the top before it rises again, 0 = not at all.
    """

    number: int
    start_s: float
    top_s: float
    leave_s: float
    end_s: float
    amplitude: float
    dip: float = 0.0

    @property
    def peak_s(self) -> float:
        """The middle of the top."""
        return (self.top_s + self.leave_s) / 2

    def level(self, time_s: float) -> float:
        """Height at a time: 0 at rest, ``amplitude`` at the top."""
        up = ease((time_s - self.start_s) / (self.top_s - self.start_s))
        back = ease((time_s - self.leave_s) / (self.end_s - self.leave_s))
        inside = np.clip((time_s - self.top_s) / max(self.leave_s - self.top_s, 1e-6), 0, 1)
        sunk = self.dip * np.sin(np.pi * inside) ** 2
        return float(self.amplitude * (np.minimum(up, 1 - back) - sunk))

    def later(self, by_s: float) -> Beat:
        """The same repetition at another time."""
        return replace(
            self,
            start_s=self.start_s + by_s,
            top_s=self.top_s + by_s,
            leave_s=self.leave_s + by_s,
            end_s=self.end_s + by_s,
        )


@dataclass(frozen=True)
class Tempo:
    """An exercise's usual seconds: up, at the top, down, and at rest before the next."""

    up: float
    hold: float
    down: float
    rest: float


def _nth(value: Spread, i: int) -> float:
    return float(value[min(i, len(value) - 1)]) if isinstance(value, tuple) else float(value)


def _has(fault: FaultScene, number: int) -> bool:
    return not fault.reps or number in fault.reps


class Score:
    """The repetitions of one part.

    Parameters
    ----------
    part : what was asked for.
    tempo : the exercise's usual times.
    seed : varies the times within ``motion.jitter``.
    """

    def __init__(self, part: Part, tempo: Tempo, seed: int) -> None:
        self.part, self.motion, self.seed = part, part.motion, seed
        self.beats = self._beats(tempo, np.random.default_rng(seed))
        last = self.beats[-1].end_s if self.beats else self.motion.lead_s
        self.duration_s = last + self.motion.tail_s

    def _seconds(self, stretch: str, i: int, usual: float) -> float:
        asked = getattr(self.motion, f"{stretch}_s")
        seconds = usual if asked is None else _nth(asked, i)
        for fault in self.part.fault:
            kind = FAULTS[self.part.exercise][fault.code]
            if stretch in kind.stretches and _has(fault, i + 1):
                severity = kind.usual if fault.severity is None else fault.severity
                share = 1.0 if kind.stretches != ("up", "hold", "down", "rest") else _BOUNCE[stretch]
                seconds = severity * share
        return seconds

    def _beats(self, tempo: Tempo, rng: np.random.Generator) -> tuple[Beat, ...]:
        motion, found, now = self.motion, [], self.motion.lead_s
        for i in range(motion.reps):
            wobble = 1 + motion.jitter * rng.uniform(-1, 1, 4)
            up, hold, down, rest = (
                self._seconds(name, i, getattr(tempo, name)) * w
                for name, w in zip(("up", "hold", "down", "rest"), wobble, strict=True)
            )
            tired = 1 - motion.fade * i / max(motion.reps - 1, 1)
            dip = motion.dip if i + 1 in motion.double_bumps else 0.0
            hold = max(hold, 1.4) if dip else hold
            times = np.cumsum([now, up, hold, down])
            start, top, leave, end = (float(t) for t in times)
            found.append(Beat(i + 1, start, top, leave, end, _nth(motion.amplitude, i) * tired, dip))
            now = float(times[-1]) + rest + sum(p.seconds for p in motion.pauses if p.after == i + 1)
        return tuple(found)

    def beat_at(self, time_s: float) -> Beat | None:
        """The repetition under way, None at rest."""
        return next((beat for beat in self.beats if beat.start_s <= time_s < beat.end_s), None)

    def level(self, time_s: float) -> float:
        """Height of the movement: 0 at rest, 1 at the top of a full repetition."""
        beat = self.beat_at(time_s)
        return beat.level(time_s) if beat else 0.0

    def tremor_deg(self, time_s: float) -> float:
        """Shaking of the driven joint at a time, and the wandering that never stops."""
        restless = self.motion.restless_deg
        wandering = restless * (1 + sway(4 * time_s, 0.6, self.seed + 77)) if restless else 0.0
        return wandering + float(
            self.motion.tremor_deg * np.sin(2 * np.pi * TREMOR_HZ * time_s) * min(self.level(time_s), 1)
        )

    def severity(self, code: str, number: int) -> float:
        """How large a fault is in a repetition; 0 where it is not committed."""
        for fault in self.part.fault:
            if fault.code == code and _has(fault, number):
                usual = FAULTS[self.part.exercise][code].usual
                return usual if fault.severity is None else fault.severity
        return 0.0

    def fault(self, code: str, time_s: float) -> float:
        """Severity of a fault in the repetition under way, degrees; 0 at rest."""
        beat = self.beat_at(time_s)
        return self.severity(code, beat.number) if beat else 0.0

    def faulty(self, code: str, time_s: float) -> float:
        """The fault's degrees now, growing and waning with the movement."""
        return self.fault(code, time_s) * min(self.level(time_s), 1.0)

    def standing_fault(self, code: str) -> float:
        """Severity of a fault that the whole set is done with."""
        return max((self.severity(code, beat.number) for beat in self.beats), key=abs, default=0.0)


_BOUNCE = {"up": 0.5, "hold": 0.01, "down": 0.49, "rest": 0.05}


def quiet(part: Part, seconds: float) -> Score:
    """A score without repetitions, for doings that have none."""
    motion = Motion(reps=0, lead_s=seconds, tail_s=0.0)
    return Score(part.model_copy(update={"motion": motion}), Tempo(1, 1, 1, 1), 0)
