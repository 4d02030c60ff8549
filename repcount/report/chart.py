"""Line and bar charts as inline SVG: colours come from the page, so that they fit light, dark and paper."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 250
LEFT: Final = 70
RIGHT: Final = 12
TOP: Final = 34
BOTTOM: Final = 50
MOST_TICKS: Final = 5
LETTERS: Final = 48
"""About how many letters there is room for below a chart."""


@dataclass(frozen=True)
class Series:
    """One line, or one part of each bar; a gap is NaN. ``kind`` is the class that the page gives a colour."""

    name: str
    values: tuple[float, ...]
    kind: str


@dataclass(frozen=True)
class Band:
    """A coloured ground from one value to another."""

    low: float
    high: float
    kind: str


@dataclass(frozen=True)
class Axes:
    """What the values stand on.

    Attributes
    ----------
    labels : one below each place, as many as there are values.
    unit : behind each number at the side.
    upward, along : what is drawn upward, and over what: the names of the axes.
    top : the span from 0 that is shown at least.
    """

    labels: tuple[str, ...]
    unit: str = ""
    upward: str = ""
    along: str = ""
    top: float = 0.0
    bands: tuple[Band, ...] = ()


def lines(title: str, axes: Axes, series: Sequence[Series]) -> str:
    """A chart with a line and dots for each series."""
    span = _Span.around(axes, [value for each in series for value in each.values])
    body = "".join(_line(each, span) for each in series)
    return _svg(title, axes, span, body)


def bars(title: str, axes: Axes, series: Sequence[Series]) -> str:
    """A chart with a bar at each place, the series stacked in it."""
    totals = [math.fsum(_known(column)) for column in zip(*(each.values for each in series), strict=True)]
    span = _Span.around(axes, totals)
    return _svg(title, axes, span, "".join(_stacks(series, span)))


Points = Sequence[tuple[float, float]]


def curves(title: str, axes: Axes, paths: Sequence[tuple[str, Points]], marks: Points = ()) -> str:
    """Angles over seconds, each a smooth line through all its points with its class, and marks on them.

    An unknown point is a gap. ``axes`` has the names; what stands below is seconds.
    """
    points = [point for _, path in paths for point in path if math.isfinite(point[1])]
    if not points:
        return ""
    longest = max(x for x, _ in points) or 1.0
    seconds = tuple(f"{second:g} s" for second in range(math.floor(longest) + 1))
    low = min(0.0, min(y for _, y in points))
    top, step = _ticks(max(y for _, y in points))
    span = _Span(low, top, step, longest + 1e-9, inset=0.0)
    body = "".join(
        f'<path class="curve {kind}" d="{_smooth([(span.x(x), span.y(y)) for x, y in path])}"/>'
        for kind, path in paths
    )
    body += "".join(
        f'<circle class="dot fault" cx="{span.x(x):.1f}" cy="{span.y(y):.1f}" r="7"/>'
        for x, y in marks
        if math.isfinite(y)
    )
    return _svg(title, replace(axes, labels=seconds), span, body)


@dataclass(frozen=True)
class _Span:
    low: float
    high: float
    step: float
    places: float
    inset: float = 0.5

    @classmethod
    def around(cls, axes: Axes, values: Sequence[float]) -> _Span:
        top, step = _ticks(max([*_known(values), axes.top]))
        return cls(0.0, top, step, max(1, len(axes.labels)))

    def x(self, place: float) -> float:
        return LEFT + (place + self.inset) / self.places * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _line(each: Series, span: _Span) -> str:
    points = [(span.x(place), span.y(value)) for place, value in enumerate(each.values)]
    dots = "".join(
        f'<circle class="dot {each.kind}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
        for x, y in points
        if math.isfinite(y)
    )
    return f'<path class="line {each.kind}" d="{_path(points, over_gaps=True)}"/>{dots}'


def _stacks(series: Sequence[Series], span: _Span) -> Iterator[str]:
    width = min(44.0, 0.62 * (WIDTH - LEFT - RIGHT) / span.places)
    for place in range(len(series[0].values) if series else 0):
        below = 0.0
        for each in series:
            value = each.values[place]
            if not math.isfinite(value) or value <= 0:
                continue
            top, bottom = span.y(below + value), span.y(below)
            yield (
                f'<rect class="bar {each.kind}" x="{span.x(place) - width / 2:.1f}" y="{top:.1f}" '
                f'width="{width:.1f}" height="{bottom - top:.1f}" rx="2"/>'
            )
            below += value


def _path(points: Sequence[tuple[float, float]], over_gaps: bool = False) -> str:
    parts, pen = [], "M"
    for x, y in points:
        if math.isfinite(y):
            parts.append(f"{pen}{x:.1f} {y:.1f}")
            pen = "L"
        elif not over_gaps:
            pen = "M"
    return "".join(parts)


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A line through every point without a corner (Catmull-Rom); an unknown point is a gap."""
    parts: list[str] = []
    for run in _runs(points):
        parts.append(f"M{run[0][0]:.1f} {run[0][1]:.1f}")
        for before, start, end, after in zip([run[0], *run], run, run[1:], [*run[2:], run[-1]], strict=False):
            parts.append(
                f"C{_control(before, start, end)} {_control(after, end, start)} {end[0]:.1f} {end[1]:.1f}"
            )
    return "".join(parts)


