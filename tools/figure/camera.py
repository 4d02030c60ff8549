"""The camera: where it stands and where a point of the room falls in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tools.figure.rotation import Array, ry, rz, unit
from tools.figure.scene import CameraScene

NEAR_M, FAR_M = 0.1, 30.0


@dataclass(frozen=True, eq=False)
class Camera:
    """A pinhole camera.

    Attributes
    ----------
    eye, target : metres, shape (3,).
    lens_deg : angle of view along the longer edge.
    roll_deg : turn of the picture.
    size_px : width and height.
    """

    eye: Array
    target: Array
    lens_deg: float
    roll_deg: float
    size_px: tuple[int, int]

    def matrix(self) -> Array:
        """World to clip space, shape (4, 4)."""
        width, height = self.size_px
        long_edge = max(width, height)
        focal = 1 / np.tan(np.radians(self.lens_deg) / 2)
        near, far = NEAR_M, FAR_M
        lens = np.zeros((4, 4))
        lens[0, 0], lens[1, 1] = focal * long_edge / width, focal * long_edge / height
        lens[2, 2], lens[2, 3], lens[3, 2] = (far + near) / (near - far), 2 * far * near / (near - far), -1
        roll = np.eye(4)
        roll[:3, :3] = rz(-self.roll_deg)
        return np.asarray(lens @ roll @ look_at(self.eye, self.target))

    def project(self, points: Array) -> Array:
        """Pixels (x right, y down) of points in the room, shape (n, 3) to (n, 2)."""
        clip = np.c_[points, np.ones(len(points))] @ self.matrix().T
        x, y = clip[:, 0] / clip[:, 3], clip[:, 1] / clip[:, 3]
        return np.stack([(x * 0.5 + 0.5) * self.size_px[0], (0.5 - y * 0.5) * self.size_px[1]], 1)


def in_hand(scene: CameraScene, camera: Camera, seed: int, time_s: float) -> Camera:
    """The camera as somebody holds it and pans with it, at a time."""
    if not (scene.handheld_m or scene.pan_m):
        return camera
    phases = np.random.default_rng(seed + 5).uniform(0, 2 * np.pi, (3, 3))
    speeds = 2 * np.pi * np.array([0.23, 0.71, 1.9])
    wander = (np.sin(speeds * time_s + phases) * [0.7, 0.35, 0.12]).sum(1) * scene.handheld_m
    right = unit(np.cross(camera.target - camera.eye, [0, 1, 0]))
    pan = right * scene.pan_m * np.sin(2 * np.pi * 0.09 * time_s + phases[0, 0])
    return replace(
        camera,
        eye=camera.eye + wander,
        target=camera.target + 1.8 * wander[[1, 2, 0]] + pan,
        roll_deg=camera.roll_deg + 25 * float(wander[2]),
    )


def look_at(eye: Array, target: Array, up: tuple[float, float, float] = (0, 1, 0)) -> Array:
    """World to camera axes, shape (4, 4); the camera looks along its -z."""
    z = unit(eye - target)
    x = unit(np.cross(up, z))
    found = np.eye(4)
    found[:3, :3] = np.stack([x, np.cross(z, x), z])
    found[:3, 3] = -found[:3, :3] @ eye
    return found


def parallel(half_m: float, depth_m: float) -> Array:
    """Parallel projection of a cube that is ``2 half_m`` wide, shape (4, 4)."""
    return np.array(
        [
            [1 / half_m, 0, 0, 0],
            [0, 1 / half_m, 0, 0],
            [0, 0, -2 / (depth_m - 0.1), -(depth_m + 0.1) / (depth_m - 0.1)],
            [0, 0, 0, 1],
        ]
    )


def placed(scene: CameraScene, size_px: tuple[int, int], points: Array, way: float) -> Camera:
    """The camera of a scene, at a distance from which all ``points`` are in the picture.

    Parameters
    ----------
    points : joints over the whole of the exercise, shape (n, 3).
    way : the person's heading along x; the azimuth counts towards their front (feet, when they lie).
    """
    centre = (points.max(0) + points.min(0)) / 2
    flat = float(np.ptp(points[:, 1])) < 1.25
    height = scene.height_m if scene.height_m is not None else (0.75 if flat else 1.0)
    turn = ry(scene.azimuth_deg * way)  # from the side to the front

    def at(distance: float) -> Camera:
        away = turn @ np.array([0, 0, distance])
        eye = np.array([centre[0] + away[0], height, centre[2] + away[2]])
        target = centre + np.array([0, distance * np.tan(np.radians(scene.tilt_deg)), 0])
        return Camera(eye, target, scene.lens_deg, scene.roll_deg, size_px)

    if scene.distance_m is not None:
        return at(scene.distance_m)
    distance = 2.8
    for distance in np.arange(2.8, 9.0, 0.1):
        camera = at(float(distance))
        pixels = camera.project(points) / size_px
        if (pixels > 0.10).all() and (pixels < 0.90).all():
            break
    return at(float(distance) / scene.nearer)
