"""Tables about accuracy, from the record in ``accuracy.json`` and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

Json = dict[str, Any]
Show = Callable[[Json], str]
NONE: Final = "-"


def _span(figure: Json, one: Callable[[float], str], unit: str) -> str:
    if figure["value"] is None:
        return NONE
    return f"{one(figure['value'])}{unit} ({one(figure['low'])} to {one(figure['high'])})"


def percent(figure: Json) -> str:
    """A share with its interval."""
    return _span(figure, lambda x: f"{100 * x:.1f}", " %")


def seconds(figure: Json) -> str:
    """Seconds with their interval."""
    return _span(figure, lambda x: f"{x:.2f}", " s")


def degrees(figure: Json) -> str:
    """Degrees with their interval."""
    return _span(figure, lambda x: f"{x:.1f}", "°")


def number(figure: Json) -> str:
    """A plain number with its interval."""
    return _span(figure, lambda x: f"{x:.2f}", "")


def of(figure: Json) -> str:
    """So many of so many."""
    return NONE if figure["hits"] is None else f"{figure['hits']} of {figure['n']}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


TARGETS: Final[tuple[tuple[str, str, tuple[str, ...], Show], ...]] = (
    ("exact count, exercise named", "≥ 98 %", ("counting", "total", "exact"), percent),
    (
        "off by more than one",
        "none",
        ("counting", "total", "within_one"),
        lambda f: f"{f['n'] - f['hits']} clips",
    ),
    ("side of a repetition right", "≥ 98 %", ("counting", "total", "side"), percent),
    ("exact count, `auto`", "≥ 95 %", ("recognition", "total", "exact"), percent),
    ("exercise named right, stretches", "≥ 97 %", ("recognition", "total", "named_right"), percent),
    ("false repetitions a minute, named", "≤ 0.1", ("negatives", "total"), number),
    ("false repetitions a minute, `auto`", "≤ 0.1", ("recognition", "total", "false_per_minute"), number),
    ("hold time, median error", "≤ 0.2 s", ("holding", "hold_median_s"), seconds),
    ("hold time, 95th percentile", "≤ 0.5 s", ("holding", "hold_p95_s"), seconds),
    ("peak time, median error", "≤ 0.15 s", ("counting", "total", "peak_median_s"), seconds),
    ("announced after its end, median", "≤ 0.3 s", ("counting", "total", "delay_median_s"), seconds),
    ("announced after its end, 95th percentile", "≤ 0.3 s", ("counting", "total", "delay_p95_s"), seconds),
    ("knee from the side, mean error", "≤ 4°", ("angles", "exercise", "total", "knee", "mean_deg"), degrees),
    (
        "knee from the side, 95th percentile",
        "≤ 10°",
        ("angles", "exercise", "total", "knee", "p95_deg"),
        degrees,
    ),
    ("hip from the side, mean error", "≤ 4°", ("angles", "exercise", "total", "hip", "mean_deg"), degrees),
    (
        "hip from the side, 95th percentile",
        "≤ 10°",
        ("angles", "exercise", "total", "hip", "p95_deg"),
        degrees,
    ),
    ("range of a repetition, mean error", "≤ 5°", ("counting", "total", "range_error_deg"), degrees),
    ("faults 10° beyond the limit, recall", "≥ 90 %", ("fault_totals", "10° and more"), percent),
    ("faults, precision", "≥ 95 %", ("fault_totals", "precision"), percent),
    ("clean repetitions with a false cue", "≤ 2 %", ("alarms", "total", "spoken"), percent),
    ("not judged where the view cannot show it", "100 %", ("fault_totals", "not_judged"), percent),
    ("status of a repetition right", "≥ 95 %", ("status", "total", "status"), percent),
)
"""What must hold: its name, the aim, where it stands in a part's record, and how it is shown."""


def dig(record: Json, path: Sequence[str]) -> Json:
    """The figure at a path; one without a value where an older record has none."""
    for key in path:
        if key not in record:
            return {"value": None}
        record = record[key]
    return record


def aims(parts: Json, titles: Sequence[str] = ()) -> str:
    """What must hold, part by part: all of it, or what is named."""
    names = [part for part in ("test", "build", "drawn", "fresh", "late") if part in parts]
    asked = [row for title in titles for row in TARGETS if row[0] == title] or TARGETS
    rows = []
    for title, aim, path, show in asked:
        figures = [dig(parts[part], path) for part in names]
        rows.append([title, aim, *(show(f) if f["value"] is not None else NONE for f in figures)])
    return table(["what", "aim", *names], rows)


def counting(part: Json) -> str:
    """Counting by exercise."""
    columns: tuple[tuple[str, str, Show], ...] = (
        ("exact", "exact", percent),
        ("within one", "within_one", of),
        ("mean error", "count_error", number),
        ("side right", "side", percent),
        ("peak time", "peak_median_s", seconds),
        ("announced after", "delay_median_s", seconds),
        ("range error", "range_error_deg", degrees),
    )
    rows = [
        [name, str(f["exact"]["n"]), *(show(f[key]) for _, key, show in columns)]
        for name, f in part["counting"].items()
    ]
    return table(["exercise", "clips", *(title for title, _, _ in columns)], rows)


def shares(part: Json, key: str, head: str) -> str:
    """A table of exact counts by something."""
    rows = [[name, str(f["n"]), of(f), percent(f)] for name, f in part[key].items()]
    return table([head, "clips", "exact", "share"], rows)


