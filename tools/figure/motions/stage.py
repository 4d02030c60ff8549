"""Where a part is played, and a pose put together joint by joint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.figure.body import Body
from tools.figure.motions.score import Beat, Score, sway
from tools.figure.rotation import Array, align, frame, rx, ry, rz
from tools.figure.scene import Part
from tools.figure.skeleton import BONES, INDEX, PARENT, SIDES, Pose, Skeleton, knee_of
from tools.figure.solids import Box

UP: Array = np.array([0.0, 1.0, 0.0])
CHEST_SWING = 0.27  # breaths a second


@dataclass(frozen=True, eq=False)
class Stage:
    """A body that is about to do something.

    Attributes
    ----------
    part : what it shall do.
    seed : varies its small involuntary movements.
    """

    body: Body
    part: Part
    seed: int = 0

    @property
    def skeleton(self) -> Skeleton:
        """The body's bones."""
        return self.body.skeleton

    @property
    def way(self) -> float:
        """The heading along x: -1 towards the picture's left, 1 towards its right."""
        return -1.0 if self.part.heading == "left" else 1.0

    def upright(self) -> Array:
        """Orientation of an upright body that faces the heading."""
        return ry(90.0 * self.way)

    def lying(self, prone: bool) -> Array:
        """Orientation of a lying body whose head is at the heading."""
        y, z = np.array([self.way, 0, 0]), -UP if prone else UP
        return np.asarray(np.stack([np.cross(y, z), y, z], 1))

    def legs(self) -> tuple[str, ...]:
        """Suffixes of the legs that do the exercise."""
        return {"left": ("L",), "right": ("R",), "both": ("L", "R")}[self.part.side]

    def turn_of(self, beat: Beat | None) -> str:
        """Suffix of the limb whose turn a repetition is: left and right alternate unless one is named."""
        sides = self.legs()
        return sides[(beat.number - 1) % len(sides)] if beat else sides[0]

    def sway(self, time_s: float, size: float, channel: int = 0) -> float:
        """Involuntary wandering; each channel wanders on its own."""
        return sway(time_s, size, 97 * self.seed + channel)


@dataclass(frozen=True, eq=False)
class Act:
    """Something done from 0 to ``duration_s``.

    Attributes
    ----------
    label : an exercise, a negative's name, or the way from one to the next.
    posture : standing, against-wall, supine, prone, seated or moving.
    pose_at : the pose at a time.
    drive : the angle that a repetition drives; see ``drive.py``.
    score : its repetitions; None where there are none.
    boxes : what stands in the room for it.
    ride_at : where its moving boxes are, relative to their place.
    holds : whether its repetitions are holds.
    alternates : whether left and right take turns where ``side`` is ``both``.
    done : its repetitions where no score played them.
    source, group : the recording of motion that it follows, and whose it is.
    target_deg : range asked for: flexion at the peak (leg press: at rest; calf raise: the foot's turn).
    """

    label: str
    posture: str
    duration_s: float
    pose_at: Callable[[float], Pose]
    score: Score | None = None
    side: str = "both"
    drive: str = ""
    boxes: tuple[Box, ...] = ()
    ride_at: Callable[[float], Array] | None = None
    holds: bool = False
    alternates: bool = False
    target_deg: float = 0.0
    done: tuple[Beat, ...] = ()
    source: str = ""
    group: str = ""

    @property
    def beats(self) -> tuple[Beat, ...]:
        """The repetitions in it."""
        return self.score.beats if self.score else self.done

    def side_of(self, beat: Beat) -> str:
        """The side that does a repetition."""
        if self.alternates and self.side == "both":
            return "left" if beat.number % 2 else "right"
        return self.side


