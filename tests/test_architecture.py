"""The floors of docs/architecture.md: who may import whom, and where each outside library is at home."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "repcount"
PICTURE = ROOT / "docs" / "architecture.md"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 300

HOMES = {
    "mediapipe": ("poses/mediapipe.py",),
    "flatbuffers": ("poses/tflite.py",),
    "av": ("sources/", "sinks/"),
    "cv2": ("sources/", "sinks/"),
    "pyttsx3": ("sinks/speech.py",),
    "sounddevice": ("sinks/voice.py",),
    "cv2_enumerate_cameras": ("sources/cameras.py",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "pydantic": ("exercises/", "ledger.py"),
    "ray": ("cluster.py",),
    "jinja2": ("report/",),
    "pandas": ("api/table.py", "api/result.py"),
    "matplotlib": ("api/plot.py", "api/result.py"),
    "fastapi": ("web/",),
    "starlette": ("web/",),
    "cryptography": ("web/certificate.py", "web/running.py"),
    "segno": ("web/invitation.py", "web/running.py"),
    "uvicorn": ("web/",),
    "tomllib": ("config.py", "calibration.py", "exercises/files.py"),
    "tomli": ("config.py", "calibration.py", "exercises/files.py"),
    "sqlalchemy": ("history/",),
    "alembic": ("history/",),
    "platformdirs": (
        "history/place.py",
        "config.py",
        "calibration.py",
        "poses/bundle.py",
        "assemble.py",
        "studio.py",
        "checkup.py",
    ),
}
HEAVY = ("jinja2", "sqlalchemy", "alembic", "mediapipe", "cv2", "av", "matplotlib", "numpy", "rich")


def inside(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imported(path: Path) -> Iterator[str]:
    """Dotted names of all imports of a file, those for type checking and inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floors() -> dict[str, int]:
    """Floor of each room as the table in the document says."""
    found = {}
    for number, rooms in re.findall(
        r"^\| (\d+) \| (.+?) \|", PICTURE.read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.update({room: int(number) for room in re.findall(r"`(\w+)`", rooms)})
    return found


def room_of(parts: list[str]) -> str | None:
    """The room that a dotted name leads into; None for the package's own name and version."""
    known = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    return parts[1] if len(parts) > 1 and parts[1] in known - {"__init__"} else None


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_a_file_imports_only_from_the_floors_below(path: Path) -> None:
    known = floors()
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    for name in imported(path):
        other = room_of(name.split(".")) if name.split(".")[0] == "repcount" else None
        if other is not None and other != room:
            assert known[other] < known[room], f"{inside(path)} imports {name}"


def test_every_room_has_its_floor_in_the_picture() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in MODULES}
    assert rooms - {"__init__", "__main__"} == set(floors())


def test_the_picture_names_every_file_and_no_other() -> None:
    tree = PICTURE.read_text(encoding="utf-8").split("```")[1]
    named, folder = set(), ""
    for line in tree.splitlines():
        entry = re.match(r"( *)([\w/]+\.py|\w+/)", line)
        if entry is None or entry[2] == "repcount/":
            continue
        if entry[2].endswith("/"):
            folder = entry[2]
        else:
            named.add((folder if len(entry[1]) == 4 else "") + entry[2])
    present = {inside(path) for path in MODULES if path.name != "__init__.py" or path.parent == PACKAGE}
    assert named == present - {"__init__.py"}


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_each_outside_library_has_one_home(path: Path) -> None:
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None:
            assert inside(path).startswith(homes), f"{inside(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_there_is_no_print_below_the_command_line(path: Path) -> None:
    if inside(path).startswith("cli/"):
        return
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]


@pytest.mark.parametrize(
    "path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda path: path.name
)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after running ``code``."""
    lines = (code, "import sys", "names = [name for name in sys.modules if '.' not in name]")
    report = "\n".join((*lines, "print(*names, file=sys.stderr)"))
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stderr.strip().splitlines()[-1].split())


def running(setup: str) -> str:
    """Code that runs the command line to its end after ``setup``."""
    lines = ("import os, sys", setup, "from repcount.cli import main")
    return "\n".join((*lines, "try: main()", "except SystemExit: pass"))


def test_importing_the_package_loads_the_standard_library_alone() -> None:
    before = loaded_by("pass")
    assert loaded_by("import repcount") - before <= {*sys.stdlib_module_names, "repcount"}


@pytest.mark.parametrize("words", ["--help", "--version", "analyze --help", "models --help", "doctor --help"])
def test_help_loads_nothing_heavy(words: str) -> None:
    loaded = loaded_by(running(f"sys.argv = ['repcount', *{words.split()!r}]"))
    assert "typer" in loaded
    assert not loaded & set(HEAVY)


def test_completing_an_exercise_loads_nothing_heavy() -> None:
    wish = {
        "_REPCOUNT_COMPLETE": "complete_bash",
        "COMP_WORDS": "repcount analyze --exercise wall",
        "COMP_CWORD": "3",
    }
    code = running(f"os.environ.update({wish!r})")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["wall-squat"]
    assert not loaded_by(code) & set(HEAVY)
