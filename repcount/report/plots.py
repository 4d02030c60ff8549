"""The charts of a report: what is drawn over the weeks, and the curves of one session."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from repcount.core.history_records import KeptSession, KeptSet, PainMoment, SignalCurve
from repcount.core.records import NAN, Hold, Rep, Side
from repcount.report.chart import Axes, Band, Series, bars, curves, lines
from repcount.report.progress import RANGE_ERROR_DEG, Week
from repcount.report.words import Words

YEAR = timedelta(days=365)
MOST_SESSIONS = 60
"""Sessions whose pain is drawn one by one; of more than these, week by week."""

PAIN_BANDS = (Band(0, 3.5, "green"), Band(3.5, 5.5, "amber"), Band(5.5, 10, "red"))
KINDS = 6
"""How many colours there are for exercises; further ones take the last."""

CurveKey = tuple[str, str, int, float]
"""Exercise, ``repetition`` or ``hold``, number and start, as the history gives them."""


@dataclass(frozen=True)
class Plot:
    """A chart with what stands above and beside it; ``legend`` has names with their classes."""

    title: str
    note: str
    svg: str
    legend: tuple[tuple[str, str], ...] = ()


def plots(
    weeks: Sequence[Week], sessions: Sequence[KeptSession], titles: Mapping[str, str], words: Words
) -> list[Plot]:
    """Every chart that there is something to show in."""
    labels = _labels([week.last_day for week in weeks], words) if weeks else ()
    exercises = list(dict.fromkeys(name for week in weeks for name in week.reps))
    colours = {name: f"c{min(number, KINDS - 1)}" for number, name in enumerate(exercises)}
    along = words.say("axis_weeks")
    found = [_stack(words.say("plot_reps"), Axes(labels, "", words.say("axis_reps"), along), [
        Series(titles.get(name, name), tuple(float(w.reps.get(name, 0)) for w in weeks), colours[name])
        for name in exercises if any(w.reps.get(name) for w in weeks)
    ])]  # fmt: skip
    for name in exercises:
        found += _range(titles.get(name, name), name, labels, weeks, words)
    found.append(_symmetry(labels, weeks, colours, titles, words))
    found.append(_stack(words.say("plot_held"), Axes(labels, " s", words.say("axis_held"), along), [
        Series(titles.get(name, name), tuple(w.hold_s.get(name, 0.0) for w in weeks), colours[name])
        for name in exercises if any(w.hold_s.get(name) for w in weeks)
    ]))  # fmt: skip
    found.append(_pain(sessions, weeks, words))
    found.append(_adherence(labels, weeks, words))
    return [plot for plot in found if plot.svg]


def overlay(
    kept: KeptSet, known: Mapping[CurveKey, SignalCurve], names: Mapping[str, str], title: str, words: Words
) -> Plot:
    """The repetitions (or holds) of a set drawn over each other, those with a fault marked."""
    drawn: list[tuple[str, list[tuple[float, float]]]] = []
    marks: list[tuple[float, float]] = []
    kind = "repetition" if kept.repetitions else "hold"
    events: tuple[Rep, ...] | tuple[Hold, ...] = kept.repetitions or kept.holds
    for event in events:
        curve = known.get((kept.exercise, kind, event.number, event.start_s))
        if curve is not None:
            path = [(n * curve.step_s, value) for n, value in enumerate(curve.drive_deg)]
            marks += [at for fault in event.faults if (at := _at(path, fault.time_s - event.start_s))]
            drawn.append(("fault" if event.faults else "short" if _short(event) else "good", path))
    drawn.sort(key=lambda each: each[0] != "good")  # what is marked lies on top
    legend = {name: words.say(f"curve_{name}") for name in ("good", "short", "fault")}
    faults = ", ".join(f"{names.get(code, code.replace('_', ' '))} ×{n}" for code, n in kept.faults.items())  # noqa: RUF001
    return Plot(
        title=words.say("curve_title", title=title, set=kept.number, side=words.side(kept.side)),
        note=words.say("dots", faults=faults) if faults else "",
        svg=curves(
            words.say(f"curves_{kind}"),
            Axes((), "°", words.say("axis_deg"), words.say("axis_seconds")),
            drawn,
            marks,
        ),
        legend=tuple((legend[kind], kind) for kind in legend if any(kind == each for each, _ in drawn)),
    )


def _at(path: list[tuple[float, float]], time_s: float) -> tuple[float, float] | None:
    """The point of a curve nearest to a moment within it."""
    return min(path, key=lambda point: abs(point[0] - time_s)) if path and math.isfinite(time_s) else None


def _short(event: object) -> bool:
    return isinstance(event, Rep) and event.status.value == "short"


def _stack(title: str, axes: Axes, series: Sequence[Series]) -> Plot:
    if not any(value for each in series for value in each.values):
        return Plot(title, "", "")
    legend = tuple((each.name, each.kind) for each in series)
    return Plot(title, "", bars(title, axes, series), legend)


def _range(title: str, name: str, labels: tuple[str, ...], weeks: Sequence[Week], words: Words) -> list[Plot]:
    series = [
        Series(
            words.say(f"leg_{side.value}"), tuple(w.rom_deg.get((name, side), NAN) for w in weeks), side.value
        )
        for side in Side
    ]
    shown = [each for each in series if any(map(math.isfinite, each.values))]
    if not shown:
        return []
    legend = tuple((each.name, each.kind) for each in shown)
    axes = Axes(labels, "°", words.say("axis_deg"), words.say("axis_weeks"))
    heading = words.say("plot_range", title=title)
    return [
        Plot(
            heading,
            words.say("note_range", error=words.number(RANGE_ERROR_DEG)),
            lines(heading, axes, shown),
            legend,
        )
    ]


def _symmetry(
    labels: tuple[str, ...],
    weeks: Sequence[Week],
    colours: Mapping[str, str],
    titles: Mapping[str, str],
    words: Words,
) -> Plot:
    series = [
        Series(titles.get(n, n), tuple(100 * week.symmetry(n) for week in weeks), colour)
        for n, colour in colours.items()
    ]
    shown = [each for each in series if any(map(math.isfinite, each.values))]
    title = words.say("plot_symmetry")
    if not shown:
        return Plot(title, "", "")
    legend = tuple((each.name, each.kind) for each in shown)
    axes = Axes(labels, " %", words.say("axis_symmetry"), words.say("axis_weeks"), top=100.0)
    return Plot(title, words.say("note_symmetry"), lines(title, axes, shown), legend)


def _pain(sessions: Sequence[KeptSession], weeks: Sequence[Week], words: Words) -> Plot:
    """Each session's answers; the medians of the weeks where there are many sessions."""
    asked = [s for s in sessions if (s.pain_before, s.pain_after, s.pain_morning) != (None, None, None)]
    title, note = words.say("plot_pain"), words.say("note_pain")
    if not asked:
        return Plot(title, "", "")
    if len(asked) > MOST_SESSIONS:
        note = words.say("note_median", note=note)
        labels, along = _labels([week.last_day for week in weeks], words), words.say("axis_weeks")
        levels = {moment: [week.pain.get(moment, NAN) for week in weeks] for moment in PainMoment}
    else:
        labels, along = _labels([session.started_at for session in asked], words), words.say("axis_days")
        levels = {
            PainMoment.BEFORE: [_level(session.pain_before) for session in asked],
            PainMoment.AFTER: [_level(session.pain_after) for session in asked],
            PainMoment.MORNING: [_level(session.pain_morning) for session in asked],
        }
    series = [
        Series(words.pain(moment.value), tuple(found), moment.value) for moment, found in levels.items()
    ]
    shown = [each for each in series if any(map(math.isfinite, each.values))]
    svg = lines(title, Axes(labels, "", words.say("axis_pain"), along, 10.0, PAIN_BANDS), shown)
    return Plot(title, note, svg, tuple((each.name, each.kind) for each in shown))


def _labels(days: Sequence[date], words: Words) -> tuple[str, ...]:
    """Days below a chart, with the year where there is more than one."""
    return tuple(map(words.short_day if days[-1] - days[0] < YEAR else words.month, days))


def _adherence(labels: tuple[str, ...], weeks: Sequence[Week], words: Words) -> Plot:
    values = tuple(100 * week.adherence for week in weeks)
    title = words.say("plot_adherence")
    if not any(map(math.isfinite, values)):
        return Plot(title, "", "")
    axes = Axes(labels, " %", words.say("axis_adherence"), words.say("axis_weeks"), top=100.0)
    return Plot(title, words.say("note_adherence"), bars(title, axes, [Series(title, values, "c0")]))


def _level(level: int | None) -> float:
    return NAN if level is None else float(level)
