from __future__ import annotations

from dataclasses import replace

from repcount.core.records import NAN, Side, Status
from repcount.io.result_tables import TableRow, table_rows
from tests.unit.overlay.snapshots import fault, hold, rep, summary


def test_a_set_in_one_row() -> None:
    reps = (
        rep(1, rom_deg=70.2, up_s=1.4),
        rep(2, rom_deg=84.4, up_s=1.8, faults=(fault(time_s=5.0),), status=Status.FORM),
        rep(3, rom_deg=78.4, up_s=1.6, faults=(fault(time_s=8.0),), status=Status.FORM),
    )
    assert table_rows(summary(reps, (hold(), hold(2, valid_s=14.9)))) == [
        TableRow(
            exercise="wall-squat",
            side="left",
            repetitions="3",
            range="78° (70–84)",  # noqa: RUF001
            tempo="1.6 up · 0.5 hold · 1.3 down",
            holds="2: 15.1 s, 14.9 s",
            faults="knee bends ×2; not judged: knees cave in",  # noqa: RUF001
        )
    ]


def test_sides_and_short_ones_are_told_apart() -> None:
    reps = (rep(1), rep(2, side=Side.RIGHT), rep(3, side=Side.RIGHT, status=Status.SHORT))
    row = table_rows(summary(reps))[0]
    assert row.side == "left, right"
    assert row.repetitions == "3: left 1, right 2 · 1 short"


def test_nothing_seen_is_a_row_too() -> None:
    row = table_rows(summary())[0]
    assert (row.side, row.repetitions, row.range, row.tempo, row.holds) == ("–", "0", "–", "–", "none")  # noqa: RUF001


def test_all_judged_and_nothing_wrong_is_none() -> None:
    one = summary((rep(),))
    judged = replace(one, exercises=(replace(one.exercises[0], not_judged=()),))
    assert table_rows(judged)[0].faults == "none"


def test_an_unknown_range_does_not_spoil_the_others() -> None:
    assert table_rows(summary((rep(1, rom_deg=NAN), rep(2, rom_deg=40.0))))[0].range == "40°"


def test_a_fault_of_a_held_repetition_counts_once() -> None:
    row = table_rows(summary((rep(faults=(fault(),)),), (hold(faults=(fault(),)),)))[0]
    assert row.faults.startswith("knee bends ×1")  # noqa: RUF001
