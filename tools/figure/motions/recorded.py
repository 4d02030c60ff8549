"""A real person's motion on the figure: bone directions are theirs, bone lengths the figure's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from tools.figure import mocap
from tools.figure.mocap import Mocap
from tools.figure.motions.score import Beat
from tools.figure.motions.stage import UP, Act, Draft, Stage
from tools.figure.rotation import Array, frame, rx, ry
from tools.figure.scenery import chair
from tools.figure.skeleton import SIDES, Pose, blend
from tools.figure.solids import Box

FEET: Final = (29, 30, 31, 32)
TOES: Final = ("left_heel", "right_heel", "left_foot_index", "right_foot_index")
SOLE_M: Final = 0.025
"""How high heel and toe of a flat foot are."""
ROOM_M: Final = (1.7, 0.9)
"""How far from its middle somebody may go, along the room and into it; longer ways are made shorter."""
SITTING: Final = "sit-to-stand"
FOOT_WIDE_M: Final = 0.03


def _safe(v: Array) -> Array:
    return np.asarray(v / (np.linalg.norm(v) + 1e-9))


def _hinge(upper: Array, lower: Array, rest: Array, sign: float) -> Array:
    """The axis about which a limb bends; where it is nearly straight, more and more ``rest``."""
    across = sign * np.cross(_safe(upper), _safe(lower))
    sure = float(np.clip((np.linalg.norm(across) - 0.17) / 0.33, 0, 1))
    usual = _safe(rest - (rest @ _safe(upper)) * _safe(upper))
    return _safe((1 - sure) * usual + sure * (_safe(across) if across @ usual > 0 else usual))


def facing_deg(points: Array) -> float:
    """Where a person faces as they begin: the turn about the vertical from the viewer."""
    across = (points[:, 23] - points[:, 24]) * (1, 0, 1)
    front = np.cross(across / np.linalg.norm(across, axis=1, keepdims=True), UP)
    front = np.median(front[: max(10, len(front) // 4)], 0)
    return float(np.degrees(np.arctan2(front[0], front[2])))


def _pitch_deg(points: Array, side: int) -> Array:
    way = points[:, 31 + side] - points[:, 29 + side]
    return np.asarray(np.degrees(np.arctan2(way[:, 1], np.linalg.norm(way[:, [0, 2]], axis=1))))


def _ground_m(lower_foot: Array, fps: float) -> Array:
    """The ground under the lower foot, frame by frame, above the recording's floor.

    Recordings that were put together from takes stand a few centimetres higher or lower in each; what is
    a hand's breadth and more above the floor is something that was climbed on.
    """
    reach = int(0.8 * fps)
    padded = np.pad(lower_foot, reach, mode="edge")
    lowest = np.array([padded[i : i + 2 * reach + 1].min() for i in range(len(lower_foot))])
    mean = np.convolve(np.pad(lowest, reach // 2, mode="edge"), np.ones(reach) / reach, "same")
    smooth = mean[reach // 2 : reach // 2 + len(lowest)]
    return np.asarray(np.where(np.abs(smooth) < 0.12, np.minimum(smooth, lower_foot), 0.0))


class Player:
    """A recording made ready for a body.

    Parameters
    ----------
    stage : whose body, which way, and which stretch of the recording.
    source : the recording.
    """

    def __init__(self, stage: Stage, source: Mocap) -> None:
        motion = stage.part.motion
        self.stage, self.fps = stage, source.fps * motion.pace
        first = int(motion.from_s * source.fps)
        last = len(source.points) if motion.for_s is None else first + int(motion.for_s * source.fps) + 2
        whole = source.points
        feet = whole[:, FEET, 1]
        floor = float(np.percentile(feet.min(1), 2))
        flat = feet.max(1) < floor + 0.09
        ground = _ground_m(feet.min(1) - floor, source.fps)
        self.soles = [float(np.median(_pitch_deg(whole, k)[flat])) if flat.any() else 0.0 for k in (0, 1)]
        sk, hip = stage.skeleton, (whole[:, 23] + whole[:, 24]) / 2
        thigh, shin = whole[:, 23] - whole[:, 25], whole[:, 25] - whole[:, 27]
        leg = np.median(np.linalg.norm(thigh, axis=1) + np.linalg.norm(shin, axis=1))
        self.scale = (sk.thigh_m + sk.shin_m) / float(leg)
        turn = ry(90.0 * stage.way - facing_deg(whole[first:last]))
        points = (whole - [0, floor, 0])[first:last] * self.scale @ turn.T
        self.knees_deg = mocap.knees_deg(points)
        self.points = self._kept_in_the_room(points, hip[first:last] * self.scale @ turn.T)
        self._ground_m = ground[first:last] * self.scale
        self.duration_s = (len(points) - 1) / self.fps
        self._poses: dict[int, Pose] = {}

    def _kept_in_the_room(self, points: Array, hips: Array) -> Array:
        """Moved to the room's middle; a way that is too long for the room is made shorter."""
        away = np.zeros_like(hips)
        for axis, most in ((0, ROOM_M[0]), (2, ROOM_M[1])):
            low, high = hips[:, axis].min(), hips[:, axis].max()
            off = hips[:, axis] - (low + high) / 2
            away[:, axis] = off * min(1.0, most / max((high - low) / 2, 1e-6)) - hips[:, axis]
        return np.asarray(points + away[:, None])

    def pose(self, i: int) -> Pose:
        """The figure in a frame of the recording."""
        if i not in self._poses:
            points = self.points[i]
            pose = self._draft(points).pose()
            joints = self.stage.skeleton.pose(pose).joints
            mine, theirs = np.array([joints[name] for name in TOES]), points[list(FEET)]
            low = np.exp(-(theirs[:, 1] - theirs[:, 1].min()) / FOOT_WIDE_M)
            by = (low[:, None] * (theirs - mine)).sum(0) / low.sum()
            above = theirs[:, 1].min() - self._ground_m[i]
            by[1] = max(0.0, above - 0.02 * self.scale) + SOLE_M - mine[:, 1].min()
            self._poses[i] = pose.moved(by)
        return self._poses[i]

    def pose_at(self, time_s: float) -> Pose:
        """The figure at a time."""
        at = float(np.clip(time_s * self.fps, 0, len(self.points) - 1.001))
        return blend(self.pose(int(at)), self.pose(int(at) + 1), at - int(at))

    def _draft(self, q: Array) -> Draft:
        hips, shoulders = (q[23] + q[24]) / 2, (q[11] + q[12]) / 2
        up, left, across = _safe(shoulders - hips), _safe(q[23] - q[24]), _safe(q[11] - q[12])
        upright = 0.35 * float(np.clip((up[1] - 0.1) / 0.4, 0, 1))
        ear, face = _safe(q[7] - q[8]), q[0] - (q[7] + q[8]) / 2
        ahead = _safe(face - (face @ ear) * ear)
        above = np.cross(ahead, ear)
        draft = Draft(self.stage, frame(-_safe(upright * UP + (1 - upright) * up), left), hips)
        draft.orient("spine", frame(-up, _safe(left + across)))
        draft.orient("chest", frame(-up, across))
        draft.orient("neck", frame(-_safe(above + up), _safe(ear + across)))
        draft.orient("head", np.stack([ear, above, ahead], 1) @ rx(-6))
        for k, (side, _) in enumerate(SIDES):
            self._leg(draft, side, q[[i + k for i in (23, 25, 27, 29, 31)]], left, self.soles[k])
            self._arm(draft, side, q[[i + k for i in (11, 13, 15, 19)]], across)
        return draft

    @staticmethod
    def _leg(draft: Draft, side: str, points: Array, left: Array, sole_deg: float) -> None:
        hip, knee, ankle, heel, toe = points
        lateral = _hinge(knee - hip, ankle - knee, left, 1)
        draft.orient(f"thigh.{side}", frame(knee - hip, lateral))
        draft.orient(f"shin.{side}", frame(ankle - knee, lateral))
        z = _safe(toe - heel)
        x = _safe(lateral - (lateral @ z) * z)
        draft.foot(side, np.stack([x, np.cross(z, x), z], 1) @ rx(sole_deg))

    @staticmethod
    def _arm(draft: Draft, side: str, points: Array, across: Array) -> None:
        shoulder, elbow, wrist, finger = points
        lateral = _hinge(elbow - shoulder, wrist - elbow, across, -1)
        draft.orient(f"uarm.{side}", frame(elbow - shoulder, lateral))
        draft.orient(f"farm.{side}", frame(wrist - elbow, lateral))
        draft.orient(f"hand.{side}", frame(finger - wrist, lateral))


