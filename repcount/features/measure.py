"""Measure a pose: from 33 landmarks to the signals. Pure, and scalar for speed."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, degrees, dist
from typing import NamedTuple

from repcount.core import geometry as g
from repcount.core.records import NAN, Pose
from repcount.core.signal_names import BodySignals, LegSignals, Signals
from repcount.core.skeleton import INDEX

IN_THE_AIR = 0.4  # of a shin: a foot so high is off the ground, how far is no matter
FOOT_PER_SHIN = 0.6
"""Heel to toe over knee to ankle: 0.152 / 0.246 of body height (Drillis and Contini, body segments)."""
ANKLE_PER_FOOT = 0.33
"""Ankle over sole in foot lengths: 0.039 / 0.152 (same source), and the landmark's own height."""

LEG_PER_TRUNK = 1.7
"""Hip to ankle over shoulder to hip: (0.245 + 0.246) / 0.288 of body height (same source)."""

_JOINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
Rows = Mapping[str, int]
"""Rows of the joints of one side in the landmarks."""

_ROWS: Mapping[str, Rows] = {
    side: {joint: INDEX[f"{side}_{joint}"] for joint in _JOINTS} for side in ("left", "right")
}
_LEFT, _RIGHT = _ROWS["left"], _ROWS["right"]
_LEGS = {
    side: tuple(rows[joint] for joint in ("shoulder", "hip", "knee", "ankle", "heel", "foot_index"))
    for side, rows in _ROWS.items()
}
_SIDE_VIEW_DEG = 60.0
_FRONT_VIEW_DEG = 30.0
_STRIDE_VIEW_DEG = 45.0
_HIDES_SIDE_BEND = 0.5  # from so far to the side the line of the hips is too short to tell its slope


class _Side(NamedTuple):
    """Lengths of one side in the picture, and how far down its foot goes."""

    trunk_px: float
    thigh_px: float
    shin_px: float
    lowest_px: float


class _Body(NamedTuple):
    flat: list[g.Point2]
    world: list[g.Point3]
    visibility: list[float]
    middle_px: float
    sides: dict[str, _Side]
    lateral: g.Point3


def measure(pose: Pose) -> Signals:
    """Return every signal of both legs and of the body.

    In a side view (from 60 degrees on) flexion comes from the picture, where it is right within a few
    degrees; in a front view (up to 30) from the world landmarks; in between it is a blend. Measured in
    docs/accuracy.md; world landmarks read a straight knee 12 to 22 degrees bent.
    """
    flat, world = pose.points_px, pose.world_m.tolist()
    body = _Body(
        flat,
        world,
        pose.visibility.tolist(),
        pose.size_px[0] / 2,
        {side: _side(flat, side) for side in _LEGS},
        g.total(_across(world, "shoulder"), _across(world, "hip")),
    )
    view = _view_deg(body)
    share = flat_share(view)
    left = _leg(body, "left", "right", share)
    right = _leg(body, "right", "left", share)
    return Signals(left, right, _whole(body, view, left, right))


def _side(flat: list[g.Point2], side: str) -> _Side:
    shoulder, hip, knee, ankle, heel, toe = (flat[row] for row in _LEGS[side])
    return _Side(
        dist(shoulder, hip),
        dist(hip, knee),
        dist(knee, ankle),
        max(_known(heel, ankle)[1], _known(toe, ankle)[1]),
    )


def _view_deg(body: _Body) -> float:
    length = g.norm(body.lateral)
    return degrees(asin(min(1.0, abs(body.lateral[2]) / length))) if length > 0 else NAN


def _across(world: list[g.Point3], joint: str) -> g.Point3:
    return g.difference(world[_LEFT[joint]], world[_RIGHT[joint]])


def flat_share(view_deg: float) -> float:
    """How much a camera at this angle to the body can be trusted with flexion in the picture, 0..1."""
    if view_deg != view_deg:
        return 1.0
    return max(0.0, min(1.0, (view_deg - _FRONT_VIEW_DEG) / (_SIDE_VIEW_DEG - _FRONT_VIEW_DEG)))


