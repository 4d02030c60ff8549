"""The cameras of this machine: what there is, under the numbers by which they are opened."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class CameraInfo:
    """One camera of this machine.

    Attributes
    ----------
    index : what ``--camera`` takes.
    device : its path, empty where the system has none.
    """

    index: int
    name: str
    device: str


def backend() -> int:
    """Return the number of the system's own way to cameras, in OpenCV's count; 0 leaves it to OpenCV."""
    import cv2

    known = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_MSMF}
    return int(known.get(sys.platform, cv2.CAP_ANY))


def list_cameras() -> tuple[CameraInfo, ...]:
    """Return the cameras that are there, by index; none is opened."""
    from cv2_enumerate_cameras import enumerate_cameras

    found = enumerate_cameras(backend())
    cameras = [CameraInfo(each.index, each.name or "camera", each.path or "") for each in found]
    return tuple(sorted(cameras, key=lambda camera: camera.index))