def _runs(points: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    for known, run in groupby(points, key=lambda point: math.isfinite(point[1])):
        if known:
            yield list(run)


def _control(before: tuple[float, float], at: tuple[float, float], after: tuple[float, float]) -> str:
    """Where a line leaves the point ``at`` for the point ``after``."""
    return f"{at[0] + (after[0] - before[0]) / 6:.1f} {at[1] + (after[1] - before[1]) / 6:.1f}"


def _svg(title: str, axes: Axes, span: _Span, body: str) -> str:
    grounds = "".join(
        f'<rect class="band {band.kind}" x="{LEFT}" width="{WIDTH - LEFT - RIGHT}" '
        f'y="{span.y(min(band.high, span.high)):.1f}" '
        f'height="{span.y(band.low) - span.y(min(band.high, span.high)):.1f}"/>'
        for band in axes.bands
    )
    inside = grounds + "".join(_grid(axes, span)) + body + "".join(_below(axes, span)) + _names(axes)
    label = escape(title, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{inside}</svg>'


def _grid(axes: Axes, span: _Span) -> Iterator[str]:
    for tick in range(round(span.high / span.step) + 1):
        value = tick * span.step
        y = span.y(value)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        text = f"{value:.3g}{axes.unit}"
        yield f'<text class="tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>'


def _below(axes: Axes, span: _Span) -> Iterator[str]:
    room = max(1, LETTERS // (max(map(len, axes.labels), default=1) + 1))  # and a gap after each
    every = max(1, math.ceil(len(axes.labels) / room))
    for place, label in enumerate(axes.labels):
        if place % every == 0:
            where = f'x="{span.x(place):.1f}" y="{HEIGHT - 28}" text-anchor="middle"'
            yield f'<text class="tick" {where}>{escape(label)}</text>'


def _names(axes: Axes) -> str:
    upward = f'<text class="tick" x="4" y="16">{escape(axes.upward)}</text>' if axes.upward else ""
    where = f'x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end"'
    return upward + (f'<text class="tick" {where}>{escape(axes.along)}</text>' if axes.along else "")


def _known(values: Sequence[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)]


def _ticks(high: float) -> tuple[float, float]:
    """Where the axis ends, and the step from tick to tick: a round one, and few of them."""
    if high <= 0:
        return 1.0, 1.0
    unit = 10.0 ** math.floor(math.log10(high))
    steps = (share * unit for share in (0.1, 0.2, 0.5, 1.0, 2.0))
    step = next(step for step in steps if math.ceil(high / step - 1e-9) <= MOST_TICKS)
    return step * math.ceil(high / step - 1e-9), step
