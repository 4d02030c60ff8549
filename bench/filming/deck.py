"""Scenes dealt from a pool: every body, room and camera comes up in turn."""

from __future__ import annotations

import zlib
from typing import Final

from bench.filming.pools import POOLS, Values

LANDSCAPE: Final = (480, 360)
PORTRAIT: Final = (360, 480)
LYING: Final = frozenset(("straight-leg-raise", "hamstring-curl", "bridge", "crunch", "knee-hug", "cycling"))
SHORT: Final = {
    "straight-leg-raise": "slr",
    "wall-squat": "ws",
    "calf-raise": "cr",
    "hamstring-curl": "hc",
    "leg-press": "lp",
}
LOW_M, SEAT_M, HIGH_M = 0.7, 0.9, 1.0


def height_m(exercise: str) -> float:
    """Where a camera usually stands for an exercise."""
    if exercise in LYING or exercise == "double-leg-raise":
        return LOW_M
    return SEAT_M if exercise == "leg-press" else HIGH_M


class Deck:
    """Deals scenes of one part.

    Attributes
    ----------
    scenes : what was dealt so far, tables by the scene's name.
    """

    def __init__(self, part: str) -> None:
        self.part = part
        self.scenes: dict[str, Values] = {}
        self._pool = POOLS[part]
        self._dealt = 0

    def deal(self, name: str, doing: Values, azimuth_deg: float = 0.0, **more: object) -> None:
        """Deal one scene.

        Parameters
        ----------
        doing : what is done, as at the top of a scene file: exercise, side, motion, faults, parts.
        more : tables that stand in the place of those that the deck would choose.
        """
        i = self._dealt
        self._dealt += 1
        pool = self._pool
        light = pool.lights[0 if i % 3 else (i // 3) % len(pool.lights)]
        portrait = bool(more.pop("portrait", i % 5 == 3))
        scene: Values = {
            **doing,
            "seed": zlib.crc32(f"{pool.word}/{name}".encode()) % 10_000,
            "size": PORTRAIT if portrait else LANDSCAPE,
            "body": pool.bodies[i % len(pool.bodies)],
            "room": pool.rooms[(i + i // len(pool.rooms)) % len(pool.rooms)],
            "camera": self._camera(i, str(doing.get("exercise", "session")), azimuth_deg),
            "light": light,
        }
        self.scenes[name] = {**scene, **more}

    def _camera(self, i: int, exercise: str, azimuth_deg: float) -> Values:
        asked = dict(self._pool.cameras[(i + i // 7) % len(self._pool.cameras)])
        share = float(str(asked.pop("height")))
        return {"azimuth_deg": azimuth_deg, "height_m": round(height_m(exercise) * share, 3), **asked}

    def stranger(self) -> Values:
        """Somebody else who gets into the picture."""
        return self._pool.strangers[self._dealt % len(self._pool.strangers)]
