"""Scenes with what real clips have and studio clips lack: quick sets, odd cuts, cameras held in hands.

Everything is drawn by lot from a scene's own name, so that scenes may be added without changing the others.
The same people, rooms and cameras are drawn for the part ``motion``. Both parts are for learning.
"""

from __future__ import annotations

from random import Random
from typing import Final

from bench.filming.deck import LYING, SHORT, height_m
from bench.filming.pools import BUILD, BY_LOT, LIFELIKE, Values

SETS: Final = {
    "wall-squat": 40,
    "calf-raise": 40,
    "hamstring-curl": 36,
    "leg-press": 32,
    "straight-leg-raise": 24,
}
NONE: Final = (
    "standing-about",
    "stretching",
    "picking-up",
    "lunge",
    "marching",
    "sit-to-stand",
    "bridge",
    "crunch",
    "knee-hug",
    "cycling",
)
NONE_EACH: Final = 3
LONGEST_S: Final = 6.5
SIZES: Final = ((320, 240), (320, 240), (400, 300), (480, 360))
"""Small pictures are cheap to film and are seen as well."""
SKINS: Final = ("fair", "light", "tan", "brown", "dark")
STYLES: Final = {"female": ("long", "bun", "short"), "male": ("short", "short", "bald")}
HAIRS: Final = ("black", "dark brown", "chestnut", "blond", "ginger", "grey", "white")
CLOTHES: Final = (
    "red",
    "grey",
    "white",
    "blue",
    "navy",
    "teal",
    "green",
    "olive",
    "wine",
    "rose",
    "orange",
    "yellow",
    "purple",
    "sand",
    "charcoal",
    "slate",
    "cream",
    "stone",
    "mint",
    "sky",
    "black",
)
WALLS: Final = ("cream", "white", "stone", "rose", "sky", "mint", "sand", "grey", "teal", "slate")
FLOORS: Final = ("oak", "walnut", "stone", "slate", "sand", "charcoal", "grey", "olive")
ROOMS: Final = tuple(dict.fromkeys(str(room["name"]) for pool in (BUILD, BY_LOT) for room in pool.rooms))
"""Rooms of the parts that are learned from."""
ARMS: Final = ("forward", "overhead", "folded", "swinging", "phone", "curling", "raising", "aside")
QUICK: Final = {
    "wall-squat": (0.45, 0.9),
    "calf-raise": (0.3, 0.7),
    "hamstring-curl": (0.4, 0.9),
    "leg-press": (0.45, 0.95),
    "straight-leg-raise": (0.5, 0.95),
}
"""Shortest and longest seconds one way in a quick set."""


