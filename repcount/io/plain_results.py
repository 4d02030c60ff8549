"""Results in words for people: how many, how far, how fast, and what was at fault, by names, not codes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.phrases import Phrases, english
from repcount.core.records import SetSummary, Side, Status
from repcount.exercises.terms import WayWords

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSet
    from repcount.core.kinds import Note, NothingCounted
    from repcount.core.records import ExerciseSummary, Fault, Hold, InputSummary, Rep
    from repcount.exercises.limits import AskedRange
    from repcount.exercises.spec import Exercise

DOT: Final = " · "
LEAST_CHANGE: Final = 0.05
"""A change of range or time below a twentieth is told as none: the camera's error is as large."""


@dataclass(frozen=True)
class PlainWords:
    """What is needed to put results into words.

    Attributes
    ----------
    exercises : in the language of ``phrases``, by name.
    asked : the range asked for of each exercise, by name; of one that is not there nothing is told.
    extra : names of faults that stand in no exercise's file, by code.
    titles : what other exercises are called, by name.
    """

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=english)
    asked: Mapping[str, AskedRange] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """What an exercise is called."""
        known = self.exercises.get(name)
        return self.titles.get(name, name) if known is None else known.title

    def faults(self, name: str) -> dict[str, str]:
        """What the faults of an exercise are called, by code."""
        known = self.exercises.get(name)
        return {**self.extra, **({} if known is None else known.fault_names)}

    def ways(self, name: str) -> WayWords:
        """What the ways of an exercise are called."""
        known = self.exercises.get(name)
        return WayWords(**self.phrases.group("way")) if known is None else known.named_ways(self.phrases)

    def name(self, exercise: str, code: str) -> str:
        """What a fault is called; of one that there is no more, its code in words."""
        return self.faults(exercise).get(code, code.replace("_", " "))

    def too_far(self, exercise: str, fault: Fault) -> str:
        """``94° of 40°`` where the fault is that of going further than asked; else empty."""
        asked = self.asked.get(exercise)
        deg = math.nan if asked is None else asked.passed_deg(fault)
        if asked is None or not math.isfinite(deg) or not math.isfinite(asked.deg):
            return ""
        done, target = _degrees(deg, self.phrases), _degrees(asked.deg, self.phrases)
        return self.phrases.say("table.of", done=done, asked=target)


def summary_parts(summary: InputSummary, words: PlainWords) -> Iterator[tuple[str, list[str]]]:
    """A title and lines for each exercise of an input."""
    for exercise in summary.exercises:
        yield words.title(exercise.exercise), exercise_lines(exercise, words)


def exercise_lines(exercise: ExerciseSummary, words: PlainWords) -> list[str]:
    """What was done, a line for each side; how the sets went; what was at fault, and what was not judged."""
    reps, holds, name = exercise.repetitions, exercise.holds, exercise.exercise
    if not reps and not holds:
        return []
    lines = [_side_line(name, side, reps, holds, words) for side in _sides(reps, holds)]
    if exercise.counted != len(reps):
        lines.append(words.phrases.say("table.counted", n=exercise.counted))
    lines += [line for one in exercise.sets if (line := set_line(one, name, words))]
    lines += fault_lines(name, (*reps, *holds), exercise.not_judged, words)
    if exercise.out_of_picture:
        parts = ", ".join(words.phrases.say(f"part_of_body.{part}") for part in exercise.out_of_picture)
        lines.append(words.phrases.say("table.out_of_picture", parts=parts))
    return lines


def _sides(reps: Sequence[Rep], holds: Sequence[Hold]) -> list[Side]:
    found = {rep.side for rep in reps} | {hold.side for hold in holds}
    return [side for side in Side if side in found]


