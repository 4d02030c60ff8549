"""The words of a report in a language: phrases, numbers and days as that language writes them."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import NamedTuple

from repcount.core.records import Side
from repcount.exercises import languages
from repcount.exercises.languages import Language

NOTHING = "–"  # noqa: RUF001  a dash says that there is no figure


class Sentence(NamedTuple):
    """Something to read, and where a piece of advice in it comes from; empty where it is no advice."""

    text: str
    source: str = ""


class Words:
    """What a report says, in one language; English unless told otherwise.

    Attributes
    ----------
    language : whose phrases these are.
    """

    def __init__(self, language: Language | None = None) -> None:
        self.language = language or languages.load()
        self._months = self.say("months").split()
        self._weekdays = self.say("weekdays").split()

    def say(self, key: str, **values: object) -> str:
        """The phrase of the report of that key, filled in."""
        return self.language.say(f"report_{key}", **values)

    def number(self, value: float, digits: int = 0, unit: str = "") -> str:
        """A number with its unit; a dash where it is unknown."""
        if not math.isfinite(value):
            return NOTHING
        return f"{value:.{digits}f}{unit}".replace(".", self.say("decimal_mark"))

    def count(self, noun: str, number: int) -> str:
        """So many of something: ``1 set``, ``2 sets``."""
        return self.say(f"{noun}_one") if number == 1 else self.say(f"{noun}_many", n=number)

    def day(self, day: date) -> str:
        """A day without its year."""
        return self.say("day", day=day.day, month=self._months[day.month - 1])

    def short_day(self, day: date) -> str:
        """A day below a chart or in a table."""
        return self.say("short_day", day=day.day, month=self._months[day.month - 1][:3], number=day.month)

    def month(self, day: date) -> str:
        """A month with its year."""
        return f"{self._months[day.month - 1][:3]} {day.year}"

    def moment(self, at: datetime) -> str:
        """A day with its weekday, year and the time of day."""
        return f"{self._weekdays[at.weekday()]}, {self.day(at)} {at.year}, {at:%H:%M}"

    def side(self, side: Side) -> str:
        """Which leg it was."""
        return self.say(f"side_{side.value}")

    def leg(self, side: Side) -> str:
        """Which leg it was, after a comma; nothing where both were."""
        return "" if side is Side.BOTH else f", {self.say(f'leg_{side.value}')}"

    def pain(self, moment: str) -> str:
        """When pain was asked for: ``before``, ``after``, ``morning``."""
        return self.say("pain_after_session" if moment == "after" else f"pain_{moment}")
