"""A scene made ready: who is in it, what stands there, and the picture and truth at any time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np

from tools.figure import disturb, timeline
from tools.figure.body import Body
from tools.figure.camera import Camera, in_hand, placed
from tools.figure.render import Moment, Picture, Region, Renderer
from tools.figure.rotation import Array
from tools.figure.scene import Scene
from tools.figure.scenery import body_look, lamps, room_look, shell
from tools.figure.skeleton import Pose
from tools.figure.solids import Box, Material
from tools.figure.truth import Glimpse, Json, glimpse, truth

COARSE_M: Final = 0.016
FINE_M: Final = 0.012
PAD_M: Final = 0.17
NEARBY_M: Final = 1.9
"""What someone does further from the room's middle need not be in the picture."""
LYING: Final = ("supine", "prone")


class Studio:
    """Everything about one clip.

    Parameters
    ----------
    scene : what the clip is made from.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._step_m = FINE_M if scene.fine else COARSE_M
        self.body = Body(scene.body.shape(), self._step_m)
        self.timeline = timeline.build(scene, self.body)
        self._extras = disturb.extras(scene.disturbance, scene.seed, self._step_m)
        self._camera = self._placed_camera()
        self._boxes = self._all_boxes()
        self._rng = np.random.default_rng(scene.seed)
        self._last: tuple[Picture, Region] | None = None

    @property
    def times_s(self) -> Array:
        """The times of all frames."""
        return np.asarray(np.arange(round(self.timeline.duration_s * self.scene.fps)) / self.scene.fps)

    def _placed_camera(self) -> Camera:
        """The camera, far enough away for everything that the scene's parts do."""
        points = []
        for part in self.timeline.parts():
            for t in np.linspace(part.start_s, part.end_s, 24):
                points += [p for p in self._joints(float(t)).values() if abs(p[0]) < NEARBY_M]
        first = self.timeline.parts()[0]
        heading = -1.0 if self.scene.part[0].heading == "left" else 1.0
        way = -heading if first.act.posture in LYING else heading
        return placed(self.scene.camera, self.scene.size, np.array(points), way)

    def _all_boxes(self) -> tuple[tuple[Box, int], ...]:
        lies = all(part.act.posture in LYING for part in self.timeline.parts())
        far = 1.15 if lies else 1.35
        room = [(box, 0) for box in shell(room_look(self.scene.room), far)]
        chairs = disturb.chair_boxes(self.scene.disturbance, self._joints, self._camera.eye)
        return (*room, *self.timeline.boxes(), *((box, disturb.CHAIR_GROUP) for box in chairs))

    def camera(self, time_s: float) -> Camera:
        """The camera at a time."""
        held = in_hand(self.scene.camera, self._camera, self.scene.seed, time_s)
        return disturb.nudged(self.scene.disturbance, held, time_s)

    def pose(self, time_s: float) -> Pose:
        """The person's pose at a time."""
        pose = self.timeline.pose_at(time_s)
        return disturb.arm_over(self.scene.disturbance, self.body.skeleton, time_s, pose, self._camera.eye)

    def _joints(self, time_s: float) -> dict[str, Array]:
        return self.body.skeleton.pose(self.timeline.pose_at(time_s)).joints

    def _offsets(self, time_s: float) -> Array:
        chair = disturb.chair_m(self.scene.disturbance, time_s)
        return np.stack([np.zeros(3), self.timeline.ride_m(time_s), chair, np.zeros(3)])

    @cached_property
    def _renderer(self) -> Renderer:
        people = [(self.body.skin, body_look(self.scene.body))]
        people += [(extra.body.skin, body_look(extra.look_of.body)) for extra in self._extras]
        room, lamp = room_look(self.scene.room), lamps(self.scene.light, self.timeline.stage.way)
        self._lamps = lamp
        return Renderer(self.scene.size, people, self._boxes, room, lamp, self.scene.fine)

    def glimpse(self, time_s: float) -> Glimpse:
        """The truth at a time."""
        offsets = self._offsets(time_s)
        solid = [box.moved(offsets[group]) for box, group in self._boxes if not box.backdrop]
        solid = [box for box in solid if box.material is not Material.MAT]
        for extra in self._extras:
            x, _, z = extra.pose_at(time_s).pelvis_m
            solid.append(Box((x - 0.2, 0, z - 0.2), (x + 0.2, 1.8, z + 0.2), Material.FABRIC))
        joints = self.body.skeleton.pose(self.pose(time_s)).joints
        behind = disturb.behind_arm(self.scene.disturbance, joints, time_s)
        return glimpse(time_s, joints, self.camera(time_s), solid, behind)

    def picture(self, time_s: float) -> Picture:
        """The picture at a time, with the sensor's noise. Pictures need not be asked for in order."""
        renderer = self._renderer
        posed = [self.body.skeleton.pose(self.pose(time_s))]
        posed += [extra.body.skeleton.pose(extra.pose_at(time_s)) for extra in self._extras]
        offsets, camera = self._offsets(time_s), self.camera(time_s)
        moving = np.concatenate([np.array(list(p.joints.values())) for p in posed])
        corners = [box.corners() + offsets[group] for box, group in self._boxes if group]
        region = self._region(np.concatenate([moving, *corners]), camera)
        moment = Moment(tuple(p.bones for p in posed), offsets, camera, self._joined(region, camera))
        image = renderer.draw(moment)
        self._last = (image, region)
        self._last_camera = camera
        return self._noisy(image)

    def _joined(self, region: Region, camera: Camera) -> Region | None:
        """What must be drawn anew: where things were and where they are."""
        if self._last is None or not np.array_equal(self._last_camera.matrix(), camera.matrix()):
            return None
        old = self._last[1]
        return (
            min(region[0], old[0]),
            min(region[1], old[1]),
            max(region[2], old[2]),
            max(region[3], old[3]),
        )

    def _region(self, points: Array, camera: Camera) -> Region:
        """Rectangle of moving points and of their shadows on floor and back wall."""
        axes = np.concatenate([np.eye(3), -np.eye(3)]) * PAD_M
        points = (points[:, None] + axes).reshape(-1, 3)
        light = self._lamps.direction
        fall = points[:, 1] / light[1]
        if light[2] > 0:
            fall = np.minimum(fall, (points[:, 2] + 1.4) / light[2])
        both = np.concatenate([points, points - fall[:, None] * light])
        both = both[(camera.eye - both) @ (camera.eye - camera.target) > 0.3]
        pixels = camera.project(both)
        width, height = self.scene.size
        x0, y0 = np.clip(np.floor(pixels.min(0)), 0, (width - 2, height - 2)).astype(int)
        x1, y1 = np.clip(np.ceil(pixels.max(0)), (x0 + 1, y0 + 1), (width, height)).astype(int)
        return int(x0), int(y0), int(x1), int(y1)

    @cached_property
    def _grain(self) -> Array:
        width, height = self.scene.size
        rng, size = np.random.default_rng(self.scene.seed), self.scene.noise
        grain = rng.normal(0, size, (height, width, 1)) + rng.normal(0, size * 0.4, (height, width, 3))
        return np.asarray(np.round(grain).astype(np.int16))

    def _noisy(self, image: Picture) -> Picture:
        if self.scene.noise <= 0:
            return np.array(image)
        shift = self._rng.integers(0, 200, 2)
        grain = np.roll(self._grain, (int(shift[0]), int(shift[1])), (0, 1))
        noisy: Picture = np.clip(image + grain, 0, 255).astype(np.uint8)
        return noisy

    def frames(self) -> Iterator[tuple[Glimpse, Picture]]:
        """Truth and picture of every frame in order."""
        for time_s in self.times_s:
            yield self.glimpse(float(time_s)), self.picture(float(time_s))

    def truth(self, glimpses: list[Glimpse]) -> Json:
        """All that is true of the clip."""
        return truth(self.scene, self.timeline, glimpses)
