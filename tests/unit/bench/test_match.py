from dataclasses import dataclass

from bench.judging.match import match


@dataclass(frozen=True)
class Span:
    start_s: float
    peak_s: float
    end_s: float


def _spans(*peaks_s):
    return [Span(peak - 1, peak, peak + 1) for peak in peaks_s]


def test_each_repetition_finds_the_one_that_was_counted_for_it():
    true, found = _spans(2, 5, 8), _spans(2.2, 4.9, 8.1)
    assert match(true, found) == list(zip(true, found, strict=True))


def test_a_missed_repetition_stays_alone():
    true, found = _spans(2, 5, 8), _spans(2.1, 8.1)
    assert match(true, found)[1] == (true[1], None)


def test_of_two_that_were_counted_for_one_the_nearer_is_taken_and_the_other_is_too_many():
    true, found = _spans(5), _spans(4.3, 5.1)
    assert match(true, found) == [(true[0], found[1]), (None, found[0])]


def test_what_was_counted_while_nothing_was_done_is_too_many():
    assert match([], _spans(3)) == [(None, _spans(3)[0])]


def test_nothing_is_counted_twice_for_neighbours():
    true, found = _spans(2, 3.9), _spans(3.0)
    assert sum(partner is not None for _, partner in match(true, found)) == 1
