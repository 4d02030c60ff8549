import math

import numpy as np
import pytest

from bench.metrics import mean, median, p95, per_minute, share, wilson


def test_wilson_gives_the_interval_of_the_textbook():
    low, high = wilson(8, 10)
    assert (low, high) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)


def test_wilson_of_a_clean_sheet_does_not_reach_certainty():
    low, high = wilson(20, 20)
    assert high == 1.0
    assert low == pytest.approx(1 / (1 + 1.959964**2 / 20))


def test_wilson_of_nothing_is_unknown():
    assert all(math.isnan(end) for end in wilson(0, 0))
    assert share([]).n == 0


def test_a_share_says_how_many_of_how_many():
    figure = share([True, False, True, True], clips=2)
    assert (figure.value, figure.hits, figure.n, figure.clips) == (0.75, 3, 4, 2)
    assert figure.low < 0.75 < figure.high


def test_a_mean_is_over_all_values_and_not_over_clips():
    figure = mean([[1.0, 1.0, 1.0], [5.0], []])
    assert (figure.value, figure.n, figure.clips) == (2.0, 4, 2)


def test_the_interval_of_a_mean_knows_that_values_of_one_clip_go_together():
    rng = np.random.default_rng(1)
    levels = rng.normal(0, 1, 12)
    together = mean([[level] * 50 for level in levels])
    mixed = mean(rng.permutation(np.repeat(levels, 50)).reshape(12, 50).tolist())
    assert together.high - together.low > 3 * (mixed.high - mixed.low)


def test_the_same_values_give_the_same_interval():
    values = [[0.1, 0.4], [0.2], [0.9, 0.3]]
    assert median(values) == median(values)


def test_the_95th_percentile_lies_within_its_interval():
    figure = p95([[float(i + j) for i in range(40)] for j in range(5)])
    assert figure.low <= figure.value <= figure.high


def test_a_rate_is_over_the_minutes_of_all_clips():
    figure = per_minute([2, 0, 1], [1.0, 4.0, 5.0])
    assert (figure.value, figure.hits) == (pytest.approx(0.3), 3)
    assert figure.low == 0.0
    assert per_minute([], []).n == 0
