"""The plan of the files of a call."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount.core.errors import OutputError
from repcount.pipeline.output_files import InputPlan, OutputRequest, plan_outputs


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_wishes_there_is_nothing_to_write() -> None:
    made = plan_outputs([Path("a.mp4")], OutputRequest())
    assert made.inputs == (InputPlan(Path("a.mp4")),)
    assert (made.csv, made.json, made.json_to_stdout) == (None, None, False)


def test_a_single_input_gets_the_names_as_given() -> None:
    made = plan_outputs([Path("a.mp4")], OutputRequest("a.csv", "a.json", "b.MP4", "a.npz"))
    assert made.inputs == (InputPlan(Path("a.mp4"), Path("b.MP4"), Path("a.npz")),)
    assert (made.csv, made.json) == (Path("a.csv"), Path("a.json"))


def test_a_dash_for_json_is_the_terminal() -> None:
    made = plan_outputs([Path("a.mp4")], OutputRequest(json="-"))
    assert (made.json, made.json_to_stdout) == (None, True)


def test_several_inputs_get_unique_names_in_a_new_folder() -> None:
    inputs = [Path("x/a.mp4"), Path("y/a.mov"), Path("z/A.mp4"), Path("a-2.mp4")]
    made = plan_outputs(inputs, OutputRequest(video="out/deep"))
    names = [each.video.name for each in made.inputs if each.video is not None]
    assert names[:2] == ["a.mp4", "a-2.mp4"]
    assert len({name.casefold() for name in names}) == 4
    assert Path("out/deep").is_dir()


def test_planning_leaves_no_trace_in_the_folder() -> None:
    plan_outputs([Path("a.mp4")], OutputRequest("a.csv", "a.json", "b.mp4", "a.npz"))
    assert list(Path().iterdir()) == []


def test_a_file_where_a_folder_is_needed_is_refused() -> None:
    Path("out").touch()
    with pytest.raises(OutputError, match="out: is a file; with several inputs --video names a folder"):
        plan_outputs([Path("a.mp4"), Path("b.mp4")], OutputRequest(video="out"))


def test_a_folder_that_cannot_be_made_is_refused() -> None:
    Path("file").touch()
    with pytest.raises(OutputError, match="file/out"):
        plan_outputs([Path("a.mp4"), Path("b.mp4")], OutputRequest(video="file/out"))


def test_two_results_in_one_file_are_refused_however_it_is_named() -> None:
    Path("link.json").symlink_to("real.json")
    with pytest.raises(OutputError, match="two results"):
        plan_outputs([Path("a.mp4")], OutputRequest(csv="real.json", json="link.json"))


def test_a_hard_link_to_an_input_is_refused() -> None:
    source = Path("a.mp4")
    source.write_bytes(b"x")
    Path("b.mp4").hardlink_to(source)
    with pytest.raises(OutputError, match=r"b\.mp4: is an input"):
        plan_outputs([source], OutputRequest(video="b.mp4"))
