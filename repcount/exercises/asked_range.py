"""The range of an exercise as people are told it: what was asked for, and how far they came."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.core.records import NAN, Fault, Rep
from repcount.exercises.spec import Exercise, Preset


@dataclass(frozen=True)
class AskedRange:
    """What is asked of an exercise, and how what was done is measured against it.

    Attributes
    ----------
    named : whether somebody asked for this range; the exercise's usual one where it is false.
    """

    exercise: Exercise
    preset: Preset
    named: bool = False

    @property
    def deg(self) -> float:
        """What is asked for, in degrees; NaN where a repetition is judged by the person's own best."""
        if self.preset.target_rom_deg is not None:
            return self.preset.target_rom_deg
        return NAN if self.exercise.short.below_target_deg is None else self.preset.target_deg

    def reached_deg(self, rep: Rep) -> float:
        """How far a repetition came, as ``deg`` is measured: at its peak, or from rest to the peak."""
        return rep.rom_deg if self.is_from_rest else rep.peak_deg

    @property
    def is_from_rest(self) -> bool:
        """Whether it is the way from rest to the peak that is measured, and not where the peak is."""
        return self.preset.target_rom_deg is not None or self.deg != self.deg

    def passed_deg(self, fault: Fault) -> float:
        """How far it went, as ``deg`` is measured, where the fault is that of going too far; else NaN."""
        beyond = self.exercise.beyond
        if beyond is None or fault.code != beyond.code:
            return NAN
        return fault.worst - (self.preset.target_deg if self.preset.target_rom_deg is not None else 0.0)
