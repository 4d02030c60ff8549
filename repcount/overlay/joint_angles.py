"""Joint angles on the picture: the arc that is flexed through, and the number beside the joint.

Flexion is 0 at a straight joint, so the arc runs from the prolonged upper segment to the lower one:
what is seen is what the number says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.guide import Joint
from repcount.core.records import Side
from repcount.overlay.body import fine
from repcount.overlay.canvas import BLUE, BOLD, CAP_HEIGHT, INK, ORANGE, PAPER, Colour

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.guide import TargetRange
    from repcount.core.records import Snapshot
    from repcount.overlay.body import Body
    from repcount.overlay.canvas import Layout, PaintTools

    Vector = NDArray[np.float64]

_SHIFT: Final = 4
_CLEAR: Final = 0.25
"""Cosine above which the foot tells front from back of the leg."""
_BENT: Final = 0.2
_LEAST_DEG: Final = 8.0  # a flatter arc would only hide the joint
_DEGREES: Final = 5.5  # font size in units
_UP: Final = np.array([0.0, -1.0])


@dataclass(frozen=True, eq=False)
class Mark:
    """One angle to be drawn: three points, shape (2,) in pixels each, and where the number goes.

    ``toward`` is a unit vector, square to the line between the outer points; ``depth_px`` of the joint is
    smaller the nearer it is.
    """

    upper_px: Vector
    joint_px: Vector
    lower_px: Vector
    toward: Vector
    flexion_deg: float
    depth_px: float

    @property
    def reach_px(self) -> float:
        """Length of the shorter segment."""
        return float(min(_length(self.upper_px - self.joint_px), _length(self.lower_px - self.joint_px)))


def draw_angles(image: NDArray[np.uint8], body: Body, snapshot: Snapshot, tools: PaintTools) -> None:
    """Paint the knee and hip angles of the judged legs, where they are known, and the range asked for."""
    target = None if snapshot.guide is None else snapshot.guide.target
    angles, layout = {Side.LEFT: snapshot.left, Side.RIGHT: snapshot.right}, tools.layout
    sides = shown_sides(snapshot.side)
    knees = [mark for side in sides for mark in _knee(body, side, angles[side].knee_deg)]
    hips = [mark for side in sides for mark in _hip(body, side, angles[side].hip_deg)]
    marks = [mark for pair in (knees, hips) for mark in not_overlapping(pair, 12 * layout.unit_px)]
    clear = [mark for mark in marks if mark.reach_px >= 2 * layout.unit_px]
    aimed = knees if target is not None and target.joint is Joint.KNEE else hips
    for mark in clear:
        if target is not None and target.joint is not None and mark in aimed:
            _draw_target(image, mark, target, tools)
    for mark in clear:
        _draw_arc(image, mark, layout)
    for mark in clear:
        _draw_number(image, mark, tools)


def shown_sides(side: Side | None) -> tuple[Side, ...]:
    """The legs to show for the side that is judged; both while the side is not known."""
    return (side,) if side in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT)


def not_overlapping(marks: list[Mark], apart_px: float) -> list[Mark]:
    """The marks whose numbers do not cover each other: of two joints in one place, the nearer."""
    if len(marks) < 2 or _length(marks[0].joint_px - marks[1].joint_px) >= apart_px:
        return marks
    return [min(marks, key=lambda mark: mark.depth_px)]


def _knee(body: Body, side: Side, flexion_deg: float) -> Iterator[Mark]:
    front = body.at(side, "foot_index") - body.at(side, "heel")
    yield from _mark(body, side, ("hip", "knee", "ankle"), front, flexion_deg)


def _hip(body: Body, side: Side, flexion_deg: float) -> Iterator[Mark]:
    back = body.at(side, "heel") - body.at(side, "foot_index")
    yield from _mark(body, side, ("shoulder", "hip", "knee"), back, flexion_deg)


def _mark(
    body: Body, side: Side, parts: tuple[str, str, str], facing: Vector, flexion_deg: float
) -> Iterator[Mark]:
    """The mark of one joint; none where a point or the angle is unknown."""
    upper, joint, lower = (body.at(side, part) for part in parts)
    if np.isfinite([*upper, *joint, *lower, flexion_deg]).all():
        depth_px = body.depth_of(side, parts[1])
        yield Mark(upper, joint, lower, _toward(upper, joint, lower, facing), flexion_deg, depth_px)


def _toward(upper: Vector, joint: Vector, lower: Vector, facing: Vector) -> Vector:
    """Side of the joint for the number: where the body faces, else outside the bend, else upwards."""
    x, y = _unit(lower - upper)
    across = np.array([-y, x])
    outside = 2 * joint - upper - lower
    for hint, least in ((facing, _CLEAR), (outside, _BENT), (_UP, 0.0)):
        cosine = float(across @ _unit(hint))
        if abs(cosine) > least:
            return across if cosine > 0 else -across
    return _UP


def _draw_arc(image: NDArray[np.uint8], mark: Mark, layout: Layout) -> None:
    radius_px = round(min(8 * layout.unit_px, 0.7 * mark.reach_px))
    onward = _unit(mark.joint_px - mark.upper_px)
    start_deg, end_deg = _degrees(onward), _degrees(mark.lower_px - mark.joint_px)
    sweep_deg = (end_deg - start_deg + 180) % 360 - 180
    if abs(sweep_deg) < _LEAST_DEG:
        return
    first_deg, last_deg = sorted((start_deg, start_deg + sweep_deg))
    tip = mark.joint_px + onward * radius_px * 1.25
    _dash(image, mark.joint_px, tip, layout)
    _tint(image, mark.joint_px, radius_px, (first_deg, last_deg))
    for width_px, colour in ((layout.px(0.9), INK), (layout.px(0.5), PAPER)):
        radii = (radius_px << _SHIFT, radius_px << _SHIFT)
        center = fine(mark.joint_px)
        cv2.ellipse(image, center, radii, 0, first_deg, last_deg, colour, width_px, cv2.LINE_AA, _SHIFT)


def _draw_target(image: NDArray[np.uint8], mark: Mark, target: TargetRange, tools: PaintTools) -> None:
    """Paint where the lower segment shall come to: a slice with a thin rim, a thick one once it is there."""
    layout = tools.layout
    onward = _unit(mark.joint_px - mark.upper_px)
    turn = 1.0 if float(np.array([-onward[1], onward[0]]) @ -mark.toward) > 0 else -1.0
    ends_deg = sorted(_degrees(onward) + turn * deg for deg in (target.lo_deg, target.hi_deg))
    radius_px = round(max(11 * layout.unit_px, 0.85 * mark.reach_px))
    inside = target.lo_deg <= mark.flexion_deg <= target.hi_deg
    width_px = layout.px(4.2 if inside else 2.0)
    _tint(image, mark.joint_px, radius_px, (ends_deg[0], ends_deg[1]), BLUE)
    center, radii = fine(mark.joint_px), (radius_px << _SHIFT, radius_px << _SHIFT)
    for line_px, colour in ((width_px + layout.px(0.8), INK), (width_px, BLUE)):
        cv2.ellipse(image, center, radii, 0, ends_deg[0], ends_deg[1], colour, line_px, cv2.LINE_AA, _SHIFT)
    if target.deg == target.deg:
        middle = np.radians(sum(ends_deg) / 2)
        away = np.array([np.cos(middle), np.sin(middle)]) * (radius_px + 6.5 * layout.unit_px)
        _draw_degrees(image, target.deg, mark.joint_px + away, BLUE, tools)


def _dash(image: NDArray[np.uint8], start: Vector, end: Vector, layout: Layout) -> None:
    steps = np.linspace(start, end, 8)
    for width_px, colour in ((layout.px(0.8), INK), (layout.px(0.4), PAPER)):
        for a, b in zip(steps[1::2], steps[2::2], strict=False):
            cv2.line(image, fine(a), fine(b), colour, width_px, cv2.LINE_AA, _SHIFT)


def _tint(
    image: NDArray[np.uint8],
    joint: Vector,
    radius_px: int,
    between_deg: tuple[float, float],
    colour: Colour = ORANGE,
) -> None:
    """Blend a slice of colour into the square around the joint."""
    height, width = image.shape[:2]
    x, y = (int(value) for value in np.rint(joint))
    left, top = max(0, x - radius_px), max(0, y - radius_px)
    region = image[top : min(height, y + radius_px + 1), left : min(width, x + radius_px + 1)]
    if x + radius_px < 0 or y + radius_px < 0 or not region.size:
        return
    painted = region.copy()
    center = fine(joint - (left, top))
    radii = (radius_px << _SHIFT, radius_px << _SHIFT)
    cv2.ellipse(painted, center, radii, 0, *between_deg, colour, -1, cv2.LINE_AA, _SHIFT)
    cv2.addWeighted(painted, 0.5, region, 0.5, 0, dst=region)


def _draw_number(image: NDArray[np.uint8], mark: Mark, tools: PaintTools) -> None:
    layout, size_px = tools.layout, tools.layout.px(_DEGREES)
    wide_px = tools.font.width_px(f"{mark.flexion_deg:.0f}°", size_px, BOLD)
    half = np.array([wide_px / 2, size_px * CAP_HEIGHT / 2])
    away_px = 2.5 * layout.unit_px + float(np.abs(mark.toward) @ half)
    _draw_degrees(image, mark.flexion_deg, mark.joint_px + mark.toward * away_px, PAPER, tools)


def _draw_degrees(
    image: NDArray[np.uint8], deg: float, middle: Vector, colour: Colour, tools: PaintTools
) -> None:
    """Put a number of degrees with its middle there, or as near to it as the picture allows."""
    font, layout = tools.font, tools.layout
    text, size_px = f"{deg:.0f}°", layout.px(_DEGREES)
    half = np.array([font.width_px(text, size_px, BOLD) / 2, size_px * CAP_HEIGHT / 2])
    edge_px = layout.unit_px + half
    limits = np.array(layout.size_px) - edge_px
    x, y = np.rint(np.minimum(np.maximum(middle, edge_px), limits) + half * (-1, 1)).astype(int)
    font.draw_outlined(image, text, (int(x), int(y)), size_px, colour)


def _length(vector: Vector) -> float:
    return float(np.hypot(vector[0], vector[1]))


def _unit(vector: Vector) -> Vector:
    """The vector at length 1; zero where it has no direction or is unknown."""
    length = _length(vector)
    return vector / length if length > 0 else np.zeros(2)


def _degrees(vector: Vector) -> float:
    return float(np.degrees(np.arctan2(vector[1], vector[0])))
