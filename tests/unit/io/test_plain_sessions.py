"""A session that was kept, in words: how far is told as ``analyze`` told it, where a range was asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from repcount.exercises import languages
from repcount.io.plain_sessions import session_parts, words_of_history
from tests.keeping import a_session, a_set
from tests.unit.overlay.snapshots import fault, rep


def told(language: str, exercise: str, **settings: str) -> list[str]:
    far = rep(1, peak_deg=94.0, rom_deg=83.0, faults=(fault("deeper_than_asked", worst=94.0),))
    kept = replace(
        a_set(exercise=exercise), repetitions=(far,), faults={"deeper_than_asked": 1}, rom_deg_median=83.0
    )
    session = replace(a_session(), sets=(kept,), settings=settings)
    words = words_of_history(languages.load(language))
    return [line.replace("\u00a0", " ") for _, lines in session_parts(session, words) for line in lines]


@pytest.mark.parametrize(
    ("language", "deep", "far"),
    [
        ("en", "94° deep (asked 40°) · 83° of range", "deeper than asked (94° of 40°)"),
        ("de", "94° tief (verlangt 40°) · 83° Weg", "tiefer als verlangt (94° von 40°)"),
    ],
)
def test_a_range_that_was_asked_for_is_told_beside_what_was_done(language: str, deep: str, far: str) -> None:
    lines = told(language, "wall-squat", range="gentle")
    assert deep in lines[0]
    assert any(far in line for line in lines)


def test_where_nobody_asked_for_a_range_none_is_told() -> None:
    for lines in (told("en", "wall-squat"), told("en", "calf-raise", range="standard")):
        assert "83° of range" in lines[0]
        assert not any("(asked" in line or " of 40°" in line for line in lines)


@pytest.mark.parametrize(
    ("settings", "deep"),
    [
        ({"range": "full", "limit": "knee=50"}, "94° deep (asked 50°)"),
        ({"range": "gentle", "limit": "knee=50 hip=80"}, "94° deep (asked 40°)"),
        ({"limit": "knee=50"}, "94° deep (usual 50°)"),
    ],
)
def test_a_limit_that_made_the_range_smaller_is_told(settings: dict[str, str], deep: str) -> None:
    assert deep in told("en", "wall-squat", **settings)[0]


@pytest.mark.parametrize("limit", ["hip=80", "knee=120", "knee=1"])
def test_a_limit_that_leaves_the_range_as_it_is_tells_none(limit: str) -> None:
    assert "deep" not in told("en", "wall-squat", limit=limit)[0]
