"""A session in words and figures, as the page shows it."""

from __future__ import annotations

import base64
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.errors import RepcountError
from repcount.core.history_records import KeptSession, KeptSet, SavedFile, SignalCurve, known_median
from repcount.core.pain_advice import light_of
from repcount.core.records import Side
from repcount.exercises import limits, own_exercises
from repcount.exercises.languages import in_language
from repcount.exercises.spec import Exercise
from repcount.report.plots import CurveKey, Plot, overlay
from repcount.report.progress import adherence
from repcount.report.words import Words

MOST_PICTURES: Final = 8
MOST_PICTURE_BYTES: Final = 2_000_000
PICTURES: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True)
class SessionMaterial:
    """A session with the files and curves that belong to it."""

    session: KeptSession
    files: tuple[SavedFile, ...] = ()
    curves: Mapping[CurveKey, SignalCurve] | None = None


@dataclass(frozen=True)
class Row:
    """A set in words, or the sets of one exercise and side together."""

    title: str
    side: str
    set: str
    done: str
    range: str
    tempo: str
    held: str
    faults: str


@dataclass(frozen=True)
class SessionView:
    """A session in words."""

    id: str
    when: str
    person: str
    source: str
    plan: str
    done: str
    pain: tuple[tuple[str, int, str], ...]
    rows: tuple[Row, ...]
    unseen: str
    plots: tuple[Plot, ...]
    pictures: tuple[tuple[str, str], ...]
    day: str = ""
    each_set: tuple[Row, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there is something to be unfolded below its rows."""
        return bool(self.plots or self.pictures or self.unseen or len(self.each_set) > len(self.rows))


class ExerciseNames:
    """The exercises that a report speaks of; one that is not known here keeps its bare name.

    Parameters
    ----------
    words : in whose language they are called.
    """

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or Words()
        self._known: dict[str, Exercise | None] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Look them up."""
        for name in names:
            if name not in self._known:
                try:
                    self._known[name] = in_language(own_exercises.get(name), self.words.language)
                except RepcountError:
                    self._known[name] = None

    @property
    def titles(self) -> dict[str, str]:
        """What each is called."""
        return {name: name if one is None else one.title for name, one in self._known.items()}

    def faults(self, name: str) -> dict[str, str]:
        """What its faults are called, by code."""
        one = self._known.get(name)
        return limits.names(self.words.language) | ({} if one is None else one.fault_names)

    @property
    def fault_names(self) -> dict[str, str]:
        """What the faults of all of them are called, by code."""
        return {code: name for exercise in self._known for code, name in self.faults(exercise).items()}

    @property
    def known(self) -> list[Exercise]:
        """Those that are known."""
        return [one for one in self._known.values() if one is not None]


def session_view(material: SessionMaterial, known: ExerciseNames) -> SessionView:
    """The session in words."""
    session, words = material.session, known.words
    known.learn(kept.exercise for kept in session.sets)
    share = adherence(session)
    pain = {"before": session.pain_before, "after": session.pain_after, "morning": session.pain_morning}
    groups = list(_together(session.sets))
    return SessionView(
        id=session.id,
        when=words.moment(session.started_at),
        day=f"{words.short_day(session.started_at)} {session.started_at.year}",
        person=session.person,
        source=Path(session.source).name,
        plan=words.say("plan", plan=session.plan) if session.plan else "",
        done=words.say("share", percent=words.number(100 * share)) if math.isfinite(share) else "",
        pain=tuple(
            (words.pain(n), level, light_of(level).name.lower())
            for n, level in pain.items()
            if level is not None
        ),
        rows=tuple(_row(sets, known) for sets in groups),
        each_set=tuple(_row([kept], known) for kept in session.sets),
        unseen="; ".join(_unseen(session, known)),
        plots=tuple(_plots(material, known)),
        pictures=tuple(_pictures(material.files, known)),
    )


def _together(sets: Sequence[KeptSet]) -> Iterable[list[KeptSet]]:
    groups: dict[tuple[str, Side], list[KeptSet]] = {}
    for kept in sets:
        groups.setdefault((kept.exercise, kept.side), []).append(kept)
    return groups.values()


def _row(sets: Sequence[KeptSet], known: ExerciseNames) -> Row:
    """One row: counts and held time are sums, range and time the medians of the sets."""
    first, words = sets[0], known.words
    best = max((kept.rom_deg_best for kept in sets if math.isfinite(kept.rom_deg_best)), default=math.nan)
    shown = words.number(known_median(kept.rom_deg_median for kept in sets), 0, "°")
    return Row(
        title=known.titles.get(first.exercise, first.exercise),
        side=words.side(first.side),
        set=str(first.number),
        done=_done(sets, words),
        range=shown + (words.say("best", deg=words.number(best)) if math.isfinite(best) else ""),
        tempo=words.number(known_median(kept.tempo_s_median for kept in sets), 1, " s"),
        held=words.number(math.fsum(kept.hold_s for kept in sets) or math.nan, 0, " s"),
        faults=_faults(sets, known.faults(first.exercise), words),
    )


def _done(sets: Sequence[KeptSet], words: Words) -> str:
    """What was done, of what was asked for if anything was: of one set, or of all that were asked for."""
    counted, asked = sum(kept.counted for kept in sets), sets[0].asked
    if not asked.reps:
        return str(counted)
    whole = asked.reps * (max(1, asked.sets) if len(sets) > 1 else 1)
    held = f" × {words.number(asked.hold_s)} s" if asked.hold_s else ""  # noqa: RUF001
    return words.say("done_of", done=counted, asked=f"{whole}{held}")


def _faults(sets: Sequence[KeptSet], names: Mapping[str, str], words: Words) -> str:
    seen: Counter[str] = Counter()
    for kept in sets:
        seen.update(kept.faults)
    names_text = [f"{names.get(code, code.replace('_', ' '))} ×{n}" for code, n in seen.most_common()]  # noqa: RUF001
    return ", ".join(names_text) or words.say("no_faults")


def _unseen(session: KeptSession, known: ExerciseNames) -> Iterator[str]:
    """What the camera could not judge, by exercise."""
    codes: dict[str, dict[str, None]] = {}
    for kept in session.sets:
        codes.setdefault(kept.exercise, {}).update(dict.fromkeys(kept.not_judged))
    for exercise, found in codes.items():
        names = known.faults(exercise)
        if found:
            names_text = ", ".join(names.get(code, code.replace("_", " ")) for code in found)
            yield f"{names_text} ({known.titles.get(exercise, exercise)})"


def _plots(material: SessionMaterial, known: ExerciseNames) -> Iterator[Plot]:
    for kept in material.session.sets if material.curves else ():
        title = known.titles.get(kept.exercise, kept.exercise)
        plot = overlay(kept, material.curves or {}, known.faults(kept.exercise), title, known.words)
        if plot.svg:
            yield plot


def _pictures(files: Iterable[SavedFile], known: ExerciseNames) -> list[tuple[str, str]]:
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
            found.append((f"data:{kind};base64,{base64.b64encode(data).decode()}", _caption(file, known)))
    return found


def _caption(file: SavedFile, known: ExerciseNames) -> str:
    """Which fault a picture shows, and when it was."""
    name = known.faults(file.exercise).get(file.fault, file.fault or Path(file.path).stem).replace("_", " ")
    if not math.isfinite(file.time_s):
        return name
    minutes, seconds = divmod(file.time_s, 60)
    return f"{int(minutes)}:{seconds:04.1f} {name}"
