"""Scores: a sum of curves, learned or from the spans of an exercise's file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.stick import Course, film, lying_curl, lying_raise, on_toes, pressing, squatting
from repcount.core.records import NAN
from repcount.counting.scoring import MODELS, Curve, Model, model_of, probability, read_model, sides_of
from repcount.exercises import catalog
from repcount.exercises.spec import Exercise
from repcount.features.describe import feature_names
from repcount.session.session import Session

STEPS = Curve((1.0, 2.0), (-1.0, 0.0, 3.0), 0.5)


@pytest.mark.parametrize(("value", "adds"), [(0.0, -1.0), (1.0, 0.0), (1.5, 0.0), (9.0, 3.0), (NAN, 0.5)])
def test_a_curve_adds_what_it_says_of_a_value_and_of_an_unknown_one(value: float, adds: float) -> None:
    assert STEPS.at(value) == adds


def test_a_score_is_the_base_and_what_each_feature_adds() -> None:
    model = Model(-2.0, {"a": STEPS, "b": STEPS})
    features = {"a": 5.0, "b": NAN}
    assert model.terms(features) == {"a": 3.0, "b": 0.5}
    assert model.score(features) == pytest.approx(1.5)


def test_log_odds_are_probabilities_without_overflow() -> None:
    assert probability(0.0) == 0.5
    assert probability(3.0) == pytest.approx(0.953, abs=0.001)
    assert 0.0 < probability(-1e9) < 1e-9 < 1 - 1e-9 < probability(1e9) <= 1.0


@pytest.mark.parametrize("name", catalog.names())
def test_every_built_in_exercise_has_a_model_that_looks_at_known_features(name: str) -> None:
    exercise = catalog.get(name)
    known = feature_names(sides_of(exercise)[0])
    model = model_of(exercise)
    assert model.learned
    assert set(model.names) <= set(known)


@pytest.mark.parametrize("path", sorted(MODELS.glob("*-*.json")), ids=lambda path: path.stem)
def test_a_model_s_file_has_a_value_for_each_side_of_each_edge(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    for row in document["curves"].values():
        assert len(row["values"]) == len(row["edges"]) + 1
        assert row["edges"] == sorted(row["edges"])
    assert read_model(document).base == document["base"]


def without_model(name: str) -> Exercise:
    return catalog.get(name).model_copy(update={"model": None})


@pytest.mark.parametrize(
    ("name", "course", "body"),
    [
        ("wall-squat", Course(), squatting),
        ("straight-leg-raise", Course(rest=2.0, peak=48.0), lying_raise),
        ("calf-raise", Course(rest=0.0, peak=25.0, up_s=0.9, down_s=0.9), on_toes),
        ("leg-press", Course(rest=100.0, peak=12.0), pressing),
        ("hamstring-curl", Course(reps=2, rest=4.0, peak=100.0), lambda deg: lying_curl(deg, deg)),
    ],
)
def test_an_exercise_without_a_model_is_counted_by_its_spans(name: str, course: Course, body: object) -> None:
    session = Session(without_model(name))
    for time_s, seen in film(course, body):  # type: ignore[arg-type]
        session.step(time_s, seen)
    session.finish(time_s)
    assert len(session.summary().repetitions) == course.reps


def test_what_is_far_outside_its_spans_does_not_count_without_a_model() -> None:
    session = Session(without_model("wall-squat"))
    for time_s, seen in film(Course(), lambda deg: lying_curl(deg, deg)):
        session.step(time_s, seen)
    session.finish(time_s)
    assert session.summary().repetitions == ()