def beats_of(bend_deg: Array, fps: float, peaks_s: tuple[float, ...]) -> tuple[Beat, ...]:
    """Repetitions from a bend over time and when it is at its peaks: each begins and ends near its rest."""
    places = [round(t * fps) for t in peaks_s]
    valleys = [0]
    for a, b in pairwise(places):
        valleys.append(a + int(np.argmin(bend_deg[a : b + 1])))
    valleys.append(len(bend_deg) - 1)
    found = []
    for number, peak in enumerate(places, 1):
        before, after = bend_deg[valleys[number - 1] : peak + 1], bend_deg[peak : valleys[number] + 1]
        top = float(bend_deg[peak])
        start = peak - _reaches(before[::-1], top, float(before.min()))
        end = peak + _reaches(after, top, float(after.min()))
        near = max(1, min(peak - start, end - peak) // 8)
        beat = Beat(number, start / fps, (peak - near) / fps, (peak + near) / fps, end / fps, 1.0)
        found.append(beat)
    return tuple(found)


def _reaches(bend_deg: Array, top: float, rest: float) -> int:
    """How many frames from a peak until a twentieth of its height is left."""
    low = np.flatnonzero(bend_deg <= rest + 0.05 * (top - rest))
    return int(low[0]) if len(low) else len(bend_deg) - 1


def _beats(stage: Stage, source: Mocap, player: Player) -> tuple[Beat, ...]:
    motion = stage.part.motion
    peaks = [(t - motion.from_s) / motion.pace for t in source.peaks_s]
    inside = tuple(t for t in peaks if 0.1 < t < player.duration_s - 0.1)
    return beats_of(player.knees_deg.mean(1), player.fps, inside)


def _seat(player: Player) -> tuple[Box, ...]:
    """A chair under the hips where they are lowest, with its back behind the person."""
    count = len(player.points)
    places = np.array([player.pose(i).pelvis_m for i in range(0, count, max(1, count // 60))])
    sitting = places[places[:, 1] < places[:, 1].min() + 0.05]
    x, y, z = np.median(sitting, 0)
    way, height = player.stage.way, (y - 0.10 * player.stage.body.girth) / 0.46
    found = []
    for box in chair(0.0, 0.0):
        low, high = np.array(box.low) * (1, height, 1), np.array(box.high) * (1, height, 1)
        xs = sorted((-low[0] * way, -high[0] * way))
        found.append(replace(box, low=(xs[0], low[1], low[2]), high=(xs[1], high[1], high[2])))
    return tuple(box.moved(np.array([x, 0, z])) for box in found)


def act(stage: Stage) -> Act:
    """The stretch of a recording that the part asks for; its repetitions are the recording's own.

    Raises
    ------
    InputError
        The recording is not there.
    """
    motion = stage.part.motion
    source = mocap.read(str(motion.recording))
    source = source.mirrored() if motion.mirrored else source
    player = Player(stage, source)
    counts = stage.part.exercise == "wall-squat"
    return Act(
        stage.part.exercise,
        "standing",
        player.duration_s,
        player.pose_at,
        drive="knee" if counts else "",
        boxes=_seat(player) if stage.part.exercise == SITTING else (),
        done=_beats(stage, source, player) if counts else (),
        target_deg=float(player.knees_deg.max()),
        source=source.name,
        group=source.group,
    )
