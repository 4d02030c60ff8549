"""One person in one frame: 33 landmarks, from whatever network found them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from repcount.core.errors import InputError
from repcount.core.skeleton import COCO17, COCO17_ROWS, FEET, LANDMARKS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Pose:
    """One person in one frame.

    Attributes
    ----------
    landmarks_px : shape (33, 3), float32. x right and y down in pixels of the upright frame, z towards
        the back of the scene at about the same scale. NaN where a landmark is unknown.
    visibility : shape (33,), float32, 0..1 as the network says it (it is known to lie, see docs).
    world_m : shape (33, 3), float32, metres, origin between the hips, axes as above.
    size_px : (width, height) of the upright frame.
    """

    landmarks_px: NDArray[np.float32]
    visibility: NDArray[np.float32]
    world_m: NDArray[np.float32]
    size_px: tuple[int, int]

    @cached_property
    def points_px(self) -> list[tuple[float, float]]:
        """Where each landmark is in the picture, x and y as plain floats, for arithmetic point by point."""
        return [(x, y) for x, y, _ in self.landmarks_px.tolist()]

    @property
    def has_feet(self) -> bool:
        """Whether a heel or a toe is known; networks with the 17 points of COCO give none."""
        return any(self.points_px[row][0] == self.points_px[row][0] for row in FEET)

    @classmethod
    def from_mediapipe(
        cls, landmarks: Any, width_px: int, height_px: int, world_landmarks: Any = None
    ) -> Pose:
        """Return the pose that a MediaPipe pose network found.

        Parameters
        ----------
        landmarks : of one person, with x and y as shares of the picture: ``result.pose_landmarks[0]`` of
            the Tasks API, or an array of shape (33, 3), (33, 4) or (33, 5) with x, y, z, visibility and
            presence. Without visibility all of them count as seen.
        width_px, height_px : size of the upright picture.
        world_landmarks : ``result.pose_world_landmarks[0]``, or an array as above in metres; without them
            the body in space is guessed from the picture.

        Raises
        ------
        InputError
            These are not 33 landmarks.
        """
        import numpy as np

        shares = _landmark_rows("landmarks", landmarks)
        points = shares[:, :3] * np.array((width_px, height_px, width_px), np.float32)
        seen = shares[:, 3] if shares.shape[1] > 3 else np.ones(len(LANDMARKS), np.float32)
        if world_landmarks is None:
            return cls(points, seen, _lifted(points), (width_px, height_px))
        return cls(
            points, seen, _landmark_rows("world_landmarks", world_landmarks)[:, :3], (width_px, height_px)
        )

    @classmethod
    def from_coco17(cls, points_px: ArrayLike, scores: ArrayLike, width_px: int, height_px: int) -> Pose:
        """Return the pose that a network with the 17 points of COCO found, such as RTMPose or YOLO-pose.

        Heels and toes stay unknown. Where the person is in space is guessed from the picture.

        Parameters
        ----------
        points_px : shape (17, 2), x and y in pixels of the upright picture, in COCO's order; NaN where a
            point is unknown.
        scores : shape (17,), how sure the network is of each point, 0..1.
        width_px, height_px : size of the upright picture.

        Raises
        ------
        InputError
            These are not 17 points with their scores.
        """
        import numpy as np

        points, sure = np.asarray(points_px, np.float32), np.asarray(scores, np.float32)
        if points.shape != (len(COCO17), 2) or sure.shape != (len(COCO17),):
            raise InputError(
                f"from_coco17: points of shape {points.shape} and scores of shape {sure.shape}; "
                "give (17, 2) and (17,) of one person"
            )
        landmarks = np.full((len(LANDMARKS), 3), np.nan, np.float32)
        visibility = np.zeros(len(LANDMARKS), np.float32)
        landmarks[COCO17_ROWS, :2] = points
        visibility[COCO17_ROWS] = np.where(
            np.isnan(points).any(axis=1), 0.0, np.clip(np.nan_to_num(sure), 0.0, 1.0)
        )
        return cls(landmarks, visibility, _lifted(landmarks), (width_px, height_px))


def _landmark_rows(what: str, landmarks: Any) -> NDArray[np.float32]:
    """Landmarks as an array, shape (33, 3..5): they come as one, or as objects with x, y, z, visibility."""
    import numpy as np

    found = list(landmarks)
    if found and hasattr(found[0], "x"):
        found = [
            (mark.x, mark.y, mark.z, 1.0 if mark.visibility is None else mark.visibility) for mark in found
        ]
    try:
        rows = np.array(found, np.float32)
    except (TypeError, ValueError):
        rows = np.empty(0, np.float32)
    if rows.ndim != 2 or len(rows) != len(LANDMARKS) or not 3 <= rows.shape[1] <= 5:
        raise InputError(
            f"from_mediapipe: {what} are not the 33 of one person; "
            f"give result.pose_{what}[0], or an array of shape (33, 3), (33, 4) or (33, 5)"
        )
    return rows


def _lifted(landmarks_px: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    from repcount.core.geometry import lifted

    return np.array(lifted([(x, y) for x, y, _ in landmarks_px.tolist()]), np.float32)
