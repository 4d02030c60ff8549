"""A person's own ranges, kept in a TOML file by ``repcount calibrate``, used with ``--calibration``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from repcount.core.errors import InputError, SettingError
from repcount.core.files import OWNER_FILE, make_private_folder, write_text
from repcount.core.input_files import FormError, form_error, in_short, read_toml
from repcount.core.records import InputSummary, PersonalRange, Side
from repcount.counting.ranges import LEARN_REPS, learn
from repcount.exercises.spec import Exercise

Calibration = dict[str, dict[Side, PersonalRange]]
"""Ranges by exercise and side."""

OwnRanges = Mapping[str, Mapping[Side, PersonalRange]]
"""The same, to be read only."""

_HEAD = "# Own ranges of motion in degrees, written by `repcount calibrate`.\n"


def default_file() -> Path:
    """Where a calibration is kept unless told otherwise: the user's data folder."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("repcount", appauthor=False)) / "calibration.toml"


def load(path: Path) -> Calibration:
    """Read a calibration.

    Raises
    ------
    SettingError
        The file cannot be read or has another form; the text names file, key and remedy.
    """
    try:
        table = read_toml(path)
    except FileNotFoundError as error:
        raise SettingError(f"{path}: no such calibration; make one with `repcount calibrate`") from error
    except FormError as error:
        reason = f"is no calibration ({in_short(error)}); make it anew with `repcount calibrate`"
        raise SettingError(f"{path}: {reason}") from error
    except OSError as error:
        raise form_error(SettingError, path, error, "") from error
    return {exercise: _sides(path, exercise, sides) for exercise, sides in table.items()}


def save(path: Path, calibration: Mapping[str, Mapping[Side, PersonalRange]]) -> None:
    """Write a calibration whole or not at all; folders are made as needed.

    In the data folder it is for its owner's eyes only, as all that is kept of people.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    lines = [_HEAD]
    for exercise, sides in sorted(calibration.items()):
        for side, own in sides.items():
            lines += [
                f"[{exercise}.{side.value}]",
                f"rest_deg = {own.rest_deg:.1f}",
                f"peak_deg = {own.peak_deg:.1f}\n",
            ]
    if path == default_file():
        make_private_folder(path.parent, ours=True)
        write_text(path, "\n".join(lines), OWNER_FILE)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, "\n".join(lines))


def _sides(path: Path, exercise: str, sides: Any) -> dict[Side, PersonalRange]:
    try:
        return {
            Side(side): PersonalRange(float(own["rest_deg"]), float(own["peak_deg"]))
            for side, own in sides.items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SettingError(
            f"{path}: {in_short(exercise)}: each side (left, right, both) needs rest_deg and peak_deg; "
            "make it anew with `repcount calibrate`"
        ) from error


def learnt_range(exercise: Exercise, result: InputSummary) -> dict[Side, PersonalRange]:
    """Learn a person's range from what was judged.

    Raises
    ------
    InputError
        No side did enough repetitions to learn from.
    """
    if result.error is not None and not result.exercises:
        raise InputError(result.error)
    learnt = learn(exercise, [rep for found in result.exercises for rep in found.repetitions])
    if not learnt:
        raise InputError(
            f"{result.source}: fewer than {LEARN_REPS} repetitions of {exercise.name} by one side; "
            "record two or more, from the start posture on"
        )
    return learnt


def keep_calibration(path: Path, exercise: Exercise, learnt: dict[Side, PersonalRange]) -> None:
    """Add what was learnt to the calibration in ``path``.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    known = load(path) if path.exists() else {}
    save(path, {**known, exercise.name: {**known.get(exercise.name, {}), **learnt}})
