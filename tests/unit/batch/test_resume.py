"""What is done is remembered to the last digit, and a line cut off by a crash is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount.batch.resume import ResumeFile
from repcount.core.errors import InputError, OutputError
from repcount.core.input_files import content_hash
from repcount.core.records import (
    NAN,
    Cue,
    ExerciseSummary,
    Fault,
    Hold,
    InputSummary,
    Rep,
    Side,
    Status,
)


def _summary(name: str = "a.mp4") -> InputSummary:
    fault = Fault("knee_bends", 1 / 3, "deg", 2.0)
    rep = Rep(1, Side.LEFT, 0.1, 1.0, 2.0, 2.1, 45.678901234, NAN, 1.0, 0.5, 1.0, (fault,), 0.9, Status.FORM)
    hold = Hold(1, Side.BOTH, 0.0, 15.0, 14.9)
    found = ExerciseSummary("x", 0.0, 9.0, NAN, ("back",), 1, (rep,), (hold,), (Cue(1.0, "k", "Up"),))
    return InputSummary(name, None, 9.0, 270, 270, 269, (found,))


def test_a_summary_comes_back_to_the_last_digit(tmp_path: Path) -> None:
    with ResumeFile(tmp_path / "all.csv.done") as ledger:
        ledger.add("k", _summary())
    with ResumeFile(tmp_path / "all.csv.done") as again:
        assert "k" in again
        assert repr(again["k"]) == repr(_summary())  # NaN is not equal to itself


def test_a_line_that_was_cut_off_is_not_there_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "all.csv.done"
    with ResumeFile(path) as ledger:
        ledger.add("one", _summary("1"))
        ledger.add("two", _summary("2"))
    path.write_bytes(path.read_bytes()[:-40])
    with ResumeFile(path) as cut:
        assert "one" in cut
        assert "two" not in cut
        cut.add("three", _summary("3"))
    with ResumeFile(path) as again:
        assert again["three"].source == "3"


def test_another_file_in_its_place_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "all.csv.done"
    path.write_text("some notes\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"no list of what is done; remove it"):
        ResumeFile(path)
    assert path.read_text(encoding="utf-8") == "some notes\n"


def test_a_missing_file_has_no_hash(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        content_hash(tmp_path / "none.mp4")
