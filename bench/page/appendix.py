"""The pages of docs/accuracy: every table, with how it was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bench import leftout
from bench.filming.pools import FRESH, LATE
from bench.page import beside, tables
from bench.page.kept import SHOWN, chapter, kept_rivals, picture

Json = dict[str, Any]
CHAPTERS: Final = {FRESH: "A fresh part", LATE: "A part rendered last"}
"""The chapters of the parts that are looked at in totals only."""


@dataclass(frozen=True)
class Page:
    """A page of the appendix.

    Attributes
    ----------
    name : of its file, without the ending.
    about : what is on it, in a line.
    body : its text, from the records of ``bench.accuracy`` and of ``bench.learn --judge``.
    """

    name: str
    title: str
    about: str
    body: Callable[[Json, Json], str]

    def text(self, record: Json, left_out: Json) -> str:
        """The whole page."""
        return f"# {self.title}\n\nA page of the appendix of [accuracy](../accuracy.md).\n\n" + self.body(
            record, left_out
        )


def _shown(record: Json) -> Json:
    parts: Json = record["parts"]
    found: Json = parts[SHOWN if SHOWN in parts else next(iter(parts))]
    return found


def _how(record: Json, left_out: Json) -> str:
    return "\n".join(
        [
            chapter("How it is measured"),
            chapter("What must hold", tables.aims(record["parts"]), head=2),
            chapter(
                "The material",
                tables.material(record["parts"]),
                picture("material", "One frame each of 40 clips: people in rooms, doing the exercises"),
                tables.tracking(_shown(record)),
                head=2,
            ),
        ]
    )


def _people(record: Json, left_out: Json) -> str:
    if not left_out:
        return chapter("People who were left out")
    return chapter(
        "People who were left out",
        leftout.tables(left_out),
        picture("reliability", "How likely a movement was said to be a repetition, against how often it is"),
        leftout.weak(left_out),
        chapter("Other draws", leftout.draws(left_out), head=2) if "draws" in left_out else "",
        chapter("The learning curve", leftout.curve(left_out), head=2) if "curve" in left_out else "",
    )


def _counting(record: Json, left_out: Json) -> str:
    part = _shown(record)
    return "\n".join(
        [
            chapter(
                "Counting",
                tables.counting(part),
                tables.shares(part, "kinds", "what the scene is for"),
                tables.shares(part, "rates", "the same scenes at"),
            ),
            chapter(
                "Nothing to count",
                tables.false_reps(part["negatives"], "exercise named"),
                tables.false_reps(part["doings"], "what is done"),
                head=2,
            ),
        ]
    )


def _recognition(record: Json, left_out: Json) -> str:
    part = _shown(record)
    return chapter(
        "Recognition",
        tables.recognition(part),
        tables.confusion(part),
        picture("confusion", "True exercise against the one that was recognised"),
    )


def _angles(record: Json, left_out: Json) -> str:
    part = _shown(record)
    return chapter(
        "Angles",
        tables.angles(part, "view", "camera, degrees from the side"),
        picture("angles", "Error of knee and hip against the camera's angle"),
        tables.angles(part, "exercise", "from the side, by exercise"),
        tables.angles(part, "range", "from the side, by range"),
    )


def _form(record: Json, left_out: Json) -> str:
    part = _shown(record)
    return "\n".join(
        [
            chapter(
                "Form",
                tables.faults(part),
                picture("faults", "Share of faults found against how far they are beyond the limit"),
                tables.status(part),
                tables.delay(part),
            ),
            chapter("What no landmark shows", tables.unseen(record.get("unseen", {})), head=2),
        ]
    )


def _looked(number: int) -> str:
    times = "once" if number == 1 else "twice" if number == 2 else f"{number} times"
    return f"It has been looked at {times} so far; the figures are those of the last look."


def _sealed(record: Json, left_out: Json) -> str:
    parts = record["parts"]
    return "\n".join(
        chapter(
            head,
            _looked(parts[name]["looks"]),
            tables.counting(parts[name]),
            tables.false_reps(parts[name]["negatives"], "exercise named"),
            tables.recognition(parts[name]),
            tables.grades(parts[name]),
            tables.status(parts[name]),
            head=2,
        )
        for name, head in CHAPTERS.items()
        if name in parts
    )


def _beside(record: Json, left_out: Json) -> str:
    found = kept_rivals()
    return chapter("Side by side", beside.side_by_side(found, record, left_out) if found else "")


def _weak(record: Json, left_out: Json) -> str:
    return chapter("What is weak")


APPENDIX: Final = (
    Page("method", "How it is measured", "the material, the aims, and what was learned from what", _how),
    Page("people", "People who were left out", "real people and real motion, clip by clip", _people),
    Page("counting", "Counting", "rendered people; and where there is nothing to count", _counting),
    Page("recognition", "Recognition", "which exercise it is, where nobody says", _recognition),
    Page("angles", "Angles", "errors of knee and hip, by view, exercise and range", _angles),
    Page("form", "Form", "each fault: found, missed, and blamed wrongly", _form),
    Page("sealed", "Parts that were looked at in totals only", "`fresh` and `late`", _sealed),
    Page("beside", "Side by side", "the same recordings, counted in the ways of others", _beside),
    Page("weak", "What is weak", "all that is known to go wrong, with its reason", _weak),
)
"""In the order in which the page of a user names them."""
