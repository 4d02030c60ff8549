"""The report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from repcount.core.errors import RepcountError
from repcount.core.kept import Curve, KeptSession, KeptSet, SavedFile
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.report.plots import CurveKey, Plot, overlay, plots
from repcount.report.weeks import adherence, weeks_of
from repcount.report.words import in_words, light

TEMPLATE: Final = "page.html.j2"
MOST_SESSIONS: Final = 30
"""Sessions told set by set; the plots are over all of them."""

MOST_PICTURES: Final = 8
MOST_PICTURE_BYTES: Final = 2_000_000
PICTURES: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
NOTHING: Final = "–"  # noqa: RUF001  a dash says that there is no figure

LINKS: Final = (
    ("Pain of 0-3 green, 4-5 amber, 6-10 red", "https://providephysiotherapy.org.uk"),
    ("Pain back to normal within an hour and not worse the next morning", "https://exercise.trekeducation.org"),
    ("Knee-pain programme, ranges and holds: PMC3445060", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3445060/"),
    ("3 sets of 10: AAOS knee conditioning", "https://orthoinfo.aaos.org"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A session with what belongs to it beside its figures."""

    session: KeptSession
    files: tuple[SavedFile, ...] = ()
    curves: Mapping[CurveKey, Curve] | None = None


@dataclass(frozen=True)
class SetView:
    """A set in words."""

    title: str
    side: str
    number: int
    done: str
    range: str
    tempo: str
    held: str
    faults: str
    plot: Plot | None = None


@dataclass(frozen=True)
class SessionView:
    """A session in words."""

    id: str
    when: str
    source: str
    plan: str
    done: str
    pain: tuple[tuple[str, int, str], ...]
    sets: tuple[SetView, ...]
    pictures: tuple[tuple[str, str], ...]


def report(sessions: Sequence[KeptSession], told: Iterable[Told], who: str, now: datetime) -> str:
    """The page over many sessions.

    Parameters
    ----------
    sessions : all of them, oldest first, for the plots.
    told : those that are told set by set.
    """
    weeks = weeks_of(sessions)
    shelf = Shelf()
    shelf.learn(kept.exercise for session in sessions for kept in session.sets)
    views = [_session_view(each, shelf) for each in told]
    return _rendered(
        title=f"Exercise report{f' for {who}' if who else ''}",
        words=in_words(who, sessions, weeks, shelf.titles),
        plots=plots(weeks, sessions, shelf.titles),
        sessions=views,
        omitted=max(0, len(sessions) - len(views)),
        shelf=shelf,
        now=now,
    )


def session_report(told: Told, now: datetime) -> str:
    """The page of one session, with the curve of each repetition."""
    shelf = Shelf()
    view = _session_view(told, shelf)
    return _rendered(
        title=f"Session of {view.when}{f', {told.session.person}' if told.session.person else ''}",
        words=[],
        plots=[],
        sessions=[view],
        omitted=0,
        shelf=shelf,
        now=now,
    )


class Shelf:
    """The exercises that are spoken of; one that is not known here keeps its bare name."""

    def __init__(self) -> None:
        self._known: dict[str, Exercise | None] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Look them up."""
        for name in names:
            if name not in self._known:
                try:
                    self._known[name] = catalog.get(name)
                except RepcountError:
                    self._known[name] = None

    @property
    def titles(self) -> dict[str, str]:
        """What each is called."""
        return {name: name if one is None else one.title for name, one in self._known.items()}

    def faults(self, name: str) -> dict[str, str]:
        """What its faults are called, by code."""
        one = self._known.get(name)
        return {} if one is None else {rule.code: rule.name for rule in one.rules}

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Where each comes from, by title."""
        return [(one.title, one.source) for one in self._known.values() if one is not None]


def _rendered(**values: object) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    house = Environment(
        loader=PackageLoader("repcount", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return house.get_template(TEMPLATE).render(links=LINKS, **values)


def _session_view(told: Told, shelf: Shelf) -> SessionView:
    session = told.session
    shelf.learn(kept.exercise for kept in session.sets)
    share = adherence(session)
    pain = {"before": session.pain_before, "after": session.pain_after, "next morning": session.pain_morning}
    return SessionView(
        id=session.id,
        when=f"{session.started_at:%A, %d %B %Y, %H:%M}",
        source=Path(session.source).name,
        plan=session.plan or "",
        done=f"{100 * share:.0f} % of what was asked for" if math.isfinite(share) else "",
        pain=tuple((name, level, light(level)) for name, level in pain.items() if level is not None),
        sets=tuple(_set_view(kept, told.curves, shelf) for kept in session.sets),
        pictures=tuple(_pictures(told.files)),
    )


def _set_view(kept: KeptSet, curves: Mapping[CurveKey, Curve] | None, shelf: Shelf) -> SetView:
    names = shelf.faults(kept.exercise)
    told = [f"{names.get(code, code.replace('_', ' '))} ×{n}" for code, n in kept.faults.items()]  # noqa: RUF001
    unseen = [names.get(code, code.replace("_", " ")) for code in kept.not_judged]
    best = "" if not math.isfinite(kept.rom_deg_best) else f" (best {kept.rom_deg_best:.0f}°)"
    plot = None if curves is None else overlay(kept, curves, names, shelf.titles)
    return SetView(
        title=shelf.titles.get(kept.exercise, kept.exercise),
        side=kept.side.value,
        number=kept.number,
        done=f"{kept.counted} of {kept.asked.reps}" if kept.asked.reps else str(kept.counted),
        range=_figure(kept.rom_deg_median, ".0f", "°") + best,
        tempo=_figure(kept.tempo_s_median, ".1f", " s"),
        held=_figure(kept.hold_s or math.nan, ".0f", " s"),
        faults=(", ".join(told) or "none") + (f" (not judged: {', '.join(unseen)})" if unseen else ""),
        plot=plot if plot is not None and plot.svg else None,
    )


def _figure(value: float, form: str, unit: str) -> str:
    return f"{value:{form}}{unit}" if math.isfinite(value) else NOTHING


def _pictures(files: Iterable[SavedFile]) -> list[tuple[str, str]]:
    """Evidence pictures that are still there, as data URLs with their captions."""
    found: list[tuple[str, str]] = []
    for file in files:
        path = Path(file.path)
        kind = PICTURES.get(path.suffix.lower())
        if file.kind != "evidence" or kind is None or len(found) == MOST_PICTURES:
            continue
        try:
            data = path.read_bytes() if path.stat().st_size <= MOST_PICTURE_BYTES else b""
        except OSError:  # moved or removed since: the report does without
            continue
        if data:
            caption = (file.fault or path.stem).replace("_", " ").replace("-", " ")
            found.append((f"data:{kind};base64,{base64.b64encode(data).decode()}", caption))
    return found
