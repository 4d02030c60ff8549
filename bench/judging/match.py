"""Which repetition that was counted is which that was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

SLACK_S = 0.35
"""A peak may be found this long before a true repetition begins or after it ends."""


class Spanned(Protocol):
    """Something with a start, a peak and an end."""

    @property
    def start_s(self) -> float:
        """When it begins."""
        ...

    @property
    def peak_s(self) -> float:
        """When it is furthest from rest."""
        ...

    @property
    def end_s(self) -> float:
        """When it is over."""
        ...


T = TypeVar("T", bound=Spanned)
F = TypeVar("F", bound=Spanned)


def match(true: Sequence[T], found: Sequence[F]) -> list[tuple[T | None, F | None]]:
    """Pair what was done with what was counted, each at most once, in the order of time.

    A pair's found peak lies within the true repetition. Of several, the one nearest to the true peak
    is taken; the others are without a partner.
    """
    free = list(found)
    pairs: list[tuple[T | None, F | None]] = []
    for one in true:
        near = [f for f in free if one.start_s - SLACK_S <= f.peak_s <= one.end_s + SLACK_S]
        best = min(near, key=lambda f, one=one: abs(f.peak_s - one.peak_s), default=None)  # type: ignore[misc]
        if best is not None:
            free.remove(best)
        pairs.append((one, best))
    return [*pairs, *((None, extra) for extra in free)]
