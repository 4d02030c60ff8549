"""Who is filmed, where and by which camera: one pool for each part of the benchmark.

No body, room or camera stands in two of them, so that what is tuned on the one is shown on the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Values = dict[str, object]
DRAWN: Final = "drawn"
FRESH: Final = "fresh"
LATE: Final = "late"
MOTION: Final = "motion"
LIFELIKE: Final = "lifelike"
TAUGHT: Final = "taught"
PARTS: Final = ("build", DRAWN, "test", FRESH, LATE)
"""Learned from are the first two; those after ``test`` and ``drawn`` are drawn by lot (``bench/lots.py``)."""
SEALED: Final = (FRESH, LATE)
"""Judged only when asked for by name, in totals only, and each look is written down."""
ASIDE: Final = (MOTION, LIFELIKE, TAUGHT)
"""Parts that are measured only when they are asked for by name: their people, rooms and cameras are drawn
from no pool (``filming/lifelike.py``). The first two are learned from. ``taught`` is of exercises that are
none of the five: it shows whether one can be learned from a single film (``filming/taught.py``)."""


@dataclass(frozen=True)
class Pool:
    """What the scenes of one part are drawn from.

    Attributes
    ----------
    bodies, rooms, lights, strangers : tables as a scene file has them.
    cameras : lens, tilt and roll; ``height`` is a share of the posture's usual camera height.
    word : what the seeds of the scenes are made of, beside their names.
    """

    word: str
    bodies: tuple[Values, ...]
    rooms: tuple[Values, ...]
    cameras: tuple[Values, ...]
    lights: tuple[Values, ...]
    strangers: tuple[Values, ...]


def _body(height_m: float, build: str, sex: str, look: str) -> Values:
    """A body; ``look``: skin, hair, its style, shirt, bottoms, shoes, clothes, sleeves, length of leg."""
    skin, hair, style, shirt, bottoms, shoes, clothes, sleeves, legs = look.split("/")
    return {
        "height_m": height_m,
        "build": build,
        "sex": sex,
        "legs": float(legs),
        "skin": skin,
        "hair": hair,
        "hair_style": style,
        "shirt": shirt,
        "bottoms": bottoms,
        "shoes": shoes,
        "clothes": clothes,
        "sleeves": sleeves,
    }


BUILD: Final = Pool(
    word="build",
    bodies=(
        _body(1.58, "slim", "female", "fair/blond/bun/teal/charcoal/white/leggings/none/1.0"),
        _body(1.66, "average", "female", "light/chestnut/long/rose/navy/slate/leggings/short/1.03"),
        _body(1.72, "heavy", "male", "light/grey/short/navy/sand/charcoal/trousers/short/0.97"),
        _body(1.76, "average", "male", "light/dark brown/short/blue/charcoal/slate/shorts/short/1.0"),
        _body(1.81, "sturdy", "male", "tan/black/short/white/slate/red/shorts/short/0.98"),
        _body(1.86, "slim", "male", "brown/black/short/yellow/black/white/trousers/long/1.04"),
        _body(1.69, "sturdy", "female", "dark/black/bun/wine/grey/orange/leggings/short/1.0"),
        _body(1.61, "heavy", "female", "fair/grey/short/olive/charcoal/blue/trousers/long/0.96"),
    ),
    rooms=(
        {"name": "living"},
        {"name": "clinic"},
        {"name": "gym"},
        {"name": "bedroom"},
        {"name": "living", "wall": "sky", "floor": "slate", "mat": "orange"},
        {"name": "clinic", "wall": "mint", "floor": "walnut", "mat": "purple"},
    ),
    cameras=(
        {"lens_deg": 49.0, "height": 1.0},
        {"lens_deg": 60.0, "height": 0.7},
        {"lens_deg": 66.0, "height": 1.2, "tilt_deg": -2.0},
        {"lens_deg": 42.0, "height": 0.9, "roll_deg": 2.0},
        {"lens_deg": 55.0, "height": 1.1, "roll_deg": -3.0, "tilt_deg": 2.0},
    ),
    lights=({"kind": "bright"}, {"kind": "bright", "strength": 1.15}, {"kind": "dim"}, {"kind": "behind"}),
    strangers=(
        {"height_m": 1.78, "shirt": "green", "bottoms": "sand", "hair": "black", "skin": "tan"},
        {"height_m": 1.64, "sex": "female", "shirt": "white", "bottoms": "navy", "hair": "ginger"},
    ),
)

TEST: Final = Pool(
    word="test",
    bodies=(
        _body(1.55, "average", "female", "tan/black/long/purple/black/white/leggings/short/0.98"),
        _body(1.63, "slim", "female", "light/ginger/bun/green/slate/teal/shorts/none/1.02"),
        _body(1.67, "heavy", "male", "brown/black/bald/stone/navy/black/shorts/short/0.97"),
        _body(1.70, "sturdy", "male", "fair/ginger/short/charcoal/olive/grey/trousers/short/1.0"),
        _body(1.74, "slim", "male", "light/blond/short/red/grey/navy/shorts/none/1.05"),
        _body(1.79, "average", "male", "dark/black/short/orange/charcoal/white/shorts/short/1.02"),
        _body(1.84, "heavy", "male", "light/dark brown/bald/teal/black/slate/trousers/long/0.99"),
        _body(1.90, "average", "male", "tan/chestnut/short/white/blue/black/trousers/short/1.0"),
        _body(1.60, "sturdy", "female", "fair/grey/short/sky/wine/white/leggings/long/0.95"),
    ),
    rooms=(
        {"name": "office"},
        {"name": "kitchen"},
        {"name": "garage"},
        {"name": "bare"},
        {"name": "office", "wall": "cream", "floor": "stone", "mat": "wine"},
        {"name": "bare", "wall": "sand", "floor": "oak", "mat": "slate"},
        {"name": "kitchen", "wall": "rose", "floor": "charcoal", "mat": "teal"},
    ),
    cameras=(
        {"lens_deg": 51.0, "height": 0.95},
        {"lens_deg": 63.0, "height": 0.75},
        {"lens_deg": 70.0, "height": 1.25, "tilt_deg": -3.0},
        {"lens_deg": 45.0, "height": 1.05, "roll_deg": -2.0},
        {"lens_deg": 57.0, "height": 0.85, "roll_deg": 3.0, "tilt_deg": 1.5},
        {"lens_deg": 38.0, "height": 1.15},
    ),
    lights=(
        {"kind": "bright", "strength": 0.95},
        {"kind": "bright", "strength": 1.1},
        {"kind": "dim", "strength": 0.9},
        {"kind": "behind", "strength": 0.95},
    ),
    strangers=(
        {"height_m": 1.71, "shirt": "blue", "bottoms": "charcoal", "hair": "blond", "skin": "fair"},
        {"height_m": 1.83, "build": "sturdy", "shirt": "cream", "bottoms": "wine", "skin": "brown"},
    ),
)

BY_LOT: Final = Pool(
    word="fresh",  # this was the fresh part until it was opened
    bodies=(
        _body(1.52, "sturdy", "female", "light/dark brown/bun/yellow/navy/white/leggings/short/0.97"),
        _body(1.57, "slim", "female", "dark/black/short/cream/wine/red/shorts/none/1.03"),
        _body(1.65, "average", "male", "fair/blond/short/green/charcoal/blue/shorts/short/0.98"),
        _body(1.68, "heavy", "female", "brown/black/long/red/black/grey/trousers/short/0.99"),
        _body(1.73, "average", "female", "tan/chestnut/long/white/purple/slate/leggings/none/1.02"),
        _body(1.75, "sturdy", "male", "dark/black/bald/sky/slate/white/trousers/long/1.0"),
        _body(1.80, "slim", "male", "fair/grey/short/olive/sand/black/shorts/short/1.03"),
        _body(1.87, "heavy", "male", "tan/dark brown/short/navy/grey/orange/shorts/short/0.98"),
        _body(1.93, "slim", "male", "light/ginger/short/charcoal/blue/white/trousers/short/1.05"),
    ),
    rooms=(
        {"name": "studio"},
        {"name": "hallway"},
        {"name": "cellar"},
        {"name": "library"},
        {"name": "nursery"},
        {"name": "studio", "wall": "cream", "floor": "charcoal", "mat": "navy"},
        {"name": "hallway", "wall": "white", "floor": "oak", "mat": "green"},
        {"name": "library", "wall": "mint", "floor": "grey", "mat": "wine"},
    ),
    cameras=(
        {"lens_deg": 53.0, "height": 1.0},
        {"lens_deg": 64.0, "height": 0.8, "tilt_deg": 1.0},
        {"lens_deg": 47.0, "height": 1.1, "roll_deg": 1.5},
        {"lens_deg": 72.0, "height": 0.9, "roll_deg": -1.5},
        {"lens_deg": 40.0, "height": 1.2, "tilt_deg": -1.5},
        {"lens_deg": 58.0, "height": 0.7, "roll_deg": 2.5},
        {"lens_deg": 68.0, "height": 1.15, "tilt_deg": -2.5, "roll_deg": -2.5},
    ),
    lights=(
        {"kind": "bright", "strength": 1.05},
        {"kind": "dim", "strength": 0.95},
        {"kind": "behind", "strength": 1.05},
        {"kind": "bright", "strength": 0.85},
    ),
    strangers=(
        {"height_m": 1.62, "sex": "female", "shirt": "orange", "bottoms": "black", "hair": "grey"},
        {"height_m": 1.77, "build": "heavy", "shirt": "purple", "bottoms": "stone", "skin": "light"},
    ),
)

UNSEEN: Final = Pool(
    word="fresh, the second",
    bodies=(
        _body(1.50, "average", "female", "brown/black/bun/orange/slate/white/leggings/short/0.96"),
        _body(1.56, "heavy", "female", "light/chestnut/short/sky/navy/black/trousers/long/0.98"),
        _body(1.59, "slim", "male", "tan/black/short/wine/grey/red/shorts/short/1.01"),
        _body(1.645, "sturdy", "male", "light/grey/bald/mint/charcoal/slate/trousers/short/0.96"),
        _body(1.715, "average", "female", "dark/black/long/yellow/black/orange/leggings/none/1.04"),
        _body(1.77, "slim", "female", "fair/ginger/long/teal/purple/grey/leggings/short/1.03"),
        _body(1.785, "heavy", "male", "dark/black/short/grey/sand/white/shorts/short/1.0"),
        _body(1.82, "average", "male", "fair/blond/short/stone/olive/navy/trousers/long/1.0"),
        _body(1.88, "sturdy", "male", "brown/dark brown/short/red/blue/black/shorts/none/0.99"),
        _body(1.95, "average", "male", "light/chestnut/short/purple/charcoal/white/shorts/short/1.03"),
    ),
    rooms=(
        {"name": "attic"},
        {"name": "loft"},
        {"name": "cabin"},
        {"name": "school"},
        {"name": "laundry"},
        {"name": "attic", "wall": "sky", "floor": "charcoal", "mat": "orange"},
        {"name": "school", "wall": "rose", "floor": "stone", "mat": "black"},
    ),
    cameras=(
        {"lens_deg": 50.0, "height": 1.05},
        {"lens_deg": 65.0, "height": 0.9, "tilt_deg": -1.0},
        {"lens_deg": 43.0, "height": 0.8, "roll_deg": -2.5},
        {"lens_deg": 61.0, "height": 1.2, "roll_deg": 1.0},
        {"lens_deg": 74.0, "height": 1.0, "tilt_deg": 2.5},
        {"lens_deg": 36.0, "height": 1.1, "tilt_deg": 0.5, "roll_deg": 2.0},
        {"lens_deg": 56.0, "height": 0.65, "roll_deg": -3.5},
    ),
    lights=(
        {"kind": "bright", "strength": 1.0},
        {"kind": "behind", "strength": 0.9},
        {"kind": "dim", "strength": 1.05},
        {"kind": "bright", "strength": 1.2},
    ),
    strangers=(
        {"height_m": 1.675, "shirt": "sky", "bottoms": "olive", "hair": "chestnut", "skin": "light"},
        {"height_m": 1.85, "build": "slim", "shirt": "rose", "bottoms": "grey", "skin": "dark"},
    ),
)

RENDERED_LAST: Final = Pool(
    word="late",
    bodies=(
        _body(1.48, "slim", "female", "tan/black/bun/mint/black/grey/leggings/short/0.97"),
        _body(1.54, "sturdy", "male", "fair/chestnut/short/yellow/navy/white/shorts/short/0.97"),
        _body(1.585, "average", "female", "brown/dark brown/long/sky/charcoal/red/leggings/long/1.0"),
        _body(1.655, "heavy", "female", "fair/blond/bun/purple/slate/black/trousers/short/0.98"),
        _body(1.685, "slim", "female", "light/grey/short/orange/wine/white/leggings/none/1.04"),
        _body(1.735, "heavy", "male", "brown/black/short/cream/olive/slate/shorts/short/0.98"),
        _body(1.755, "average", "male", "tan/dark brown/bald/rose/blue/charcoal/trousers/long/1.01"),
        _body(1.835, "sturdy", "male", "dark/black/short/teal/stone/orange/shorts/none/1.0"),
        _body(1.89, "slim", "male", "fair/ginger/short/white/charcoal/blue/trousers/short/1.05"),
        _body(1.97, "average", "male", "light/dark brown/short/green/grey/black/shorts/short/1.02"),
    ),
    rooms=(
        {"name": "parlour"},
        {"name": "workshop"},
        {"name": "ward"},
        {"name": "porch"},
        {"name": "canteen"},
        {"name": "parlour", "wall": "cream", "floor": "stone", "mat": "navy"},
        {"name": "ward", "wall": "white", "floor": "grey", "mat": "purple"},
        {"name": "canteen", "wall": "sky", "floor": "slate", "mat": "orange"},
    ),
    cameras=(
        {"lens_deg": 52.0, "height": 1.1},
        {"lens_deg": 62.0, "height": 0.85, "roll_deg": 1.8},
        {"lens_deg": 44.0, "height": 1.0, "tilt_deg": -0.8},
        {"lens_deg": 71.0, "height": 1.2, "tilt_deg": -3.5},
        {"lens_deg": 54.0, "height": 0.75, "roll_deg": -2.2},
        {"lens_deg": 39.0, "height": 0.9, "tilt_deg": 0.8, "roll_deg": -1.2},
        {"lens_deg": 67.0, "height": 1.0, "roll_deg": 3.2},
    ),
    lights=(
        {"kind": "bright", "strength": 0.9},
        {"kind": "dim", "strength": 1.1},
        {"kind": "behind", "strength": 1.1},
        {"kind": "bright", "strength": 1.25},
    ),
    strangers=(
        {"height_m": 1.705, "sex": "female", "shirt": "wine", "bottoms": "slate", "hair": "dark brown"},
        {"height_m": 1.865, "shirt": "yellow", "bottoms": "black", "hair": "grey", "skin": "brown"},
    ),
)

POOLS: Final[dict[str, Pool]] = {
    "build": BUILD,
    DRAWN: BY_LOT,
    "test": TEST,
    FRESH: UNSEEN,
    LATE: RENDERED_LAST,
}
