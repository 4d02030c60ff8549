"""The file of a learned exercise: what stands in it, and what its name may be."""

from __future__ import annotations

import pytest
import tomlkit

from bench.recording import RECORDINGS, read
from repcount.core.errors import SettingError
from repcount.core.input_files import read_toml
from repcount.exercises import catalog
from repcount.learning.document import changed_text, name_of, text_of
from repcount.learning.film import CAMERA, Film, watch
from repcount.learning.lesson import learn
from tests.unit.learning.lessons import film
from tests.unit.learning.test_lesson import lesson


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Glute bridge", "glute-bridge"),
        ("Brücke", "brucke"),
        ("30-s Stuhl!", "s-stuhl"),
        ("Fuß hoch", "fuss-hoch"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert name_of(title) == name


@pytest.mark.parametrize("title", ["", "123", "桥", "auto"])
def test_a_title_without_a_name_is_refused(title: str) -> None:
    with pytest.raises(SettingError, match="--name"):
        name_of(title)


def test_what_was_shown_to_the_camera_is_said_so() -> None:
    shown = learn("bridge", [Film(CAMERA, film("learn-bridge").moments)], [6], ())
    assert shown is not None
    exercise = catalog.parse(tomlkit.parse(text_of("Bridge", shown)).unwrap(), "bridge")
    assert exercise.source == "learned from camera, 6 repetitions, side view"
    assert exercise.summary == "Bridge, shown to the camera."


def test_the_camera_stands_where_the_film_was_taken() -> None:
    found = read(RECORDINGS / "test" / "ws-08.npz")
    shown = watch("ws-08", zip(found.time_s.tolist(), found.poses(), strict=True))
    learned = learn("squat", [shown], [len(found.truth["reps"])], ())
    assert learned is not None
    exercise = catalog.parse(tomlkit.parse(text_of("Squat", learned)).unwrap(), "squat")
    assert exercise.views == ((33.0, 73.0),)
    assert exercise.camera.startswith("Halfway between front and side")
    assert exercise.source.endswith("oblique view")


def test_the_file_is_an_exercise_of_ones_own(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bridge.toml"
    path.write_text(text_of('Glute "bridge"', lesson("bridge")), encoding="utf-8")
    exercise = catalog.load(path)
    drive = lesson("bridge").drive
    way = drive.top_deg - drive.rest_deg
    assert exercise.title == 'Glute "bridge"'
    assert exercise.source == "learned from learn-bridge.npz, 6 repetitions, side view"
    targets = {name: preset.target_deg for name, preset in exercise.presets.items()}
    assert targets == {
        name: round(drive.rest_deg + share * way)
        for name, share in {"gentle": 0.6, "standard": 0.8, "full": 1.0}.items()
    }
    assert [rule.code for rule in exercise.rules] == ["too_fast", "too_small"]
    assert exercise.place is not None
    assert exercise.place.posture.value == "supine"


def test_other_figures_leave_the_comments_as_they_are(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bridge.toml"
    text = text_of("Bridge", lesson("bridge"))
    path.write_text(text, encoding="utf-8")
    before = read_toml(path)
    after = {**before, "require": before["require"][1:], "drive": {**before["drive"], "rest": [-30.0, 40.0]}}
    changed = changed_text(text, before, after)
    path.write_text(changed, encoding="utf-8")
    assert read_toml(path) == {key: value for key, value in after.items() if value != []}
    assert changed.count("#") == text.count("#") - 1
