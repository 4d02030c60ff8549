"""The person as lines on the picture: the judged leg bold, doubtful parts faint, unknown ones left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.records import Pose, Side
from repcount.core.skeleton import BONES, INDEX
from repcount.overlay.canvas import INK, ORANGE, PAPER, Colour

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.overlay.canvas import Layout

SEEN: Final = 0.5
"""Visibility below which a landmark is drawn faintly."""

_FAINT: Final = 0.35
_SHIFT: Final = 4  # cv2 takes sixteenths of a pixel
_FAR_PX: Final = 30_000.0
_JOINTS: Final = ("hip", "knee", "ankle")
_LEG: Final = ("hip", "knee", "ankle", "heel", "foot_index")


@dataclass(frozen=True, eq=False)
class Body:
    """A pose in pixels of the picture that is painted.

    Attributes
    ----------
    points_px : shape (33, 2); NaN where unknown.
    depth_px : shape (33,); smaller is nearer to the camera.
    seen : shape (33,), whether the network trusts the landmark.
    """

    points_px: NDArray[np.float64]
    depth_px: NDArray[np.float64]
    seen: NDArray[np.bool_]

    @classmethod
    def of(cls, pose: Pose, size_px: tuple[int, int]) -> Body:
        """The pose scaled to a picture of that size."""
        points_px = pose.landmarks_px[:, :2] * (np.array(size_px) / np.array(pose.size_px))
        points_px = np.clip(points_px.astype(np.float64), -_FAR_PX, _FAR_PX)
        return cls(points_px, pose.landmarks_px[:, 2].astype(np.float64), pose.visibility >= SEEN)

    def mirrored(self, width_px: int) -> Body:
        """As it looks in a mirror; left and right stay the person's own."""
        return Body(self.points_px * (-1, 1) + (width_px - 1, 0), self.depth_px, self.seen)

    def moved(self, x_px: float, y_px: float) -> Body:
        """The same so far to the right and down."""
        return Body(self.points_px + np.array((x_px, y_px)), self.depth_px, self.seen)

    def at(self, side: Side, part: str) -> NDArray[np.float64]:
        """Where a part of one side is, shape (2,), pixels; NaN where unknown."""
        point: NDArray[np.float64] = self.points_px[INDEX[f"{side.value}_{part}"]]
        return point

    def depth_of(self, side: Side, part: str) -> float:
        """How far from the camera a part of one side is, smaller is nearer; NaN where unknown."""
        return float(self.depth_px[INDEX[f"{side.value}_{part}"]])


def _leg_of(side: Side) -> frozenset[int]:
    return frozenset(INDEX[f"{side.value}_{part}"] for part in _LEG)


_LEGS: Final = {side: _leg_of(side) for side in (Side.LEFT, Side.RIGHT)}


def fine(point_px: NDArray[np.float64]) -> tuple[int, int]:
    """A point in the sixteenths of a pixel that ``shift=4`` asks for."""
    x, y = point_px.tolist()
    return round(x * (1 << _SHIFT)), round(y * (1 << _SHIFT))


def draw_skeleton(image: NDArray[np.uint8], body: Body, judged: Iterable[Side], layout: Layout) -> None:
    """Paint the bones, faint ones first, then the judged legs with their joints on top."""
    legs = [_LEGS[side] for side in judged]
    known = [bone for bone in BONES if np.isfinite(body.points_px[list(bone)]).all()]
    faint = [bone for bone in known if not body.seen[list(bone)].all()]
    clear = [bone for bone in known if bone not in faint]
    bold = [bone for bone in clear if any(leg.issuperset(bone) for leg in legs)]
    _draw_faint(image, body, faint, layout)
    _draw_bones(image, body, [bone for bone in clear if bone not in bold], layout.px(0.5), PAPER)
    _draw_bones(image, body, bold, layout.px(1.1), ORANGE)
    for side in judged:
        _draw_joints(image, body, side, layout)


def draw_head(image: NDArray[np.uint8], body: Body, layout: Layout) -> None:
    """Paint a ring for the head, where no picture shows one."""
    nose, left, right = (body.points_px[INDEX[name]] for name in ("nose", "left_ear", "right_ear"))
    middle = (left + right) / 2
    radius_px = 1.2 * max(np.hypot(*(nose - middle)), np.hypot(*(left - right)) / 2)
    if np.isfinite(radius_px):
        radius = round(radius_px * (1 << _SHIFT))
        cv2.circle(image, fine(middle), radius, PAPER, layout.px(0.5), cv2.LINE_AA, _SHIFT)


def _draw_bones(
    image: NDArray[np.uint8], body: Body, bones: Iterable[tuple[int, int]], width_px: int, colour: Colour
) -> None:
    ends = [(fine(body.points_px[a]), fine(body.points_px[b])) for a, b in bones]
    casing_px = width_px + 2 * max(1, round(width_px / 4))
    for line_px, ink in ((casing_px, INK), (width_px, colour)):
        for start, end in ends:
            cv2.line(image, start, end, ink, line_px, cv2.LINE_AA, _SHIFT)


def _draw_faint(image: NDArray[np.uint8], body: Body, bones: list[tuple[int, int]], layout: Layout) -> None:
    """Blend thin lines into the part of the image that they touch."""
    if not bones:
        return
    edge_px = layout.px(1)
    points_px = body.points_px[np.array(bones)].reshape(-1, 2)
    limits = (image.shape[1], image.shape[0])
    left, top = np.clip(np.floor(points_px.min(axis=0)).astype(int) - edge_px, 0, limits)
    right, bottom = np.clip(np.ceil(points_px.max(axis=0)).astype(int) + edge_px, 0, limits)
    if left >= right or top >= bottom:
        return
    region = image[top:bottom, left:right]
    painted = region.copy()
    _draw_bones(painted, body.moved(-left, -top), bones, layout.px(0.4), PAPER)
    cv2.addWeighted(painted, _FAINT, region, 1 - _FAINT, 0, dst=region)


def _draw_joints(image: NDArray[np.uint8], body: Body, side: Side, layout: Layout) -> None:
    for part in _JOINTS:
        index = INDEX[f"{side.value}_{part}"]
        if body.seen[index] and np.isfinite(body.points_px[index]).all():
            center = fine(body.points_px[index])
            for units, colour in ((1.5, INK), (1.2, ORANGE), (0.7, PAPER)):
                cv2.circle(image, center, layout.px(units) << _SHIFT, colour, -1, cv2.LINE_AA, _SHIFT)
