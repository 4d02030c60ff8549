import itertools

from hypothesis import given
from hypothesis import strategies as st

from repcount.sources.video import TimestampRepair

stamps = st.lists(st.one_of(st.none(), st.floats(-1e4, 1e5, allow_nan=False)), min_size=1)


def repaired(values: list[float | None], interval_s: float = 0.1) -> list[float]:
    repair = TimestampRepair(interval_s)
    return [repair.update(value) for value in values]


@given(stamps)
def test_times_always_increase_whatever_the_file_says(values: list[float | None]) -> None:
    times = repaired(values)
    assert times[0] >= 0
    assert all(later > earlier for earlier, later in itertools.pairwise(times))


def test_sound_stamps_pass_unchanged() -> None:
    assert repaired([0.25, 0.3, 0.31, 7.0]) == [0.25, 0.3, 0.31, 7.0]


def test_a_missing_stamp_is_one_interval_after_the_one_before() -> None:
    assert repaired([None, None, 0.5, None]) == [0.0, 0.1, 0.5, 0.6]


def test_a_repeated_stamp_is_nudged_and_the_next_sound_one_stands() -> None:
    times = repaired([0.0, 0.1, 0.1, 0.2])
    assert 0.1 < times[2] < 0.11
    assert times[3] == 0.2


def test_a_stamp_a_little_backward_is_nudged_past_the_one_before() -> None:
    times = repaired([0.0, 0.2, 0.1, 0.3])
    assert 0.2 < times[2] < 0.21
    assert times[3] == 0.3


def test_a_clock_that_begins_anew_goes_on_from_where_it_was() -> None:
    times = repaired([0.0, 4.0, 8.0, 0.0, 4.0])
    assert times[:3] == [0.0, 4.0, 8.0]
    assert [round(time_s, 9) for time_s in times[3:]] == [8.1, 12.1]


def test_a_first_stamp_before_zero_moves_all_of_them() -> None:
    assert repaired([-0.5, -0.25, 0.0]) == [0.0, 0.25, 0.5]


def test_reset_forgets_the_file_before() -> None:
    repair = TimestampRepair(0.1)
    repair.update(-5.0)
    repair.reset()
    assert repair.update(0.5) == 0.5
