"""``repcount signals``: what an exercise's file may speak of."""

from __future__ import annotations

from typing import Annotated

import typer

from repcount.cli.screen import paragraph, say, table

Features = Annotated[
    bool,
    typer.Option("--features", help="List the features that a movement is scored by."),
]


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
    from repcount.core.signals import SIGNALS

    table(
        ("signal", "unit", "of", "meaning"),
        [(info.name, info.unit, "each leg" if info.per_leg else "the body", info.doc) for info in SIGNALS],
    )
