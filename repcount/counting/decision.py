"""What counts: a movement is judged with those around it, since similar movements support each other.

A movement alone needs more evidence than one in a set. One that did not count at first may count later, when
similar ones follow. Nothing here takes back a movement that counts; only the person does.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp
from typing import Final, NamedTuple

from repcount.core.kinds import Why
from repcount.counting.movement import RIVAL_SHARE, Movement, likeness, overlap
from repcount.counting.scoring import MODELS, Model, model_of
from repcount.exercises.spec import Exercise

KEEP_S: Final = 30.0  # movements further apart than this do not support each other
FADE_S: Final = 15.0  # time constant: nearer ones support more
NEIGHBOURS: Final = 4  # at most this many neighbours support a movement
LEAST_LIKE: Final = 0.15
HALF: Final = 1.5  # this many similar ones give half of the greatest possible support
SURE: Final = 8.0  # log-odds are cut off at this
FOLLOWS: Final = 0.3  # a movement this similar to one that counts belongs to its set
FOLLOWS_LESS: Final = 0.5
"""Such a movement needs this much less log-odds. With two thresholds, one weaker repetition does not break a
set (hysteresis: Canny 1986, "A computational approach to edge detection")."""

Neighbours = Sequence[tuple[float, Movement]]
"""Movements similar to one movement, each with how much it supports that one."""


@dataclass(frozen=True)
class SetWeights:
    """How the evidence of one movement and of its set are combined: a learned logistic regression.

    Attributes
    ----------
    base : log-odds of a movement without neighbours whose own log-odds are 0.
    own, like, support : weights of ``own``, ``like`` and ``support`` of :class:`SetTerms`.
    own_in_set : added to ``own`` in a set, times ``support``.
    least : a movement counts from these log-odds on.
    """

    base: float
    own: float
    like: float
    support: float
    own_in_set: float
    least: float


class SetTerms(NamedTuple):
    """What the weights are put on.

    Attributes
    ----------
    own : log-odds of a movement by what it shows in itself.
    support : 0 where none is like it, towards 1 the more are.
    like : mean log-odds of those, times ``support``.
    """

    own: float
    support: float
    like: float


@cache
def set_weights() -> SetWeights:
    """The learned weights."""
    return SetWeights(**json.loads((MODELS / "set.json").read_text(encoding="utf-8"))["weights"])


@dataclass(frozen=True)
class Scores:
    """Scores to count by; what is left out is what comes with the program.

    Attributes
    ----------
    models : by the name of the exercise.
    """

    models: Mapping[str, Model] = field(default_factory=dict)
    weights: SetWeights | None = None

    def of(self, exercise: Exercise) -> Model:
        """The model of an exercise."""
        return self.models.get(exercise.name) or model_of(exercise)


@dataclass(frozen=True)
class Decision:
    """What was decided of a candidate.

    Attributes
    ----------
    log_odds : that it is a repetition, with the movements around it.
    set_log_odds : what of that they added.
    why : why it does not count; None where it does.
    """

    movement: Movement
    log_odds: float
    counted: bool
    set_log_odds: float = 0.0
    why: Why | None = None


class DecisionLog:
    """Every decision written down: the one that made a movement count, else the likeliest that it was."""

    def __init__(self) -> None:
        self._decisions: dict[int, Decision] = {}

    def write(self, decision: Decision) -> None:
        """Write down what was decided of a movement now."""
        key = id(decision.movement)  # the log holds the movement, so that no other one gets its id
        before = self._decisions.get(key)
        if before is None or decision.counted:
            self._decisions[key] = decision
        elif not before.counted:
            best = max(before, decision, key=lambda each: each.log_odds)
            self._decisions[key] = replace(best, why=decision.why)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All of them, in the order of the peaks."""
        return tuple(sorted(self._decisions.values(), key=lambda each: each.movement.shape.peak_s))


