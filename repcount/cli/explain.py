"""``repcount explain``: an exercise in words: how, camera, dose, what counts; and the rules of safety."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.analyze_options import LanguageOption
from repcount.cli.explain_details import details, source_text, span_text
from repcount.cli.terminal import exercise_names, heading, listed_exercises, paragraph, say

if TYPE_CHECKING:
    from repcount.core.phrases import Phrases
    from repcount.exercises.spec import Exercise


NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="The exercise.", autocompletion=exercise_names, show_default=False),
]
FileOption = Annotated[
    Path | None, typer.Option("--exercise-file", metavar="FILE", help="An exercise of your own.")
]
Details = Annotated[
    bool, typer.Option("--details", help="Every figure with its source, and what tells it from the rest.")
]

SAFETY = "safety"
"""In place of an exercise's name: the rules of pain and load."""


def explain(
    name: NameArgument = None,
    exercise_file: FileOption = None,
    show_details: Details = False,
    language: LanguageOption = None,
) -> None:
    """Tell how an exercise is done, where the camera stands, how much of it, and what counts.

    \b
    Examples:
      repcount explain wall-squat
      repcount explain wall-squat --details
      repcount explain safety
      repcount explain --exercise-file my_exercise.toml
    """
    from repcount import config
    from repcount.exercises import languages

    words = languages.load(config.load({"language": language}).settings.language)
    if name == SAFETY and exercise_file is None:
        explain_safety(words.words)
        return
    if name is None and exercise_file is None:
        raise typer.BadParameter(f"say which one: {', '.join(listed_exercises())}", param_hint="NAME")
    from repcount.pipeline.assemble import choose_exercise

    exercise = languages.in_language(choose_exercise(name, exercise_file), words)
    heading(f"{exercise.title} ({exercise.name})")
    paragraph(exercise.summary)
    tell = details if show_details else _sections
    for title, lines in tell(exercise, words.words):
        if show_details:
            say()
        heading(words.say(title))
        for line in lines:
            paragraph(line, indent="  ")
    if not show_details:
        paragraph(words.say("explain.more"))


def _sections(exercise: Exercise, phrases: Phrases) -> Iterator[tuple[str, list[str]]]:
    """What a person needs to know, in a screen."""
    yield "explain.how", [f"{number}. {step}" for number, step in enumerate(exercise.how, 1)]
    yield "explain.camera", [exercise.camera]
    yield "explain.dose", [" ".join(_dose(exercise, phrases))]
    yield "explain.counts", [" ".join(_counting(exercise, phrases))]
    yield "explain.watched", list(_watched(exercise, phrases))


def _dose(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    from repcount.core.records import CountBy

    dose, tempo, say_it = exercise.dose, exercise.tempo, phrases.say
    by_holds = dose.count is CountBy.HOLDS
    sets, reps = phrases.count("count.set", dose.sets), phrases.count("count.repetition", dose.reps)
    holds = phrases.count("count.hold", dose.holds)
    held = say_it("explain.held", holds=holds, seconds=f"{dose.hold_s:g}")
    key = "explain.sets" if dose.sets > 1 or dose.each_leg or by_holds else "explain.one_set"
    yield say_it(key, sets=sets, work=held if by_holds else reps, rest=f"{dose.rest_s:g}")
    if dose.each_leg:
        yield say_it("explain.each_leg")
    if ("reps" if by_holds else "holds") in dose.model_fields_set:  # never what the author did not write
        yield say_it("explain.or", work=reps if by_holds else held)
    ways = exercise.named_ways(phrases)
    out, back = span_text(tempo.up_s, phrases), span_text(tempo.down_s, phrases)
    yield say_it("explain.pace", out=out, out_way=ways.out, back=back, back_way=ways.back)


def _counting(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    """From where to where, the ranges that can be asked for, and what is too little."""
    short, ways = exercise.short, exercise.named_ways(phrases)
    asked = [
        phrases.say(
            "explain.by_default" if name == exercise.default_preset else "explain.range",
            name=name,
            deg=f"{preset.target_rom_deg or preset.target_deg:g}°",
        )
        for name, preset in exercise.presets.items()
    ]
    key = "explain.to_peak" if exercise.drive.count_at.value == "peak" else "explain.to"
    if short.below_target_deg is None:
        share = f"{100 * (short.own_best_share or 0):.0f}"
        yield phrases.say(f"{key}_best", out=ways.out, back=ways.back)
        yield phrases.say("explain.own_best", percent=share)
        return
    yield phrases.say(key, out=ways.out, back=ways.back, ranges=", ".join(asked))
    yield phrases.say("explain.margin", deg=f"{short.below_target_deg:g}°")


def _watched(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    unseen = [rule.name for rule in exercise.faults if not rule.judged]
    yield ", ".join(name for name in exercise.fault_names.values() if name not in unseen) + "."
    if unseen:
        yield phrases.say("explain.unwatched", faults=", ".join(unseen))


def explain_safety(phrases: Phrases) -> None:
    """Tell the rules of pain and load with their sources."""
    from repcount.core import pain_advice as advice

    heading(phrases.say("safety.title"))
    say()
    rules = (
        ("green", advice.GREEN_SOURCE),
        ("amber", advice.LESS_SOURCE),
        ("red", advice.HALF_SOURCE),
        ("morning", advice.KNEE_SOURCE),
        ("unsettled", advice.DOCTOR_SOURCE),
        ("load", advice.LOAD_SOURCE),
        ("next", advice.NEXT_SOURCE),
    )
    flags = (
        ("cyst", advice.CYST_SOURCE),
        ("gives_way", advice.KNEE_FLAG_SOURCE),
        ("hot", advice.KNEE_FLAG_SOURCE),
        ("swelled", advice.INJURY_FLAG_SOURCE),
        ("calf", advice.CYST_SOURCE),
        ("night", advice.NIGHT_FLAG_SOURCE),
    )
    for key, source in rules:
        _rule(key, source, phrases)
    say()
    heading(phrases.say("safety.doctor"))
    say()
    for key, source in flags:
        _rule(key, source, phrases)
    say()
    paragraph(phrases.say("safety.in_doubt"))


def _rule(key: str, source: str, phrases: Phrases) -> None:
    from repcount.core.pain_advice import UNSETTLED_SESSIONS

    text = phrases.say(f"safety.{key}", sessions=UNSETTLED_SESSIONS)
    paragraph(f"- {text}{source_text(source, phrases)}")
