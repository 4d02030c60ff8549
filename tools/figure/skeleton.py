"""Nineteen bones: rest joints, forward kinematics, the inverse kinematics of a leg, and true angles.

Body frame: +x is the person's left, +y up, +z forwards. World: +y up, metres; the camera looks mostly
along -z. At rest the body stands upright with feet flat and faces +z, its arms 40 degrees off the trunk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.figure.rotation import DOWN, Array, align, between

SIDES: Final[tuple[tuple[str, int], ...]] = (("L", 1), ("R", -1))
"""Suffix of a side's bones, and the sign of its x axis."""

NAMES: Final[dict[str, str]] = {"L": "left", "R": "right"}

_LIMBS = ("uarm", "farm", "hand", "thigh", "shin", "foot", "toe")
_TRUNK = ("pelvis", "spine", "chest", "neck", "head")

BONES: Final[tuple[str, ...]] = (
    *_TRUNK,
    *(f"{limb}.{side}" for limbs in (_LIMBS[:3], _LIMBS[3:]) for side, _ in SIDES for limb in limbs),
)
INDEX: Final[dict[str, int]] = {bone: i for i, bone in enumerate(BONES)}
PARENT: Final[dict[str, str]] = {
    **dict(zip(_TRUNK[1:], _TRUNK[:-1], strict=True)),
    **{
        f"{bone}.{side}": f"{parent}.{side}" if parent in _LIMBS else parent
        for side, _ in SIDES
        for bone, parent in zip(
            _LIMBS, ("chest", "uarm", "farm", "pelvis", "thigh", "shin", "foot"), strict=True
        )
    },
}

_JOINT_OF = {
    "uarm": "shoulder",
    "farm": "elbow",
    "hand": "wrist",
    "thigh": "hip",
    "shin": "knee",
    "foot": "ankle",
}

JOINTS: Final[dict[str, str]] = {
    f"{NAMES[side]}_{joint}": f"{bone}.{side}" for side, _ in SIDES for bone, joint in _JOINT_OF.items()
}
"""Joint centres that are the origin of a bone."""

_ARM = np.array([np.sin(np.radians(40.0)), -np.cos(np.radians(40.0)), 0.0])
_SHOULDER = np.array([0.178, 1.415, -0.02])
_ELBOW = _SHOULDER + 0.29 * _ARM
_WRIST = _ELBOW + 0.25 * _ARM + np.array([0, 0, 0.015])

REST: Final[dict[str, tuple[float, float, float]]] = {
    "pelvis": (0, 0.93, 0),
    "spine": (0, 1.03, -0.01),
    "chest": (0, 1.20, -0.02),
    "neck": (0, 1.46, -0.03),
    "head": (0, 1.555, -0.005),
    "uarm": (_SHOULDER[0], _SHOULDER[1], _SHOULDER[2]),
    "farm": (_ELBOW[0], _ELBOW[1], _ELBOW[2]),
    "hand": (_WRIST[0], _WRIST[1], _WRIST[2]),
    "thigh": (0.09, 0.92, -0.022),
    "shin": (0.10, 0.50, 0.014),
    "foot": (0.105, 0.085, -0.018),
    "toe": (0.112, 0.03, 0.115),
}
"""Joint centres of the sculpted figure (1.76 m), left side; the right is its mirror image."""

ATTACHED: Final[dict[str, tuple[str, tuple[float, float, float]]]] = {
    "heel": ("foot", (0.104, 0.03, -0.068)),
    "foot_index": ("toe", (0.112, 0.025, 0.178)),
    "index": ("hand", tuple(_WRIST + 0.14 * _ARM)),
    "ear": ("head", (0.078, 1.64, -0.01)),
    "eye": ("head", (0.031, 1.652, 0.083)),
}
"""Landmarks that ride on a bone without being its origin."""

NOSE: Final[tuple[float, float, float]] = (0, 1.615, 0.115)
HEIGHT_M: Final[float] = 1.765


def _mirrored(point: tuple[float, float, float], sign: int) -> Array:
    return np.array(point) * (sign, 1, 1)


def rest_joints() -> dict[str, Array]:
    """Rest position of every bone's origin, metres."""
    rest = {bone: np.array(REST[bone], float) for bone in _TRUNK}
    for side, sign in SIDES:
        rest.update({f"{limb}.{side}": _mirrored(REST[limb], sign) for limb in _LIMBS})
    return rest


def rest_attached() -> dict[str, tuple[str, Array]]:
    """Landmark name -> the bone that carries it and its rest position, metres."""
    found = {
        f"{NAMES[side]}_{name}": (f"{bone}.{side}" if bone in _LIMBS else bone, _mirrored(point, sign))
        for side, sign in SIDES
        for name, (bone, point) in ATTACHED.items()
    }
    return {**found, "nose": ("head", np.array(NOSE))}


@dataclass(frozen=True, eq=False)
class Pose:
    """Where the pelvis is and how every bone is turned.

    Attributes
    ----------
    pelvis_m : pelvis origin in the world, shape (3,), metres.
    turns : shape (19, 3, 3). The pelvis's orientation in the world, then each bone's relative to its
        parent; identity is the upright body with hanging arms.
    """

    pelvis_m: Array
    turns: Array

    def moved(self, by_m: Array) -> Pose:
        """The same pose elsewhere."""
        return Pose(self.pelvis_m + by_m, self.turns)

    def turned(self, bone: str, turn: Array) -> Pose:
        """The same pose with one bone turned anew, relative to its parent."""
        turns = self.turns.copy()
        turns[INDEX[bone]] = turn
        return Pose(self.pelvis_m, turns)