def false_reps(figures: Json, head: str) -> str:
    """A table of false repetitions a minute."""
    rows = [
        [name, str(f["clips"]), str(f["hits"] or 0), number(f)] for name, f in figures.items() if f["clips"]
    ]
    return table([head, "clips", "false repetitions", "a minute"], rows)


def recognition(part: Json) -> str:
    """Recognition by exercise."""
    rows = [
        [name, str(f["exact"]["n"]), percent(f["exact"]), of(f["within_one"]), percent(f["named_right"])]
        for name, f in part["recognition"].items()
    ]
    return table(["exercise", "clips", "exact count", "within one", "stretches named right"], rows)


def grades(part: Json) -> str:
    """Faults found by severity, over all faults of a part."""
    names = (*GRADES, "precision", "not_judged")
    titles = (*(f"faults found, {grade}" for grade in GRADES), "claims right", "not judged where unseen")
    rows = [
        [title, of(part["fault_totals"][name]), percent(part["fault_totals"][name])]
        for title, name in zip(titles, names, strict=True)
    ]
    return table(["over all faults", "", "share"], rows)


def confusion(part: Json) -> str:
    """Which stretch of an exercise was taken for which."""
    names = list(part["confusion"])
    rows = [
        [true, *(str(said[name]) if said[name] else "" for name in names)]
        for true, said in part["confusion"].items()
    ]
    return table(["true", *names], rows)


def angles(part: Json, key: str, head: str) -> str:
    """Angle errors by something."""
    rows = []
    for name, joints in part["angles"][key].items():
        knee, hip = joints["knee"], joints["hip"]
        rows.append(
            [
                name,
                str(knee["mean_deg"]["clips"]),
                degrees(knee["mean_deg"]),
                degrees(knee["p95_deg"]),
                degrees(hip["mean_deg"]),
                degrees(hip["p95_deg"]),
                degrees(hip["offset_deg"]),
                degrees(hip["about_deg"]),
                percent(knee["shown"]),
            ]
        )
    columns = [
        "clips",
        "knee, mean",
        "knee, 95 %",
        "hip, mean",
        "hip, 95 %",
        "hip, constant",
        "hip, the rest",
        "knee shown",
    ]
    return table([head, *columns], rows)


GRADES: Final = ("up to 5°", "5 to 10°", "10° and more")


def faults(part: Json) -> str:
    """Recall by severity, and precision, of every fault."""
    rows = []
    for exercise, found in part["faults"].items():
        for code, f in found.items():
            recall = [of(f["recall"][grade]) if f["recall"][grade]["n"] else NONE for grade in GRADES]
            precision = of(f["precision"]) if f["precision"]["n"] else NONE
            unseen = of(f["not_judged"]) if f["not_judged"]["n"] else NONE
            state = "" if f["state"] == "shown" else f["state"]
            rows.append([f"{exercise}: {code}", *recall, precision, unseen, state])
    return table(
        ["fault", *(f"found, {grade}" for grade in GRADES), "claims right", "named not judged", "remark"],
        rows,
    )


def status(part: Json) -> str:
    """Status and false alarms by exercise."""
    rows = []
    for name, f in part["status"].items():
        alarms = part["alarms"][name]
        rows.append(
            [
                name,
                percent(f["status"]),
                percent(f["status_clear"]),
                of(alarms["blamed"]),
                of(alarms["spoken"]),
            ]
        )
    head = ["exercise", "status right", "where beyond dispute", "clean, but blamed", "clean, but a cue"]
    return table(head, rows)


def delay(part: Json) -> str:
    """From a fault's start to its cue; nothing where an older record does not tell."""
    found = part.get("cues")
    if not found:
        return ""
    row = [percent(found["within"]), of(found["within"]), seconds(found["median_s"]), seconds(found["p95_s"])]
    head = ["faults that last, told within 0.5 s", "", "from start to cue, median", "95th percentile"]
    return table(head, [row])


def unseen(record: Json) -> str:
    """What the best single signal makes of the faults that are never judged, and of judged ones for scale."""
    rows = []
    for name, f in sorted(record.items(), key=lambda item: (item[1]["judged"], item[0])):
        state = "judged" if f["judged"] else "**never judged**"
        rows.append([name, state, f["signal"], f"{f['gap']:.1f}", of(f["found"]), percent(f["blamed"])])
    head = [
        "fault",
        "",
        "best signal on build",
        "stands out, SD",
        "found on test",
        "clean, blamed on test",
    ]
    return table(head, rows) if rows else ""


def tracking(part: Json) -> str:
    """How often the network finds a person that is wholly in the picture."""
    rows = [[name, str(f["n"]), percent(f)] for name, f in part["tracking"].items()]
    return table(["posture", "frames", "person found"], rows)


def material(parts: Json) -> str:
    """What was filmed."""
    titles = {
        "clips": "clips",
        "minutes": "minutes",
        "repetitions": "repetitions",
        "negative_clips": "clips without an exercise",
        "negative_minutes": "minutes of these",
        "bodies": "bodies",
        "rooms": "rooms",
        "cameras": "cameras",
    }
    rows = [
        [title, *(f"{part['material'][key]:.0f}" for part in parts.values())] for key, title in titles.items()
    ]
    return table(["", *parts], rows)
