"""Figures that count wrong are made better by films with their numbers, and only then."""

from __future__ import annotations

from typing import Any

import tomlkit

from repcount.learning.document import text_of
from repcount.learning.fitting import LabelledFilm, fit
from tests.unit.learning.lessons import film, peaks
from tests.unit.learning.test_lesson import lesson

FILMS = [LabelledFilm(film(f"bridge-{i}"), len(peaks(f"bridge-{i}"))) for i in (1, 2, 3)]


def _values() -> dict[str, Any]:
    return tomlkit.parse(text_of("Bridge", lesson("bridge"))).unwrap()


def test_right_figures_stay() -> None:
    fitted = fit(_values(), FILMS, "bridge.toml")
    assert fitted.changes == ()
    assert fitted.before == fitted.after == fitted.left_out == tuple(each.reps for each in FILMS)


def test_a_condition_that_is_too_narrow_becomes_wider() -> None:
    values = _values()
    row = next(row for row in values["start"] if row["signal"] == "knee_flexion_deg")
    row["span"] = [row["span"][1] + 2.0, row["span"][1] + 20.0]  # nobody rests there
    fitted = fit(values, FILMS, "bridge.toml")
    assert sum(fitted.before) < sum(each.reps for each in FILMS)
    assert fitted.after == tuple(each.reps for each in FILMS)
    assert "knee_flexion_deg" in fitted.changes[0]
