"""One person's body: bones and skin, grown from the sculpted figure by a table of girths and lengths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tools.figure import sculpt
from tools.figure.field import Surface
from tools.figure.rotation import Array
from tools.figure.skeleton import (
    BONES,
    HEIGHT_M,
    PARENT,
    Skeleton,
    rest_attached,
    rest_joints,
)
from tools.figure.weights import skin_weights, strongest_four

Growth = dict[str, tuple[float, float, float]]

SKIN, EYE, HAIR = 1, 2, 3

BUILDS: Final[dict[str, Growth]] = {
    "slim": {
        "pelvis": (0.93, 1, 0.86),
        "spine": (0.90, 1, 0.84),
        "chest": (0.94, 1, 0.90),
        "thigh": (0.87, 1, 0.87),
        "shin": (0.90, 1, 0.90),
        "uarm": (0.86, 1, 0.86),
        "farm": (0.90, 1, 0.90),
    },
    "average": {},
    "sturdy": {
        "pelvis": (1.06, 1, 1.10),
        "spine": (1.10, 1, 1.14),
        "chest": (1.07, 1, 1.08),
        "neck": (1.08, 1, 1.08),
        "thigh": (1.10, 1, 1.10),
        "shin": (1.08, 1, 1.08),
        "uarm": (1.13, 1, 1.13),
        "farm": (1.10, 1, 1.10),
    },
    "heavy": {
        "pelvis": (1.16, 1, 1.24),
        "spine": (1.26, 1, 1.38),
        "chest": (1.12, 1, 1.20),
        "neck": (1.12, 1, 1.12),
        "thigh": (1.22, 1, 1.20),
        "shin": (1.13, 1, 1.13),
        "uarm": (1.24, 1, 1.24),
        "farm": (1.13, 1, 1.13),
    },
}
"""Growth of each bone's flesh: across, along and in depth, against the sculpted figure."""

SEXES: Final[dict[str, Growth]] = {
    "male": {},
    "female": {
        "pelvis": (1.06, 1, 1.02),
        "spine": (0.92, 1, 0.95),
        "chest": (0.90, 0.98, 1.0),
        "neck": (0.88, 1, 0.88),
        "thigh": (1.02, 1, 1.0),
        "shin": (0.96, 1, 0.96),
        "uarm": (0.86, 0.97, 0.86),
        "farm": (0.88, 0.97, 0.88),
        "hand": (0.93, 0.93, 0.93),
    },
}


@dataclass(frozen=True)
class Shape:
    """What a body looks like under its colours.

    Attributes
    ----------
    height_m : from sole to crown.
    legs : length of the legs against the sculpted figure's, 0.9..1.1.
    hair : ``short``, ``long``, ``bun`` or ``bald``.
    trousers : long wide trousers instead of shorts.
    """

    height_m: float = HEIGHT_M
    build: str = "average"
    sex: str = "male"
    legs: float = 1.0
    hair: str = "short"
    trousers: bool = False

    def growth(self, bone: str) -> Array:
        """Scale of one bone across, along and in depth."""
        limb = bone.partition(".")[0]
        sex, build = SEXES[self.sex].get(limb, (1, 1, 1)), BUILDS[self.build].get(limb, (1, 1, 1))
        legs = self.legs if limb in ("thigh", "shin") else 1.0
        return np.asarray(np.array(sex) * np.array(build) * np.array((1, legs, 1)))


@dataclass(frozen=True, eq=False)
class Skin:
    """The body's surface, ready to be drawn.

    Attributes
    ----------
    points, normals : shape (n, 3), metres, this body at rest.
    sculpted : shape (n, 3), where the same points were sculpted: clothes are painted by it.
    triangles : shape (m, 3).
    bones, weights : shape (n, 4), indexes of the bones that a point follows.
    material : shape (n,), SKIN, EYE or HAIR.
    """

    points: NDArray[np.float32]
    normals: NDArray[np.float32]
    sculpted: NDArray[np.float32]
    triangles: NDArray[np.int32]
    bones: NDArray[np.float32]
    weights: NDArray[np.float32]
    material: NDArray[np.float32]