class SetDecision:
    """Streams movements in, gives those that count.

    Parameters
    ----------
    log : where every decision is written down; None where nobody asks for them.
    """

    def __init__(self, weights: SetWeights | None = None, log: DecisionLog | None = None) -> None:
        self._weights = weights or set_weights()
        self._recent: deque[Movement] = deque()
        self._counted: set[int] = set()
        self._likeliest: dict[int, float] = {}
        self._log = log

    def update(self, movement: Movement) -> tuple[Decision, ...]:
        """Take the newest movement; return what counts now, in the order of the peaks."""
        self._forget(movement.shape.peak_s - KEEP_S)
        self._recent.append(movement)
        found = []
        for each in sorted(self._recent, key=lambda m: m.shape.peak_s):
            if id(each) in self._counted or each.too_small or self._is_taken(each):
                continue
            like_it = neighbours(each, self._recent)
            terms = _terms(each, like_it)
            if self._log_odds(terms) >= self._least(like_it):
                self._counted.add(id(each))
                self._likeliest.pop(id(each), None)  # of one that is gone, whose id it has
                found.append(self._decision(each, terms))
        for each in self._recent:
            if id(each) in self._counted:
                log_odds = self._log_odds(set_terms(each, self._recent))
                self._likeliest[id(each)] = max(log_odds, self._likeliest.get(id(each), log_odds))
        if self._log is not None:
            self._write_down(found, self._log)
        return tuple(found)

    def likeliest(self, decision: Decision) -> float:
        """Log-odds of one that counts, in hindsight: the likeliest that it ever was."""
        return self._likeliest.get(id(decision.movement), decision.log_odds)

    def leave_out(self, movement: Movement, why: Why) -> None:
        """Write down a movement that was given up before it came here."""
        if self._log is not None:
            self._log.write(self._decision(movement, set_terms(movement, self._recent), why))

    def _least(self, like_it: Neighbours) -> float:
        """Log-odds from which on a movement counts: less is asked of one that is like one that counts."""
        follows = any(share >= FOLLOWS and id(other) in self._counted for share, other in like_it)
        return self._weights.least - (FOLLOWS_LESS if follows else 0.0)

    def _log_odds(self, terms: SetTerms) -> float:
        """Log-odds that a movement is a repetition, with those around it."""
        weights = self._weights
        return (
            weights.base
            + weights.own * terms.own
            + weights.like * terms.like
            + weights.support * terms.support
            + weights.own_in_set * terms.support * terms.own
        )

    def _decision(self, movement: Movement, terms: SetTerms, why: Why | None = None) -> Decision:
        log_odds = self._log_odds(terms)
        alone = self._log_odds(SetTerms(terms.own, 0.0, 0.0))
        return Decision(movement, log_odds, why is None, log_odds - alone, why)

    def _write_down(self, counted: Iterable[Decision], log: DecisionLog) -> None:
        for decision in counted:
            log.write(decision)
        for each in self._recent:
            if id(each) not in self._counted:
                terms = set_terms(each, self._recent)
                log.write(self._decision(each, terms, self._against(each)))

    def _against(self, movement: Movement) -> Why:
        """Why a movement does not count so far."""
        if movement.too_small:
            return Why.TOO_SMALL
        return Why.TAKEN if self._is_taken(movement) else Why.UNLIKELY

    def _is_taken(self, movement: Movement) -> bool:
        """Whether its time belongs to a movement that counts."""
        counted = (other for other in self._recent if id(other) in self._counted)
        return any(overlap(movement, other) > RIVAL_SHARE for other in counted)

    def _forget(self, before_s: float) -> None:
        while self._recent and self._recent[0].shape.peak_s < before_s:
            self._counted.discard(id(self._recent.popleft()))


def set_terms(movement: Movement, around: Iterable[Movement]) -> SetTerms:
    """What a movement and those around it say."""
    return _terms(movement, neighbours(movement, around))


def _terms(movement: Movement, like_it: Neighbours) -> SetTerms:
    own, number, total = _clamped(movement.log_odds, SURE), 0.0, 0.0
    for share, neighbour in like_it:
        number += share
        total += share * _clamped(neighbour.log_odds, SURE)
    support = number / (number + HALF)
    return SetTerms(own, support, support * total / number if number > 0.0 else 0.0)


def neighbours(movement: Movement, around: Iterable[Movement]) -> Neighbours:
    """The movements that are most like one, with how much each speaks for it; none beside its rival."""
    found = []
    for other in around:
        apart_s = abs(other.shape.peak_s - movement.shape.peak_s)
        if other is not movement and apart_s <= KEEP_S:
            like = likeness(movement, other)
            if like > LEAST_LIKE:
                found.append((like * exp(-apart_s / FADE_S), other))
    kept: list[tuple[float, Movement]] = []
    for share, other in sorted(found, key=lambda pair: -pair[0]):
        if all(overlap(other, one) <= RIVAL_SHARE for _, one in kept):
            kept.append((share, other))
    return kept[:NEIGHBOURS]


def _clamped(value: float, most: float) -> float:
    return max(-most, min(most, value))
