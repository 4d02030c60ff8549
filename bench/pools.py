"""Who is filmed, where and by which camera: one pool for building, one for testing, one that is fresh.

No body, room or camera stands in two of them, so that what is tuned on the one is shown on the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Values = dict[str, object]
FRESH: Final = "fresh"
PARTS: Final = ("build", "test", FRESH)


@dataclass(frozen=True)
class Pool:
    """What the scenes of one part are drawn from.

    Attributes
    ----------
    bodies, rooms, lights, strangers : tables as a scene file has them.
    cameras : lens, tilt and roll; ``height`` is a share of the posture's usual camera height.
    """

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

UNSEEN: Final = Pool(
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

POOLS: Final[dict[str, Pool]] = {"build": BUILD, "test": TEST, FRESH: UNSEEN}
