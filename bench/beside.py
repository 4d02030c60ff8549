"""The tables that put the ways of others beside this one, from ``rivals.json`` and the record of accuracy."""

from __future__ import annotations

from typing import Any, Final

from bench.tables import NONE, number, of, percent, table

Json = dict[str, Any]
OURS: Final = "**repcount**"
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
    if part == "people":
        f = record["people"]["figures"]
        return {
            "total": {
                "exact": f["exact"],
                "within_one": f["within_one"],
                "false": f["false_per_minute"],
            }
        }
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


def _in_total(found: Json, record: Json, part: str, head: str) -> str:
    rows = [*_rows(found, part), (OURS, _ours(record, part))]
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


def side_by_side(found: Json, record: Json) -> str:
    """All tables of the chapter."""
    parts = next(iter(found.values()))["parts"]
    texts = [_by_exercise(found, record, "test")]
    if "people" in parts and "people" in record:
        texts.append(_in_total(found, record, "people", "real people"))
    if "fresh" in parts and "fresh" in record["parts"]:
        texts.append(_in_total(found, record, "fresh", "`fresh`"))
    return "\n".join([*texts, _chosen(found), _meant(found)])
