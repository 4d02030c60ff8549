"""Writes what the documents take from the code anew: README's outputs, and the picture of the house.

usage: python tools/refresh_docs.py     (from the checkout, with the package and a pose model installed)
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "repcount"
ROOMS = (
    *("core", "exercises", "sources", "poses", "tracking", "features", "counting", "engine"),
    *("sinks", "io", "history", "report", "web", "api"),
)
FILES = (
    *("ledger", "batch", "processes", "cluster", "runner", "assemble"),
    *("worker", "many", "config", "outputs", "checkup", "__main__"),
)
WIDTH = 112
CONSOLE = re.compile(r"^```console\n\$ (.+)\n[\s\S]*?^```", re.MULTILINE)


def main() -> None:
    """Rewrite both pages."""
    readme, picture = ROOT / "README.md", ROOT / "docs" / "architecture.md"
    readme.write_text(CONSOLE.sub(_ran, readme.read_text(encoding="utf-8")), encoding="utf-8")
    before, _, after = picture.read_text(encoding="utf-8").split("```", 2)
    tree = "\n".join(_shortened(line) for line in _tree())
    picture.write_text(f"{before}```\n{tree}\n```{after}", encoding="utf-8")


def _ran(block: re.Match[str]) -> str:
    """The block with what its command prints now, run in a folder that has the samples."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("sample_videos", "tests"):
            (Path(folder) / name).symlink_to(ROOT / name)
        command = [sys.executable, "-m", *shlex.split(block[1])]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "REPCOUNT_CONFIG": os.devnull}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=True, encoding="utf-8"
        )
    return f"```console\n$ {block[1]}\n{done.stdout}```"


def _tree() -> Iterator[str]:
    yield "repcount/"
    for room in ROOMS:
        yield from _room(room)
        if room == "exercises":
            yield f"    {'*.toml':14}the exercises themselves"
    others = {path.stem for path in PACKAGE.glob("*.py")} - {*FILES, "__init__"}
    for name in (*FILES[:-1], *sorted(others), FILES[-1]):
        yield f"  {name + '.py':16}{_purpose(PACKAGE / f'{name}.py')}"
    yield from _room("cli")


def _room(name: str) -> Iterator[str]:
    yield f"  {name + '/':16}{_purpose(PACKAGE / name / '__init__.py')}"
    for path in sorted((PACKAGE / name).rglob("*.py")):
        if path.name != "__init__.py":
            inside = path.relative_to(PACKAGE / name).as_posix()
            yield f"    {inside:13} {_purpose(path)}"


def _purpose(path: Path) -> str:
    """First paragraph of a file's docstring, begun small."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    line = " ".join(text.split("\n\n")[0].split()).rstrip(".")
    first = line.split(" ")[0]
    return line[:1].lower() + line[1:] if first[1:].islower() or len(first) == 1 else line


def _shortened(line: str) -> str:
    """The line, cut at the end of a clause where it is too long."""
    while len(line) > WIDTH:
        ends = [line.rfind(mark, 30) for mark in (":", ";", ", ", ". ")]
        if max(ends) < 0:
            break
        line = line[: max(ends)]
    return line.rstrip()


if __name__ == "__main__":
    main()
