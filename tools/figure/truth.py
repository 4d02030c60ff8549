"""What truly happens in a clip, frame by frame and repetition by repetition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.figure.camera import Camera
from tools.figure.drive import drive_deg
from tools.figure.faults import EXERCISES, FAULTS
from tools.figure.motions.catalog import negative_for
from tools.figure.motions.score import Beat
from tools.figure.rotation import Array
from tools.figure.scene import Scene
from tools.figure.skeleton import Skeleton, leg_angles
from tools.figure.solids import Box
from tools.figure.timeline import Placed, Timeline

SIDES: Final = ("left", "right")
MARGIN: Final = 0.01
BODY: Final = tuple(
    f"{side}_{joint}"
    for side in SIDES
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
)
"""The joints that must be in the picture for the person to be wholly in it, with the nose."""

Json = dict[str, object]


@dataclass(frozen=True, eq=False)
class Glimpse:
    """The truth of one frame.

    Attributes
    ----------
    joints_m : joint centres in the room, metres.
    joints_px : the same in the picture, pixels.
    hidden : joints that something stands before (of the person's own body only an arm held there on purpose).
    whole : whether every joint of BODY is in the picture and none of them is hidden.
    """

    time_s: float
    joints_m: dict[str, Array]
    joints_px: dict[str, Array]
    hidden: tuple[str, ...]
    whole: bool


def glimpse(
    time_s: float,
    joints: dict[str, Array],
    camera: Camera,
    boxes: Sequence[Box],
    behind: Sequence[str] = (),
) -> Glimpse:
    """The truth of one frame, from the joints in the room and what stands there.

    Parameters
    ----------
    behind : joints that are hidden by something else than the boxes.
    """
    names, points = list(joints), np.array(list(joints.values()))
    pixels = camera.project(points)
    covered = np.zeros(len(names), bool)
    for box in boxes:
        covered |= box.hides(camera.eye, points)
    hidden = tuple(name for name, over in zip(names, covered, strict=True) if over or name in behind)
    shares = dict(zip(names, pixels / camera.size_px, strict=True))
    needed = (*BODY, "nose")
    inside = all(((shares[n] > MARGIN) & (shares[n] < 1 - MARGIN)).all() for n in needed)
    whole = inside and not set(hidden) & set(needed)
    return Glimpse(time_s, joints, dict(zip(names, pixels, strict=True)), hidden, whole)


def heel_rise_m(joints: dict[str, Array], skeleton: Skeleton, side: str) -> float:
    """How much higher the heel is above the toe's tip than with the foot flat, metres."""
    flat = skeleton.attached[f"{side}_heel"][1][1] - skeleton.attached[f"{side}_foot_index"][1][1]
    return float(joints[f"{side}_heel"][1] - joints[f"{side}_foot_index"][1] - flat)


def _leg_columns(glimpses: Sequence[Glimpse], skeleton: Skeleton, side: str) -> Json:
    solid = [leg_angles(g.joints_m, side) for g in glimpses]
    plane = [leg_angles(g.joints_px, side) for g in glimpses]
    found: Json = {}
    for joint in ("knee", "hip", "ankle"):
        found[f"{joint}_deg"] = [round(angles[joint], 3) for angles in solid]
        found[f"{joint}_plane_deg"] = [round(angles[joint], 3) for angles in plane]
    found["heel_rise_m"] = [round(heel_rise_m(g.joints_m, skeleton, side), 4) for g in glimpses]
    return found


def frames_truth(glimpses: Sequence[Glimpse], skeleton: Skeleton) -> Json:
    """Columns over the frames; angles are flexion in degrees, 0 = straight."""
    names = list(glimpses[0].joints_px)
    return {
        "time_s": [round(g.time_s, 6) for g in glimpses],
        "whole": [g.whole for g in glimpses],
        "hidden": [list(g.hidden) for g in glimpses],
        **{side: _leg_columns(glimpses, skeleton, side) for side in SIDES},
        "joints_px": {n: [[round(float(v), 2) for v in g.joints_px[n]] for g in glimpses] for n in names},
    }


def _driven_deg(timeline: Timeline, placed: Placed, side: str, time_s: float) -> float:
    """The angle that a repetition drives at a time, of the side that does it."""
    one = "left" if side == "both" else side
    return drive_deg(timeline.stage.skeleton.pose(placed.pose_at(time_s)), one, placed.act.drive)


def _faults(placed: Placed, beat: Beat) -> list[Json]:
    score = placed.act.score
    if score is None:
        return []
    kinds = FAULTS.get(placed.act.label, {})
    found: list[Json] = []
    for code, kind in kinds.items():
        severity = score.severity(code, beat.number)
        if kind.whole_set:
            severity = score.standing_fault(code)
        if severity:
            found.append({"code": code, "severity": severity, "unit": kind.unit})
    return found


def _rep(timeline: Timeline, placed: Placed, beat: Beat) -> Json:
    length = timeline.duration_s
    inside = {
        n: round(min(max(getattr(beat, n), 0.0), length), 4) for n in ("start_s", "top_s", "leave_s", "end_s")
    }
    halved = beat.start_s < 0 or beat.end_s > length
    side = placed.act.side_of(beat)
    start, peak = (_driven_deg(timeline, placed, side, t) for t in (beat.start_s, beat.peak_s))
    return {
        "exercise": placed.act.label,
        "number": beat.number,
        "side": side,
        "start_s": inside["start_s"],
        "top_s": inside["top_s"],
        "peak_s": round(beat.peak_s, 4),
        "leave_s": inside["leave_s"],
        "end_s": inside["end_s"],
        **({"halved": True} if halved else {}),
        "amplitude": round(beat.amplitude, 4),
        "dip": beat.dip,
        "rom_deg": round(abs(peak - start), 2),
        "peak_deg": round(peak, 2),
        "target_deg": round(placed.act.target_deg, 2),
        "faults": _faults(placed, beat),
    }


def _act(placed: Placed, length_s: float) -> Json:
    act = placed.act
    asked = placed.part is not None
    return {
        "label": act.label,
        "posture": act.posture,
        "exercise": act.label if asked and act.label in EXERCISES else None,
        "side": act.side,
        "heading": placed.part.heading if placed.part else None,
        "start_s": round(max(placed.start_s, 0.0), 4),
        "end_s": round(min(placed.end_s, length_s), 4),
    }


def clip_negative_for(scene: Scene) -> list[str]:
    """The exercises of which nothing in the clip may be counted."""
    left = [set(negative_for(part.exercise)) for part in scene.part]
    return [exercise for exercise in EXERCISES if all(exercise in names for names in left)]


def truth(scene: Scene, timeline: Timeline, glimpses: Sequence[Glimpse]) -> Json:
    """All that is true of a clip, as it is written beside it."""
    length = timeline.duration_s
    shown = [(p, b) for p in timeline.parts() for b in p.beats if 0 <= b.peak_s <= length]
    reps = [_rep(timeline, placed, beat) for placed, beat in shown]
    holds = [
        {
            "exercise": p.act.label,
            "side": p.act.side,
            "start_s": round(max(b.top_s, 0.0), 4),
            "end_s": round(min(b.leave_s, length), 4),
        }
        for p, b in shown
        if p.act.holds
    ]
    played = [placed.act for placed in timeline.parts() if placed.act.source]
    return {
        "name": scene.name,
        "scene": scene.model_dump(mode="json"),
        "fps": scene.fps,
        "size_px": list(scene.size),
        "azimuth_deg": scene.camera.azimuth_deg,
        "negative_for": clip_negative_for(scene),
        "acts": [_act(placed, length) for placed in timeline.acts if placed.start_s < length],
        "reps": reps,
        "holds": holds,
        **({"source": played[0].source, "group": played[0].group} if played else {}),
        "frames": frames_truth(glimpses, timeline.stage.skeleton),
    }
