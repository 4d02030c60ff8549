"""Settings: later wins, wrong ones are named with where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount.config import Settings, config_file, load
from repcount.core.errors import SettingError
from repcount.core.records import CountBy, Side


def written(folder: Path, text: str) -> dict[str, str]:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return {"REPCOUNT_CONFIG": str(file)}


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    found = load({}, {"REPCOUNT_CONFIG": str(tmp_path / "none.toml")})
    assert found.settings == Settings()
    assert set(found.origins.values()) == {"default"}


@pytest.mark.parametrize(("said", "jobs"), [("3", 3), ("auto", None), ("1", 1)])
def test_jobs_are_a_number_or_auto(tmp_path: Path, said: str, jobs: int | None) -> None:
    assert load({}, written(tmp_path, "") | {"REPCOUNT_JOBS": said}).settings.jobs == jobs


@pytest.mark.parametrize("said", ["0", "-2", "many", "1.5"])
def test_other_jobs_make_no_sense(tmp_path: Path, said: str) -> None:
    with pytest.raises(SettingError, match="from 1 on"):
        load({}, written(tmp_path, "") | {"REPCOUNT_JOBS": said})


def test_later_places_win_and_are_named(tmp_path: Path) -> None:
    environ = written(tmp_path, 'side = "left"\nrange = "gentle"\ncount = "holds"\n')
    environ |= {"REPCOUNT_RANGE": "full", "REPCOUNT_COUNT": "reps", "REPCOUNT_STRICT": "yes"}
    found = load({"count": "holds", "model": None}, environ)
    assert found.settings == Settings(range="full", side=Side.LEFT, count=CountBy.HOLDS, strict=True)
    assert found.origins == {
        "model": "default",
        "range": "environment REPCOUNT_RANGE",
        "side": environ["REPCOUNT_CONFIG"],
        "count": "option --count",
        "turn": "default",
        "fps": "default",
        "strict": "environment REPCOUNT_STRICT",
        "calibration": "default",
        "limit": "default",
        "language": "default",
        "jobs": "default",
        "every_frame": "default",
        "progress": "default",
        "verbose": "default",
        "person": "default",
        "database_url": "default",
    }


def test_auto_takes_back_a_side_that_was_set_before(tmp_path: Path) -> None:
    assert load({"side": "auto"}, written(tmp_path, 'side = "left"')).settings.side is None


def test_an_option_turns_a_switch_of_the_file_off(tmp_path: Path) -> None:
    assert load({"progress": False}, written(tmp_path, "progress = true")).settings.progress is False


def test_a_model_in_the_file_is_relative_to_the_file(tmp_path: Path) -> None:
    assert load({}, written(tmp_path, 'model = "my.task"')).settings.model == tmp_path / "my.task"
    assert load({"model": "my.task"}, {"REPCOUNT_CONFIG": "none"}).settings.model == Path("my.task")


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert (
        load({}, {"REPCOUNT_CONFIG": str(tmp_path / "none.toml"), "REPCOUNT_SIDE": ""}).settings.side is None
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('sdie = "left"', "`sdie` is no setting; known are model, range, side"),
        ('side = "up"', "side = 'up' makes no sense; say auto, left or right"),
        ("side = 3", "say auto, left or right"),
        ('count = "sets"', "say reps or holds"),
        ("count = [1]", "say reps or holds"),
        ('strict = "perhaps"', "say true or false"),
        ("strict = 1", "say true or false"),
        ("turn = 45", "say 0, 90, 180 or 270"),
        ("turn = true", "say 0, 90, 180 or 270"),
        ("range = 60", "give the name of a range"),
        ("model = true", "give the path"),
        ("side = ", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_named_with_key_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    environ = written(tmp_path, text)
    with pytest.raises(SettingError) as caught:
        load({}, environ)
    assert str(caught.value).startswith(f"{environ['REPCOUNT_CONFIG']}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"environment REPCOUNT_SIDE: .*say auto, left or right"):
        load({}, {"REPCOUNT_CONFIG": str(tmp_path / "none.toml"), "REPCOUNT_SIDE": "both"})


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match="not UTF-8"):
        load({}, {"REPCOUNT_CONFIG": str(file)})


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        load({}, {"REPCOUNT_CONFIG": str(tmp_path)})


def test_the_file_lies_in_the_users_configuration_folder() -> None:
    assert config_file({}).name == "config.toml"
    assert config_file({}).parent.name == "repcount"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "xx_YY.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "REPCOUNT_LANGUAGE": "en"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale_where_there_are_words_in_it(
    environment: dict[str, str], language: str, tmp_path: Path
) -> None:
    given = {"REPCOUNT_CONFIG": str(tmp_path / "none.toml"), **environment}
    assert load({}, given).settings.language == language


def test_limits_come_from_words_or_from_a_table(tmp_path: Path) -> None:
    assert load({"limit": "knee=60 hip=80"}, written(tmp_path, "")).settings.limit == {"knee": 60, "hip": 80}
    assert load({}, written(tmp_path, "[limit]\nknee = 60.5")).settings.limit == {"knee": 60.5}
    assert load({"limit": "knee=70 knee=60"}, written(tmp_path, "")).settings.limit == {"knee": 60}


@pytest.mark.parametrize("text", ["knee", "knee=", "knee=sixty", "elbow=60", "knee=0", "knee=200", " "])
def test_a_limit_that_makes_no_sense_says_what_would(text: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"say joint=degrees, such as knee=60; the joints are knee, hip"):
        load({"limit": text}, written(tmp_path, ""))
