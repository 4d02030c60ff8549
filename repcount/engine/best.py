"""The person's own best, leg by leg: what a repetition is held against where no angle is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from repcount.core.model import Side
from repcount.counting.movement import Movement

FIRST_REPS = 3  # the best is sought among the first three
LONE = 1.25  # a best that is so much better than the next one stands alone


class OwnBest:
    """Takes movements in their order.

    A movement's range is counted from the rest just before it, which is misread at times: of somebody who
    has only just come to stand, or has a chair before the feet. So its peak is looked at too, over the
    rest that is usual for the leg.
    """

    def __init__(self) -> None:
        self._done: defaultdict[Side, list[Movement]] = defaultdict(list)

    def add(self, movement: Movement) -> None:
        """Remember a movement."""
        self._done[movement.side].append(movement)

    def share(self, movement: Movement) -> float:
        """The range of the newest movement as a share of the leg's own best."""
        return movement.rom / _best([one.rom for one in self._done[movement.side]])

    def is_below(self, movement: Movement, share: float) -> bool:
        """Whether the newest movement stays below a share of the best; its peak must show half of that."""
        done = self._done[movement.side]
        rest = median(one.rest for one in done)
        heights = [abs(one.peak - rest) for one in done]
        return self.share(movement) < share and heights[-1] < (1.0 + share) / 2 * _best(heights)


def _best(values: Sequence[float]) -> float:
    """The best of the first values; one that stands alone was read from a poor rest."""
    best, *others = sorted(values[:FIRST_REPS], reverse=True)
    return others[0] if len(others) == FIRST_REPS - 1 and best > LONE * others[0] else best
