"""The figure's flesh, clothes and hair as shapes, at rest, left half; the right is its mirror image."""

from __future__ import annotations

from typing import Final

import numpy as np

from tools.figure.field import Field, Limb, Section, Surface
from tools.figure.rotation import Array
from tools.figure.skeleton import rest_joints

_S = Section

TORSO: Final = tuple(
    _S((y - 0.835) / 0.64, a, b, z)
    for y, a, b, z in (
        (0.835, 0.075, 0.070, -0.005),
        (0.87, 0.160, 0.100, -0.012),
        (0.93, 0.172, 0.112, -0.016),
        (1.00, 0.158, 0.104, -0.006),
        (1.08, 0.143, 0.096, 0.004),
        (1.16, 0.148, 0.100, 0.004),
        (1.25, 0.164, 0.114, 0.006),
        (1.33, 0.172, 0.112, 0.0),
        (1.39, 0.165, 0.096, -0.012),
        (1.435, 0.125, 0.076, -0.024),
        (1.475, 0.075, 0.062, -0.028),
    )
)
THIGH: Final = (
    _S(-0.12, 0.075, 0.085, 0.022),
    _S(0, 0.086, 0.095, 0.022),
    _S(0.2, 0.084, 0.091, 0.0194),
    _S(0.5, 0.071, 0.078, 0.014),
    _S(0.8, 0.057, 0.061, 0.0056),
    _S(0.93, 0.052, 0.056, 0.002),
    _S(1.04, 0.050, 0.053, 0.0),
)
SHIN: Final = (
    _S(-0.05, 0.049, 0.052, -0.002),
    _S(0.08, 0.047, 0.050, -0.005),
    _S(0.2, 0.053, 0.056, -0.0136),
    _S(0.32, 0.055, 0.059, -0.0172),
    _S(0.5, 0.048, 0.052, -0.013),
    _S(0.72, 0.036, 0.041, -0.0034),
    _S(0.9, 0.031, 0.038, 0.0008),
    _S(1.05, 0.032, 0.042, 0.002),
)
UPPER_ARM: Final = (
    _S(-0.05, 0.046, 0.050),
    _S(0.15, 0.049, 0.054),
    _S(0.4, 0.045, 0.050, 0.002),
    _S(0.7, 0.040, 0.043),
    _S(1.0, 0.037, 0.039),
)
FOREARM: Final = (
    _S(-0.05, 0.037, 0.039),
    _S(0.2, 0.040, 0.042),
    _S(0.5, 0.035, 0.036),
    _S(0.8, 0.028, 0.030),
    _S(1.02, 0.024, 0.029),
)
_ACROSS_ARM = (0.766, 0.643, 0.0)


def _trunk(f: Field) -> None:
    grown = [_S(s.at, s.lateral + 0.007, s.depth + 0.007, s.depth_offset) for s in TORSO]
    Limb(np.array([0, 0.835, 0]), np.array([0, 1.475, 0]), grown, power=2.35, flat_ends=False).add_to(f, 0.03)
    f.ellipsoid((0.075, 0.90, -0.075), (0.085, 0.085, 0.07), 0.05)
    f.ellipsoid((0.075, 1.30, 0.075), (0.075, 0.055, 0.045), 0.05)
    f.cone(((0.03, 1.475, -0.035), (0.15, 1.435, -0.025)), (0.035, 0.035), 0.05)


def _leg(f: Field, joints: dict[str, Array], trousers: bool) -> None:
    thigh = Limb(joints["thigh.L"], joints["shin.L"], THIGH)
    shin = Limb(joints["shin.L"], joints["foot.L"], SHIN)
    thigh.add_to(f, 0.035)
    shin.add_to(f, 0.006)
    f.ellipsoid((0.10, 0.503, 0.046), (0.026, 0.034, 0.020), 0.03)
    if trousers:
        thigh.clothed(0.014, -0.1, 1.02).add_to(f, 0.012)
        shin.clothed(0.013, -0.02, 0.95).add_to(f, 0.012)
        return
    thigh.clothed(0.016, -0.1, 0.66).add_to(f, 0.006)
    shin.clothed(0.004, 0.78, 1.0).add_to(f, 0.004)


def _arm(f: Field, joints: dict[str, Array]) -> None:
    upper = Limb(joints["uarm.L"], joints["farm.L"], UPPER_ARM, _ACROSS_ARM)
    f.ellipsoid(joints["uarm.L"] + (0.004, -0.008, 0), (0.058, 0.062, 0.06), 0.05)
    upper.add_to(f, 0.03)
    Limb(joints["farm.L"], joints["hand.L"], FOREARM, _ACROSS_ARM).add_to(f, 0.006)
    upper.clothed(0.013, -0.05, 0.60).add_to(f, 0.006)


def _hand(f: Field, wrist: Array) -> None:
    turn = np.radians(40.0)
    along = np.array([np.sin(turn), -np.cos(turn), 0])
    across, palm = np.array([0, 0, 1.0]), np.array([-np.cos(turn), -np.sin(turn), 0])
    f.cone((wrist, wrist + 0.045 * along), (0.026, 0.03), 0.02)
    for off, length in ((0.030, 0.072), (0.010, 0.080), (-0.011, 0.074), (-0.031, 0.058)):
        knuckle = wrist + 0.085 * along + off * across
        middle = knuckle + length * 0.55 * (along * 0.96 + palm * 0.28)
        tip = middle + length * 0.45 * (along * 0.8 + palm * 0.6)
        f.cone((wrist + 0.02 * along + 0.6 * off * across, knuckle), (0.017, 0.0135), 0.014)
        f.cone((knuckle, middle), (0.0105, 0.0095), 0.008)
        f.cone((middle, tip), (0.0095, 0.008), 0.004)
    root = wrist + 0.02 * along + 0.022 * across
    bend = wrist + 0.062 * along + 0.052 * across + 0.012 * palm
    f.cone((root, bend), (0.017, 0.013), 0.014)
    f.cone((bend, bend + 0.038 * along + 0.010 * across + 0.012 * palm), (0.0125, 0.0095), 0.006)