def _side_line(
    name: str, side: Side, all_reps: Sequence[Rep], all_holds: Sequence[Hold], words: PlainWords
) -> str:
    reps = [rep for rep in all_reps if rep.side is side]
    holds = [hold for hold in all_holds if hold.side is side]
    leg = words.phrases.say(f"leg.{side.value}")
    parts = list(_count(reps, words.phrases))
    parts += reached(name, reps, words)
    parts += _tempo(name, reps, words)
    parts += _holds(holds, words.phrases)
    return DOT.join([leg, *parts])


def _count(reps: Sequence[Rep], phrases: Phrases) -> Iterator[str]:
    """How many, and how many of them fell short or are uncertain."""
    if reps:
        yield phrases.count("count.repetition", len(reps))
    statuses = Counter(rep.status for rep in reps)
    for status in (Status.SHORT, Status.UNCERTAIN):
        if statuses[status]:
            yield phrases.count(f"table.{status.value}", statuses[status])


def reached(name: str, reps: Sequence[Rep], words: PlainWords) -> Iterator[str]:
    """How far, as what was asked for is measured: at the peak, or from rest to the peak."""
    asked = words.asked.get(name)
    values = [rep.rom_deg if asked is None else asked.reached_deg(rep) for rep in reps]
    if not any(map(math.isfinite, values)):
        return
    deg = _degrees(_middle(values), words.phrases)
    if asked is None or asked.is_from_rest or asked.exercise.ways is not None:
        text = words.ways(name).range.format(deg=deg)
    else:  # nobody has a word for it: where the peak is, and no range
        text = words.phrases.say("table.reached", deg=deg)
    if asked is not None and math.isfinite(asked.deg):
        key = "table.asked" if asked.named else "table.usual"
        text += f" ({words.phrases.say(key, deg=_degrees(asked.deg, words.phrases))})"
    yield text


def _tempo(name: str, reps: Sequence[Rep], words: PlainWords) -> Iterator[str]:
    """``1.3 s down, 1.6 s hold, 1.3 s up``, as the exercise calls its ways."""
    ways = words.ways(name)
    parts = (
        (ways.out, [rep.up_s for rep in reps]),
        (ways.hold, [rep.hold_s for rep in reps]),
        (ways.back, [rep.down_s for rep in reps]),
    )
    medians = [
        words.phrases.say("table.way", seconds=words.phrases.number(_middle(values), 1), way=way)
        for way, values in parts
        if any(map(math.isfinite, values))
    ]
    if medians:
        yield ", ".join(medians)


def _holds(holds: Sequence[Hold], phrases: Phrases) -> Iterator[str]:
    if holds:
        seconds = ", ".join(f"{phrases.number(hold.valid_s, 1)} s" for hold in holds)
        yield phrases.say("table.held", holds=phrases.count("count.hold", len(holds)), seconds=seconds)


def nothing_line(nothing: NothingCounted, words: PlainWords) -> str:
    """Why nothing was counted, as a sentence."""
    phrases = words.phrases
    deg = phrases.number(nothing.value)
    least = phrases.number(nothing.least, 1 if nothing.code == "too_fast" else 0)
    why = phrases.say(
        f"nothing.{nothing.code}",
        percent=deg,
        fps=phrases.number(nothing.value, 1),
        seconds=phrases.number(nothing.value, 1),
        deg=f"{deg}°",
        least=f"{least}°" if nothing.code == "too_small" else least,
        title=words.title(nothing.exercise),
        degrees=deg,
    )
    return phrases.say("nothing.counted", why=why)


def note_line(note: Note, words: PlainWords) -> str:
    """What is worth knowing of an input, as a sentence."""
    value, least = (words.phrases.number(each, 1) for each in (note.value, note.least))
    per_minute = f"{60 / note.value:.0f}" if note.value > 0 else ""
    return words.phrases.say(
        f"note.{note.code}", value=value, least=least, per_minute=per_minute, degrees=f"{note.value:.0f}"
    )


def remark_lines(summary: InputSummary, words: PlainWords) -> list[str]:
    """Why nothing was counted, and what is worth knowing beside what was, as sentences."""
    nothing = [] if summary.nothing is None else [nothing_line(summary.nothing, words)]
    return [*nothing, *(note_line(note, words) for note in summary.notes)]


