"""Which angles are shown: of a half hidden leg the network has only a guess, drawn after the other leg.

Where it does the same as the other leg the guess is as good as what is seen, 3 to 4 degrees off; where it
does not, it is 12 to 57 degrees off (on the parts build and drawn of the benchmark), and is not shown.
"""

from __future__ import annotations

from repcount.core.model import NAN, LegAngles
from repcount.core.signals import LegSignals

VISIBLE = 0.05  # a leg less visible than this is not seen at all
HALF_HIDDEN = 0.65  # visibility; derived from the errors of the figure's far leg
WORSE_SHARE = 0.85  # a leg with less than this share of the other's visibility is the worse seen one
AGREES_DEG = 15.0


def shown(leg: LegSignals, other: LegSignals) -> LegAngles:
    """The angles of a leg that are fit to be shown; NaN where they are not."""
    if not leg.visibility >= VISIBLE:
        return LegAngles()
    knee_deg = NAN if _is_guess(leg, other) else leg.knee_flexion_deg
    return LegAngles(knee_deg, leg.hip_flexion_deg)


def _is_guess(leg: LegSignals, other: LegSignals) -> bool:
    hidden = leg.visibility < HALF_HIDDEN and leg.visibility < WORSE_SHARE * other.visibility
    return hidden and not abs(leg.knee_flexion_deg - other.knee_flexion_deg) <= AGREES_DEG
