"""``repcount checkin``: pain next morning; and what pain and load say, as ``live`` tells it too."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from repcount.cli.history_access import open_history
from repcount.cli.terminal import paragraph, say, warn

if TYPE_CHECKING:
    from repcount.core.history_records import KeptSession
    from repcount.core.pain_advice import LoadAdvice
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
) -> None:
    """Say how much it hurts on the morning after a session, and hear what that means for the next.

    \b
    Examples:
      repcount checkin
      repcount checkin --pain 2 --person anna
    """
    from repcount import config
    from repcount.core.history_records import PainAnswer, PainMoment
    from repcount.history.writing import keep_pain

    settings = config.load({"person": person}).settings
    level = ask_pain("How much does it hurt this morning") if pain is None else pain
    now = datetime.now().astimezone()
    with open_history(settings) as history:
        last = _last_session(history, settings.person)
        near = last is not None and now - last.started_at < STILL_THE_NEXT_MORNING
        session_id = last.id if last is not None and near else None
        keep_pain(history, PainAnswer(settings.person, now, PainMoment.MORNING, level, session_id))
        _tell_of(history, settings.person, level, near)


def ask_pain(question: str) -> int:
    """Ask for a number from 0 to 10."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is here to be asked; say --pain 0 to 10", param_hint="--pain")
    while True:
        level = int(typer.prompt(f"{question}, 0 (not at all) to 10", type=int, err=True))
        if 0 <= level <= WORST_PAIN:
            return level
        warn("a whole number from 0 to 10, please")


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


def asked_before(less: str) -> BeforeAnswer:
    """Ask for the pain before a session; where it hurts offer less, where it hurts much ask to stop.

    Parameters
    ----------
    less : the smaller session in words; empty where there is none.
    """
    from repcount.core.pain_advice import Light, before_session

    level = ask_pain("How much does it hurt now, before you start")
    advice = before_session(level)
    tell(advice)
    if advice.light is Light.RED:
        return BeforeAnswer(level, stop=typer.confirm("Stop for today?", default=True, err=True))
    if advice.light is Light.AMBER and less:
        return BeforeAnswer(level, less=typer.confirm(f"Do less: {less}?", default=True, err=True))
    return BeforeAnswer(level)


def keep_after(history: History, person: str, session_id: str) -> None:
    """Ask for the pain after a session, keep it, and say what before and after together mean."""
    from repcount.core.history_records import Filter, PainAnswer, PainMoment
    from repcount.core.pain_advice import NOT_A_DIAGNOSIS, after_session
    from repcount.history.writing import keep_pain

    level = ask_pain("How much does it hurt now, after it")
    now = datetime.now().astimezone()
    keep_pain(history, PainAnswer(person, now, PainMoment.AFTER, level, session_id))
    tell(after_session(history.session(session_id)))
    tell_of_doctor(history.newest(Filter(person=person), _NEWEST))
    say(NOT_A_DIAGNOSIS)


def tell(advice: LoadAdvice) -> None:
    """Say an advice with its source."""
    paragraph(f"{advice.light.name.lower()}: {advice.text} [{advice.source}]")


def tell_of_doctor(newest: Sequence[KeptSession]) -> None:
    """Say so where pain does not settle over several sessions."""
    from repcount.core.pain_advice import over_sessions

    unsettled = over_sessions(newest)
    if unsettled is not None:
        tell(unsettled)


def load_lines(
    history: History, person: str, now: datetime, planned: KeptSession | None = None
) -> Iterator[str]:
    """A line for each exercise whose load rose too fast, or will rise too fast with today's plan."""
    from repcount.core.history_records import Filter
    from repcount.core.pain_advice import LOAD_SOURCE, WEEK_DAYS, rises

    recent = history.sessions(Filter(since=now - timedelta(days=2 * WEEK_DAYS), person=person))
    with_it = ", with what is planned now" if planned is not None else ""
    for rise in rises(recent, now, planned):
        unit = "repetitions" if rise.unit == "reps" else "seconds held"
        yield (
            f"{rise.exercise}: {rise.this_week:.0f} {unit} in the last seven days{with_it}, {rise.share:.0%} "
            f"more than in the seven before ({rise.last_week:.0f}); take it slower [{LOAD_SOURCE}]"
        )


def _last_session(history: History, person: str) -> KeptSession | None:
    from repcount.core.history_records import Filter

    newest = history.newest(Filter(person=person), 1)
    return newest[0] if newest else None


def _tell_of(history: History, person: str, level: int, near: bool) -> None:
    from repcount.core.history_records import Filter
    from repcount.core.pain_advice import NOT_A_DIAGNOSIS, after_session, before_session

    newest = history.newest(Filter(person=person), _NEWEST)
    if not near:
        say("kept; there is no session of the last two days that it could belong to")
    tell(after_session(newest[-1]) if near else before_session(level))
    tell_of_doctor(newest)
    for line in load_lines(history, person, datetime.now().astimezone()):
        paragraph(line)
    say(NOT_A_DIAGNOSIS)
