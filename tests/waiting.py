"""Waiting for what happens, not for the clock: one deadline for all tests, which a busy machine meets too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

PATIENCE_S: Final = 300.0
"""What has not come by then never will."""
LOOK_S: Final = 0.01

Found = TypeVar("Found")


def until(reached: Callable[[], Found]) -> Found:
    """Ask until the answer is true, and return it."""
    end_s = time.monotonic() + PATIENCE_S
    while not (found := reached()):
        assert time.monotonic() < end_s, "it did not come true"
        time.sleep(LOOK_S)
    return found
