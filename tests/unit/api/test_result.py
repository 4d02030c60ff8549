"""Tables and pictures of a result, and what is said where the library for them is missing."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import repcount
from tests.unit.api.given import SQUAT, path_of


@pytest.mark.extra("pandas")
def test_a_data_frame_has_a_row_for_each_repetition_named_as_in_the_json() -> None:
    result = repcount.analyze(SQUAT, "wall-squat")
    table = result.to_dataframe()
    (found,) = result.to_dict()["inputs"]  # type: ignore[misc]
    rows = found["exercises"][0]["repetitions"]  # type: ignore[index,call-overload]
    assert list(table.columns) == ["source", "exercise", "set", *rows[0]]  # type: ignore[index]
    assert table["number"].tolist() == [1, 2, 3, 4, 5]
    for name in ("start_s", "rom_deg", "status", "up_pace", "confidence"):
        assert table[name].tolist() == [row[name] for row in rows]  # type: ignore[index,union-attr]


@pytest.mark.extra("pandas")
def test_faults_are_codes_and_an_unknown_number_is_no_number() -> None:
    table = repcount.analyze(path_of("calf_raise"), "calf-raise").to_dataframe()
    assert table["faults"].map(type).eq(str).all()
    assert table["target_share"].dtype == np.float64


@pytest.mark.extra("pandas")
def test_nothing_is_a_table_with_the_same_columns() -> None:
    empty = repcount.analyze(path_of("standing_about")).to_dataframe()
    full = repcount.analyze(SQUAT, "wall-squat").to_dataframe()
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert [str(each) for each in empty.dtypes][2:] == [str(each) for each in full.dtypes][2:]


@pytest.mark.extra("matplotlib")
@pytest.mark.parametrize(
    ("name", "exercise", "lines", "ylabel"),
    [
        ("wall_squat", "wall-squat", {"left", "right"}, "knee flexion (°)"),
        ("straight_leg_raise", None, {"left"}, "hip flexion (°)"),
        ("calf_raise", "calf-raise", {"counted"}, "heel rise (°)"),
    ],
)
def test_a_picture_shows_the_curve_with_the_repetitions_marked(
    name: str, exercise: str | None, lines: set[str], ylabel: str
) -> None:
    result = repcount.analyze(path_of(name), exercise)
    (axes,) = result.plot().axes
    reps = result.exercises[0].repetitions
    assert {line.get_label() for line in axes.lines if len(line.get_xdata()) > 100} == lines
    assert axes.get_ylabel() == ylabel
    assert [text.get_text() for text in axes.texts] == [str(rep.number) for rep in reps]
    starts = sorted(patch.get_x() for patch in axes.patches)
    assert starts == pytest.approx([rep.start_s for rep in reps])
    assert axes.get_title("left") == f"{result.exercises[0].exercise}: {len(reps)} repetitions"


@pytest.mark.extra("matplotlib")
def test_holds_are_told_in_the_picture() -> None:
    result = repcount.analyze(path_of("hamstring_curl"), "hamstring-curl")
    (axes,) = result.plot().axes
    told = [text.get_text() for text in axes.texts]
    assert [text for text in told if "held" in text] == [
        f"held {hold.valid_s:.1f} s" for hold in result.exercises[0].holds
    ]


@pytest.mark.extra("matplotlib")
def test_a_notebook_gets_a_picture_and_so_does_a_file(tmp_path: Path) -> None:
    from matplotlib.image import imread

    figure = repcount.analyze(SQUAT, "wall-squat").plot()
    picture = imread(io.BytesIO(figure._repr_png_()))  # type: ignore[attr-defined]
    assert picture.shape[1] == 1000
    assert np.unique(picture.reshape(-1, picture.shape[2]), axis=0).shape[0] > 20
    figure.savefig(tmp_path / "squat.svg")
    assert (tmp_path / "squat.svg").stat().st_size > 10_000


@pytest.mark.extra("matplotlib")
def test_where_nothing_was_counted_the_picture_says_so() -> None:
    (axes,) = repcount.analyze(path_of("standing_about")).plot().axes
    assert axes.get_title() == "nothing was counted"
    assert {line.get_label() for line in axes.lines} == {"left", "right"}


@pytest.mark.parametrize(
    ("call", "library", "remedy"),
    [
        ("to_dataframe", "pandas", "pip install pandas"),
        ("plot", "matplotlib.figure", "pip install 'repcount[plot]'"),
    ],
)
def test_a_missing_library_is_one_line_with_the_command_that_installs_it(
    call: str, library: str, remedy: str
) -> None:
    hide = f"import sys; sys.modules[{library!r}] = None"
    code = f"{hide}\nimport repcount\nrepcount.analyze({str(SQUAT)!r}).{call}()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("repcount.core.errors.MissingDependencyError: ")
    assert last.endswith(remedy)
