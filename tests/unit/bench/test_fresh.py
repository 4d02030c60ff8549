"""The fresh part: judged only when asked for, in totals, and every look counted."""

import pytest

from bench import accuracy
from bench.judged import Outcome
from bench.material import load_clips
from bench.pools import FRESH
from bench.report import SINGLE, fresh_report


@pytest.mark.parametrize("option", ["--dry", "--failures"])
def test_no_look_at_the_fresh_part_stays_unwritten_or_goes_into_single_clips(option, capsys):
    with pytest.raises(SystemExit) as stopped:
        accuracy.main(["--part", FRESH, option])
    assert stopped.value.code == 2
    assert "totals only" in capsys.readouterr().err


def test_each_look_is_counted_and_nothing_of_single_clips_is_kept():
    none = [Outcome(clip) for clip in load_clips(FRESH) if not clip.exercises]
    first = fresh_report(none, {})
    assert first["looks"] == 1
    assert fresh_report(none, first)["looks"] == 2
    assert not set(SINGLE) & set(first)


def test_the_kept_record_says_how_often_it_was_looked_at():
    kept = accuracy.kept_record()["parts"][FRESH]
    assert kept["looks"] >= 1
    assert not set(SINGLE) & set(kept)
