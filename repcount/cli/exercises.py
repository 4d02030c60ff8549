"""``repcount exercises``: which there are."""

from __future__ import annotations

from repcount.cli.screen import table


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
