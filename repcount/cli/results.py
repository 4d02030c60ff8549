"""Results as people read them in a terminal: of ``analyze`` and ``live``, and of a session that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from repcount.cli.terminal import heading, paragraph, say

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSession
    from repcount.core.phrases import Phrases
    from repcount.core.records import InputSummary
    from repcount.exercises.languages import Language
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.output_files import OutputPlan


NOTHING: Final = "–"  # noqa: RUF001  a dash says that there is no figure


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