def blend(a: Pose, b: Pose, weight: float) -> Pose:
    """A pose on the way from ``a`` (weight 0) to ``b`` (weight 1)."""
    return Pose(a.pelvis_m + (b.pelvis_m - a.pelvis_m) * weight, between(a.turns, b.turns, weight))


@dataclass(frozen=True, eq=False)
class Posed:
    """A body in a pose.

    Attributes
    ----------
    bones : rest to world, shape (19, 4, 4).
    joints : joint centres and attached landmarks in the world, metres.
    turns : orientation of every bone in the world, shape (19, 3, 3).
    """

    bones: Array
    joints: dict[str, Array]
    turns: Array


class Skeleton:
    """A person's bones at rest.

    Parameters
    ----------
    rest : origin of every bone, metres.
    attached : landmark -> the bone that carries it and its rest position.
    """

    def __init__(self, rest: Mapping[str, Array], attached: Mapping[str, tuple[str, Array]]) -> None:
        self.rest = dict(rest)
        self.attached = dict(attached)
        self.straightened = {bone: self._straightened(bone) for bone in BONES}
        self.thigh_m = self._length("thigh.L", "shin.L")
        self.shin_m = self._length("shin.L", "foot.L")
        self.upper_arm_m = self._length("uarm.L", "farm.L")
        self.forearm_m = self._length("farm.L", "hand.L")
        self.ankle_m = float(self.rest["foot.L"][1])

    def _length(self, a: str, b: str) -> float:
        return float(np.linalg.norm(self.rest[a] - self.rest[b]))

    def _straightened(self, bone: str) -> Array:
        """Rotation that lets a bone hang straight down, so that turns are measured from there."""
        limb, _, side = bone.partition(".")
        child = {"thigh": "shin", "shin": "foot", "uarm": "farm", "farm": "hand"}.get(limb)
        if child:
            return align(self.rest[f"{child}.{side}"] - self.rest[bone], DOWN)
        if limb == "hand":
            return align(self.attached[f"{NAMES[side]}_index"][1] - self.rest[bone], DOWN)
        return np.eye(3)

    def leg_m(self, knee_flexion_deg: float) -> float:
        """Distance from hip to ankle at a knee flexion."""
        a, b = self.thigh_m, self.shin_m
        return float(np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(knee_flexion_deg))))

    def hips_below_pelvis(self) -> Array:
        """From the pelvis's origin to the middle between the hips, in the pelvis's frame."""
        return np.asarray((self.rest["thigh.L"] + self.rest["thigh.R"]) / 2 - self.rest["pelvis"])

    def pose(self, pose: Pose) -> Posed:
        """Forward kinematics."""
        turns, points = np.zeros((len(BONES), 3, 3)), np.zeros((len(BONES), 3))
        bones = np.tile(np.eye(4), (len(BONES), 1, 1))
        for i, bone in enumerate(BONES):
            turns[i], points[i] = pose.turns[i], pose.pelvis_m
            if bone in PARENT:
                up = INDEX[PARENT[bone]]
                turns[i] = turns[up] @ pose.turns[i]
                points[i] = points[up] + bones[up, :3, :3] @ (self.rest[bone] - self.rest[PARENT[bone]])
            bones[i, :3, :3] = turns[i] @ self.straightened[bone]
            bones[i, :3, 3] = points[i] - bones[i, :3, :3] @ self.rest[bone]
        joints = {name: points[INDEX[bone]] for name, bone in JOINTS.items()}
        for name, (bone, point) in self.attached.items():
            joints[name] = bones[INDEX[bone], :3, :3] @ point + bones[INDEX[bone], :3, 3]
        return Posed(bones, joints, turns)


def knee_of(hip: Array, ankle: Array, skeleton: Skeleton, forward: Array) -> Array:
    """Knee position in the plane of hip, ankle and ``forward``; the knee bends towards ``forward``."""
    a, b = skeleton.thigh_m, skeleton.shin_m
    way = ankle - hip
    reach = min(float(np.linalg.norm(way)), (a + b) * 0.99999)
    u = way / np.linalg.norm(way)
    along = (a * a - b * b + reach * reach) / (2 * reach)
    f = forward - (forward @ u) * u
    rise = np.sqrt(max(a * a - along * along, 0.0)) / np.linalg.norm(f)
    return np.asarray(hip + along * u + rise * f)


def flexion_deg(a: Array, b: Array, c: Array) -> float:
    """Flexion at ``b`` between ``a`` and ``c``, 0 = straight, 0..180 degrees; points of 2 or 3 axes."""
    u, v = a - b, c - b
    cosine = float(u @ v) / (float(np.linalg.norm(u) * np.linalg.norm(v)) + 1e-12)
    return 180.0 - float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


ANGLES: Final[dict[str, tuple[str, str, str]]] = {
    "knee": ("hip", "knee", "ankle"),
    "hip": ("shoulder", "hip", "knee"),
    "ankle": ("knee", "ankle", "foot_index"),
}


def leg_angles(joints: Mapping[str, Array], side: str) -> dict[str, float]:
    """True flexion of knee, hip and ankle of the ``left`` or ``right`` leg, degrees."""
    return {
        name: flexion_deg(*(joints[f"{side}_{joint}"] for joint in three)) for name, three in ANGLES.items()
    }
