"""Which bones a point of the skin follows: smooth steps along the chain of each limb."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tools.figure.rotation import Array, unit
from tools.figure.skeleton import BONES, INDEX, SIDES


def _step(x: Array, low: float, high: float) -> Array:
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def _chain(shares: list[Array]) -> list[Array]:
    """Weights of a chain of bones from the share that each step passes on to the next."""
    found, left = [], np.ones_like(shares[0])
    for share in shares:
        found.append(left * (1 - share))
        left = left * share
    return [*found, left]


def _trunk(points: Array, rest: Mapping[str, Array]) -> dict[str, Array]:
    y, z = points[:, 1], points[:, 2]
    height = {bone: float(rest[bone][1]) for bone in ("spine", "chest", "neck", "head")}
    shares = [
        _step(y, height["spine"] - 0.06, height["spine"] + 0.08),
        _step(y, height["chest"] - 0.07, height["chest"] + 0.07),
        _step(y, height["neck"] - 0.02, height["neck"] + 0.05),
        _step(y + 0.35 * (z - rest["head"][2]), height["head"] - 0.03, height["head"] + 0.03),
    ]
    return dict(zip(("pelvis", "spine", "chest", "neck", "head"), _chain(shares), strict=True))


def _arm(points: Array, rest: Mapping[str, Array]) -> tuple[Array, list[Array]]:
    """Share of the arm against the trunk (left side), and its bones among themselves."""
    shoulder = rest["uarm.L"]
    u = unit(rest["farm.L"] - shoulder)
    off = points - shoulder
    share = _step(off @ (u * 0.6 + np.array([0.48, 0, 0])), -0.045, 0.055)
    beside = np.linalg.norm(off - np.outer(off @ u, u), axis=1)
    share = share * (1 - _step(beside, 0.08, 0.115)) * (points[:, 0] > 0.12) * (points[:, 1] > 0.6)
    elbow = _step((points - rest["farm.L"]) @ u, -0.04, 0.04)
    wrist = _step((points - rest["hand.L"]) @ u, -0.02, 0.025)
    return share, _chain([elbow, wrist])


def _leg(points: Array, rest: Mapping[str, Array], arm: Array) -> tuple[Array, list[Array]]:
    """Share of the leg against the trunk (left side), and its bones among themselves."""
    groin = np.array([-0.50, -0.866, 0])
    share = _step((points - rest["thigh.L"]) @ groin, -0.055, 0.085)
    share = share * (points[:, 0] > 0) * (points[:, 1] < 1.1) * (arm <= 0)
    knee = _step((points - rest["shin.L"]) @ unit(rest["shin.L"] - rest["thigh.L"]), -0.055, 0.055)
    ankle = _step(rest["foot.L"][1] - points[:, 1], -0.035, 0.025)
    toe = _step(points[:, 2] - rest["toe.L"][2], -0.02, 0.025)
    return share, _chain([knee, ankle, toe])


def skin_weights(points: NDArray[np.float32], rest: Mapping[str, Array]) -> Array:
    """Weight of every bone for every point of the skin at rest.

    Returns
    -------
    Shape (n, 19); each row sums to 1.
    """
    found = np.zeros((len(points), len(BONES)))
    for bone, weight in _trunk(points.astype(float), rest).items():
        found[:, INDEX[bone]] = weight
    for side, sign in SIDES:
        mirrored = points.astype(float) * (sign, 1, 1)
        arm, arm_bones = _arm(mirrored, rest)
        leg, leg_bones = _leg(mirrored, rest, arm)
        for share, limbs, parts in (
            (arm, ("uarm", "farm", "hand"), arm_bones),
            (leg, ("thigh", "shin", "foot", "toe"), leg_bones),
        ):
            found *= (1 - share)[:, None]
            for limb, part in zip(limbs, parts, strict=True):
                found[:, INDEX[f"{limb}.{side}"]] = share * part
    return np.asarray(found / found.sum(1, keepdims=True))


def strongest_four(weights: Array) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The four bones that move each point most, and their weights, shape (n, 4) each."""
    bones = np.argsort(-weights, 1)[:, :4]
    picked = np.take_along_axis(weights, bones, 1)
    return bones.astype(np.float32), (picked / picked.sum(1, keepdims=True)).astype(np.float32)
