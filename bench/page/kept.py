"""What the measurements keep and the pages are made of: records as JSON, and paragraphs in ``words.md``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]
BENCH: Final = Path(__file__).parent.parent
RECORD: Final = BENCH / "accuracy.json"
LEFT_OUT: Final = BENCH / "left_out.json"
RIVALS: Final = BENCH / "archive" / "rivals.json"
WORDS: Final = Path(__file__).with_name("words.md")
DOCUMENT: Final = BENCH.parent / "docs" / "accuracy.md"
IMAGES: Final = BENCH.parent / "docs" / "images"
SHOWN: Final = "test"
"""The part that tables are about where they name none."""
LEVELS: Final = 4


def _read(path: Path, otherwise: Json) -> Json:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else otherwise


def kept_record() -> Json:
    """The record of the last ``bench.accuracy``; an empty one where there is none."""
    return _read(RECORD, {"parts": {}})


def kept_left_out() -> Json:
    """What came of the last ``bench.learn --judge``; nothing where there is none."""
    return _read(LEFT_OUT, {})


def kept_rivals() -> Json:
    """What came of the last ``bench.archive.rivals``; nothing where there is none."""
    return _read(RIVALS, {})


def as_text(value: Any, depth: int = 0) -> str:
    """A record as JSON: objects down to the fourth level a line each, so that changes can be read."""
    if not isinstance(value, dict) or depth == LEVELS or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = " " * (depth + 1)
    rows = [f"{pad}{json.dumps(key)}: {as_text(one, depth + 1)}" for key, one in value.items()]
    return "{\n" + ",\n".join(rows) + "\n" + " " * depth + "}" + ("\n" if depth == 0 else "")


def words() -> dict[str, str]:
    """The paragraphs of ``words.md``, by the headings above them."""
    found: dict[str, str] = {}
    for part in WORDS.read_text(encoding="utf-8").split("\n## ")[1:]:
        head, _, text = part.partition("\n")
        found[head.strip()] = text.strip()
    return found


def chapter(name: str, *texts: str, head: int = 0) -> str:
    """The paragraphs of that name, then the texts; ``head`` is the level of its heading, 0 for none."""
    said = words().get(name, "")
    body = "\n\n".join(text.strip() for text in (said, *texts) if text.strip())
    return f"{'#' * head} {name}\n\n{body}\n" if head else f"{body}\n"


def picture(name: str, alt: str) -> str:
    """A picture on a page of the appendix; nothing where it is not there."""
    return f"![{alt}](../images/accuracy_{name}.png)" if (IMAGES / f"accuracy_{name}.png").exists() else ""
