"""What the terminal shows: results on standard output, messages on standard error.

Where standard output is a terminal, tables are drawn by Rich; in a pipe, or with very many rows, they are
plain aligned lines.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence

GAP = "  "
MAX_WIDTH = 100
MOST_DRAWN = 200
"""Rows of a table that Rich draws: it takes seconds for thousands."""


def say(text: str = "") -> None:
    """Print a line of the result."""
    print(text)


def warn(text: str) -> None:
    """Print a line for the person at the terminal; never part of the result."""
    print(f"repcount: {text}", file=sys.stderr, flush=True)


def how_many(number: int, noun: str) -> str:
    """A number of things in words: ``1 row``, ``2 rows``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def heading(text: str) -> None:
    """Print a line that stands above others."""
    if not sys.stdout.isatty():
        say(text)
        return
    from rich.console import Console
    from rich.text import Text

    Console().print(Text(text, style="bold"))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table with a line of column names."""
    if sys.stdout.isatty() and len(rows) <= MOST_DRAWN:
        _drawn(columns, rows)
    else:
        _plain(columns, rows)


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for number, column in enumerate(columns):
        drawn.add_column(column, no_wrap=number == 0)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


def _plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [columns, *rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        say(GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def paragraph(text: str, indent: str = "") -> None:
    """Print running text, wrapped to the width of the terminal with a hanging indent."""
    width = min(MAX_WIDTH, shutil.get_terminal_size((MAX_WIDTH, 24)).columns)
    say(
        textwrap.fill(
            text, width, initial_indent=indent, subsequent_indent=indent + GAP, break_on_hyphens=False
        )
    )