class Draft:
    """A pose in the making: turns relative to the parent, or orientations in the world.

    Parameters
    ----------
    stage : whose pose.
    pelvis : orientation of the pelvis in the world.
    hips_m : the middle between the hips in the world.
    """

    def __init__(self, stage: Stage, pelvis: Array, hips_m: Array) -> None:
        self._skeleton = stage.skeleton
        self._girth = stage.body.girth
        self._pelvis = pelvis
        self.pelvis_m = np.asarray(hips_m, float) - pelvis @ self._skeleton.hips_below_pelvis()
        self._local: dict[str, Array] = {}
        self._world: dict[str, Array] = {}

    def hip(self, side: str) -> Array:
        """The hip joint of side ``L`` or ``R`` in the world."""
        rest = self._skeleton.rest
        return np.asarray(self.pelvis_m + self._pelvis @ (rest[f"thigh.{side}"] - rest["pelvis"]))

    def turn(self, bone: str, turn: Array) -> None:
        """Turn a bone relative to its parent."""
        self._local[bone] = turn
        self._world.pop(bone, None)

    def orient(self, bone: str, orientation: Array) -> None:
        """Give a bone an orientation in the world."""
        self._world[bone] = orientation

    def leg(self, side: str, ankle: Array, forward: Array, lateral: Array) -> None:
        """Put an ankle at a place, with the knee towards ``forward``."""
        hip = self.hip(side)
        knee = knee_of(hip, ankle, self._skeleton, forward)
        self.orient(f"thigh.{side}", frame(knee - hip, lateral))
        self.orient(f"shin.{side}", frame(ankle - knee, lateral))

    def swing(self, bone: str, turn: Array) -> None:
        """Turn a bone that has a world orientation about a world axis through its origin."""
        self._world[bone] = turn @ self._world[bone]

    def foot(self, side: str, orientation: Array, toe: Array | None = None) -> None:
        """Orient a foot, and its toes unless they go with it."""
        self.orient(f"foot.{side}", orientation)
        self.orient(f"toe.{side}", orientation if toe is None else toe)

    def trunk(self, spine: Array, chest: Array, neck: Array, head: Array) -> None:
        """Turn the bones above the pelvis."""
        for bone, turn in (("spine", spine), ("chest", chest), ("neck", neck), ("head", head)):
            self.turn(bone, turn)

    def arm(self, side: str, flex: float, abduct: float = 7.0, elbow: float = 12.0) -> None:
        """Lift an arm forwards and sideways and bend its elbow, degrees."""
        sign = dict(SIDES)[side]
        self.turn(f"uarm.{side}", rx(-flex) @ rz(sign * (abduct + max(0, self._girth - 1) * 30)))
        self.turn(f"farm.{side}", rx(-elbow))

    def arms(self, flex: float = 3.0, abduct: float = 7.0, elbow: float = 12.0) -> None:
        """Both arms alike."""
        for side, _ in SIDES:
            self.arm(side, flex, abduct, elbow)

    def reach(self, side: str, target: Array, elbow_to: Array) -> None:
        """Put a wrist at a place in the world, with the elbow towards ``elbow_to``."""
        posed = self._skeleton.pose(self.pose())
        name = {"L": "left", "R": "right"}[side]
        shoulder, turns = posed.joints[f"{name}_shoulder"], posed.turns
        upper, fore = self._skeleton.upper_arm_m, self._skeleton.forearm_m
        way = target - shoulder
        length = float(np.clip(np.linalg.norm(way), abs(upper - fore) + 0.02, upper + fore - 1e-3))
        u = way / np.linalg.norm(way)
        along = (upper**2 - fore**2 + length**2) / (2 * length)
        out = elbow_to - (elbow_to @ u) * u
        elbow = along * u + np.sqrt(max(upper**2 - along**2, 0)) * out / np.linalg.norm(out)
        first = align(-turns[INDEX["chest"]][:, 1], elbow) @ turns[INDEX["chest"]]
        self.orient(f"uarm.{side}", first)
        self.orient(f"farm.{side}", align(-first[:, 1], u * length - elbow) @ first)

    def pose(self) -> Pose:
        """The pose as it stands."""
        world, turns = np.zeros((len(BONES), 3, 3)), np.zeros((len(BONES), 3, 3))
        world[0] = turns[0] = self._pelvis
        for i, bone in enumerate(BONES[1:], 1):
            up = world[INDEX[PARENT[bone]]]
            local = self._local.get(bone, np.eye(3))
            world[i] = self._world.get(bone, up @ local)
            turns[i] = up.T @ world[i]
        return Pose(self.pelvis_m, turns)


def standing_legs(draft: Draft, stage: Stage, hips_m: Array) -> None:
    """Both feet flat on the floor right below the hips."""
    turn = stage.upright()
    forward, lateral = turn[:, 2], turn[:, 0]
    for side, sign in SIDES:
        ankle = np.array([hips_m[0], stage.skeleton.ankle_m, hips_m[2]]) + lateral * sign * 0.10
        draft.leg(side, ankle - forward * 0.02, forward, lateral)
        draft.foot(side, turn)


def standing(stage: Stage, time_s: float = 0.0) -> Pose:
    """Standing upright with hanging arms, facing the heading, at x = 0."""
    return standing_draft(stage, time_s).pose()


def standing_draft(stage: Stage, time_s: float) -> Draft:
    """The same while its arms may still be moved."""
    hips = np.array([0, stage.skeleton.ankle_m + stage.skeleton.leg_m(7.0), 0])
    draft = Draft(stage, stage.upright() @ rx(2 + stage.sway(time_s, 0.5)), hips)
    standing_legs(draft, stage, hips)
    draft.turn("neck", rx(stage.sway(time_s, 1.2, 1)))
    draft.arms()
    return draft
