"""Results as people read them in a terminal: of ``analyze`` (``--explain`` too), ``live`` and the history."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from repcount.cli.terminal import heading, paragraph, say, table
from repcount.core.kinds import Why

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSession
    from repcount.core.kinds import CandidateSummary
    from repcount.core.phrases import Phrases
    from repcount.core.records import InputSummary
    from repcount.exercises.languages import Language
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.output_files import OutputPlan


NOTHING: Final = "–"  # noqa: RUF001  a dash says that there is no figure
STRETCHES_SHOWN: Final = 8
"""At most so many of the stretches that were passed over are listed."""
LEAST_SHOWN: Final = 0.05
"""What the movements around one added is told from these log-odds on."""


def show_result(result: InputSummary, words: PlainWords) -> None:
    """Print what was counted of one input, or the likeliest reason why nothing was."""
    from repcount.io.plain_results import remark_lines, summary_parts

    seen, frames = result.frames_with_pose, result.frames_tracked
    heading(words.phrases.say("table.seen", source=result.source, seen=seen, frames=frames))
    show_parts(summary_parts(result, words))
    for line in remark_lines(result, words):
        paragraph(line)
    if not result.exercises:
        paragraph(words.phrases.say("nothing.recognised"))


def tell_of_pictures(plan: OutputPlan, words: PlainWords) -> None:
    """Say so where pictures of faults were asked for and there was no fault."""
    from repcount.pipeline.output_files import without_pictures

    if without_pictures(plan) and not plan.json_to_stdout:
        paragraph(words.phrases.say("table.no_pictures"))


def tell_of_tables(plan: OutputPlan, results: Sequence[InputSummary], words: PlainWords) -> None:
    """Say which tables were asked for and not written, since nothing was recognised."""
    if plan.json_to_stdout or any(result.exercises or result.error for result in results):
        return
    for path in (plan.csv, plan.json):
        if path is not None:
            paragraph(words.phrases.say("table.no_tables", path=path))


def show_summary(result: InputSummary, words: PlainWords) -> None:
    """Print what was counted of a session in front of a camera."""
    from repcount.io.plain_results import remark_lines, summary_parts

    show_parts(summary_parts(result, words))
    for line in remark_lines(result, words):
        paragraph(line)


def show_parts(parts: Iterable[tuple[str, list[str]]]) -> None:
    """Print titles, each with its lines."""
    for title, lines in parts:
        if lines:
            heading(title)
        for line in lines:
            paragraph(line, indent="  ")


def show_session(session: KeptSession, language: Language) -> None:
    """Print the sets of a session that was kept, and what pain was said."""
    from repcount.io.plain_sessions import session_parts, words_of_history

    phrases = language.words
    show_parts(session_parts(session, words_of_history(language)))
    if session.sets:
        say()
    levels = (session.pain_before, session.pain_after, session.pain_morning)
    levels_text = " ".join(NOTHING if level is None else str(level) for level in levels)
    say(phrases.say("table.pain", levels=NOTHING if set(levels) == {None} else levels_text))
    if session.plan:
        say(phrases.say("table.plan", plan=session.plan))
    if session.settings:
        _show_settings(session, phrases)


def _show_settings(session: KeptSession, phrases: Phrases) -> None:
    settings = ", ".join(f"{name} {value}" for name, value in session.settings.items())
    paragraph(phrases.say("table.settings", settings=settings))


def show_candidates(result: InputSummary, words: PlainWords) -> None:
    """Print the candidates of an input, where they were asked for."""
    phrases = words.phrases
    asked = [(each.exercise, each.candidates) for each in result.exercises if each.candidates is not None]
    for exercise, candidates in asked:
        say()
        heading(phrases.say("candidates.of_exercise", title=words.title(exercise)))
        _candidate_table(candidates, words, named=False)
    if result.candidates is not None:
        say()
        heading(phrases.say("candidates.of_all"))
        _candidate_table(result.candidates, words, named=True)
    if result.candidates or any(candidates for _, candidates in asked):
        _footnote(phrases)
    if result.passed_over and (asked or result.candidates is not None):
        _passed_over(result.passed_over, phrases)


def _passed_over(stretches: Sequence[tuple[float, float]], phrases: Phrases) -> None:
    times = [phrases.say("candidates.stretch", start=_time(a), end=_time(b)) for a, b in stretches]
    shown = ", ".join(times[:STRETCHES_SHOWN])
    more = len(times) - STRETCHES_SHOWN
    if more > 0:
        shown = phrases.say("candidates.stretches_more", shown=shown, n=more)
    paragraph(phrases.say("candidates.passed_over", shown=shown))


def _footnote(phrases: Phrases) -> None:
    from repcount.counting.decision import FOLLOWS_LESS, set_weights
    from repcount.counting.scoring import probability

    least = set_weights().least
    percent, follows = (f"{probability(each):.0%}" for each in (least, least - FOLLOWS_LESS))
    text = phrases.say("candidates.footnote", least=f"{least:+.1f}", percent=percent, follows=follows)
    paragraph(text)


def _candidate_table(candidates: Sequence[CandidateSummary], words: PlainWords, named: bool) -> None:
    if not candidates:
        say(words.phrases.say("candidates.none"))
        return
    keys = ("time", *(("exercise",) if named else ()), "side", "range", "probability", "counted", "why")
    columns = [words.phrases.say(f"candidates.{key}") for key in keys]
    table(columns, [row for each in candidates for row in _candidate_rows(each, words, named)])


def _candidate_rows(candidate: CandidateSummary, words: PlainWords, named: bool) -> Iterator[list[str]]:
    """A row of figures with the first reason, then one row for each further reason."""
    phrases = words.phrases
    figures = [
        _time(candidate.peak_s),
        *([words.title(candidate.exercise)] if named else []),
        phrases.say(f"side.{candidate.side.value}"),
        f"{candidate.rom_deg:.0f}°" if math.isfinite(candidate.rom_deg) else "?",
        _percent(candidate.probability),
        phrases.say("candidates.yes" if candidate.counted else "candidates.no"),
    ]
    first, *others = list(_reasons(candidate, phrases)) or [phrases.say("candidates.nothing_against")]
    yield [*figures, first]
    for other in others:
        yield [*("" for _ in figures), other]


def _reasons(candidate: CandidateSummary, phrases: Phrases) -> Iterator[str]:
    """Why it does not count, in plain words, and what its features say."""
    from repcount.features.wording import feature_text

    if candidate.why not in (None, Why.UNLIKELY):
        yield phrases.say(f"candidates.{candidate.why.value}")
    if candidate.doubt is not None:
        yield phrases.say(f"candidates.{candidate.doubt.value}")
    which = "for" if candidate.counted else "against"
    for reason in candidate.reasons:
        feature = feature_text(reason.feature, reason.value, reason.unit, phrases)
        yield phrases.say(f"candidates.{which}", feature=feature, by=f"{reason.log_odds:+.1f}")
    if abs(candidate.set_log_odds) >= LEAST_SHOWN:
        yield phrases.say("candidates.set", by=f"{candidate.set_log_odds:+.1f}")


def _percent(share: float) -> str:
    """A probability, never said to be sure."""
    return "<1%" if share < 0.005 else ">99%" if share > 0.995 else f"{share:.0%}"


def _time(time_s: float) -> str:
    tenths = round(10 * time_s)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"
