from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from repcount import __version__
from repcount.core.records import NAN, InputSummary, Rep, Side, Status
from repcount.io.json_document import json_document, json_text
from repcount.io.result_tables import csv_text, read_csv, write_csv, write_json
from repcount.io.spreadsheets import MARK
from tests.unit.overlay.snapshots import fault, hold, rep, summary

MOMENT = datetime(2025, 3, 1, 17, 4, 5, 999, timezone(timedelta(hours=1)))
REPS = (
    rep(1),
    rep(2, side=Side.RIGHT, status=Status.SHORT),
    rep(3, faults=(fault(), fault("heel_lifts", 3.0)), status=Status.FORM),
)


def keys(value: object) -> object:
    """The shape of a document: its keys in order, a list by its first item."""
    if isinstance(value, dict):
        return {key: keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [keys(item) for item in value[:1]]
    return None


def test_the_keys_of_schema_1() -> None:
    faults = [{"code": None, "worst": None, "unit": None, "time_s": None}]
    event = {"number": None, "side": None, "start_s": None}
    shape = keys(json_document([summary((rep(faults=(fault(),)),), (hold(faults=(fault(),)),))]))
    assert list(shape) == ["schema", "repcount", "inputs"]  # type: ignore[call-overload]
    assert shape["inputs"] == [  # type: ignore[index]
        {
            **dict.fromkeys(
                ("source", "error", "duration_s", "frames", "frames_tracked", "frames_with_pose")
            ),
            "exercises": [
                {
                    **dict.fromkeys(
                        ("exercise", "start_s", "end_s", "view_deg", "reps", "counted", "hold_s")
                    ),
                    "not_judged": [None],
                    "out_of_picture": [],
                    "reps_by_side": dict.fromkeys(("left", "right", "both")),
                    "by_status": dict.fromkeys(("ok", "short", "form", "uncertain")),
                    "repetitions": [
                        {
                            **event,
                            **dict.fromkeys(("peak_s", "end_s", "announced_s", "rom_deg", "peak_deg")),
                            **dict.fromkeys(("up_s", "hold_s", "down_s", "confidence", "status")),
                            **dict.fromkeys(("target_share", "best_share", "up_pace", "down_pace")),
                            "faults": faults,
                        }
                    ],
                    "holds": [
                        {
                            **event,
                            **dict.fromkeys(("end_s", "valid_s", "breaks", "drift_deg", "tremor_deg")),
                            "faults": faults,
                            "status": None,
                        }
                    ],
                    "sets": [
                        {
                            **dict.fromkeys(("number", "start_s", "end_s", "reps", "holds", "symmetry")),
                            **dict.fromkeys(("range_fade", "tempo_fade", "hold_breaks")),
                            **dict.fromkeys(("hold_drift_deg", "hold_tremor_deg")),
                        }
                    ],
                    "symmetry": None,
                    "cues": [dict.fromkeys(("time_s", "code", "text", "kind"))],
                }
            ],
        }
    ]


def test_the_sums_are_those_of_the_records() -> None:
    holds = (hold(1, valid_s=15.1), hold(2, valid_s=14.85))
    document = json.loads(json_text([summary(REPS, holds)]))
    assert (document["schema"], document["repcount"]) == (1, __version__)
    exercise = document["inputs"][0]["exercises"][0]
    assert exercise["reps"] == 3
    assert exercise["counted"] == 2
    assert exercise["reps_by_side"] == {"left": 2, "right": 1, "both": 0}
    assert exercise["by_status"] == {"ok": 1, "short": 1, "form": 1, "uncertain": 0}
    assert exercise["hold_s"] == 29.95
    assert exercise["view_deg"] == 12.35
    assert exercise["repetitions"][2]["faults"][0] == {
        "code": "knee_bends",
        "worst": 34.568,
        "unit": "deg",
        "time_s": 2.0,
    }


def test_what_is_unknown_is_null() -> None:
    unknown = InputSummary("film.mp4", "film.mp4: is empty")
    document = json.loads(json_text([unknown, summary((rep(rom_deg=NAN, down_s=float("inf")),))]))
    assert document["inputs"][0]["duration_s"] is None
    assert document["inputs"][0]["error"] == "film.mp4: is empty"
    assert document["inputs"][1]["exercises"][0]["repetitions"][0]["rom_deg"] is None
    assert document["inputs"][1]["exercises"][0]["repetitions"][0]["down_s"] is None


def test_a_rounded_zero_has_no_sign() -> None:
    text = json_text([summary((rep(peak_deg=-0.001),))])
    assert '"peak_deg": 0.0' in text


def test_the_same_records_give_the_same_text(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", [summary(REPS)])
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == json_text([summary(REPS)])


def test_a_file_name_of_broken_bytes_is_read_back(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", [summary(source="Übung\udcff.mp4")])
    assert json.loads((tmp_path / "a.json").read_bytes())["inputs"][0]["source"] == "Übung\udcff.mp4"


def test_a_row_for_each_repetition_and_hold() -> None:
    rows = list(csv.reader(csv_text([summary(REPS, (hold(),))], MOMENT).splitlines()))
    header = (
        "source,exercise,kind,number,side,start_s,peak_s,end_s,announced_s,rom_deg,peak_deg,up_s,hold_s,"
        "down_s,valid_s,breaks,drift_deg,tremor_deg,faults,confidence,status,analysed_at,"
        "set,target_share,best_share,up_pace,down_pace,worst"
    )
    assert rows[0] == header.split(",")
    assert ",".join(rows[3]) == (
        "film.mp4,wall-squat,repetition,3,left,1.0,2.2,4.0,4.1,78.0,80.0,1.2,0.5,1.3,,,,,"
        "knee_bends heel_lifts,1.0,form,2025-03-01T17:04:05+01:00,1,,,unknown,unknown,"
        "34.57 deg at 2.00 s; 34.57 deg at 3.00 s"
    )
    assert ",".join(rows[4]) == (
        "film.mp4,wall-squat,hold,1,left,1.0,,16.5,,,,,,,15.1,1,0.0,0.0,,,ok,2025-03-01T17:04:05+01:00,1,,,,,"
    )
    assert len(rows) == 5


def test_a_number_is_never_escaped_and_an_unknown_one_is_empty() -> None:
    cells = csv_text([summary((rep(peak_deg=-3.5, rom_deg=NAN),))], MOMENT).splitlines()[1].split(",")
    assert cells[9:11] == ["", "-3.5"]


@pytest.mark.parametrize("source", ["=1+1.mp4", "'quoted'.mp4", "@SUM(A1).mp4", "＝1", 'a,b\r\n"c".mp4'])  # noqa: RUF001
def test_a_source_that_looks_like_a_formula_comes_back_as_it_was(tmp_path: Path, source: str) -> None:
    write_csv(tmp_path / "a.csv", [summary(REPS, source=source)], MOMENT)
    text = (tmp_path / "a.csv").read_bytes().decode()
    assert [row["source"] for row in read_csv(text)] == [source] * 3
    assert text.startswith(MARK)
    first = next(csv.DictReader(text.removeprefix(MARK).splitlines(keepends=True)))
    assert first["source"][0] in "'a"


def test_the_moment_of_writing_stands_in_where_none_is_given(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [summary(REPS)])
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert datetime.fromisoformat(read_csv(text)[0]["analysed_at"]).tzinfo is not None


def test_json_and_csv_tell_the_same_figures() -> None:
    odd: Rep = rep(start_s=1.23456, peak_s=2.34567, rom_deg=78.98765, confidence=0.87654)
    row = read_csv(csv_text([summary((odd,))], MOMENT))[0]
    told = json.loads(json_text([summary((odd,))]))["inputs"][0]["exercises"][0]["repetitions"][0]
    for key in ("start_s", "peak_s", "rom_deg", "confidence", "up_s"):
        assert float(row[key]) == told[key]


def test_every_key_and_column_is_documented() -> None:
    told = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    example = json.loads(told.split("```json\n")[1].split("```")[0])
    written = json.loads(json_text([summary((rep(faults=(fault(),)),), (hold(faults=(fault(),)),))]))
    assert keys(example) == keys(written)
    assert told.split("```csv\n")[1].splitlines()[0] == csv_text([], MOMENT).strip()
    for key in flat_keys(written):
        assert f"`{key}`" in told


def flat_keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(flat_keys, value.values()))
    return set().union(*map(flat_keys, value)) if isinstance(value, list) else set()
