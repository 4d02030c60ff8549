"""Why a movement was counted or not: what is told of each candidate, and what a score looks at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from repcount.core.kinds import CandidateSummary, Doubt, Reason, Why
from repcount.core.records import Rep
from repcount.counting.decision import Decision
from repcount.counting.recognition import ExerciseSegment
from repcount.counting.scoring import SPANS_BASE, SPANS_COST, Curve, Model, probability
from repcount.features.wording import unit_of

MOST_REASONS: Final = 3
MOST_LOOSE: Final = 10
"""Candidates that are told where no exercise was recognised: the likeliest of all exercises."""


def candidate_summary(
    exercise: str, decision: Decision, model: Model, why: Why | None, doubt: Doubt | None = None
) -> CandidateSummary:
    """What is told of a candidate.

    Parameters
    ----------
    why : why it does not count; None where it does.
    doubt : why it is uncertain if it counts.
    """
    movement = decision.movement
    return CandidateSummary(
        exercise=exercise,
        side=movement.side,
        start_s=movement.shape.start_s,
        peak_s=movement.shape.peak_s,
        end_s=movement.shape.end_s,
        rom_deg=movement.rom,
        probability=probability(decision.log_odds),
        log_odds=decision.log_odds,
        set_log_odds=decision.set_log_odds,
        counted=why is None,
        reasons=reasons(decision, model, counted=why is None),
        why=why,
        doubt=doubt if why is None else None,
    )


def reasons(decision: Decision, model: Model, counted: bool) -> tuple[Reason, ...]:
    """The features that spoke most for a movement that counts, or against one that does not."""
    features = decision.movement.features
    sign = 1.0 if counted else -1.0
    terms = sorted(model.terms(features).items(), key=lambda term: -sign * term[1])
    found = [Reason(name, features[name], unit_of(name), term) for name, term in terms[:MOST_REASONS]]
    return tuple(reason for reason in found if sign * reason.log_odds > 0.0)


def own_reason(decision: Decision, reps: Iterable[Rep]) -> Why | None:
    """Why a candidate is none of the repetitions that are reported; None where it is one of them."""
    if not decision.counted:
        return decision.why
    return None if is_among(decision, reps) else Why.TAKEN_BACK


def recognised_why(decision: Decision, exercise: str, stretches: Sequence[ExerciseSegment]) -> Why | None:
    """Why a candidate of an exercise does not count where nobody named that; None where it does."""
    if not decision.counted:
        return decision.why
    if any(is_among(decision, _reps(each)) for each in stretches if each.exercise == exercise):
        return None
    peak_s = decision.movement.shape.peak_s
    others = [rep for each in stretches if each.exercise != exercise for rep in _reps(each)]
    taken = any(rep.start_s <= peak_s <= rep.end_s for rep in others)
    return Why.OTHER_EXERCISE if taken else Why.NOT_NAMED


def belonging(
    decisions: Iterable[Decision], stretch: ExerciseSegment, stretches: Sequence[ExerciseSegment]
) -> tuple[Decision, ...]:
    """The candidates of an exercise that are nearer to this stretch of it than to its others."""
    same = [each for each in stretches if each.exercise == stretch.exercise]
    return tuple(d for d in decisions if min(same, key=lambda each: _apart_s(d, each)) is stretch)


def _apart_s(decision: Decision, stretch: ExerciseSegment) -> float:
    """Time between the peak of a candidate and a stretch; 0 within it."""
    peak_s, reps = decision.movement.shape.peak_s, _reps(stretch)
    return max(reps[0].start_s - peak_s, peak_s - reps[-1].end_s, 0.0)


def _reps(stretch: ExerciseSegment) -> list[Rep]:
    return [done.rep for done in stretch.done]


def is_among(decision: Decision, reps: Iterable[Rep]) -> bool:
    """Whether a candidate is one of these repetitions."""
    movement = decision.movement
    return any(rep.start_s == movement.shape.start_s and rep.side is movement.side for rep in reps)


def likeliest(candidates: Iterable[CandidateSummary], most: int = MOST_LOOSE) -> tuple[CandidateSummary, ...]:
    """The likeliest of some candidates, in the order of their peaks."""
    found = sorted(candidates, key=lambda each: -each.log_odds)[:most]
    return tuple(sorted(found, key=lambda each: each.peak_s))


@dataclass(frozen=True)
class FeatureWeight:
    """How much one feature can move the log-odds of a score.

    Attributes
    ----------
    best, worst : the spans of its values that speak most for a repetition and most against one; infinite
        at an open end.
    """

    feature: str
    unit: str
    log_odds: float
    best: tuple[float, float]
    worst: tuple[float, float]


def strongest(model: Model, most: int) -> tuple[FeatureWeight, ...]:
    """The features that can move the log-odds of a score most."""
    found = [_leverage(name, curve) for name, curve in model.curves.items() if curve.edges]
    return tuple(sorted(found, key=lambda each: -each.log_odds)[:most])


def spans_chances(margins: Sequence[float]) -> tuple[float, ...]:
    """How likely a movement is counted by the spans of a file alone, so many margins outside them in all."""
    return tuple(probability(SPANS_BASE - SPANS_COST * each) for each in margins)


def _leverage(name: str, curve: Curve) -> FeatureWeight:
    values = curve.values
    best, worst = values.index(max(values)), values.index(min(values))
    return FeatureWeight(
        feature=name,
        unit=unit_of(name),
        log_odds=values[best] - values[worst],
        best=_span(curve.edges, best),
        worst=_span(curve.edges, worst),
    )


def _span(edges: Sequence[float], index: int) -> tuple[float, float]:
    low = edges[index - 1] if index > 0 else -float("inf")
    high = edges[index] if index < len(edges) else float("inf")
    return low, high
