"""Colours by name, as linear red, green and blue 0..1."""

from __future__ import annotations

from typing import Final

from repcount.core.errors import SettingError
from tools.figure.scene import Colour

COLOURS: Final[dict[str, tuple[float, float, float]]] = {
    "fair": (0.86, 0.66, 0.55),
    "light": (0.78, 0.56, 0.44),
    "tan": (0.62, 0.41, 0.29),
    "brown": (0.40, 0.25, 0.17),
    "dark": (0.20, 0.12, 0.085),
    "black": (0.035, 0.03, 0.03),
    "dark brown": (0.13, 0.08, 0.05),
    "chestnut": (0.27, 0.14, 0.07),
    "blond": (0.62, 0.46, 0.24),
    "red": (0.55, 0.13, 0.11),
    "ginger": (0.50, 0.22, 0.08),
    "grey": (0.45, 0.45, 0.46),
    "white": (0.86, 0.86, 0.85),
    "blue": (0.16, 0.30, 0.52),
    "navy": (0.07, 0.10, 0.22),
    "teal": (0.10, 0.40, 0.42),
    "green": (0.18, 0.40, 0.20),
    "olive": (0.30, 0.32, 0.16),
    "wine": (0.38, 0.09, 0.16),
    "rose": (0.70, 0.38, 0.42),
    "orange": (0.78, 0.36, 0.10),
    "yellow": (0.80, 0.66, 0.20),
    "purple": (0.34, 0.20, 0.46),
    "sand": (0.62, 0.54, 0.40),
    "charcoal": (0.13, 0.13, 0.15),
    "slate": (0.20, 0.22, 0.26),
    "cream": (0.80, 0.75, 0.64),
    "stone": (0.60, 0.58, 0.54),
    "mint": (0.58, 0.72, 0.64),
    "sky": (0.56, 0.68, 0.78),
    "oak": (0.52, 0.36, 0.22),
    "walnut": (0.30, 0.19, 0.12),
}


def rgb(colour: Colour) -> tuple[float, float, float]:
    """A colour's red, green and blue.

    Raises
    ------
    SettingError
        There is no colour of that name.
    """
    if not isinstance(colour, str):
        return colour
    if colour not in COLOURS:
        raise SettingError(
            f"there is no colour {colour}; choose one of {', '.join(sorted(COLOURS))}, or r, g, b"
        )
    return COLOURS[colour]
