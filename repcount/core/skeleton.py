"""The 33 landmarks of MediaPipe Pose as a table.

Source: BlazePose GHUM topology, https://ai.google.dev/edge/mediapipe/solutions/vision/pose_landmarker
Left and right are the person's own.
"""

from typing import Final

LANDMARKS: Final[tuple[str, ...]] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)

INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(LANDMARKS)}


def _twin(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


MIRRORED: Final[tuple[int, ...]] = tuple(INDEX[_twin(name)] for name in LANDMARKS)
"""For each landmark the index of its twin on the other side of the body."""

BONES: Final[tuple[tuple[int, int], ...]] = tuple(
    (INDEX[a], INDEX[b])
    for a, b in (
        ("left_shoulder", "right_shoulder"),
        ("left_hip", "right_hip"),
        *(
            (f"{side}_{a}", f"{side}_{b}")
            for side in ("left", "right")
            for a, b in (
                ("shoulder", "elbow"),
                ("elbow", "wrist"),
                ("shoulder", "hip"),
                ("hip", "knee"),
                ("knee", "ankle"),
                ("ankle", "heel"),
                ("heel", "foot_index"),
                ("ankle", "foot_index"),
            )
        ),
    )
)
"""Pairs of landmarks that a drawing joins by a line: trunk, arms and legs, no face."""

COCO17: Final[tuple[str, ...]] = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)
"""The 17 points of COCO, as RTMPose, YOLO-pose and MoveNet give them: no heels, no toes.

Source: categories of person_keypoints_val2017, https://cocodataset.org/#keypoints-2017
"""

COCO17_ROWS: Final[list[int]] = [INDEX[name] for name in COCO17]
"""For each point of COCO the row of the same landmark among the 33."""

FEET: Final[tuple[int, ...]] = tuple(
    INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("heel", "foot_index")
)
"""The rows of heels and toes."""