def _flexion(body: _Body, joints: tuple[int, int, int], share: float, end_px: int | None = None) -> float:
    """Flexion at the second joint; in the picture towards ``end_px`` where that is not the third."""
    a, joint, b = joints
    flat, world = body.flat, body.world
    value = 0.0
    if share > 0.0:
        value += share * g.flexion_2d(flat[a], flat[joint], flat[b if end_px is None else end_px])
    if share < 1.0:
        value += (1.0 - share) * g.flexion_3d(world[a], world[joint], world[b])
    return value


def _leg(body: _Body, side: str, other: str, share: float) -> LegSignals:
    shoulder, hip, knee, ankle, heel, toe = _LEGS[side]
    elbow, wrist = _ROWS[side]["elbow"], _ROWS[side]["wrist"]
    flat = body.flat
    low = _known(flat[toe], flat[ankle])
    trunk_px, thigh_px, shin_px, lowest_px = body.sides[side]
    foot_px = FOOT_PER_SHIN * shin_px
    # from the front bent legs are foreshortened while the trunk is not
    leg_px = max(shin_px + thigh_px, LEG_PER_TRUNK * trunk_px)
    return LegSignals(
        knee_flexion_deg=_flexion(body, (hip, knee, ankle), share),
        hip_flexion_deg=_flexion(body, (shoulder, hip, knee), share),
        leg_flexion_deg=_flexion(body, (shoulder, hip, knee), share, ankle),
        thigh_tilt_deg=g.tilt_deg(flat[hip], flat[knee]),
        shin_tilt_deg=g.tilt_deg(flat[knee], flat[ankle]),
        heel_rise_deg=_heel_rise_deg(flat[heel], flat[ankle], flat[toe], foot_px),
        hip_height_ratio=(low[1] - flat[hip][1]) / leg_px if leg_px > 0 else NAN,
        hip_over_toe_ratio=(flat[hip][0] - low[0]) / leg_px if leg_px > 0 else NAN,
        reach_ratio=dist(flat[hip], flat[ankle]) / trunk_px if trunk_px > 0 else NAN,
        foot_lift_ratio=_foot_lift(body.sides[other].lowest_px - lowest_px, shin_px),
        knee_over_toe_ratio=_past(flat[heel], flat[toe], flat[knee], foot_px),
        visibility=min(body.visibility[hip], body.visibility[knee], body.visibility[ankle]),
        elbow_flexion_deg=_flexion(body, (shoulder, elbow, wrist), share),
        shoulder_elevation_deg=180.0 - _flexion(body, (hip, shoulder, elbow), share),
        trunk_side_bend_deg=_side_bend_deg(flat, _ROWS[side], _ROWS[other], share),
        arm_visibility=min(body.visibility[shoulder], body.visibility[elbow], body.visibility[wrist]),
    )


def _side_bend_deg(flat: list[g.Point2], here: Rows, there: Rows, share: float) -> float:
    """Bend of the trunk towards the hip of this side, against the line of the hips; from the front only."""
    if share >= _HIDES_SIDE_BEND:
        return NAN
    across = g.difference_2d(flat[here["hip"]], flat[there["hip"]])
    shoulder = g.middle_2d(flat[here["shoulder"]], flat[there["shoulder"]])
    trunk = g.difference_2d(shoulder, g.middle_2d(flat[here["hip"]], flat[there["hip"]]))
    return g.flexion_2d(across, (0.0, 0.0), trunk) - 90.0


def _heel_rise_deg(heel: g.Point2, ankle: g.Point2, toe: g.Point2, foot_px: float) -> float:
    if not foot_px > 0:
        return NAN
    by_heel = (toe[1] - heel[1]) / foot_px
    by_ankle = (toe[1] - ankle[1]) / foot_px - ANKLE_PER_FOOT
    return degrees(asin(_within((by_heel + by_ankle) / 2, 1.0)))


def _foot_lift(lift_px: float, shin_px: float) -> float:
    return _within(lift_px / shin_px, IN_THE_AIR) if shin_px > 0 else NAN


def _within(value: float, most: float) -> float:
    """The value, or the end of -most..most that it is beyond; NaN stays NaN."""
    return max(-most, min(most, value)) if value == value else NAN


def _known(point: g.Point2, other: g.Point2) -> g.Point2:
    """The point; the other one where a network does not give it."""
    return point if point[0] == point[0] else other


def _past(heel: g.Point2, toe: g.Point2, knee: g.Point2, foot_px: float) -> float:
    forward = 1.0 if toe[0] > heel[0] else -1.0
    return forward * (knee[0] - toe[0]) / foot_px if foot_px > 0 else NAN


