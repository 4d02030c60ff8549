"""The floors of docs/architecture.md: who may import whom, and where each outside library is at home."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "repcount"
PICTURE = ROOT / "docs" / "architecture.md"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 300

HOMES = {
    "mediapipe": ("pose/mediapipe.py",),
    "flatbuffers": ("pose/network_files.py",),
    "av": ("sources/", "io/"),
    "cv2": ("sources/", "overlay/", "io/"),
    "pyttsx3": ("voice/speech.py",),
    "sounddevice": ("voice/loudspeaker.py",),
    "cv2_enumerate_cameras": ("sources/feeds.py",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "pydantic": ("exercises/", "batch/resume.py"),
    "ray": ("batch/cluster.py",),
    "jinja2": ("report/",),
    "openpyxl": ("io/spreadsheets.py", "history/table_rows.py"),
    "pandas": ("api/result.py",),
    "matplotlib": ("api/plot.py", "api/result.py"),
    "fastapi": ("web/",),
    "starlette": ("web/",),
    "cryptography": ("web/running.py",),
    "segno": ("web/running.py",),
    "uvicorn": ("web/",),
    "tomllib": ("core/input_files.py",),
    "tomli": ("core/input_files.py",),
    "sqlalchemy": ("history/",),
    "alembic": ("history/",),
    "platformdirs": (
        "history/location.py",
        "config.py",
        "exercises/own_exercises.py",
        "pipeline/calibration.py",
        "pose/bundle.py",
        "pose/estimator.py",
        "checkup.py",
    ),
}
MODULES_TWICE: set[str] = set()
CLASSES_TWICE: set[str] = set()
"""Names that still stand twice. A name that is gone from the code goes from here too."""
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


def test_the_picture_names_every_room_and_no_other() -> None:
    tree = PICTURE.read_text(encoding="utf-8").split("```")[1]
    named = re.findall(r"^  (\w+)(?:/|\.py) ", tree, re.MULTILINE)
    assert sorted(named) == sorted({*floors(), "__main__"})


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_the_first_line_of_a_file_says_what_it_is(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]
    assert first.endswith(".")


def twice(names: Iterable[str]) -> set[str]:
    return {name for name, number in Counter(names).items() if number > 1}


def test_no_two_modules_share_a_name() -> None:
    assert twice(path.stem for path in MODULES if path.stem != "__init__") == MODULES_TWICE


def test_no_two_public_classes_share_a_name() -> None:
    found = (
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert twice(found) == CLASSES_TWICE


@pytest.mark.parametrize("path", MODULES, ids=inside)
def test_each_outside_library_has_one_home(path: Path) -> None:
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None:
            assert inside(path).startswith(homes), f"{inside(path)} imports {name}"


@pytest.mark.parametrize("room", ["tracking", "features", "counting", "form", "session"])
def test_what_judges_needs_the_standard_library_alone(room: str) -> None:
    """So it runs wherever Python runs, a browser included; arrays enter at ``Pose`` and stop there."""
    for path in (PACKAGE / room).rglob("*.py"):
        outside = {name.split(".")[0] for name in imported(path)} - {"repcount", *sys.stdlib_module_names}
        assert not outside, f"{inside(path)} imports {outside}"


def test_imports_make_no_circle() -> None:
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    waiting = {
        name: {
            found for each in imported(path) for found in (each, each.rpartition(".")[0]) if found in named
        }
        for name, path in named.items()
    }
    while free := {name for name, others in waiting.items() if not others - {name}}:
        waiting = {name: others - free for name, others in waiting.items() if name not in free}
    assert not waiting


def test_only_the_pose_room_knows_its_network() -> None:
    for path in MODULES:
        if not inside(path).startswith("pose/"):
            assert not [name for name in imported(path) if name.startswith("repcount.pose.mediapipe")], path


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
