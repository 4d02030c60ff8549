"""``repcount signals``: what an exercise's file may speak of."""

from __future__ import annotations

from repcount.cli.screen import table


def signals() -> None:
    """List the signals that an exercise file may use, with unit and meaning.

    \b
    Example:
      repcount signals
    """
    from repcount.core.signals import SIGNALS

    table(
        ("signal", "unit", "of", "meaning"),
        [(info.name, info.unit, "each leg" if info.per_leg else "the body", info.doc) for info in SIGNALS],
    )