def _shoe(f: Field) -> None:
    f.cone(((0.105, 0.055, -0.045), (0.112, 0.045, 0.10)), (0.043, 0.040), 0.02)
    f.cone(((0.112, 0.045, 0.09), (0.112, 0.036, 0.152)), (0.042, 0.033), 0.02)
    f.cone(((0.105, 0.09, -0.018), (0.107, 0.075, 0.04)), (0.043, 0.036), 0.02)
    f.cone(((0.105, 0.02, -0.045), (0.112, 0.02, 0.15)), (0.040, 0.037), 0.006)
    f.cut_below(0.004)


def _head(f: Field) -> None:
    f.cone(((0, 1.43, -0.035), (0, 1.575, -0.008)), (0.064, 0.054), 0.035)
    f.ellipsoid((0, 1.668, -0.012), (0.076, 0.093, 0.095))
    f.ellipsoid((0, 1.612, 0.030), (0.061, 0.085, 0.064), 0.03)
    f.cone(((0, 1.552, 0.070), (0.018, 1.553, 0.066)), (0.024, 0.022), 0.03)  # chin
    f.cone(((0.05, 1.60, -0.01), (0.018, 1.555, 0.060)), (0.022, 0.020), 0.03)  # jaw
    f.ellipsoid((0.040, 1.625, 0.066), (0.022, 0.018, 0.018))  # cheek
    f.cone(((0.012, 1.668, 0.086), (0.045, 1.670, 0.068)), (0.010, 0.009), 0.014)  # brow
    f.ellipsoid((0.032, 1.650, 0.096), (0.017, 0.011, 0.014), 0.012, carve=True)  # eye socket
    f.cone(((0, 1.662, 0.084), (0, 1.620, 0.103)), (0.009, 0.0125), 0.014)  # nose
    f.ellipsoid((0.011, 1.614, 0.094), (0.009, 0.008, 0.011), 0.008)
    f.ellipsoid((0, 1.586, 0.087), (0.024, 0.0062, 0.012), 0.006)  # lips
    f.ellipsoid((0, 1.576, 0.086), (0.020, 0.0065, 0.012), 0.006)
    f.ellipsoid((0.078, 1.638, -0.012), (0.009, 0.032, 0.020), 0.008)  # ear


def body(step_m: float, trousers: bool) -> Surface:
    """Everything below the neck."""
    f, joints = Field((0, -0.02, -0.20), (0.80, 1.49, 0.26), step_m), rest_joints()
    _trunk(f)
    _leg(f, joints, trousers)
    _arm(f, joints)
    _hand(f, joints["hand.L"])
    _shoe(f)
    _head(f)
    return f.surface()


def head(step_m: float) -> Surface:
    """Neck and head, on a finer grid."""
    f = Field((0, 1.478, -0.16), (0.14, 1.80, 0.18), step_m)
    _trunk(f)
    _head(f)
    return f.surface()


def hair(step_m: float, style: str) -> Surface:
    """A cap of ``short`` or ``long`` hair, or one with a ``bun``, cut away from face and ears."""
    f = Field((0, 1.36, -0.26), (0.16, 1.82, 0.16), step_m)
    f.ellipsoid((0, 1.682, -0.018), (0.086, 0.096, 0.105))
    f.ellipsoid((0, 1.62, -0.055), (0.072, 0.075, 0.062))
    f.ellipsoid((0, 1.752, 0.045), (0.06, 0.032, 0.055))
    if style == "long":
        f.cone(((0.035, 1.66, -0.07), (0.05, 1.48, -0.095)), (0.055, 0.035), 0.04)
    if style == "bun":
        f.ellipsoid((0, 1.72, -0.135), (0.045, 0.045, 0.04), 0.015)
    block, (x, y, z) = f.block((-1, 1, -1), (1, 2, 1))
    face = np.sqrt((x / 0.070) ** 2 + ((y - 1.618) / 0.112) ** 2 + ((z - 0.10) / 0.088) ** 2) - 1
    f.cut(block, face * 0.07, 0.012)
    ear = np.sqrt((x - 0.086) ** 2 + ((y - 1.630) * 0.8) ** 2 + (z + 0.002) ** 2) - 0.033
    f.cut(block, ear, 0.008)
    return f.surface()


def eye() -> Surface:
    """The left eyeball."""
    around, down = np.linspace(0, 2 * np.pi, 12), np.linspace(0, np.pi, 8)
    ring = np.sin(down)
    normals = np.stack(
        [np.outer(ring, np.cos(around)), np.outer(np.cos(down), np.ones(12)), np.outer(ring, np.sin(around))],
        -1,
    ).reshape(-1, 3)
    i = np.arange(7 * 12).reshape(7, 12)[:, :-1].ravel()
    faces = np.concatenate([np.stack([i, i + 1, i + 12], 1), np.stack([i + 1, i + 13, i + 12], 1)])
    points = normals * 0.0130 + (0.0315, 1.650, 0.0755)
    return Surface(points.astype(np.float32), normals.astype(np.float32), faces.astype(np.int32))
