"""The room around the person: shell, furniture and light, from a scene's few words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from repcount.core.errors import SettingError
from tools.figure.palette import rgb
from tools.figure.rotation import Array, unit
from tools.figure.scene import BodyScene, LightScene, RoomScene
from tools.figure.solids import Box, Material

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Triple = tuple[float, float, float]

FLOOR_KINDS: Final = ("boards", "tiles", "carpet")
_M = Material


@dataclass(frozen=True)
class RoomLook:
    """Colours of a room and the kind of its floor, as the room's shader takes them."""

    wall: Triple
    floor: Triple
    mat: Triple
    paint: Triple
    floor_kind: int
    furniture: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class BodyLook:
    """Colours of a person, as the body's shader takes them; heights and shares as sculpted."""

    skin: Triple
    hair: Triple
    shirt: Triple
    bottoms: Triple
    shoes: Triple
    hem_m: float
    sleeve: float


@dataclass(frozen=True, eq=False)
class Lamps:
    """The key light's direction and colour, the sky's and ground's light, fill and exposure."""

    direction: Array
    key: Triple
    sky: Triple
    ground: Triple
    fill: float
    exposure: float


@cache
def _rooms() -> dict[str, dict[str, str | list[list[str | float]]]]:
    return tomllib.loads(Path(__file__).with_name("rooms.toml").read_text(encoding="utf-8"))


def room_names() -> tuple[str, ...]:
    """The rooms there are."""
    return tuple(_rooms())


def room_look(scene: RoomScene) -> RoomLook:
    """The colours of a room.

    Raises
    ------
    SettingError
        There is no room or colour of that name.
    """
    rooms = _rooms()
    if scene.name not in rooms:
        raise SettingError(f"there is no room {scene.name}; choose one of {', '.join(rooms)}")
    row = rooms[scene.name]
    wall, floor, mat = (rgb(getattr(scene, key) or str(row[key])) for key in ("wall", "floor", "mat"))
    furniture = tuple((str(piece[0]), float(piece[1])) for piece in row["furniture"])
    paint: Triple = (mat[0] * 0.5 + 0.3, mat[1] * 0.5 + 0.3, mat[2] * 0.5 + 0.3)
    return RoomLook(wall, floor, mat, paint, FLOOR_KINDS.index(str(row["floor_kind"])), furniture)


def body_look(scene: BodyScene) -> BodyLook:
    """The colours of a person."""
    hem = {"shorts": 0.64, "leggings": 0.13, "trousers": 0.118}[scene.clothes]
    sleeve = {"none": 0.08, "short": 0.60, "long": 1.86}[scene.sleeves]
    return BodyLook(
        rgb(scene.skin), rgb(scene.hair), rgb(scene.shirt), rgb(scene.bottoms), rgb(scene.shoes), hem, sleeve
    )


def lamps(scene: LightScene, way: float) -> Lamps:
    """The light of a scene; the key light comes from before a person who faces ``way`` along x."""
    side = 0.5 * way
    k = scene.strength
    if scene.kind == "dim":
        key, sky, ground = (0.34, 0.30, 0.24), (0.17, 0.17, 0.19), (0.11, 0.10, 0.09)
        return Lamps(unit((side, 0.95, 0.75)), key, sky, ground, 0.07, k)
    if scene.kind == "behind":
        key, sky, ground = (1.25, 1.22, 1.15), (0.34, 0.37, 0.42), (0.20, 0.19, 0.18)
        return Lamps(unit((side, 0.9, -0.95)), key, sky, ground, 0.10, k)
    return Lamps(
        unit((side, 0.95, 0.75)), (1.02, 0.97, 0.88), (0.60, 0.63, 0.68), (0.34, 0.31, 0.29), 0.22, k
    )


def _cabinet(x: float, z: float) -> tuple[Box, ...]:
    return (Box((x - 0.35, 0, z), (x + 0.35, 0.75, z + 0.4), _M.WOOD),)


def _plant(x: float, z: float) -> tuple[Box, ...]:
    return (Box((x - 0.1, 0.75, z + 0.1), (x + 0.1, 1.02, z + 0.3), _M.PLANT),)


def _picture(x: float, z: float) -> tuple[Box, ...]:
    return (Box((x - 0.28, 1.2, z), (x + 0.28, 1.75, z + 0.02), _M.PICTURE),)


def _shelf(x: float, z: float) -> tuple[Box, ...]:
    boards = tuple(
        Box((x - 0.4, y, z), (x + 0.4, y + 0.03, z + 0.28), _M.WOOD) for y in (0.4, 0.85, 1.3, 1.75)
    )
    return (*boards, Box((x - 0.25, 0.88, z + 0.05), (x - 0.05, 1.12, z + 0.22), _M.PAINT))


