"""The tables of people who were left out, from ``left_out.json`` and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bench.page.tables import NONE, number, of, percent, table

Json = dict[str, Any]
TITLES: Final = {"people": "real people", "mocap": "real motion"}
LIMITS: Final = {
    "tracking": "the landmarks are bad, or partly so",
    "unlabelled": "nobody has said when it was done",
    "no candidate": "a repetition was not cut out as a movement",
    "scored wrong": "scored wrong",
}

IN_SHORT: Final = ("exact, named", "within one", "false a minute", "exact, `auto`", "false, `auto`")


def _columns(record: Json) -> list[tuple[str, Json]]:
    return [(title, record[part]) for part, title in TITLES.items() if part in record]


def _material(record: Json) -> str:
    titles = {
        "clips": "clips with an exercise",
        "rendered": "of these rendered, not filmed",
        "negative_clips": "clips with none",
        "minutes": "minutes with an exercise",
        "negative_minutes": "minutes with none",
        "groups": "groups, of which none is parted",
    }
    found = _columns(record)
    rows = [[title, *(f"{one['material'][key]:.0f}" for _, one in found)] for key, title in titles.items()]
    return table(["", *(title for title, _ in found)], rows)


def summary(record: Json) -> str:
    """Exact, within one and false, with the exercise named and without."""
    found = _columns(record)
    shown: tuple[tuple[str, str, Callable[[Json, str], str]], ...] = (
        ("exact", "exact", _share),
        ("within one", "within_one", _share),
        ("false repetitions a minute", "false", _rate),
    )
    rows = [
        [f"{title}, {said}", *(show(one[how], key) for _, one in found)]
        for how, said in (("named", "exercise named"), ("auto", "`auto`"))
        for title, key, show in shown
    ]
    return table(["", *(title for title, _ in found)], rows)


def _share(figures: Json, key: str) -> str:
    figure = figures[key]
    return NONE if figure["value"] is None else f"{of(figure)}: {percent(figure)}"


def _rate(figures: Json, key: str) -> str:
    figure = figures[key]
    if figure["value"] is None:
        return NONE
    return f"{figure['hits']} in {figures['minutes']:.0f} minutes: {number(figure)}"


def _by_exercise(one: Json, title: str) -> str:
    rows = [
        [
            name,
            of(f["named"]),
            percent(f["named"]),
            of(f["within_one"]),
            of(f["auto"]),
            f"{of(one['candidates'][name])}",
        ]
        for name, f in one["exercises"].items()
    ]
    head = [title, "exact, named", "share", "within one", "exact, `auto`", "repetitions with a candidate"]
    return table(head, rows)


def _reliability(one: Json, title: str) -> str:
    rows = [
        [
            f"{100 * row['low']:.0f} to {100 * row['high']:.0f} %",
            str(row["true"]["n"]),
            NONE if row["mean"] is None else f"{100 * row['mean']:.1f} %",
            percent(row["true"]),
        ]
        for row in one["reliability"]
    ]
    return table([f"{title}: probability that was said", "movements", "mean of it", "are repetitions"], rows)


def tables(record: Json) -> str:
    """What was measured, and how far the probabilities can be trusted."""
    found = _columns(record)
    return "\n".join(
        [
            summary(record),
            *(_by_exercise(one, title) for title, one in found),
            _material(record),
            *(_reliability(one, title) for title, one in found),
        ]
    )


def weak(record: Json) -> str:
    """Where the limit lies of what came out wrong, and which clips these are."""
    found = _columns(record)
    head = [h for title, _ in found for h in (f"{title}, exercise", f"{title}, none")]
    rows = [
        [said, *(str(one["limits"][limit][key]) for _, one in found for key in ("done", "none"))]
        for limit, said in LIMITS.items()
    ]
    texts = [table(["came out wrong, exercise named", *head], rows), *(_best(one, t) for t, one in found)]
    for title, one in found:
        if one["wrong"]:
            texts.append(table([f"{title}: clip", "shows", "counted", "limit"], _wrong(one["wrong"])))
    return "\n".join(texts)


def _best(one: Json, title: str) -> str:
    """What the best score could reach: it cannot mend bad landmarks, nor count what was not cut out."""
    lost = [m for m in one["wrong"] if m["exercise"] is not None and m["limit"] != "scored wrong"]
    far = [m for m in lost if min(abs(m["counted"][m["exercise"]] - n) for n in m["acceptable"]) > 1]
    n = one["named"]["exact"]["n"]
    if not n:
        return ""
    exact, near = (
        f"{n - len(some)} of {n} clips ({100 * (n - len(some)) / n:.0f} %)" for some in (lost, far)
    )
    return f"{title.capitalize()}, every movement scored rightly: {exact} exact, {near} within one.\n"


def _wrong(misses: list[Json]) -> list[list[str]]:
    rows = []
    for m in misses:
        right = " or ".join(str(n) for n in m["acceptable"])
        said = ", ".join(f"{name} {n}" for name, n in m["counted"].items())
        counted = said if m["exercise"] is None else f"{said} of {right}"
        rows.append([m["clip"], m["shown"].replace("|", "/"), counted, m["limit"]])
    return rows


def curve(record: Json) -> str:
    """What scores count that have learned from fewer groups of real people; nothing where nobody asked."""
    rows = [[str(row["groups"]), *_in_short(row)] for row in record.get("curve", ())]
    return table(["groups learned from", *IN_SHORT], rows) if rows else ""


def draws(record: Json) -> str:
    """What is counted with the groups dealt into other folds; nothing where nobody asked."""
    rows = [[str(row["draw"]), *_in_short(row)] for row in record.get("draws", ())]
    return table(["draw", *IN_SHORT], rows) if rows else ""


def spread(record: Json) -> str:
    """How much the first figures hang on that draw, in a sentence."""
    named = [row["named"] for row in record.get("draws", ())]
    if not named:
        return ""
    exact, near, false = ([each[key] for each in named] for key in ("exact", "within_one", "false"))
    mean = sum(figure["hits"] for figure in exact) / len(exact)
    rates = [figure["value"] for figure in false]
    return (
        "Who is left out together is drawn by lot, and each draw gives other scores. "
        f"{len(named)} draws: {_range(exact)} exact ({mean:.0f} on average), {_range(near)} within one and "
        f"{min(rates):.2f} to {max(rates):.2f} false repetitions a minute, exercise named. "
        "The table shows the first draw, by which the counter was chosen.\n"
    )


def _range(figures: list[Json]) -> str:
    hits = [figure["hits"] for figure in figures]
    return f"{min(hits)} to {max(hits)} of {figures[0]['n']}"


def _in_short(row: Json) -> list[str]:
    named, auto = row["named"], row["auto"]
    return [
        of(named["exact"]),
        of(named["within_one"]),
        number(named["false"]),
        of(auto["exact"]),
        number(auto["false"]),
    ]
