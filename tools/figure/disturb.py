"""What gets in the way: other people, a chair or an arm before a joint, a camera that is nudged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tools.figure.body import Body
from tools.figure.camera import Camera
from tools.figure.motions.positions import standing_at
from tools.figure.motions.score import ease
from tools.figure.motions.stage import Stage
from tools.figure.motions.walking import walk
from tools.figure.rotation import Array, align, ry
from tools.figure.scene import Disturbance, Part
from tools.figure.skeleton import INDEX, Pose, Posed, Skeleton, blend
from tools.figure.solids import Box, Material

CHAIR_GROUP = 2
AWAY: Array = np.array([0.0, 0.0, 30.0])
"""Where a moving box waits while nobody shall see it: far behind the camera."""
NUDGE_S = 0.25
MOVE_S = 0.45


@dataclass(frozen=True, eq=False)
class Extra:
    """Another person."""

    body: Body
    look_of: Disturbance
    pose_at: Callable[[float], Pose]


def _passing(stage: Stage, disturbance: Disturbance, reach_m: float) -> Callable[[float], Pose]:
    act = walk(stage, -reach_m, reach_m)
    shift = np.array([0.0, 0.0, disturbance.depth_m])

    def pose_at(t: float) -> Pose:
        return act.pose_at(float(np.clip(t - disturbance.at_s, 0, act.duration_s))).moved(shift)

    return pose_at


def _standing_by(stage: Stage, disturbance: Disturbance) -> Callable[[float], Pose]:
    shift = np.array([0.0, 0.0, disturbance.depth_m])

    def pose_at(t: float) -> Pose:
        yaw = 20 * np.sin(0.35 * t) - 70 * np.sign(disturbance.place_m)
        return standing_at(stage, disturbance.place_m, float(yaw), t).moved(shift)

    return pose_at


def extras(disturbances: Sequence[Disturbance], seed: int, step_m: float) -> tuple[Extra, ...]:
    """The other people of a scene."""
    found = []
    for i, disturbance in enumerate(disturbances):
        if disturbance.kind not in ("passer_by", "bystander"):
            continue
        body = Body(disturbance.body.shape(), step_m)
        stage = Stage(body, Part(exercise="standing-about"), seed + 31 * (i + 1))
        passes = disturbance.kind == "passer_by"
        pose_at = _passing(stage, disturbance, 3.6) if passes else _standing_by(stage, disturbance)
        found.append(Extra(body, disturbance, pose_at))
    return tuple(found)


def _presence(time_s: float, disturbance: Disturbance) -> float:
    """0 before and after a disturbance, 1 while it lasts, smooth in between."""
    begin, end = disturbance.at_s, disturbance.at_s + disturbance.seconds
    return float(ease((time_s - begin + MOVE_S) / MOVE_S) - ease((time_s - end) / MOVE_S))


def chair_boxes(
    disturbances: Sequence[Disturbance], joints_at: Callable[[float], dict[str, Array]], eye: Array
) -> tuple[Box, ...]:
    """The back of a chair between the camera and a joint of the nearer leg; see ``chair_m``."""
    found = []
    for disturbance in disturbances:
        if disturbance.kind == "chair":
            joints = joints_at(disturbance.at_s)
            near = min(("left", "right"), key=lambda side: float(np.linalg.norm(joints[f"{side}_hip"] - eye)))
            joint = joints[f"{near}_{disturbance.joint}"]
            to_eye = (eye - joint) / np.linalg.norm(eye - joint)
            x, y, z = (float(v) for v in joint + 0.55 * to_eye)
            yaw = float(np.degrees(np.arctan2(to_eye[0], to_eye[2])))
            low, high = (x - 0.2, 0.0, z - 0.02), (x + 0.2, max(y + 0.14, 0.3), z + 0.02)
            found.append(Box(low, high, Material.WOOD, ry(yaw), (x, y, z)))
    return tuple(found)


def chair_m(disturbances: Sequence[Disturbance], time_s: float) -> Array:
    """Where the chair is, relative to its place before the joint."""
    for disturbance in disturbances:
        if disturbance.kind == "chair":
            share = _presence(time_s, disturbance)
            return AWAY if share <= 0 else np.array([(1 - share) * 3.2, 0.0, 0.0])
    return AWAY


def arm_over(
    disturbances: Sequence[Disturbance], skeleton: Skeleton, time_s: float, pose: Pose, eye: Array
) -> Pose:
    """The pose with the nearer arm held between the camera and a joint, where a scene asks for it."""
    for disturbance in disturbances:
        share = _presence(time_s, disturbance) if disturbance.kind == "arm" else 0.0
        if share > 0:
            posed = skeleton.pose(pose)
            side = "L" if posed.joints["left_shoulder"][2] > posed.joints["right_shoulder"][2] else "R"
            pose = blend(pose, _covering(skeleton, posed, pose, (side, disturbance.joint), eye), share)
    return pose


def behind_arm(
    disturbances: Sequence[Disturbance], joints: dict[str, Array], time_s: float
) -> tuple[str, ...]:
    """The joints that the person's own arm is held before at a time."""
    near = "left" if joints["left_shoulder"][2] > joints["right_shoulder"][2] else "right"
    covering = (d for d in disturbances if d.kind == "arm" and _presence(time_s, d) > 0.8)
    return tuple(f"{near}_{disturbance.joint}" for disturbance in covering)


def _covering(skeleton: Skeleton, posed: Posed, pose: Pose, what: tuple[str, str], eye: Array) -> Pose:
    """The pose with a straight arm pointing at a joint, a hand's breadth towards the camera."""
    side, joint = what
    name = {"L": "left", "R": "right"}[side]
    target = posed.joints[f"{name}_{joint}"]
    to_eye = eye - target
    way = target + 0.15 * to_eye / np.linalg.norm(to_eye) - posed.joints[f"{name}_shoulder"]
    chest = posed.turns[INDEX["chest"]]
    world = align(-chest[:, 1], way) @ chest
    return pose.turned(f"uarm.{side}", chest.T @ world).turned(f"farm.{side}", np.eye(3))


def nudged(disturbances: Sequence[Disturbance], camera: Camera, time_s: float) -> Camera:
    """The camera after the nudges until now."""
    for disturbance in disturbances:
        share = float(ease((time_s - disturbance.at_s) / NUDGE_S)) if disturbance.kind == "nudge" else 0.0
        if share > 0:
            by = np.array([disturbance.shift, -0.4 * disturbance.shift, 0]) * share
            camera = replace(
                camera,
                eye=camera.eye + by,
                target=camera.target + 1.6 * by,
                roll_deg=camera.roll_deg + 20 * disturbance.shift * share,
            )
    return camera