class Lot:
    """What is drawn for one scene.

    Parameters
    ----------
    name : part and name of the scene.
    """

    def __init__(self, name: str) -> None:
        self.random = Random(name)

    def chance(self, share: float) -> bool:
        """Yes in this share of the draws."""
        return self.random.random() < share

    def near(self, low: float, high: float, digits: int = 2) -> float:
        """A number between two."""
        return round(self.random.uniform(low, high), digits)

    def body(self) -> Values:
        """Anybody."""
        draw = self.random.choice
        sex = draw(("female", "male"))
        tall = self.random.gauss(1.66 if sex == "female" else 1.78, 0.075)
        return {
            "height_m": round(min(max(tall, 1.46), 2.0), 3),
            "build": draw(("slim", "average", "average", "sturdy", "heavy")),
            "sex": sex,
            "legs": self.near(0.94, 1.06),
            "skin": draw(SKINS),
            "hair": draw(HAIRS),
            "hair_style": draw(STYLES[sex]),
            "shirt": draw(CLOTHES),
            "bottoms": draw(CLOTHES),
            "shoes": draw(CLOTHES),
            "clothes": draw(("shorts", "leggings", "trousers")),
            "sleeves": draw(("none", "short", "long")),
        }

    def room(self) -> Values:
        """Any room, as it is or in other colours."""
        draw = self.random.choice
        room: Values = {"name": draw(ROOMS)}
        if self.chance(0.6):
            room |= {"wall": draw(WALLS), "floor": draw(FLOORS), "mat": draw(CLOTHES)}
        return room

    def light(self) -> Values:
        """Mostly bright."""
        kind = self.random.choice(("bright", "bright", "bright", "dim", "behind"))
        return {"kind": kind, "strength": self.near(0.85, 1.2)}

    def camera(self, exercise: str, azimuth_deg: float) -> Values:
        """Any camera: on a tripod or in a hand, panning, or so near that feet or head are outside."""
        camera: Values = {
            "azimuth_deg": azimuth_deg,
            "height_m": round(height_m(exercise) * self.near(0.65, 1.45), 3),
            "lens_deg": self.near(36, 74, 1),
            "tilt_deg": self.near(-2.5, 2.5, 1),
            "roll_deg": self.near(-3, 3, 1),
        }
        if self.chance(0.3):
            camera["handheld_m"] = self.near(0.01, 0.06, 3)
        if self.chance(0.15):
            camera["pan_m"] = self.near(0.1, 0.35)
        if self.chance(0.2):
            up = self.chance(0.65)
            camera |= {"nearer": self.near(1.3, 1.8), "tilt_deg": self.near(2, 10, 1) * (1 if up else -1)}
        return camera

    def size(self, lying: bool) -> tuple[int, int]:
        """Width and height of the picture; one in four of somebody upright is taller than wide."""
        wide, high = self.random.choice(SIZES)
        return (high, wide) if not lying and self.chance(0.25) else (wide, high)

    def view(self, exercise: str) -> float:
        """From the side, askew, from the front or from behind, as the exercise is filmed."""
        if exercise in LYING or exercise == "leg-press":
            return round(self.random.gauss(0, 18))
        ranges = ((-12, 12), (20, 65), (65, 95), (-65, -20), (-95, -70))
        shares = (0.30, 0.30, 0.18, 0.10, 0.12) if exercise == "calf-raise" else (0.34, 0.34, 0.2, 0.09, 0.03)
        low, high = self.random.choices(ranges, shares)[0]
        return round(self.random.uniform(low, high))

    def scene(self, doing: Values, azimuth_deg: float) -> Values:
        """All of a scene around what is done."""
        return {
            **doing,
            "seed": self.random.randrange(10_000),
            "size": self.size(doing["exercise"] in LYING),
            "body": self.body(),
            "room": self.room(),
            "camera": self.camera(str(doing["exercise"]), azimuth_deg),
            "light": self.light(),
        }


def _tempo(lot: Lot, exercise: str) -> dict[str, float]:
    """Seconds of a repetition's stretches: quick and without a rest in most sets."""
    low, high = QUICK[exercise]
    if lot.chance(0.65):
        up, hold, rest = lot.near(low, high), lot.near(0.02, 0.2), lot.near(0.0, 0.12)
    else:
        up, hold, rest = lot.near(high, 1.7 * high), lot.near(0.05, 1.0), lot.near(0.05, 0.9)
    return {"up_s": up, "hold_s": hold, "down_s": round(up * lot.near(0.8, 1.3), 2), "rest_s": rest}


def _motion(lot: Lot, exercise: str) -> tuple[Values, tuple[float, float] | None]:
    """How a set goes, and between which times it is filmed."""
    tempo = _tempo(lot, exercise)
    cycle = sum(tempo.values())
    reps = min(7, max(2, int(LONGEST_S / cycle)))
    lead, tail = lot.near(0.05, 1.2), lot.near(0.05, 0.9)
    motion: Values = {"lead_s": lead, "tail_s": tail, **tempo, "jitter": lot.near(0.05, 0.25)}
    if lot.chance(0.5):
        motion["restless_deg"] = lot.near(0.8, 2.0 if exercise == "calf-raise" else 3.5, 1)
    if lot.chance(0.3):
        motion["fade"] = lot.near(0.1, 0.4)
    elif lot.chance(0.4):
        motion["amplitude"] = tuple(lot.near(0.75, 1.1) for _ in range(reps))
    if lot.chance(0.2):
        motion["tremor_deg"] = lot.near(0.5, 2.0, 1)
    cut = None
    if lot.chance(0.4):
        reps += 1
        begin = lead + lot.near(0.15, 0.85) * (cycle - tempo["rest_s"])
        end = lead + reps * cycle + (tail if lot.chance(0.4) else -lot.near(0.1, 0.8) * cycle)
        cut = (round(begin, 2), round(end, 2))
    return {**motion, "reps": reps}, cut


