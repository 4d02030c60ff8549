"""``python -m bench``: what there is to measure, one line each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BENCH: Final = Path(__file__).parent
ARCHIVE: Final = BENCH / "archive"
MAIN: Final = '__name__ == "__main__"'


@dataclass(frozen=True)
class Command:
    """A measurement.

    Attributes
    ----------
    name : of its module.
    does : in a line.
    page : what came out, of an experiment that is done; None of the others.
    """

    name: str
    does: str
    page: Path | None


def commands() -> Iterator[Command]:
    """Everything in this folder that can be run, by name."""
    for path in sorted(BENCH.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if MAIN not in text or path == Path(__file__):
            continue
        place = path.parent if path.stem == "__main__" else path.with_suffix("")
        name = ".".join(place.relative_to(BENCH.parent).parts)
        yield Command(name, _does(text), path.with_suffix(".md") if path.parent == ARCHIVE else None)


def _does(text: str) -> str:
    """The first line of a module's docstring, without the command that it begins with."""
    first = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    return first.rpartition("``: ")[2].rstrip(".")


def main() -> None:
    """Print them, the experiments that are done last."""
    found = list(commands())
    width = max(len(each.name) for each in found)
    for each in found:
        if each.page is None:
            print(f"python -m {each.name:{width}}  {each.does}")
    print("\nDone, and kept with what came out:\n")
    for each in found:
        if each.page is not None:
            print(f"python -m {each.name:{width}}  {each.does}")
            print(f"          {'':{width}}  {each.page.relative_to(BENCH.parent)}")


if __name__ == "__main__":
    main()
