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
    *("core", "exercises", "sources", "pose", "tracking", "features", "counting", "form", "session"),
    *("learning", "overlay", "io", "voice", "history", "report", "pipeline", "batch"),
    *("web", "site", "api", "cli"),
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
    """One line for each room, in the order of the data, and for each file beside them."""
    yield "repcount/"
    for room in ROOMS:
        yield f"  {room + '/':16}{_purpose(PACKAGE / room / '__init__.py')}"
    for path in sorted(PACKAGE.glob("*.py")):
        if path.name != "__init__.py":
            yield f"  {path.name:16}{_purpose(path)}"


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
