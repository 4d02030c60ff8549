"""kill -9 of an analysis by processes: nobody outlives it, nothing is half written, the next one is right."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.models import model_or_skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
SEED = 18
KILLS = 3


def test_after_a_kill_nothing_is_left_and_the_next_run_is_right(tmp_path: Path) -> None:
    from bench.kills import kill_in_time, undisturbed

    model_or_skip()
    (tmp_path / "whole").mkdir()
    whole = undisturbed(tmp_path / "whole")
    lots = random.Random(SEED)
    for number in range(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = kill_in_time(folder, lots.uniform(0.3, 0.9) * whole.length_s, whole)
        assert (result.orphans, result.half, result.open_to_others, result.wrong) == (0, (), (), ())