class Body:
    """One person's bones and, on demand, skin.

    Parameters
    ----------
    shape : what the body is like.
    step_m : fineness of the skin's grid; the head's is about half of it.
    """

    def __init__(self, shape: Shape | None = None, step_m: float = 0.016) -> None:
        self.shape, self._step_m = shape or Shape(), step_m
        self._canon = Skeleton(rest_joints(), rest_attached())
        self._scale, self._origins, self._floor = 1.0, self._grown_origins(), 0.0
        low = min(self._grown("toe.L", np.array([[0.11, 0.004, 0.1]]))[0, 1], 9.0)
        crown = float(self._grown("head", np.array([[0, 1.78, 0]]))[0, 1])
        self._scale = self.shape.height_m / (crown - low)
        self._floor = -low
        rest = {bone: self._placed(bone, point[None])[0] for bone, point in rest_joints().items()}
        attached = {n: (b, self._placed(b, p[None])[0]) for n, (b, p) in rest_attached().items()}
        self.skeleton = Skeleton(rest, attached)
        self.back_m = self._placed("pelvis", np.array([[0.0, 0.92, -0.134]]))[0, 2]
        self.front_m = self._placed("spine", np.array([[0.0, 1.08, 0.100]]))[0, 2]
        self.girth = self.shape.growth("thigh")[0] * self._scale

    def _stretch(self, bone: str) -> Array:
        """Growth of a bone along its own axes as a matrix in the rest frame."""
        turn = self._canon.straightened[bone]
        return np.asarray(turn.T @ np.diag(self.shape.growth(bone)) @ turn)

    def _grown_origins(self) -> dict[str, Array]:
        rest = rest_joints()
        found = {"pelvis": rest["pelvis"]}
        for bone in BONES[1:]:
            up = PARENT[bone]
            found[bone] = found[up] + self._stretch(up) @ (rest[bone] - rest[up])
        return found

    def _grown(self, bone: str, points: Array) -> Array:
        return np.asarray(self._origins[bone] + (points - rest_joints()[bone]) @ self._stretch(bone).T)

    def _placed(self, bone: str, points: Array) -> Array:
        return np.asarray((self._grown(bone, points) + np.array([0, self._floor, 0])) * self._scale)

    @cached_property
    def skin(self) -> Skin:
        """The body's surface at rest; sculpted when it is first asked for."""
        parts = self._parts()
        sculpted = np.concatenate([part.points for part, _ in parts])
        weights = skin_weights(sculpted, rest_joints())
        points = np.zeros_like(sculpted, dtype=float)
        for i, bone in enumerate(BONES):
            points += weights[:, i : i + 1] * self._placed(bone, sculpted.astype(float))
        counts = np.cumsum([0, *(len(part.points) for part, _ in parts)])
        bones, four = strongest_four(weights)
        return Skin(
            points.astype(np.float32),
            np.concatenate([part.normals for part, _ in parts]),
            sculpted,
            np.concatenate([part.triangles + n for (part, _), n in zip(parts, counts, strict=False)]),
            bones,
            four,
            np.concatenate([np.full(len(part.points), kind, np.float32) for part, kind in parts]),
        )

    def _parts(self) -> list[tuple[Surface, int]]:
        eye = sculpt.eye()
        mirror = np.array([-1, 1, 1], np.float32)
        other = Surface(eye.points * mirror, eye.normals * mirror, eye.triangles)
        parts = [
            (sculpt.body(self._step_m, self.shape.trousers), SKIN),
            (sculpt.head(self._step_m * 0.47), SKIN),
            (eye, EYE),
            (other, EYE),
        ]
        if self.shape.hair != "bald":
            parts.append((sculpt.hair(self._step_m * 0.5, self.shape.hair), HAIR))
        return parts


def skinned(skin: Skin, bones: Array) -> Array:
    """The skin's points in the world for the bones of a pose, shape (n, 3), metres."""
    home = np.c_[skin.points, np.ones(len(skin.points))]
    moved = np.einsum("nk,nkij,nj->ni", skin.weights, bones[skin.bones.astype(int)], home)
    return np.asarray(moved[:, :3])
