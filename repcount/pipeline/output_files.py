"""Where results go: the files of a call, laid out and checked before any work is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from repcount.core.errors import OutputError
from repcount.core.files import AtomicFile, is_special, refuse_overwrite, write_error
from repcount.core.records import InputSummary
from repcount.io.angle_files import SUFFIXES as ANGLE_SUFFIXES
from repcount.io.motion_files import SUFFIX as MARKER_SUFFIX
from repcount.io.result_tables import write_csv, write_json
from repcount.io.spreadsheets import Dialect

STDOUT = "-"


@dataclass(frozen=True)
class OutputRequest:
    """The outputs as named on the command line; for several inputs those made of each are folders."""

    csv: str | None = None
    json: str | None = None
    video: str | None = None
    poses: str | None = None
    evidence: str | None = None
    angles: str | None = None
    markers: str | None = None
    dialect: Dialect = Dialect.EXCEL

    @property
    def folders(self) -> list[Path]:
        """Where results of many inputs go: no input is looked for there."""
        named = (getattr(self, each.name) for each in fields(InputPlan) if each.name != "path")
        return [Path(folder) for folder in named if folder]


@dataclass(frozen=True)
class InputPlan:
    """One input with the files that are made from it."""

    path: Path
    video: Path | None = None
    poses: Path | None = None
    evidence: Path | None = None
    angles: Path | None = None
    markers: Path | None = None

    @property
    def is_written(self) -> bool:
        """Whether every file that is asked for is there; a folder of pictures may stay empty."""
        paths = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = (path for name, path in paths.items() if name not in ("path", "evidence"))
        return all(path is None or path.exists() for path in kept)


@dataclass(frozen=True)
class OutputPlan:
    """All files of one call. ``json_to_stdout`` means that nothing else may go there."""

    inputs: tuple[InputPlan, ...]
    csv: Path | None = None
    json: Path | None = None
    json_to_stdout: bool = False
    dialect: Dialect = Dialect.EXCEL
    new_folders: tuple[Path, ...] = ()
    """Folders for pictures that this call has made, inner ones first."""


def plan_outputs(inputs: Sequence[Path], wanted: OutputRequest, always_folders: bool = False) -> OutputPlan:
    """Lay out the files of a call; those made of each input go into folders where there are several.

    Parameters
    ----------
    always_folders : they go into folders also for one input.

    Raises
    ------
    OutputError
        Something cannot be written, would overwrite an input or another output.
    """
    json_to_stdout = wanted.json == STDOUT
    videos = _one_each(inputs, wanted.video, "--video", (".mp4",), always_folders)
    poses = _one_each(inputs, wanted.poses, "--save-poses", (".npz",), always_folders)
    angles = _one_each(inputs, wanted.angles, "--angles", ANGLE_SUFFIXES, always_folders)
    markers = _one_each(inputs, wanted.markers, "--markers", (MARKER_SUFFIX,), always_folders)
    pictures, new_folders = _folders(inputs, wanted.evidence)
    each = zip(inputs, videos, poses, pictures, angles, markers, strict=True)
    made = OutputPlan(
        inputs=tuple(
            InputPlan(path, video=video, poses=landmarks, evidence=folder, angles=flexion, markers=places)
            for path, video, landmarks, folder, flexion, places in each
        ),
        csv=_file(wanted.csv, "--csv"),
        json=None if json_to_stdout else _file(wanted.json, "--json"),
        json_to_stdout=json_to_stdout,
        dialect=wanted.dialect,
        new_folders=new_folders,
    )
    files = (made.csv, made.json, *videos, *poses, *angles, *markers)
    named = [path for path in files if path is not None]
    _refuse_doubles(named)
    for path in named:
        if always_folders and is_special(path):
            raise OutputError(
                f"{path}: is no ordinary file, and a batch writes its tables again and again; name one"
            )
        refuse_overwrite(inputs, path)
        AtomicFile(path).discard()  # a trial: it raises where nothing can be written
    return made


def write_tables(plan: OutputPlan, results: Sequence[InputSummary]) -> None:
    """Write the CSV and JSON files that were asked for, if there is anything to tell.

    Where nothing could be judged, files of an earlier day stay as they are.
    """
    if not any(result.exercises for result in results):
        return
    if plan.csv is not None:
        write_csv(plan.csv, results, dialect=plan.dialect)
    if plan.json is not None:
        write_json(plan.json, results)


def _file(text: str | None, option: str) -> Path | None:
    if text is None:
        return None
    if text in ("", STDOUT):
        raise OutputError(f"{option} {text or repr('')}: name a file (only --json takes - for the terminal)")
    return Path(text)


def _one_each(
    inputs: Sequence[Path], text: str | None, option: str, suffixes: tuple[str, ...], folders: bool
) -> list[Path | None]:
    """The file of each input; in a folder it has the first suffix."""
    target = _file(text, option)
    if target is None:
        return [None] * len(inputs)
    if folders or len(inputs) > 1:
        return list(_in_folder(inputs, target, option, suffixes[0]))
    if target.suffix.lower() not in suffixes:
        better = target.with_suffix(suffixes[0])
        raise OutputError(f"{target}: {option} writes {' or '.join(suffixes)} files; name it {better}")
    return [target]


def without_pictures(plan: OutputPlan) -> bool:
    """Whether pictures of faults were asked for and there are none; folders made for them are gone then."""
    for folder in plan.new_folders:
        with suppress(OSError):  # there is something in it
            folder.rmdir()
    asked = [each.evidence for each in plan.inputs if each.evidence is not None]
    return bool(asked) and not any(folder.is_dir() and any(folder.glob("*.jpg")) for folder in asked)


def _folders(inputs: Sequence[Path], text: str | None) -> tuple[list[Path | None], tuple[Path, ...]]:
    """The folder of pictures of each input, and those of them that are new.

    It is the one that was named, or with several inputs one each in it.
    """
    folder = _file(text, "--evidence")
    if folder is None:
        return [None] * len(inputs), ()
    outer = [folder] if not folder.exists() and len(inputs) > 1 else []
    if len(inputs) == 1:
        folders = [folder]
    else:
        folders = [path.with_suffix("") for path in _in_folder(inputs, folder, "--evidence", ".jpg")]
    new = [each for each in folders if not each.exists()]
    for each in folders:
        try:
            each.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise OutputError(f"{each}: is a file; --evidence names a folder for pictures") from error
        except OSError as error:
            raise write_error(each, error) from error
    return list(folders), (*new, *outer)


def _in_folder(inputs: Sequence[Path], folder: Path, option: str, suffix: str) -> Iterable[Path]:
    """Name a file after each input; of inputs with the same name the later ones get a number."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(
            f"{folder}: is a file; with several inputs {option} names a folder for the results"
        ) from error
    except OSError as error:
        raise write_error(folder, error) from error
    taken: set[str] = set()
    for path in inputs:
        name, number = path.stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{path.stem}-{number}"
        taken.add(name.casefold())
        yield folder / f"{name}{suffix}"


def _refuse_doubles(named: Sequence[Path]) -> None:
    seen: set[Path] = set()
    for path in named:
        if path.resolve() in seen:
            raise OutputError(f"{path}: is named for two results; give each its own file")
        seen.add(path.resolve())
