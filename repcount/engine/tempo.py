"""The tempo of a set: which part of the beat it is, and where the body should be."""

from __future__ import annotations

from repcount.core.errors import SettingError
from repcount.core.guide import Beat, Part, Tempo


def tempo_of(text: str) -> Tempo:
    """Read ``2-1-2``: seconds up, held, down, and if there is a fourth, waited.

    Raises
    ------
    SettingError
        It is no tempo.
    """
    try:
        parts = [float(part) for part in text.split("-")]
    except ValueError:
        parts = []
    if len(parts) not in (3, 4) or not all(0 <= part <= 30 for part in parts) or not (parts[0] and parts[2]):
        raise SettingError(f"--tempo {text}: say seconds up-held-down, such as 2-1-2 or 1.5-0-2-1")
    return Tempo(*parts)


def beat_at(tempo: Tempo, since_s: float) -> Beat:
    """Where the tempo is ``since_s`` seconds after the set began."""
    number, left_s = divmod(max(0.0, since_s), tempo.whole_s)
    spans = (
        (Part.UP, tempo.up_s),
        (Part.HOLD, tempo.hold_s),
        (Part.DOWN, tempo.down_s),
        (Part.WAIT, tempo.wait_s),
    )
    for part, span_s in spans:
        if left_s < span_s:
            return Beat(int(number) + 1, part, left_s / span_s, _level(part, left_s / span_s))
        left_s -= span_s
    return Beat(int(number) + 2, Part.UP, 0.0, 0.0)


def _level(part: Part, share: float) -> float:
    return {Part.UP: share, Part.HOLD: 1.0, Part.DOWN: 1.0 - share, Part.WAIT: 0.0}[part]
