"""``repcount exercises``, ``plans`` and ``signals``: what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.analyze_options import LanguageOption
from repcount.cli.terminal import heading, paragraph, say, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repcount.core.phrases import Phrases
    from repcount.core.records import Side
    from repcount.exercises.languages import Language
    from repcount.exercises.spec import Dose

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="One plan, or a file of your own (.toml).")
]
Features = Annotated[
    bool,
    typer.Option("--features", help="List the features that a movement is scored by."),
]


def exercises(language: LanguageOption = None) -> None:
    """List the exercises that can be counted, and where those of your own are.

    \b
    Example:
      repcount exercises
    """
    from repcount.exercises import languages, own_exercises

    words = chosen_language(language)
    specs = [languages.in_language(each, words) for each in own_exercises.every()]
    table(
        [words.say(f"listing.{key}") for key in ("name", "ranges", "counts", "about")],
        [
            (
                spec.name,
                _ranges(spec.presets, spec.default_preset),
                words.say(f"explain.{spec.dose.count.value}"),
                spec.summary,
            )
            for spec in specs
        ],
    )
    own = own_exercises.files()
    for name, path in own.items():
        say(f"{name}: {path}")


def chosen_language(code: str | None) -> Language:
    """The language asked for, or that of the settings."""
    from repcount import config
    from repcount.exercises import languages

    return languages.load(config.load({"language": code}).settings.language)


def _ranges(names: object, default: str) -> str:
    return ", ".join(f"{name}*" if name == default else str(name) for name in names)  # type: ignore[attr-defined]


def plans(name: Name = None, language: LanguageOption = None) -> None:
    """List the plans, or tell what one of them goes through.

    \b
    Examples:
      repcount plans
      repcount plans knee
      repcount plans monday.toml
    """
    from repcount.exercises import languages
    from repcount.exercises import plans as shelf

    words = chosen_language(language)
    if name is None:
        found = [words.plan(shelf.get(each)) for each in shelf.names()]
        table(
            [words.say(f"listing.{key}") for key in ("name", "exercises", "about")],
            [(p.name, str(len(p.exercises)), p.summary) for p in found],
        )
        return
    plan = words.plan(shelf.get(name))
    heading(f"{plan.title}: {plan.summary}")
    table(
        [words.say(f"listing.{key}") for key in ("exercise", "sets", "range", "rest")],
        [
            (
                languages.in_language(exercise, words).title,
                ", ".join(_dose(exercise.dose, item.side, words.words)),
                item.range or exercise.default_preset,
                f"{exercise.dose.rest_s:g} s",
            )
            for item, exercise in shelf.dosed_exercises(name)
        ],
    )
    if plan.source:
        paragraph(words.say("listing.source", source=words.words.source(plan.source)))


def _dose(dose: Dose, side: Side | None, phrases: Phrases) -> Iterator[str]:
    if dose.count.value == "holds":
        holds, seconds = phrases.count("count.hold", dose.holds), f"{dose.hold_s:g}"
        yield phrases.say("listing.holds", sets=dose.sets, holds=holds, seconds=seconds)
    else:
        yield phrases.say("listing.reps", sets=dose.sets, reps=dose.reps)
    if dose.each_leg:
        yield phrases.say("listing.each_leg")
    if side is not None:
        yield phrases.say(f"leg.{side.value}")


def signals(features: Features = False, language: LanguageOption = None) -> None:
    """List the signals that an exercise file may use, with unit and meaning.

    \b
    Examples:
      repcount signals
      repcount signals --features
    """
    from repcount.core.signal_names import SIGNALS
    from repcount.features.wording import unit_text

    words = chosen_language(language).words
    if features:
        _features(words)
        return
    whose = {True: words.say("listing.each_leg"), False: words.say("listing.the_body")}
    table(
        [words.say(f"listing.{key}") for key in ("signal", "unit", "whose", "meaning")],
        [
            (info.name, unit_text(info.unit, words), whose[info.per_leg], words.meaning(info.doc))
            for info in SIGNALS
        ],
    )


def _features(words: Phrases) -> None:
    from repcount.features.describe import MEASURES
    from repcount.features.wording import feature_rows

    table([words.say(f"listing.{key}") for key in ("feature", "unit", "meaning")], feature_rows(words))
    say()
    for name, meaning in MEASURES.items():
        paragraph(words.say("listing.measure", name=name, meaning=words.meaning(meaning)))
    paragraph(words.say("listing.active"))
    paragraph(words.say("listing.margin"))
