"""The tables that put the ways of others beside this one, from ``rivals.json`` and our own records."""

from __future__ import annotations

from typing import Any, Final

from bench.filming.pools import SEALED
from bench.page.tables import NONE, number, of, percent, table

Json = dict[str, Any]
OURS: Final = "**repcount**"
PEOPLE: Final = "people"
TOTAL: Final = "total"
SHORT_NAMES: Final = {
    "straight-leg-raise": "leg raise",
    "wall-squat": "wall squat",
    "calf-raise": "calf raise",
    "hamstring-curl": "curl",
    "leg-press": "leg press",
    "total": "total",
}
MEANT: Final = (
    ("as it happens (streaming)", "yes", "yes", "yes", "yes", "no: the whole file"),
    ("which side", "no", "no", "no", "no", "no"),
    ("holds and their time", "no", "no", "no", "no", "no"),
    ("what is being done (`auto`)", "no", "no", "no", "only what it has samples of", "no"),
    ("that nothing is being done", "no", "no", "no", "no", "no"),
    ("a range per person or preset", "by hand", "by hand", "by hand", "by new samples", "by hand"),
    ("form, short repetitions", "no", "no", "no", "no", "no"),
    ("what a view cannot show", "no", "no", "no", "no", "no"),
)
"""What each was meant to tell, in the order of ``rivals.json``."""


def _share(figure: Json) -> str:
    return NONE if figure["value"] is None else f"{100 * figure['value']:.0f} %"


def _missed(figure: Json) -> str:
    return NONE if figure["hits"] is None else str(figure["n"] - figure["hits"])


def _rate(figure: Json) -> str:
    return NONE if figure["value"] is None else f"{figure['value']:.2f}"


def _rows(found: Json, part: str) -> list[tuple[str, Json]]:
    """Every way with its defaults and tuned, by its name as it is shown."""
    return [
        (way["title"] if how == "default" else "the same, tuned on `build`", way["parts"][part][how])
        for way in found.values()
        for how in ("default", "tuned")
        if part in way["parts"]
    ]


def _ours(record: Json, part: str) -> Json:
    """Our own figures in the same form."""
    mine = record["parts"][part]
    return {
        name: {
            "exact": f["exact"],
            "within_one": f["within_one"],
            "false": mine["negatives"][name],
        }
        for name, f in mine["counting"].items()
    }


def _by_exercise(found: Json, record: Json, part: str) -> str:
    """Exact counts, clips off by more than one, and false repetitions a minute; a table each."""
    texts = []
    for head, key, show in (
        ("exact", "exact", _share),
        ("clips off by more than one", "within_one", _missed),
        ("false repetitions a minute", "false", _rate),
    ):
        rows = [*_rows(found, part), (OURS, _ours(record, part))]
        lines = [[title, *(show(figures[name][key]) for name in SHORT_NAMES)] for title, figures in rows]
        texts.append(table([head, *SHORT_NAMES.values()], lines))
    return "\n".join(texts)


def _in_total(found: Json, ours: Json, part: str, head: str) -> str:
    rows = [*_rows(found, part), (OURS, ours)]
    lines = [
        [
            title,
            percent(figures["total"]["exact"]),
            of(figures["total"]["exact"]),
            _missed(figures["total"]["within_one"]),
            number(figures["total"]["false"]),
        ]
        for title, figures in rows
    ]
    return table([head, "exact", "clips", "off by more than one", "false a minute"], lines)


def _setting(values: list[float]) -> str:
    return " / ".join(f"{value:g}" for value in values)


def _chosen(found: Json) -> str:
    names = [name for name in SHORT_NAMES if name != "total"]
    rows = [[way["title"], *(_setting(way["tuned"][name]) for name in names)] for way in found.values()]
    return table(["chosen on `build`", *(SHORT_NAMES[name] for name in names)], rows)


def _meant(found: Json) -> str:
    return table(["was it meant to tell …", *(way["title"] for way in found.values())], MEANT)


def _same_clips(found: Json, ours: Json, part: str) -> bool:
    """Whether all ways were measured on as many clips as ours; theirs has each clip once an exercise."""
    return all(
        figures[TOTAL]["exact"]["n"] == ours[TOTAL]["exact"]["n"]
        and figures[TOTAL]["false"]["n"] % max(1, ours[TOTAL]["false"]["n"]) == 0
        for _, figures in _rows(found, part)
    )


def side_by_side(found: Json, record: Json, left_out: Json) -> str:
    """All tables of the chapter; ``left_out`` are people whom our scores have not seen."""
    parts = next(iter(found.values()))["parts"]
    texts = [_by_exercise(found, record, "test")]
    if PEOPLE in parts and PEOPLE in left_out:
        ours = {TOTAL: left_out[PEOPLE]["named"]}
        if _same_clips(found, ours, PEOPLE):
            texts.append(_in_total(found, ours, PEOPLE, "real people, left out"))
    for part in SEALED:
        if part in parts and part in record["parts"]:
            texts.append(_in_total(found, _ours(record, part), part, f"`{part}`"))
    return "\n".join([*texts, _chosen(found), _meant(found)])