def _window(x: float, z: float) -> tuple[Box, ...]:
    frame = Box((x - 0.52, 0.98, z), (x + 0.52, 2.12, z + 0.015), _M.PAINT)
    return (frame, Box((x - 0.47, 1.03, z), (x + 0.47, 2.07, z + 0.02), _M.WINDOW))


def _couch(x: float, z: float) -> tuple[Box, ...]:
    return (
        Box((x - 0.8, 0, z + 0.1), (x + 0.8, 0.45, z + 0.6), _M.METAL),
        Box((x - 0.85, 0.45, z + 0.05), (x + 0.85, 0.6, z + 0.65), _M.PADDING),
    )


def _bench(x: float, z: float) -> tuple[Box, ...]:
    return (Box((x - 0.5, 0.3, z + 0.1), (x + 0.5, 0.42, z + 0.4), _M.PADDING), *_legs(x, 0.45, 0.3, z))


def _bed(x: float, z: float) -> tuple[Box, ...]:
    return (
        Box((x - 0.9, 0, z + 0.02), (x + 0.9, 0.3, z + 0.7), _M.WOOD),
        Box((x - 0.88, 0.3, z + 0.02), (x + 0.88, 0.52, z + 0.68), _M.FABRIC),
    )


def _legs(x: float, half: float, height: float, z: float) -> tuple[Box, ...]:
    return tuple(
        Box((x + s * half - 0.025, 0, z + 0.12), (x + s * half + 0.025, height, z + 0.4), _M.METAL)
        for s in (-1, 1)
    )


def _desk(x: float, z: float) -> tuple[Box, ...]:
    screen = Box((x - 0.25, 0.85, z + 0.1), (x + 0.25, 1.15, z + 0.13), _M.PADDING)
    return (
        Box((x - 0.6, 0.70, z + 0.02), (x + 0.6, 0.74, z + 0.5), _M.WOOD),
        screen,
        *_legs(x, 0.55, 0.7, z),
    )


def _rack(x: float, z: float) -> tuple[Box, ...]:
    weights = tuple(
        Box((x - 0.35 + 0.2 * i, 0.52, z + 0.08), (x - 0.23 + 0.2 * i, 0.66, z + 0.26), _M.PADDING)
        for i in range(4)
    )
    return (
        Box((x - 0.45, 0.46, z + 0.02), (x + 0.45, 0.51, z + 0.35), _M.METAL),
        *_legs(x, 0.4, 0.9, z),
        *weights,
    )


def _counter(x: float, z: float) -> tuple[Box, ...]:
    return (
        Box((x - 0.9, 0, z), (x + 0.9, 0.86, z + 0.45), _M.PAINT),
        Box((x - 0.92, 0.86, z), (x + 0.92, 0.9, z + 0.48), _M.WOOD),
    )


def chair(x: float, z: float) -> tuple[Box, ...]:
    """A chair whose back is towards the picture's right."""
    return (
        Box((x - 0.21, 0.42, z - 0.2), (x + 0.21, 0.46, z + 0.2), _M.WOOD),
        Box((x + 0.18, 0.46, z - 0.2), (x + 0.21, 0.92, z + 0.2), _M.WOOD),
        *(
            Box((x + a - 0.015, 0, z + b - 0.015), (x + a + 0.015, 0.42, z + b + 0.015), _M.WOOD)
            for a in (-0.19, 0.19)
            for b in (-0.18, 0.18)
        ),
    )


def _chair(x: float, z: float) -> tuple[Box, ...]:
    return chair(x, z + 0.25)


def _box(x: float, z: float) -> tuple[Box, ...]:
    return (Box((x - 0.25, 0, z + 0.02), (x + 0.25, 0.4, z + 0.42), _M.PAINT),)


FURNITURE: Final[dict[str, Callable[[float, float], tuple[Box, ...]]]] = {
    "cabinet": _cabinet,
    "plant": _plant,
    "picture": _picture,
    "shelf": _shelf,
    "window": _window,
    "couch": _couch,
    "bench": _bench,
    "bed": _bed,
    "desk": _desk,
    "rack": _rack,
    "counter": _counter,
    "chair": _chair,
    "box": _box,
}


def shell(look: RoomLook, depth_m: float) -> tuple[Box, ...]:
    """Floor, walls and furniture; the back wall stands ``depth_m`` behind the person."""
    z = -depth_m
    floor = Box((-8, -0.05, -9), (8, 0, 9), _M.FLOOR, backdrop=True)
    wall = Box((-8, 0, z - 0.05), (8, 4.6, z), _M.WALL, backdrop=True)
    sides = tuple(Box((x, 0, -9), (x + 0.05, 4.6, 9), _M.WALL, backdrop=True) for x in (-6.5, 6.45))
    return (floor, wall, *sides, *(box for name, x in look.furniture for box in FURNITURE[name](x, z)))
