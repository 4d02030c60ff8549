"""The angle that a repetition drives, by the name that its act gives it."""

from __future__ import annotations

import numpy as np

from tools.figure.rotation import Array
from tools.figure.skeleton import ANGLES, INDEX, Posed, flexion_deg


def sagittal_deg(posed: Posed, side: str, joint: str) -> float:
    """Flexion seen exactly from the person's side, signed: extension beyond straight is negative."""
    across = posed.turns[0][:, 0]
    points = [posed.joints[f"{side}_{name}"] for name in ANGLES[joint]]
    flat = [point - (point @ across) * across for point in points]
    bend = float(np.cross(flat[0] - flat[1], flat[2] - flat[1]) @ across)
    flexed = -bend if joint == "knee" else bend
    return float(np.copysign(flexion_deg(*flat), flexed))


def _away_deg(posed: Posed, side: str, carrier: str, joints: tuple[str, str]) -> float:
    """How far a limb is lifted sideways off the bone that carries it, seen from the person's front."""
    turn = posed.turns[INDEX[carrier]]
    limb = posed.joints[f"{side}_{joints[1]}"] - posed.joints[f"{side}_{joints[0]}"]
    out = 1.0 if side == "left" else -1.0
    return float(np.degrees(np.arctan2(out * (limb @ turn[:, 0]), -(limb @ turn[:, 1]))))


def _elbow_deg(posed: Posed, side: str) -> float:
    points: list[Array] = [posed.joints[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist")]
    return flexion_deg(*points)


def drive_deg(posed: Posed, side: str, drive: str) -> float:
    """A driven angle of one side, degrees.

    Parameters
    ----------
    drive : ``knee``, ``hip`` or ``ankle`` (flexion seen from the side), ``abduction`` (the thigh off the
        pelvis, sideways), ``shoulder`` (the upper arm off the chest, sideways) or ``elbow`` (flexion).
    """
    if drive == "abduction":
        return _away_deg(posed, side, "pelvis", ("hip", "knee"))
    if drive == "shoulder":
        return _away_deg(posed, side, "chest", ("shoulder", "elbow"))
    if drive == "elbow":
        return _elbow_deg(posed, side)
    return sagittal_deg(posed, side, drive)
