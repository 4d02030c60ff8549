import math

import numpy as np

from repcount.features.running_median import RunningMedian


def lower_median(values: list[float]) -> float:
    whole = sorted(max(0, min(90, round(value))) for value in values)
    return float(whole[(len(whole) - 1) // 2])


def test_the_view_is_the_median_of_all_frames_so_far_whatever_their_order() -> None:
    rng = np.random.default_rng(7)
    for values in (rng.uniform(-5, 95, 300), np.sort(rng.uniform(0, 90, 200))[::-1], np.repeat(90.0, 5)):
        meter = RunningMedian(0, 90)
        for n, value in enumerate(values.tolist(), 1):
            meter.add(value)
            assert meter.median_deg == lower_median(values[:n].tolist())


def test_frames_without_a_view_are_left_out() -> None:
    meter = RunningMedian(0, 90)
    meter.add(math.nan)
    assert math.isnan(meter.median_deg)
    meter.add(40.0)
    meter.add(math.nan)
    assert meter.median_deg == 40.0
