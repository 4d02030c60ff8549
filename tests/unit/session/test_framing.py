"""What keeps a session from being judged is told, in a set and at its end."""

from __future__ import annotations

import pytest

from bench.stick import squatting
from repcount.core.guide import Command, Stage, Surroundings
from repcount.core.records import Pose
from repcount.exercises import languages
from repcount.form.form_checker import JUDGED_PER_S
from repcount.session.guided.framing import FINE, WINDOW_S, ConditionWatch
from repcount.session.guided.trainer import Trainer, TrainerOptions
from tests.unit.session.test_trainer import block, pose

LIGHT, DARK = Surroundings(brightness=0.5), Surroundings(brightness=0.05)
HERE = pose(squatting(4.0))


def watched(per_s: float, seconds: float, seen: Pose | None, around: Surroundings) -> ConditionWatch:
    watch = ConditionWatch()
    for number in range(round(per_s * seconds)):
        watch.update(number / per_s, seen, around)
    return watch


@pytest.mark.parametrize(
    ("per_s", "seen", "around", "reason"),
    [
        (15.0, HERE, LIGHT, ""),
        (2.0, HERE, LIGHT, "few_pictures"),
        (15.0, HERE, DARK, "more_light"),
        (15.0, None, LIGHT, "lost"),
    ],
)
def test_the_likeliest_reason_is_what_lasted(
    per_s: float, seen: Pose | None, around: Surroundings, reason: str
) -> None:
    assert watched(per_s, 12.0, seen, around).reason == reason


def test_a_short_spell_is_no_reason() -> None:
    watch = watched(15.0, 10.0, HERE, LIGHT)
    for number in range(30):
        watch.update(10.0 + number / 15, None, LIGHT)
    assert watch.reason == ""


def test_as_many_pictures_as_are_needed_are_enough() -> None:
    watch = ConditionWatch()
    told = [
        watch.update(number / (1.2 * JUDGED_PER_S), HERE, LIGHT)
        for number in range(round(4 * WINDOW_S * JUDGED_PER_S))
    ]
    assert set(told) == {FINE}


def test_too_few_pictures_are_told_in_the_set_and_at_the_end() -> None:
    trainer = Trainer([block()])
    trainer.apply(Command.END_SET)  # on with it, as it is
    for number in range(20):
        last = trainer.step(number / 2, HERE, LIGHT)
    assert last.guide is not None
    assert (last.guide.stage, last.guide.code) == (Stage.SET, "few_pictures")
    trainer.apply(Command.QUIT)
    ended = trainer.step(10.0, HERE, LIGHT)
    assert ended.guide is not None
    assert ended.guide.unjudged == "few_pictures"


def test_what_is_told_is_told_in_the_language_of_the_session() -> None:
    phrases = languages.load("de").words
    trainer = Trainer([block()], TrainerOptions(phrases=phrases))
    trainer.apply(Command.END_SET)  # on with it, as it is
    for number in range(20):
        last = trainer.step(number / 2, HERE, LIGHT)
    assert last.guide is not None
    assert last.guide.instruction == phrases.say("framing.few_pictures")
