"""What is kept of how a session was counted: its settings, and what each exercise asked for."""

from __future__ import annotations

from repcount.config import Settings
from repcount.core.history_records import AskedDose
from repcount.core.records import CountBy
from repcount.exercises.spec import Dose, Exercise
from repcount.session.guided.split_sets import Counting


def exercise_counting(exercise: Exercise, settings: Settings) -> Counting:
    """What the exercise's dose asks for under these settings."""
    return dose_counting(exercise.dose, settings.count, settings.strict)


def dose_counting(dose: Dose, count_by: CountBy | None, strict: bool) -> Counting:
    """What a dose asks for, and what moves its sets on."""
    by = count_by or dose.count
    asked = (
        AskedDose(dose.sets, dose.holds, dose.hold_s)
        if by is CountBy.HOLDS
        else AskedDose(dose.sets, dose.reps)
    )
    return Counting(asked, by, strict)


def settings_kept(settings: Settings) -> dict[str, str]:
    """The settings that bear on what was counted, as text."""
    values: dict[str, object] = {
        "range": settings.range,
        "side": None if settings.side is None else settings.side.value,
        "count": None if settings.count is None else settings.count.value,
        "strict": settings.strict or None,
        "limit": " ".join(f"{joint}={value:g}" for joint, value in settings.limit.items()) or None,
        "model": settings.model,
    }
    return {key: str(value) for key, value in values.items() if value is not None}