def set_line(one: SetSummary | KeptSet, name: str, words: PlainWords) -> str:
    """How a set went, as a sentence; empty where there is too little to say."""
    parts = list(_trend(one, words.ways(name), words.phrases))
    return words.phrases.say("table.trend", number=one.number, parts="; ".join(parts)) if parts else ""


def _trend(one: SetSummary | KeptSet, ways: WayWords, phrases: Phrases) -> Iterator[str]:
    if math.isfinite(one.range_fade):
        yield ", ".join([_far(one.range_fade, ways, phrases), *_pace(one.tempo_fade, phrases)])
    if math.isfinite(one.symmetry):
        yield phrases.say("table.weaker", percent=f"{100 * one.symmetry:.0f}")
    if isinstance(one, SetSummary) and math.isfinite(one.hold_tremor_deg) and one.holds:
        key = "table.held_sank" if one.hold_drift_deg < 0 else "table.held_still"
        drift, tremor = (
            f"{phrases.number(abs(deg), 1)}°" for deg in (one.hold_drift_deg, one.hold_tremor_deg)
        )
        yield phrases.say(key, drift=drift, tremor=tremor)


def _far(fade: float, ways: WayWords, phrases: Phrases) -> str:
    """The last third against the first."""
    if abs(fade) < LEAST_CHANGE:
        return phrases.say("table.far_same", how=ways.as_far)
    how = ways.further if fade > 0 else ways.less_far
    return phrases.say("table.far_other", how=how, percent=f"{100 * abs(fade):.0f}")


def _pace(fade: float, phrases: Phrases) -> Iterator[str]:
    if not math.isfinite(fade):
        return
    if abs(fade) < LEAST_CHANGE:
        yield phrases.say("table.pace_same")
    else:
        key = "table.pace_slower" if fade > 0 else "table.pace_quicker"
        yield phrases.say(key, percent=f"{100 * abs(fade):.0f}")


def fault_lines(
    name: str, events: Sequence[Rep | Hold], not_judged: Sequence[str], words: PlainWords
) -> Iterator[str]:
    """Each fault with how often it was seen, one of a repetition and its hold once; what was not judged."""
    seen = {(fault.code, fault.time_s): fault for event in events for fault in event.faults}
    yield faults_line(name, Counter(code for code, _ in seen), words, too_far(name, seen.values(), words))
    yield from unjudged_line(name, not_judged, words)


def unjudged_line(name: str, codes: Sequence[str], words: PlainWords) -> Iterator[str]:
    """What the camera could not show, by name; nothing where it showed all."""
    if codes:
        names = ", ".join(dict.fromkeys(words.name(name, code) for code in codes))
        yield words.phrases.say("table.not_judged", faults=names)


def too_far(name: str, faults: Iterable[Fault], words: PlainWords) -> dict[str, str]:
    """``94° of 40°``, by the code of going further than asked: the furthest of all."""
    found = [(fault.worst, fault.code, text) for fault in faults if (text := words.too_far(name, fault))]
    if not found:
        return {}
    _, code, text = max(found)
    return {code: text}


def faults_line(
    name: str, counts: Mapping[str, int], words: PlainWords, figures: Mapping[str, str] | None = None
) -> str:
    """Faults by their names, the most frequent first; with a figure of those that have one, by code."""
    often = sorted(counts.items(), key=lambda pair: (-pair[1], words.name(name, pair[0])))
    known = {code: f" ({figure})" for code, figure in (figures or {}).items()}
    names = ", ".join(f"{words.name(name, code)}{known.get(code, '')} ×{n}" for code, n in often)  # noqa: RUF001
    return words.phrases.say("table.faults", faults=names) if names else words.phrases.say("table.no_faults")


def _middle(values: Sequence[float]) -> float:
    return median(value for value in values if math.isfinite(value))


def _degrees(value: float, phrases: Phrases) -> str:
    return f"{phrases.number(value)}°"
