"""A row of numbers as a line of blocks, for the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

BLOCKS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"


def sparkline(values: Sequence[float]) -> str:
    """One block for each number, from 0 or the smallest to the largest; an unknown one is a dot."""
    known = [value for value in values if math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    steps = (len(BLOCKS) - 1) / ((high - low) or 1.0)
    return "".join(BLOCKS[round((value - low) * steps)] if math.isfinite(value) else GAP for value in values)
