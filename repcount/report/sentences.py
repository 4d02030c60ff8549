"""What was done, in a few sentences: of many sessions or of one. Advice has its source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from repcount.core.history_records import KeptSession, KeptSet, name_key
from repcount.core.pain_advice import (
    LIGHT_SOURCE,
    LOAD_SOURCE,
    after_session,
    light_of,
    over_sessions,
    rises,
)
from repcount.core.records import Side
from repcount.report.progress import Week, changes_of
from repcount.report.words import Sentence, Words


def in_words(
    who: str,
    sessions: Sequence[KeptSession],
    weeks: Sequence[Week],
    titles: Mapping[str, str],
    words: Words | None = None,
) -> list[Sentence]:
    """A few sentences, the most important first; exercises by their ``titles``.

    Load, range and pain are told of one person only: mixed figures of several people would mean nothing.
    """
    words = words or Words()
    if not sessions:
        return [Sentence(words.say("nothing_kept"))]
    days = words.count("days", len({session.started_at.date() for session in sessions}))
    span = words.count("weeks", len(weeks))
    people = len({name_key(session.person) for session in sessions})
    name = who or (words.say("you") if people == 1 else words.say("people", n=people))
    did = words.say("did", who=name, days=days, span=span, sessions=words.count("sessions", len(sessions)))
    if people > 1:
        return [Sentence(did), Sentence(words.say("name_one"))]
    return [
        Sentence(did),
        *_load(sessions, weeks, titles, words),
        *_range(sessions, titles, words),
        *_pain(sessions, words),
    ]


def session_in_words(
    session: KeptSession, titles: Mapping[str, str], faults: Mapping[str, str], words: Words | None = None
) -> list[Sentence]:
    """What was done in one session, and what its pain says; ``faults`` are their names by code."""
    words = words or Words()
    groups: dict[tuple[str, Side], list[KeptSet]] = {}
    for kept in session.sets:
        groups.setdefault((kept.exercise, kept.side), []).append(kept)
    sentences = [
        Sentence(f"{titles.get(name, name)}{words.leg(side)}: {_done(sets, faults, words)}")
        for (name, side), sets in groups.items()
    ]
    if (session.pain_before, session.pain_after, session.pain_morning) != (None, None, None):
        advice = after_session(session, words.language.words)
        sentences.append(Sentence(words.say("pain", advice=_lowered(advice.text, words)), advice.source))
    return sentences


def _done(sets: Sequence[KeptSet], names: Mapping[str, str], words: Words) -> str:
    counted, hold_s = sum(kept.counted for kept in sets), math.fsum(kept.hold_s for kept in sets)
    noun = "holds" if sets[0].asked.hold_s else "repetitions"
    parts = [words.say("in_sets", done=words.count(noun, counted), sets=words.count("sets", len(sets)))]
    parts += [words.say("held", seconds=words.number(hold_s))] if hold_s else []
    known = [kept.rom_deg_median for kept in sets if math.isfinite(kept.rom_deg_median)]
    parts += [words.say("of_range", deg=words.number(median(known)))] if known else []
    seen: Counter[str] = Counter()
    for kept in sets:
        seen.update(kept.faults)
    often = ", ".join(
        f"{names.get(code, code.replace('_', ' '))} {_times(n, words)}" for code, n in seen.most_common(3)
    )
    return f"{', '.join(parts)}; {often or words.say('no_fault_seen')}."


def _times(number: int, words: Words) -> str:
    key = {1: "once", 2: "twice"}.get(number, "times")
    return words.say(key, n=number) if key == "times" else words.say(key)


def _lowered(text: str, words: Words) -> str:
    """The text as it goes on after a colon, where the language begins with a small letter there."""
    return text[0].lower() + text[1:] if words.language.language == "en" else text


def _load(
    sessions: Sequence[KeptSession], weeks: Sequence[Week], titles: Mapping[str, str], words: Words
) -> Iterator[Sentence]:
    """The last two weeks of the charts, which ``repcount live`` reckons with, too."""
    now = sessions[-1].started_at
    this, before = (
        sum(week.reps.values()) for week in (weeks[-1], weeks[-2] if len(weeks) > 1 else Week(now))
    )
    if before:
        change = round(100 * (this / before - 1))
        key = "load_more" if change > 0 else "load_fewer" if change else "load_same"
        done = words.count("repetitions", this)
        yield Sentence(words.say(key, done=done, day=words.day(now), percent=abs(change)))
    for rise in rises(sessions, now):
        yield Sentence(
            words.say(
                f"rise_{rise.unit}",
                title=titles.get(rise.exercise, rise.exercise),
                this=words.number(rise.this_week),
                last=words.number(rise.last_week),
                percent=words.number(100 * rise.share),
            ),
            words.language.words.source(LOAD_SOURCE),
        )


def _range(sessions: Sequence[KeptSession], titles: Mapping[str, str], words: Words) -> Iterator[Sentence]:
    """What has changed by more than the camera's error."""
    for each in changes_of(sessions):
        if each.measure == "range" and each.is_beyond_error:
            change = each.difference
            yield Sentence(
                words.say(
                    "range_more" if change > 0 else "range_less",
                    title=titles.get(each.exercise, each.exercise) + words.leg(each.side),
                    change=words.number(abs(change)),
                    first=words.number(each.first),
                    last=words.number(each.last),
                )
            )


def _pain(sessions: Sequence[KeptSession], words: Words) -> Iterator[Sentence]:
    """The last five sessions together; where the newest one alone is worse, what that one says."""
    after = [session.pain_after for session in sessions if session.pain_after is not None]
    if not after:
        return
    recent = median(after[-5:])
    light = light_of(math.ceil(recent))
    newest = after_session(
        [s for s in sessions if s.pain_after is not None or s.pain_morning is not None][-1],
        words.language.words,
    )
    advice, source = words.say(f"light_{light.name.lower()}"), words.language.words.source(LIGHT_SOURCE)
    if newest.light > light:
        colour = words.say(f"colour_{newest.light.name.lower()}")
        advice = words.say("but_newest", colour=colour, advice=_lowered(newest.text, words))
        source = newest.source
    level = words.number(recent, 0 if recent == int(recent) else 1)
    yield Sentence(words.say("pain_after", n=len(after[-5:]), level=level, advice=advice), source)
    unsettled = over_sessions(sessions, words.language.words)
    if unsettled is not None:
        yield Sentence(words.say("pain", advice=_lowered(unsettled.text, words)), unsettled.source)
