"""Writes the pages and pictures about accuracy; all they tell is in the records that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.page import pictures
from bench.page.appendix import APPENDIX
from bench.page.document import document
from bench.page.kept import DOCUMENT, IMAGES, SHOWN, kept_left_out, kept_record

Json = dict[str, Any]


def pages(record: Json) -> dict[Path, str]:
    """Every page by its place."""
    left_out = kept_left_out()
    folder = DOCUMENT.with_suffix("")
    appendix = {folder / f"{page.name}.md": page.text(record, left_out) for page in APPENDIX}
    return {DOCUMENT: document(record, left_out), **appendix}


def write_pages() -> tuple[Path, ...]:
    """Write the pages and the pictures on them; return their places."""
    draw_pictures()
    texts = pages(kept_record())
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(texts)


def draw_pictures() -> None:
    """Draw what the records tell; the contact sheet of the material is not among it."""
    record, left_out = kept_record(), kept_left_out()
    part = record["parts"].get(SHOWN) or next(iter(record["parts"].values()))
    pictures.draw_angles(part, IMAGES / "accuracy_angles.png")
    pictures.draw_faults(part, IMAGES / "accuracy_faults.png")
    pictures.draw_confusion(part, IMAGES / "accuracy_confusion.png")
    if left_out:
        pictures.draw_reliability(left_out, IMAGES / "accuracy_reliability.png")
