"""The commands beside ``analyze``, and what all of them share."""

from __future__ import annotations

from pathlib import Path

import pytest

from repcount import __version__
from repcount.core.signal_names import SIGNALS
from tests.cli.conftest import Command, Process

COMMANDS = (
    "analyze",
    "analyse",
    "exercises",
    "explain",
    "cameras",
    "signals",
    "models",
    "models build",
    "doctor",
    "config",
)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_has_an_example(repcount: Command, command: str) -> None:
    done = repcount(*command.split(), "--help")
    assert done.exit_code == 0
    _, _, after = done.stdout.partition("Example")
    assert f"  repcount {command.replace('analyse', 'analyze')}".rstrip() in after


def test_the_version_is_that_of_the_package(process: Process) -> None:
    done = process("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"repcount {__version__}\n", "")


def test_the_list_names_all_five_exercises(repcount: Command) -> None:
    names = [line.split()[0] for line in repcount("exercises").stdout.splitlines()[1:]]
    assert names == ["calf-raise", "hamstring-curl", "leg-press", "straight-leg-raise", "wall-squat"]


def test_the_list_of_signals_is_complete(repcount: Command) -> None:
    names = [line.split()[0] for line in repcount("signals").stdout.splitlines()[1:]]
    assert names == [info.name for info in SIGNALS]


@pytest.mark.parametrize(
    "name", ["calf-raise", "hamstring-curl", "leg-press", "straight-leg-raise", "wall-squat"]
)
def test_the_explanation_covers_everything_in_the_file(repcount: Command, name: str) -> None:
    from repcount.exercises import catalog

    exercise = catalog.get(name)
    text = " ".join(repcount("explain", name, "--details").stdout.split())
    told = [
        *exercise.how,
        exercise.camera,
        *exercise.presets,
        *(rule.code for rule in exercise.faults),
        *(rule.source for rule in exercise.faults),
        *(rule.source for rule in exercise.tempo_faults),
        *(preset.source for preset in exercise.presets.values()),
        exercise.dose.source,
        exercise.tempo.source,
        exercise.short.source,
        exercise.hold.source,
        *((exercise.beyond.code, exercise.beyond.why, exercise.beyond.source) if exercise.beyond else ()),
    ]
    assert [part for part in told if " ".join(part.split()) not in text] == []


def test_an_unknown_exercise_is_not_explained(repcount: Command) -> None:
    done = repcount("explain", "leg-pres")
    assert done.exit_code == 1
    assert "did you mean `leg-press`?" in done.stderr
    assert repcount("explain").exit_code == 2


def test_without_a_model_the_command_says_how_to_get_one(repcount: Command) -> None:
    done = repcount("models")
    assert done.exit_code == 0
    assert "repcount models build" in done.stdout


def test_a_model_that_is_not_there_is_an_error(repcount: Command) -> None:
    done = repcount("models", "--model", "gone.task")
    assert done.exit_code == 1
    assert "gone.task" in done.stderr


def test_building_from_a_file_that_is_no_wheel_is_an_error(repcount: Command) -> None:
    Path("x.whl").write_text("no wheel", encoding="utf-8")
    done = repcount("models", "build", "--wheel", "x.whl")
    assert done.exit_code == 1
    assert "x.whl" in done.stderr.splitlines()[-1]


def test_settings_are_shown_with_where_they_come_from(
    repcount: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "home" / "config.toml"
    file.write_text('side = "left"\nrange = "gentle"\n', encoding="utf-8")
    monkeypatch.setenv("REPCOUNT_SIDE", "right")
    lines = {line.split()[0]: line for line in repcount("config").stdout.splitlines()}
    assert "environment REPCOUNT_SIDE" in lines["side"]
    assert f"gentle  {file}" in " ".join(lines["range"].split()).replace("gentle ", "gentle  ")
    assert "default" in lines["strict"]


def test_a_wrong_settings_file_stops_every_command_that_reads_it(
    repcount: Command, tmp_path: Path, squat: Path
) -> None:
    file = tmp_path / "home" / "config.toml"
    file.write_text("sdie = 'left'\n", encoding="utf-8")
    for words in (("config",), ("models",), ("analyze", squat, "-e", "wall-squat")):
        done = repcount(*words)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"repcount: {file}: `sdie` is no setting")


def test_the_doctor_finds_this_machine_able(repcount: Command) -> None:
    done = repcount("doctor")
    assert done.exit_code == 0
    assert "analyze can work" in done.stdout


def test_the_doctor_finds_a_broken_model(repcount: Command) -> None:
    done = repcount("doctor", "--model", "gone.task")
    assert done.exit_code == 1
    (line,) = [line for line in done.stdout.splitlines() if "pose model" in line and "broken" in line]
    assert "gone.task" in line
