"""docs/accuracy.md, put together from the record, the tables and the words in ``words.md``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from bench import beside, leftout, tables
from bench.pools import FRESH, LATE

Json = dict[str, Any]
HERE: Final = Path(__file__).parent
DOCUMENT: Final = HERE.parent / "docs" / "accuracy.md"
RECORD: Final = HERE / "accuracy.json"
IMAGES: Final = HERE.parent / "docs" / "images"
WORDS: Final = HERE / "words.md"
RIVALS: Final = HERE / "rivals.json"
LEFT_OUT: Final = HERE / "left_out.json"
SHOWN: Final = "test"
CHAPTERS: Final = {FRESH: "A fresh part", LATE: "A part rendered last"}
"""The chapters of the parts that are looked at in totals only."""


def words() -> dict[str, str]:
    """The paragraphs of ``words.md``, by the headings above them."""
    found: dict[str, str] = {}
    for chapter in WORDS.read_text(encoding="utf-8").split("\n## ")[1:]:
        head, _, text = chapter.partition("\n")
        found[head.strip()] = text.strip()
    return found


def _chapter(head: str, *texts: str) -> str:
    said = words().get(head, "")
    body = "\n\n".join(text.strip() for text in (said, *texts) if text.strip())
    return f"## {head}\n\n{body}\n" if head else f"{body}\n"


def _picture(name: str, alt: str) -> str:
    return f"![{alt}](images/accuracy_{name}.png)" if (IMAGES / f"accuracy_{name}.png").exists() else ""


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"


def _sealed(head: str, part: Json) -> str:
    return _chapter(
        head,
        f"It has been looked at {_times(part['looks'])} so far; the figures are those of the last look.",
        tables.counting(part),
        tables.false_reps(part["negatives"], "exercise named"),
        tables.recognition(part),
        tables.grades(part),
        tables.status(part),
    )


def kept_left_out() -> Json:
    """What came of the last ``bench.learn --judge``; nothing where there is none."""
    found: Json = json.loads(LEFT_OUT.read_text(encoding="utf-8")) if LEFT_OUT.exists() else {}
    return found


def _left_out(record: Json) -> str:
    return _chapter(
        "People who were left out",
        leftout.tables(record),
        _picture("reliability", "How likely a movement was said to be a repetition, against how often it is"),
        leftout.weak(record),
    )


def document(record: Json) -> str:
    """The whole text."""
    parts = record["parts"]
    part = parts[SHOWN if SHOWN in parts else next(iter(parts))]
    left_out = kept_left_out()
    texts = [
        f"# Accuracy\n\n{words()['opening']}\n",
        *([_left_out(left_out)] if left_out else []),
        _chapter("What must hold", tables.aims(parts)),
        _chapter(
            "The material",
            tables.material(parts),
            _picture("material", "One frame each of 40 clips: people in rooms, doing the exercises"),
            tables.tracking(part),
        ),
        _chapter(
            "Counting",
            tables.counting(part),
            tables.shares(part, "kinds", "what the scene is for"),
            tables.shares(part, "rates", "the same scenes at"),
        ),
        _chapter(
            "Nothing to count",
            tables.false_reps(part["negatives"], "exercise named"),
            tables.false_reps(part["doings"], "what is done"),
        ),
        _chapter(
            "Recognition",
            tables.recognition(part),
            tables.confusion(part),
            _picture("confusion", "True exercise against the one that was recognised"),
        ),
        _chapter(
            "Angles",
            tables.angles(part, "view", "camera, degrees from the side"),
            _picture("angles", "Error of knee and hip against the camera's angle"),
            tables.angles(part, "exercise", "from the side, by exercise"),
            tables.angles(part, "range", "from the side, by range"),
        ),
        _chapter(
            "Form",
            tables.faults(part),
            _picture("faults", "Share of faults found against how far they are beyond the limit"),
            tables.status(part),
            tables.delay(part),
        ),
        _chapter("What no landmark shows", tables.unseen(record.get("unseen", {}))),
    ]
    texts += [_sealed(head, parts[name]) for name, head in CHAPTERS.items() if name in parts]
    if RIVALS.exists():
        found = json.loads(RIVALS.read_text(encoding="utf-8"))
        texts.append(_chapter("Side by side", beside.side_by_side(found, record, left_out)))
    return "\n".join([*texts, _chapter("What is weak")])
