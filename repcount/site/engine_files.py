"""The engine's own files as one archive: what its first module imports, and the data beside."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
FIRST: Final = "repcount.site.phone_alone"
STAND_INS: Final = {"pydantic": "unchecked.py", "platformdirs": "own_folder.py"}
"""Modules of the archive, each with the file that stands there in its place."""
LATE: Final = ("repcount.core.guide", "repcount.exercises.plans")
"""Imported within functions that the page comes to."""
DATA: Final = (
    "exercises/*.toml",
    "exercises/plans/*.toml",
    "exercises/languages/*.toml",
    "exercises/models/*.json",
)


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
        for module, file in STAND_INS.items():
            _add(archive, f"{module}.py", (Path(__file__).parent / file).read_bytes())
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
