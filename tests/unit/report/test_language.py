"""A report in a language has no word of another one, its advice and where that comes from included."""

from __future__ import annotations

import re
from html import unescape

import pytest

from repcount.core.records import Side
from repcount.exercises import languages
from repcount.report.page import report, session_report
from repcount.report.session_view import SessionMaterial
from repcount.report.words import Words
from tests.unit.report.test_report import NOW, raises, session
from tests.words import foreign

GERMAN = languages.load("de")
WORKS = "Woher die Regeln kommen"
"""The heading of the list of works, which keep their own names."""
NAMES = {"anna", "mär"}


def shown(page: str) -> str:
    """What is read of a page, up to the list of works."""
    body = page.partition("<body>")[2].partition(WORKS)[0]
    return unescape(re.sub(r"<[^>]*>", " ", body))


@pytest.mark.parametrize("pain", [1, 4, 7])
def test_a_report_in_german_holds_no_english_word(pain: int) -> None:
    few, many = raises(Side.LEFT, 30, 8), raises(Side.LEFT, 40, 16, fault="knee_bends")
    found = [session(day, few if day < 7 else many, after=pain) for day in (0, 3, 7, 10)]
    page = shown(report(found, [SessionMaterial(each) for each in found], "anna", NOW, Words(GERMAN)))
    assert "Quelle: Faustregel vom Laufen" in page
    assert "Quelle: Ampel 0-3" in page or "Quelle: drei Sitzungen" in page
    assert foreign(page, "de", NAMES) == []
    one = shown(session_report(SessionMaterial(found[-1]), NOW, Words(GERMAN)))
    assert foreign(one, "de", NAMES) == []