def _own(lot: Lot, exercise: str) -> tuple[Values, Values]:
    """What is peculiar to an exercise: keys of its motion, and of the scene."""
    motion: Values = {}
    more: Values = {"side": "both"}
    if exercise == "wall-squat":
        motion |= {"free": lot.chance(0.8), "range": lot.near(50, 118, 0)}
        if lot.chance(0.25):
            more["fault"] = [{"code": "heels_lift", "severity": lot.near(5, 20, 0)}]
    if exercise == "calf-raise":
        motion |= {"step": lot.chance(0.4), "range": lot.near(26, 48, 0)}
        more["side"] = lot.random.choice(("both", "both", "both", "left", "right"))
    if exercise == "hamstring-curl":
        motion |= {"bench": lot.chance(0.45), "range": lot.near(75, 120, 0)}
        more["side"] = lot.random.choice(("both", "left", "right"))
    if exercise == "leg-press":
        motion["range"] = lot.near(65, 108, 0)
        if lot.chance(0.45):
            joint = lot.random.choice(("ankle", "ankle", "knee"))
            more["disturbance"] = [{"kind": "chair", "at_s": 0.0, "seconds": 99.0, "joint": joint}]
    if exercise == "straight-leg-raise":
        motion["range"] = lot.near(35, 65, 0)
        more["side"] = lot.random.choice(("left", "right"))
    if exercise in ("wall-squat", "calf-raise") and lot.chance(0.55):
        motion["arms"] = lot.random.choice(ARMS)
    return motion, more


def _somebody(lot: Lot) -> Values:
    depth = lot.near(-1.0, -0.6) if lot.chance(0.8) else lot.near(0.8, 1.0)
    if lot.chance(0.5):
        return {"kind": "passer_by", "at_s": lot.near(0.0, 3.0), "depth_m": depth, "body": lot.body()}
    place = lot.near(0.9, 1.5) * lot.random.choice((-1, 1))
    return {"kind": "bystander", "place_m": place, "depth_m": lot.near(-1.0, -0.5), "body": lot.body()}


def _set(name: str, exercise: str) -> Values:
    lot = Lot(f"{LIFELIKE}/{name}")
    motion, cut = _motion(lot, exercise)
    own, more = _own(lot, exercise)
    doing: Values = {"exercise": exercise, "heading": lot.random.choice(("left", "right")), **more}
    doing["motion"] = {**motion, **own}
    if cut:
        doing["cut_s"] = cut
    azimuth = lot.view(exercise)
    if exercise == "wall-squat" and not own["free"]:
        azimuth = abs(azimuth)  # from the open side of the wall
    if "disturbance" not in doing and lot.chance(0.12):
        doing["disturbance"] = [_somebody(lot)]
    return lot.scene(doing, azimuth)


def _none(name: str, exercise: str) -> Values:
    lot = Lot(f"{LIFELIKE}/{name}")
    pace = lot.near(0.5, 1.1)
    motion: Values = {"reps": 4, "lead_s": 0.2, "tail_s": 0.2, "jitter": 0.2}
    motion |= {"up_s": pace, "hold_s": lot.near(0.02, 0.4), "down_s": pace, "rest_s": lot.near(0.0, 0.3)}
    doing: Values = {"exercise": exercise, "heading": lot.random.choice(("left", "right")), "motion": motion}
    begin = lot.near(0.3, 2.5)
    doing["cut_s"] = (begin, begin + lot.near(5.0, 7.5))
    if exercise not in LYING and lot.chance(0.4):
        doing["motion"] = {**motion, "arms": lot.random.choice(ARMS)}
    return lot.scene(doing, lot.view(exercise))


def deal_lifelike() -> dict[str, Values]:
    """All scenes of the part, by name."""
    scenes: dict[str, Values] = {}
    for exercise, count in SETS.items():
        for i in range(1, count + 1):
            name = f"{SHORT[exercise]}-{i:03d}"
            scenes[name] = _set(name, exercise)
    for exercise in NONE:
        for i in range(1, NONE_EACH + 1):
            name = f"none-{exercise}-{i:02d}"
            scenes[name] = _none(name, exercise)
    return scenes
