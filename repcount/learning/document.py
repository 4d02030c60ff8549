"""The file of a learned exercise: TOML with a comment at each figure, as one would write it by hand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import tomlkit

from repcount.core.errors import SettingError
from repcount.core.signal_names import SIGNALS
from repcount.exercises import catalog
from repcount.learning import draft
from repcount.learning.conditions import LearnedCondition
from repcount.learning.film import CAMERA, Film
from repcount.learning.lesson import Lesson

VIEW_ROOM_DEG: Final = 20.0  # to either side of the camera's angle in the film
_DOCS: Final = {info.name: info.doc.split(";")[0] for info in SIGNALS}
_MEASURES: Final = {
    "rest": "at rest",
    "peak": "at the peak",
    "change": "from rest to the peak",
    "share": "from rest to the peak, over the range of the movement",
    "swing": "all along",
}


_CAMERA_PLACES: Final = {
    "front": "From the front",
    "oblique": "Halfway between front and side",
    "side": "From the side",
}


def name_of(title: str) -> str:
    """What files and commands call an exercise of this title: ``Glute bridge`` is ``glute-bridge``.

    Raises
    ------
    SettingError
        The title has no letter that a name may have.
    """
    plain = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-").lstrip("0123456789-")
    if not name or name == "auto":
        raise SettingError(f"--name {title}: give a name with a letter of the English alphabet")
    return name


def text_of(title: str, lesson: Lesson) -> str:
    """The text of the file, which keeps to the schema."""
    text = "\n".join(_lines(title, lesson)) + "\n"
    catalog.parse(tomlkit.parse(text).unwrap(), lesson.exercise.name)
    return text


def changed_text(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The text of a file with other figures; its comments and all else stay.

    Parameters
    ----------
    before, after : the file's values, which differ in spans and numbers, and by tables that are gone.
    """
    document = tomlkit.parse(text)
    for key, value in after.items():
        if value == before.get(key):
            continue
        if value == []:
            document.remove(key)
        elif isinstance(value, list):
            _with_rows(document[key], before[key], value)
        else:
            _with_values(document[key], value)
    return tomlkit.dumps(document)


def _with_rows(kept: Any, before: Sequence[Any], after: Sequence[Any]) -> None:
    """Change the tables of one kind; those that are gone are taken away."""
    left = list(after)
    for i in reversed(range(len(before))):
        row = left[-1] if left else None
        if row is not None and {**row, "span": 0} == {**before[i], "span": 0}:
            left.pop()
            if row["span"] != before[i]["span"]:
                kept[i]["span"] = row["span"]
        else:
            del kept[i]


def _with_values(kept: Any, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, Mapping):
            _with_values(kept[key], value)
        elif kept.get(key) != value:
            kept[key] = value


def _lines(title: str, lesson: Lesson) -> Iterator[str]:
    films = [each.film for each in lesson.movements]
    names = ", ".join(film.name for film in films)
    drive, view = lesson.drive, view_of(films)
    source = f"learned from {names}, {drive.count} repetitions, {view} view"
    shown = "shown to the camera" if names == CAMERA else f"as shown in {names}"
    posture, where = _place(lesson, view)
    yield f"# Learned by `repcount learn` from {names}."
    yield "# The words are to be filled in; every figure may be changed."
    yield "# What each key means: docs/exercises.md"
    yield from _rows(
        {
            "format": 1,
            "name": lesson.exercise.name,
            "title": title,
            "summary": f"{title}, {shown}.",
            "how": ["Take the start posture.", "Move as shown, slowly.", "Come back to the start posture."],
            "camera": f"{where}, the whole body in the picture.",
            "source": source,
            "views": [list(views(films))],
            "default_preset": "standard",
            "place": {"posture": posture, "where": where, "distance": "2-3 m"},
        }
    )
    yield from _table("drive", draft.drive(drive), f"what is counted: {_DOCS[drive.signal]}")
    yield from _conditions(lesson.conditions)
    for preset, table in draft.presets(drive).items():
        yield from _table(f"presets.{preset}", table)
    yield from _table("short", draft.short(drive), "a repetition that is too small")
    yield from _table(
        "dose", {"sets": 3, "reps": 10, "rest_s": 60.0, "source": "to be filled in: the usual 3 sets of 10"}
    )
    yield from _table("tempo", draft.tempo(lesson.reps))
    yield from _table("[tempo_faults]", draft.too_fast(lesson.reps))


def _conditions(conditions: Sequence[LearnedCondition]) -> Iterator[str]:
    tables = [(*draft.condition(each), each) for each in conditions]
    for kind, row, each in sorted(tables, key=lambda table: table[0], reverse=True):
        whose = "of the other side, " if each.key.whose == "other" else ""
        gone = f"; leaves out {each.left_out} movements of other exercises" if each.left_out else ""
        told = f"{_DOCS[each.key.signal]}, {whose}{_MEASURES[each.key.measure]}{gone}"
        yield from _table(f"[{kind}]", row, told)


def _table(name: str, values: Mapping[str, Any], comment: str = "") -> Iterator[str]:
    yield ""
    yield f"[{name}]" + (f"  # {comment}" if comment else "")
    yield from _rows(values)


def _rows(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"{value:g}" if isinstance(value, int) else repr(float(value))


def _place(lesson: Lesson, view: str) -> tuple[str, str]:
    """The posture, for the little picture, and where the camera stands."""
    reps = lesson.reps
    tilt = _middle([rep.features.get("body.trunk_tilt_deg.rest", 0.0) for rep in reps])
    chest = _middle([rep.features.get("body.chest_elevation_deg.rest", 0.0) for rep in reps])
    thigh = _middle([rep.features.get("active.thigh_tilt_deg.rest", 0.0) for rep in reps])
    lying = "supine" if chest > 0.0 else "prone"
    posture = lying if tilt > 55.0 else "seated" if thigh > 55.0 else "standing"
    return posture, _CAMERA_PLACES[view]


def _middle(values: Sequence[float]) -> float:
    known = sorted(value for value in values if value == value)
    return known[len(known) // 2] if known else 0.0


def view_of(films: Sequence[Film]) -> str:
    """From where the films were taken, in words."""
    known = [film.view_deg for film in films if film.view_deg == film.view_deg]
    view = sum(known) / len(known) if known else 90.0
    return "front" if view < 30.0 else "side" if view > 60.0 else "oblique"


def views(films: Sequence[Film]) -> tuple[float, float]:
    """The camera angles from which it works, 0 front to 90 side."""
    known = [film.view_deg for film in films if film.view_deg == film.view_deg] or [90.0]
    low, high = round(min(known) - VIEW_ROOM_DEG), round(max(known) + VIEW_ROOM_DEG)
    return max(0.0, float(low)), min(90.0, float(high))
