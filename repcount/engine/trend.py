"""What a set shows as a whole: fading range and pace, the sides compared, how steady its holds were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from statistics import mean

from repcount.core.model import NAN, Hold, Rep, SetSummary, Side
from repcount.engine.workout import Workout

LEAST_REPS = 4  # of one side: fewer do not show a trend


def set_summaries(workout: Workout, reps: Sequence[Rep], holds: Sequence[Hold]) -> tuple[SetSummary, ...]:
    """The sets that these repetitions and holds made, in order.

    Parameters
    ----------
    workout : whose rules say when a set is full; it is not changed.
    """
    fresh = workout.fresh()
    grouped: dict[int, list[Rep | Hold]] = {}
    every: list[Rep | Hold] = [*reps, *holds]
    for done in sorted(every, key=lambda done: (done.end_s, isinstance(done, Hold))):
        grouped.setdefault(fresh.progress.number, []).append(done)
        fresh.add(done)
    return tuple(set_summary(number, some) for number, some in grouped.items())


def set_summary(number: int, done: Sequence[Rep | Hold]) -> SetSummary:
    """One set."""
    reps = [one for one in done if isinstance(one, Rep)]
    holds = [one for one in done if isinstance(one, Hold)]
    return SetSummary(
        number=number,
        start_s=min(one.start_s for one in done),
        end_s=max(one.end_s for one in done),
        reps=len(reps),
        holds=len(holds),
        range_fade=_fade(reps, lambda rep: rep.rom_deg),
        tempo_fade=_fade(reps, lambda rep: rep.up_s + rep.down_s),
        symmetry=symmetry(reps),
        hold_drift_deg=_mean(hold.drift_deg for hold in holds),
        hold_tremor_deg=_mean(hold.tremor_deg for hold in holds),
        hold_breaks=sum(hold.breaks for hold in holds),
    )


def symmetry(reps: Sequence[Rep]) -> float:
    """Limb symmetry index: the mean peak of the weaker side over that of the other; NaN of one side alone.

    The peak and not the range: at rest the network reads the half-hidden leg too bent.
    """
    left, right = (
        _mean(rep.peak_deg for rep in reps if rep.side is side) for side in (Side.LEFT, Side.RIGHT)
    )
    low, high = min(left, right), max(left, right)
    return low / high if low > 0.0 and isfinite(left + right) else NAN


def _fade(reps: Sequence[Rep], of: Callable[[Rep], float]) -> float:
    """The last third over the first third, less 1, side by side; NaN where there are too few."""
    fades = []
    for side in Side:
        values = [of(rep) for rep in reps if rep.side is side and isfinite(of(rep))]
        third = max(1, len(values) // 3)
        if len(values) >= LEAST_REPS and mean(values[:third]) > 0.0:
            fades.append((len(values), mean(values[-third:]) / mean(values[:third]) - 1.0))
    return sum(n * fade for n, fade in fades) / sum(n for n, _ in fades) if fades else NAN


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if isfinite(value)]
    return mean(known) if known else NAN
