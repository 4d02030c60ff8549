"""``repcount checkin``: pain next morning; and what pain and load say, as ``live`` tells it too."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from repcount.cli.analyze_options import LanguageOption
from repcount.cli.history_access import open_history
from repcount.cli.terminal import paragraph, say, warn

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSession
    from repcount.core.pain_advice import LoadAdvice
    from repcount.core.phrases import Phrases
    from repcount.exercises.languages import Language
    from repcount.history.store import History

WORST_PAIN = 10
STILL_THE_NEXT_MORNING = timedelta(hours=48)
_NEWEST = 10
"""Sessions that are looked at for whether pain settles."""


def checkin(
    pain: Annotated[
        int | None,
        typer.Option("--pain", metavar="0-10", min=0, max=10, help="How much it hurts; asked for otherwise."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="NAME", help="Who.", show_default="one nameless person"),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Say how much it hurts on the morning after a session, and hear what that means for the next.

    \b
    Examples:
      repcount checkin
      repcount checkin --pain 2 --person anna
    """
    from repcount import config
    from repcount.core.history_records import PainAnswer, PainMoment
    from repcount.exercises import languages
    from repcount.history.writing import keep_pain

    settings = config.load({"person": person, "language": language}).settings
    words = languages.load(settings.language)
    level = ask_pain("pain.ask_morning", words.words) if pain is None else pain
    now = datetime.now().astimezone()
    with open_history(settings) as history:
        last = _last_session(history, settings.person)
        near = last is not None and now - last.started_at < STILL_THE_NEXT_MORNING
        session_id = last.id if last is not None and near else None
        keep_pain(history, PainAnswer(settings.person, now, PainMoment.MORNING, level, session_id))
        _tell_of(history, settings.person, level, near, words)


def ask_pain(question: str, phrases: Phrases) -> int:
    """Ask for a number from 0 to 10; ``question`` is the key of its words."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is here to be asked; say --pain 0 to 10", param_hint="--pain")
    while True:
        asked = phrases.say("pain.scale", question=phrases.say(question))
        level = int(typer.prompt(asked, type=int, err=True))
        if 0 <= level <= WORST_PAIN:
            return level
        warn(phrases.say("pain.again"))


class BeforeAnswer(NamedTuple):
    """What was said before a session.

    Attributes
    ----------
    level : of pain, 0 to 10.
    less : whether half of it, to a smaller range, is wanted.
    stop : whether there is to be no session.
    """

    level: int
    less: bool = False
    stop: bool = False


def asked_before(less: str, phrases: Phrases) -> BeforeAnswer:
    """Ask for the pain before a session; where it hurts offer less, where it hurts much ask to stop.

    Parameters
    ----------
    less : the smaller session in words; empty where there is none.
    """
    from repcount.core.pain_advice import Light, before_session

    level = ask_pain("pain.ask_before", phrases)
    advice = before_session(level, phrases)
    tell(advice, phrases)
    if advice.light is Light.RED:
        stop = _agreed(phrases.say("pain.ask_stop"), phrases)
        return BeforeAnswer(level, stop=stop)
    if advice.light is Light.AMBER and less:
        return BeforeAnswer(level, less=_agreed(phrases.say("pain.ask_less", less=less), phrases))
    return BeforeAnswer(level)


def _agreed(question: str, phrases: Phrases) -> bool:
    """Ask for yes or no in the language, or how either begins; Enter is yes."""
    yes, no = phrases.say("pain.yes"), phrases.say("pain.no")
    while True:
        answer = typer.prompt(f"{question} [{yes}/{no}]", default=yes, show_default=False, err=True)
        word = str(answer).strip().lower()
        if word and (yes.startswith(word) or no.startswith(word)):
            return yes.startswith(word)


def keep_after(history: History, person: str, session_id: str, phrases: Phrases) -> None:
    """Ask for the pain after a session, keep it, and say what before and after together mean."""
    from repcount.core.history_records import Filter, PainAnswer, PainMoment
    from repcount.core.pain_advice import after_session
    from repcount.history.writing import keep_pain

    level = ask_pain("pain.ask_after", phrases)
    now = datetime.now().astimezone()
    keep_pain(history, PainAnswer(person, now, PainMoment.AFTER, level, session_id))
    tell(after_session(history.session(session_id), phrases), phrases)
    tell_of_doctor(history.newest(Filter(person=person), _NEWEST), phrases)
    say(phrases.say("pain.no_diagnosis"))


def tell(advice: LoadAdvice, phrases: Phrases) -> None:
    """Say an advice with its source."""
    light = phrases.say(f"pain.{advice.light.name.lower()}")
    paragraph(phrases.say("pain.told", light=light, text=advice.text, source=advice.source))


def tell_of_doctor(newest: Sequence[KeptSession], phrases: Phrases) -> None:
    """Say so where pain does not settle over several sessions."""
    from repcount.core.pain_advice import over_sessions

    unsettled = over_sessions(newest, phrases)
    if unsettled is not None:
        tell(unsettled, phrases)


def load_warnings(
    history: History, person: str, now: datetime, language: Language, planned: KeptSession | None = None
) -> Iterator[str]:
    """A line for each exercise whose load rose too fast, or will rise too fast with today's plan."""
    from repcount.core.history_records import Filter
    from repcount.core.pain_advice import LOAD_SOURCE, WEEK_DAYS, rises

    recent = history.sessions(Filter(since=now - timedelta(days=2 * WEEK_DAYS), person=person))
    phrases, titles = language.words, language.titles()
    for rise in rises(recent, now, planned):
        yield phrases.say(
            f"pain.{'rise' if planned is None else 'planned'}_{rise.unit}",
            title=titles.get(rise.exercise, rise.exercise),
            this=f"{rise.this_week:.0f}",
            last=f"{rise.last_week:.0f}",
            percent=f"{100 * rise.share:.0f}",
            source=phrases.source(LOAD_SOURCE),
        )


def _last_session(history: History, person: str) -> KeptSession | None:
    from repcount.core.history_records import Filter

    newest = history.newest(Filter(person=person), 1)
    return newest[0] if newest else None


def _tell_of(history: History, person: str, level: int, near: bool, language: Language) -> None:
    from repcount.core.history_records import Filter
    from repcount.core.pain_advice import after_session, before_session

    newest, phrases = history.newest(Filter(person=person), _NEWEST), language.words
    if not near:
        say(phrases.say("pain.no_session"))
    tell(after_session(newest[-1], phrases) if near else before_session(level, phrases), phrases)
    tell_of_doctor(newest, phrases)
    for line in load_warnings(history, person, datetime.now().astimezone(), language):
        paragraph(line)
    say(phrases.say("pain.no_diagnosis"))
