"""Scenes for the tests of the figure, small enough to be quick."""

from tools.figure.faults import FAULTS
from tools.figure.scene import Scene, parse_scene

SIDE = {"straight-leg-raise": "left"}


def scene(exercise: str, **more: object) -> Scene:
    """A scene of one exercise; a plain motion of two repetitions unless told otherwise."""
    values = {"exercise": exercise, "side": SIDE.get(exercise, "both"), "size": [160, 120], "fps": 10.0}
    return parse_scene({**values, "motion": {"reps": 2, "hold_s": 1.0, "jitter": 0.0}, **more}, exercise)


ALL_FAULTS = [(exercise, code) for exercise, codes in FAULTS.items() for code in codes]
