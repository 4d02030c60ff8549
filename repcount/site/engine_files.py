"""The archive of the engine: what its first module imports, the data beside, and the user's own files."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.errors import SettingError
from repcount.exercises import catalog, plans
from repcount.exercises.plans import Plan
from repcount.exercises.spec import Exercise

PACKAGE: Final = Path(__file__).parents[1]
FIRST: Final = "repcount.site.phone_alone"
STAND_INS: Final = ("pydantic", "platformdirs")
"""Modules of the archive in whose place ``stand_ins.py`` stands."""
LATE: Final = (
    "repcount.core.guide",
    "repcount.exercises.plans",
)
"""Imported within functions that the page comes to."""
DATA: Final = (
    "exercises/*.toml",
    "exercises/plans/*.toml",
    "exercises/languages/*.toml",
    "exercises/models/*.json",
)
OWN_EXERCISES: Final = "own/repcount/exercises"
"""Where in the archive ``stand_ins.py`` has the user's exercises."""
OWN_PLANS: Final = "repcount/exercises/plans"


def engine_zip(own: Mapping[str, bytes] | None = None) -> bytes:
    """The archive; the same files give the same bytes.

    Parameters
    ----------
    own : files that do not come with the program, by their places in the archive.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in (*engine_modules(), *_data()):
            _add(archive, f"repcount/{path.relative_to(PACKAGE).as_posix()}", path.read_bytes())
        for name, data in (own or {}).items():
            _add(archive, name, data)
        for module in STAND_INS:
            _add(archive, f"{module}.py", (Path(__file__).parent / "stand_ins.py").read_bytes())
    return packed.getvalue()


def engine_modules() -> list[Path]:
    """The files of all modules that the first one needs, those of their packages included."""
    found: dict[str, Path] = {}
    waiting = [FIRST, *LATE]
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if path is None or name in found:
            continue
        found[name] = path
        waiting += [name.rpartition(".")[0]] if "." in name else []
        waiting += _imported(path)
    return sorted(found.values())


def _file_of(name: str) -> Path | None:
    """The file of a module of this package; None for anything else that is imported."""
    first, *rest = name.split(".")
    if first != PACKAGE.name:
        return None
    place = PACKAGE.joinpath(*rest)
    files = (place / "__init__.py", place.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


def _imported(path: Path) -> Iterator[str]:
    """What is imported when the module is: not within functions, and not for type checking alone."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _is_for_types(node):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _data() -> list[Path]:
    return sorted(path for pattern in DATA for path in PACKAGE.glob(pattern))


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


@dataclass(frozen=True)
class AddedFiles:
    """What a page has beside what comes with the program: checked files, each with what is in it."""

    exercises: tuple[tuple[Path, Exercise], ...] = ()
    plans: tuple[tuple[Path, Plan], ...] = ()

    def packed(self) -> dict[str, bytes]:
        """The files by their places in the archive of the engine."""
        own = {f"{OWN_EXERCISES}/{one.name}.toml": path for path, one in self.exercises}
        own |= {f"{OWN_PLANS}/{one.name.replace('-', '_')}.toml": path for path, one in self.plans}
        return {name: path.read_bytes() for name, path in sorted(own.items())}

    def offered(self) -> tuple[tuple[Exercise, ...], tuple[Plan, ...]]:
        """All that can be chosen on the page, those that come with the program first."""
        exercises = (*map(catalog.get, catalog.names()), *(one for _, one in self.exercises))
        return exercises, (*map(plans.get, plans.names()), *(one for _, one in self.plans))


NOTHING: Final = AddedFiles()


def read_added(exercise_files: Sequence[Path], plan_files: Sequence[Path]) -> AddedFiles:
    """Read and check the files.

    Raises
    ------
    SettingError
        A file is wrong, has the name of another one, or is a plan with an exercise that the page has not.
    """
    exercises = tuple((path, catalog.load(path)) for path in exercise_files)
    _refuse_twice(
        [*((None, name) for name in catalog.names()), *((path, one.name) for path, one in exercises)]
    )
    own = tuple((path, plans.load(path)) for path in plan_files)
    _refuse_twice([*((None, name) for name in plans.names()), *((path, one.name) for path, one in own)])
    there = {*catalog.names(), *(one.name for _, one in exercises)}
    for path, plan in own:
        for item in plan.exercises:
            if item.exercise not in there:
                missing = item.file or item.exercise
                raise SettingError(
                    f"{path}: `{missing}` is not on the page; add it by --exercise-file and name it"
                )
    return AddedFiles(exercises, own)


def _refuse_twice(named: Sequence[tuple[Path | None, str]]) -> None:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            raise SettingError(f"{path}: there is a `{name}` already; give it another name")
        seen.add(name)
