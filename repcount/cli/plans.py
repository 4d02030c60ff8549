"""``repcount plans``: the programmes there are, and what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.screen import heading, say, table

if TYPE_CHECKING:
    from repcount.exercises.spec import Dose

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="One plan, or a file of your own (.toml).")
]


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
