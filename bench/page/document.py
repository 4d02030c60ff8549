"""docs/accuracy.md, the page that a user reads: real people, rendered people, what not to trust."""

from __future__ import annotations

from typing import Any, Final

from bench import leftout
from bench.filming.pools import LATE
from bench.page import tables
from bench.page.appendix import APPENDIX
from bench.page.kept import SHOWN, chapter

Json = dict[str, Any]
FAR: Final = "10° and more"
"""A fault so far beyond its limit has to be found."""
AIMS: Final = (
    "exact count, exercise named",
    "off by more than one",
    "exact count, `auto`",
    "false repetitions a minute, named",
    "false repetitions a minute, `auto`",
    "side of a repetition right",
    "peak time, median error",
    "hold time, median error",
    "range of a repetition, mean error",
    "faults 10° beyond the limit, recall",
    "faults, precision",
)
"""What a user asks first, of all that must hold."""


def _sum(figures: list[Json]) -> str:
    """So many of so many, over several figures."""
    hits, total = (sum(figure[key] or 0 for figure in figures) for key in ("hits", "n"))
    return f"{hits} of {total}" if total else tables.NONE


def by_exercise(part: Json, left_out: Json) -> str:
    """One row for each exercise: real people, then the rendered part, then form."""
    people = left_out.get("people", {}).get("exercises", {})
    rows = []
    for name, found in part["faults"].items():
        far = [fault["recall"][FAR] for fault in found.values()]
        claims = [fault["precision"] for fault in found.values()]
        real = people.get(name)
        rows.append(
            [
                name,
                tables.of(real["named"]) if real else tables.NONE,
                tables.of(part["counting"][name]["exact"]),
                tables.of(part["recognition"][name]["named_right"]),
                str(part["negatives"][name]["hits"] or 0),
                _sum(far),
                _sum(claims),
            ]
        )
    head = ["exercise", "real people, exact", "rendered, exact", "recognised", "invented"]
    return tables.table([*head, "faults found", "faults that are there"], sorted(rows))


def _real_people(left_out: Json) -> tuple[str, ...]:
    return (leftout.summary(left_out), leftout.spread(left_out)) if left_out else ()


def document(record: Json, left_out: Json) -> str:
    """The whole page."""
    parts = record["parts"]
    part = parts[SHOWN if SHOWN in parts else next(iter(parts))]
    shown = {name: parts[name] for name in (SHOWN, LATE) if name in parts}
    links = "\n".join(f"- [{page.title}](accuracy/{page.name}.md): {page.about}" for page in APPENDIX)
    return "\n".join(
        [
            "# Accuracy\n",
            chapter("opening"),
            chapter("Real people", *_real_people(left_out), head=2),
            chapter("Rendered people", tables.aims(shown, AIMS), head=2),
            chapter("By exercise", by_exercise(part, left_out), head=2),
            chapter("What not to trust", head=2),
            chapter("The tables behind it", links, head=2),
        ]
    )
