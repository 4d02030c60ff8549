"""What every part of the overlay paints with: the grid, the font and the grounds of one picture size."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.sinks.layout import Layout
from repcount.sinks.panel import Panels
from repcount.sinks.text import Font


@dataclass(frozen=True, eq=False)
class Brush:
    """Tools that keep what they have rendered before."""

    layout: Layout
    font: Font
    panels: Panels

    @classmethod
    def of(cls, size_px: tuple[int, int], scale: float = 1.0) -> Brush:
        """Tools for pictures of that size; a ``scale`` above 1 makes all that is painted larger."""
        return cls(Layout(size_px, scale), Font(), Panels())
