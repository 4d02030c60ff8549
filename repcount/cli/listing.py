"""``repcount exercises``, ``plans`` and ``signals``: what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.terminal import heading, paragraph, say, table

if TYPE_CHECKING:
    from repcount.exercises.spec import Dose

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="One plan, or a file of your own (.toml).")
]
Features = Annotated[
    bool,
    typer.Option("--features", help="List the features that a movement is scored by."),
]


def exercises() -> None:
    """List the exercises that can be counted.

    \b
    Example:
      repcount exercises
    """
    from repcount.exercises import catalog

    specs = [catalog.get(name) for name in catalog.names()]
    table(
        ("name", "ranges (* unless told otherwise)", "counts", "what it is"),
        [
            (spec.name, _ranges(spec.presets, spec.default_preset), spec.dose.count.value, spec.summary)
            for spec in specs
        ],
    )


def _ranges(names: object, default: str) -> str:
    return ", ".join(f"{name}*" if name == default else str(name) for name in names)  # type: ignore[attr-defined]


def plans(name: Name = None) -> None:
    """List the plans, or tell what one of them goes through.

    \b
    Examples:
      repcount plans
      repcount plans knee
      repcount plans monday.toml
    """
    from repcount.exercises import plans as shelf

    if name is None:
        found = [shelf.get(each) for each in shelf.names()]
        table(
            ("name", "exercises", "what it is"), [(p.name, str(len(p.exercises)), p.summary) for p in found]
        )
        return
    plan = shelf.get(name)
    heading(f"{plan.title}: {plan.summary}")
    table(
        ("exercise", "sets", "range", "rest"),
        [
            (
                exercise.title,
                _dose(exercise.dose) + (f", {item.side.value} leg" if item.side else ""),
                item.range or exercise.default_preset,
                f"{exercise.dose.rest_s:g} s",
            )
            for item, exercise in shelf.dosed_exercises(name)
        ],
    )
    if plan.source:
        say(f"Source: {plan.source}")


def _dose(dose: Dose) -> str:
    legs = ", each leg" if dose.each_leg else ""
    if dose.count.value == "holds":
        return f"{dose.sets} x {dose.holds} holds of {dose.hold_s:g} s{legs}"
    return f"{dose.sets} x {dose.reps}{legs}"


def signals(features: Features = False) -> None:
    """List the signals that an exercise file may use, with unit and meaning.

    \b
    Examples:
      repcount signals
      repcount signals --features
    """
    if features:
        from repcount.features.describe import MEASURES
        from repcount.features.wording import listed

        table(("feature", "unit", "meaning"), listed())
        say()
        for name, meaning in MEASURES.items():
            paragraph(f"{name}: {meaning}")
        paragraph("active is the leg that moves, or both of them; other is the other leg")
        paragraph("a margin is 10°, or 0.1 where the signal is no angle; three are as far as outside can be")
        return
    from repcount.core.signal_names import SIGNALS

    table(
        ("signal", "unit", "of", "meaning"),
        [(info.name, info.unit, "each leg" if info.per_leg else "the body", info.doc) for info in SIGNALS],
    )
