"""A session that was kept, in words for people: each set with what was done of what was asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from repcount.core.errors import SettingError
from repcount.exercises import languages, limits, own_exercises
from repcount.exercises.limits import AskedRange
from repcount.io.plain_results import (
    DOT,
    PlainWords,
    faults_line,
    reached,
    set_line,
    too_far,
    unjudged_line,
)

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSession, KeptSet
    from repcount.core.phrases import Phrases
    from repcount.exercises.languages import Language
    from repcount.exercises.spec import Exercise


def words_of_history(language: Language) -> PlainWords:
    """Words for the exercises that there are; of one whose file is gone the history knows its name."""
    known = [languages.in_language(each, language) for each in own_exercises.readable()]
    return PlainWords({each.name: each for each in known}, language.words, extra=limits.names(language))


def session_parts(session: KeptSession, words: PlainWords) -> Iterator[tuple[str, list[str]]]:
    """A title and lines for each exercise of a session, in the order in which they were done."""
    words = replace(words, asked=_asked(session, words))
    for name in dict.fromkeys(kept.exercise for kept in session.sets):
        sets = [kept for kept in session.sets if kept.exercise == name]
        lines = [line for kept in sets for line in _set_lines(kept, words)]
        unjudged = dict.fromkeys(code for kept in sets for code in kept.not_judged)
        yield words.title(name), [*lines, *unjudged_line(name, list(unjudged), words)]


def _asked(session: KeptSession, words: PlainWords) -> dict[str, AskedRange]:
    """The range of each exercise that somebody asked for, or that a limit made smaller."""
    name, limit = session.settings.get("range", ""), session.settings.get("limit", "")
    found = {}
    for each in words.exercises.values():
        named = name in each.presets
        guarded = _guarded(each, limit)
        if named or guarded.presets != each.presets:
            preset = guarded.presets[name if named else each.default_preset]
            found[each.name] = AskedRange(guarded, preset, named)
    return found


def _guarded(exercise: Exercise, limit: str) -> Exercise:
    """The exercise within the limits of a session, kept as ``knee=60 hip=80``."""
    joints = dict(part.split("=") for part in limit.split())
    try:
        return limits.with_limits(exercise, {joint: float(deg) for joint, deg in joints.items()})
    except SettingError:  # the exercise of today has no room within them
        return exercise


def _set_lines(kept: KeptSet, words: PlainWords) -> Iterator[str]:
    phrases = words.phrases
    leg = phrases.say(f"leg.{kept.side.value}")
    head = phrases.say("table.set", number=kept.number, leg=leg)
    yield DOT.join([head, *_done(kept, phrases), *_figures(kept, words)])
    trend = set_line(kept, kept.exercise, words)
    if trend:
        yield trend
    seen = [fault for rep in kept.repetitions for fault in rep.faults]
    yield faults_line(kept.exercise, kept.faults, words, too_far(kept.exercise, seen, words))


def _done(kept: KeptSet, phrases: Phrases) -> Iterator[str]:
    """``12 of 12``, or how many there were where nobody asked for a number."""
    what = "hold" if kept.asked.hold_s else "repetition"
    done = phrases.count(f"count.{what}", kept.counted)
    yield phrases.say("table.of", done=kept.counted, asked=kept.asked.reps) if kept.asked.reps else done
    if kept.hold_s:
        yield phrases.say("table.held_for", seconds=phrases.number(kept.hold_s, 1))


def _figures(kept: KeptSet, words: PlainWords) -> Iterator[str]:
    phrases = words.phrases
    asked = words.asked.get(kept.exercise)
    if asked is not None and math.isfinite(asked.deg):
        yield from reached(kept.exercise, kept.repetitions, words)
    if math.isfinite(kept.rom_deg_median):
        yield phrases.say("table.range", deg=f"{phrases.number(kept.rom_deg_median)}°")
    if math.isfinite(kept.rom_deg_best):
        yield phrases.say("table.best", deg=f"{phrases.number(kept.rom_deg_best)}°")
    if math.isfinite(kept.tempo_s_median):
        yield phrases.say("table.each", seconds=phrases.number(kept.tempo_s_median, 1))