def _whole(body: _Body, view: float, left: LegSignals, right: LegSignals) -> BodySignals:
    flat = body.flat
    shoulder = _between(body, "shoulder")
    hip = _between(body, "hip")
    knee = _between(body, "knee")
    thigh_px = max(body.sides["left"].thigh_px, body.sides["right"].thigh_px)
    trunk_px = dist(shoulder, hip)
    ankles_px = abs(flat[_LEFT["ankle"]][0] - flat[_RIGHT["ankle"]][0])
    knees_px = abs(flat[_LEFT["knee"]][0] - flat[_RIGHT["knee"]][0])
    shoulders_px = _shoulder_width_px(body)
    in_front = view < _FRONT_VIEW_DEG
    leg_px = _leg_px(body, trunk_px)
    gap = _ankle_gap(body, leg_px)
    return BodySignals(
        trunk_tilt_deg=g.tilt_deg(shoulder, hip),
        chest_elevation_deg=_chest_elevation_deg(body),
        view_deg=view,
        knee_asymmetry_deg=abs(left.knee_flexion_deg - right.knee_flexion_deg),
        hip_asymmetry_deg=abs(left.hip_flexion_deg - right.hip_flexion_deg),
        stance_ratio=ankles_px / shoulders_px if in_front and shoulders_px > 0 else NAN,
        ankle_gap_ratio=gap,
        feet_place_ratio=(_between(body, "ankle")[0] - body.middle_px) / leg_px if leg_px > 0 else NAN,
        stride_ratio=NAN if view < _STRIDE_VIEW_DEG else gap,
        knee_gap_ratio=knees_px / ankles_px if in_front and ankles_px > 0.2 * thigh_px else NAN,
        hip_below_knee_ratio=(hip[1] - knee[1]) / thigh_px if thigh_px > 0 else NAN,
        hand_to_thigh_ratio=_hand_to_thigh(body, thigh_px),
        head_ahead_ratio=_head_ahead(body, shoulder, trunk_px),
    )


def _leg_px(body: _Body, trunk_px: float) -> float:
    left, right = body.sides["left"], body.sides["right"]
    return max(left.thigh_px + left.shin_px, right.thigh_px + right.shin_px, LEG_PER_TRUNK * trunk_px)


def _ankle_gap(body: _Body, leg_px: float) -> float:
    gap_px = dist(body.flat[_LEFT["ankle"]], body.flat[_RIGHT["ankle"]])
    return gap_px / leg_px if leg_px > 0 else NAN


def _between(body: _Body, joint: str) -> g.Point2:
    return g.middle_2d(body.flat[_LEFT[joint]], body.flat[_RIGHT[joint]])


def _shoulder_width_px(body: _Body) -> float:
    return dist(body.flat[_LEFT["shoulder"]], body.flat[_RIGHT["shoulder"]])


def _chest_elevation_deg(body: _Body) -> float:
    up = g.total(
        g.difference(body.world[_LEFT["shoulder"]], body.world[_LEFT["hip"]]),
        g.difference(body.world[_RIGHT["shoulder"]], body.world[_RIGHT["hip"]]),
    )
    return g.elevation_deg(g.cross(body.lateral, up))


def _hand_to_thigh(body: _Body, thigh_px: float) -> float:
    if not thigh_px > 0:
        return NAN
    flat = body.flat
    gaps = []
    for rows in (_LEFT, _RIGHT):
        gaps.append(_distance_to_segment(flat[rows["wrist"]], flat[rows["hip"]], flat[rows["knee"]]))
    return min(gaps) / thigh_px


def _distance_to_segment(p: g.Point2, a: g.Point2, b: g.Point2) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square if square > 0 else 0.0
    share = max(0.0, min(1.0, share))
    return dist(p, (a[0] + share * dx, a[1] + share * dy))


def _head_ahead(body: _Body, shoulder: g.Point2, trunk_px: float) -> float:
    if not trunk_px > 0:
        return NAN
    ear = _between(body, "ear")
    nose = body.flat[INDEX["nose"]]
    forward = 1.0 if nose[0] > ear[0] else -1.0
    return forward * (ear[0] - shoulder[0]) / trunk_px
