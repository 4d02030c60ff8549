"""README and the documents against the code: links, commands, options, outputs, keys and settings."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from repcount.cli.app import app
from repcount.config import ENVIRONMENT_PREFIX, FILE_VARIABLE, Settings
from repcount.core.errors import REMEDY
from repcount.exercises import catalog, languages, rules, spec, terms
from tests.models import model_or_skip

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [
    README,
    *ROOT.glob("C*.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "models" / "README.md",
    *sorted((ROOT / "bench" / "archive").glob("*.md")),
]
CONSOLE = re.compile(r"^```console\n\$ (.+)\n([\s\S]*?)^```", re.MULTILINE)
HIDDEN = ("analyse",)
CHECK = ROOT / ".ci" / "run"
WITHOUT_EXTRAS = {"pandas", "pty"}  # of `dev`, and of Unix


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    """Every command by the words that call it, subcommands included."""

    def walk(words: tuple[str, ...], command: Any) -> Iterator[tuple[str, Any]]:
        yield " ".join(words), command
        for name, child in getattr(command, "commands", {}).items():
            yield from walk((*words, name), child)

    return dict(walk((), typer.main.get_command(app)))


def options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def calls(page: Path) -> list[str]:
    """What stands behind ``repcount`` in the fenced blocks and code spans of a page."""
    text = text_of(page)
    blocks = re.findall(r"^```(?:console)?\n([\s\S]*?)^```", text, re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(repcount [^`]+)`", re.sub(r"```[\s\S]*?```", "", text))
    found = [re.search(r"(?:^|[$&] )repcount (.+)$", line) for line in (*lines, *spans)]
    return [match[1].replace("\n", " ") for match in found if match]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        there = page.parent / name if name else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_documents_exist_with_their_options(page: Path) -> None:
    known = commands()
    for call in calls(page):
        words = shlex.split(call.replace("'", ""))
        if words[0].isupper() or words[0].startswith("--"):
            command = known[""]
        else:
            command = known.get(" ".join(words[:2])) or known[words[0]]
        given = {word for word in words if word.startswith("--")}
        assert given - {"--help"} <= options(command), call


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_programs_in_the_documents_can_be_called(page: Path) -> None:
    for name in re.findall(r"python -m ([\w.]*\w)", text_of(page)):
        assert importlib.util.find_spec(name) is not None, name


@pytest.mark.parametrize("words", [words for words in commands() if words not in HIDDEN])
def test_commands_and_options_are_documented(words: str) -> None:
    page = text_of(ROOT / "docs" / "commands.md")
    assert f"repcount {words}".rstrip() in page
    missing = {option for option in options(commands()[words]) if option not in page}
    assert missing == set()


def test_the_two_commands_of_the_first_screen_stand_as_typed() -> None:
    first_screen = "\n".join(text_of(README).splitlines()[:20])
    assert (
        "pip install -e . && repcount analyze sample_videos/wall_squat.mp4 --exercise wall-squat"
        in first_screen
    )
    assert "pip install -e '.[dev]' && pytest" in first_screen
    assert REMEDY in first_screen


def steps() -> list[str]:
    """The commands of ``.ci/run``; its ``tests`` is pytest, in two halves at once."""
    found = re.findall(r"^(?:step (.+?)|(tests(?: \w+)?))(?: \|\| .*)?$", text_of(CHECK), re.MULTILINE)
    runs = {"tests": "pytest", "tests extra": "pytest -m extra"}
    return [step or runs[tests] for step, tests in found]


def test_the_check_runs_what_readme_says_before_it_installs_more() -> None:
    install, test = re.findall(r"^(pip install -e '\.\[dev\]') && (.+)$", text_of(README), re.MULTILINE)[0]
    ran = steps()
    installs = [step for step in ran if "install" in step]
    assert installs[0] == install
    assert ran.index(install) < ran.index(test) < ran.index(installs[1])
    assert ran[-1] == f"{test} -m extra"


def test_the_check_installs_every_extra_before_its_last_step() -> None:
    extras = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
    (named,) = re.findall(r"\[(.+)\]", [step for step in steps() if "install" in step][-1])
    assert named.split(",") == sorted(extras)


def test_what_is_skipped_for_want_of_an_extra_is_marked_so_that_the_check_runs_it_later() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        skipped = set(re.findall(r"importorskip\(\s*\"(\w+)", text_of(path))) - WITHOUT_EXTRAS
        marks = " ".join(re.findall(r"mark\.extra\(([^)]*)\)", text_of(path)))
        assert skipped <= set(re.findall(r"\w+", marks)), path


PROGRESS = re.compile(r"^repcount: .+: \d+ of \d+ frames\n", re.MULTILINE)
"""Lines that a slow machine tells while it works; what the command prints in the end is the same."""


def shown(call: str, folder: Path) -> str:
    """What a command of README prints, run in a folder with the samples."""
    for name in ("sample_videos", "tests"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", *shlex.split(call)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8", env=_environment()
    )
    return PROGRESS.sub("", done.stdout + done.stderr)


def _environment() -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("REPCOUNT_")}
    named = os.environ.get("REPCOUNT_MODEL")
    model = {"REPCOUNT_MODEL": os.path.abspath(named)} if named else {}
    return {**own, **model, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "REPCOUNT_CONFIG": os.devnull}


OUTPUTS = CONSOLE.findall(text_of(README))


@pytest.mark.parametrize(("call", "output"), [pair for pair in OUTPUTS if ".mp4" not in pair[0]])
def test_outputs_in_readme_are_true(call: str, output: str, tmp_path: Path) -> None:
    assert shown(call, tmp_path) == output


@pytest.mark.slow
@pytest.mark.parametrize(("call", "output"), [pair for pair in OUTPUTS if ".mp4" in pair[0]])
def test_outputs_in_readme_are_true_of_the_sample_videos(call: str, output: str, tmp_path: Path) -> None:
    model_or_skip()
    assert shown(call, tmp_path) == output


def test_the_exercise_in_the_documents_is_a_valid_one() -> None:
    example, language, words = re.findall(
        r"^```toml\n([\s\S]*?)^```", text_of(ROOT / "docs" / "exercises.md"), re.MULTILINE
    )
    exercise = catalog.parse(tomllib.loads(example + words), "docs/exercises.md")
    assert exercise.name not in catalog.names()
    assert languages.Language.model_validate(tomllib.loads(language)).language == "fr"


WORDS = (terms.FaultWords, terms.ExerciseWords)


def _tables() -> list[type[BaseModel]]:
    found = [
        value
        for room in (spec, rules, terms)
        for value in vars(room).values()
        if isinstance(value, type) and issubclass(value, BaseModel)
    ]
    return [each for each in dict.fromkeys(found) if each.__module__ != terms.__name__ or each in WORDS]


@pytest.mark.parametrize("table", _tables(), ids=lambda table: table.__name__)
def test_every_key_of_an_exercise_file_is_documented(table: type[BaseModel]) -> None:
    page = text_of(ROOT / "docs" / "exercises.md")
    undocumented = [key for key in table.model_fields if not re.search(rf"`{key}`|\[+{key}[\].]", page)]
    assert undocumented == []


REQUIRED = {
    "the top": spec.Exercise,
    "`[drive]`": spec.Drive,
    "`[presets.NAME]`": spec.Preset,
    "`[short]`": rules.Short,
    "`[dose]`": spec.Dose,
    "`[tempo]`": spec.TempoSpec,
    "`[[start]]`, `[[stay]]`, `[[require]]`, `[[recognise]]`": spec.Requirement,
    "`[[faults]]`": rules.FaultRule,
    "`[[tempo_faults]]`": rules.TempoRule,
    "`place`": spec.CameraPlace,
    "`ways`": terms.WayWords,
}


def test_the_keys_that_an_exercise_file_must_have_are_listed() -> None:
    page = text_of(ROOT / "docs" / "exercises.md")
    table = page.split("| In | Required |\n|---|---|\n")[1].split("\n\n")[0]
    rows = dict(line.strip("| ").split(" | ") for line in table.splitlines())
    assert set(rows) == set(REQUIRED)
    for name, schema in REQUIRED.items():
        listed = re.findall(r"`(\w+)`", re.split(r", and one of|; a judged", rows[name])[0])
        assert set(listed) == {key for key, each in schema.model_fields.items() if each.is_required()}, name


def test_every_setting_is_documented_with_its_variable() -> None:
    page = text_of(ROOT / "docs" / "commands.md")
    for setting in fields(Settings):
        assert f"| `{setting.name}` | `{ENVIRONMENT_PREFIX}{setting.name.upper()}` |" in page
    assert f"`{FILE_VARIABLE}`" in page
