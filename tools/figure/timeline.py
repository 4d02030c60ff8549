"""One doing after the other: the acts of a scene with the ways between them, and their places in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from tools.figure.body import Body
from tools.figure.motions import catalog
from tools.figure.motions.positions import (
    bent_over,
    keyed,
    kneeling,
    on_back,
    on_front,
    sitting_on_floor,
    standing_at,
)
from tools.figure.motions.score import Beat
from tools.figure.motions.stage import Act, Stage
from tools.figure.motions.walking import turn_round, walk
from tools.figure.rotation import Array
from tools.figure.scene import Part, Scene
from tools.figure.skeleton import Pose, blend
from tools.figure.solids import Box

OUTSIDE_M: Final = 3.4
"""How far from the middle someone walks in from, and out to."""


@dataclass(frozen=True, eq=False)
class Placed:
    """An act at its place along the room, from ``start_s`` on."""

    act: Act
    start_s: float
    at_m: float
    part: Part | None = None

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self.start_s + self.act.duration_s

    @property
    def beats(self) -> tuple[Beat, ...]:
        """Its repetitions in the clip's time."""
        return tuple(beat.later(self.start_s) for beat in self.act.beats)

    def shift(self) -> Array:
        """Its place as a vector, metres."""
        return np.array([self.at_m, 0.0, 0.0])

    def pose_at(self, time_s: float) -> Pose:
        """The pose at a time of the clip."""
        inside = float(np.clip(time_s - self.start_s, 0, self.act.duration_s))
        return self.act.pose_at(inside).moved(self.shift())


@dataclass(frozen=True, eq=False)
class Timeline:
    """All that the person does in a clip."""

    stage: Stage
    acts: tuple[Placed, ...]
    ends_s: float | None = None

    @cached_property
    def duration_s(self) -> float:
        """How long the clip is."""
        last = self.acts[-1].end_s
        return last if self.ends_s is None else min(last, self.ends_s)

    def cut(self, begin_s: float, end_s: float) -> Timeline:
        """What of it happens between two times; acts may have begun before the clip does."""
        acts = tuple(replace(placed, start_s=placed.start_s - begin_s) for placed in self.acts)
        return Timeline(self.stage, tuple(placed for placed in acts if placed.end_s > 0), end_s - begin_s)

    def at(self, time_s: float) -> Placed:
        """What is being done at a time."""
        return next((placed for placed in self.acts if time_s < placed.end_s), self.acts[-1])

    def pose_at(self, time_s: float) -> Pose:
        """The person's pose at a time."""
        return self.at(time_s).pose_at(time_s)

    def parts(self) -> tuple[Placed, ...]:
        """The acts that the scene asked for, without the ways between them."""
        return tuple(placed for placed in self.acts if placed.part is not None)

    def boxes(self) -> tuple[tuple[Box, int], ...]:
        """What stands in the room for the acts, each with its group: 1 rides with the first that moves."""
        found: list[tuple[Box, int]] = []
        seen: set[tuple[str, float]] = set()
        for placed in self.parts():
            key = (placed.act.posture, placed.at_m)
            if key not in seen:
                seen.add(key)
                found += [(box.moved(placed.shift()), int(box.rides)) for box in placed.act.boxes]
        return tuple(found)

    def ride_m(self, time_s: float) -> Array:
        """Where the riding boxes are at a time."""
        for placed in self.parts():
            if placed.act.ride_at is not None:
                inside = float(np.clip(time_s - placed.start_s, 0, placed.act.duration_s))
                return placed.act.ride_at(inside)
        return np.zeros(3)


class _Builder:
    """Strings acts together, each beginning where the one before ended."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.now = stage, 0.0
        self.acts: list[Placed] = []

    def add(self, act: Act, at_m: float = 0.0, part: Part | None = None) -> None:
        self.acts.append(Placed(act, self.now, at_m, part))
        self.now += act.duration_s

    def last(self) -> Pose:
        placed = self.acts[-1]
        return placed.pose_at(self.now)

    def go(self, x: float, way: float, start: tuple[float, float]) -> None:
        """From standing at ``start`` (place, heading) to standing at ``x`` with heading ``way``."""
        here, facing = start
        if abs(x - here) > 0.3:
            course = 1.0 if x > here else -1.0
            if facing != course:
                self.add(turn_round(self.stage, here, 90 * facing, 90 * course))
            self.add(walk(self.stage, here, x))
            facing = course
            here = x
        if facing != way:
            self.add(turn_round(self.stage, here, 90 * facing, 90 * way))


def _doorway(part: Part, posture: str) -> tuple[float, float]:
    """Where one stands, and facing where, before a part begins."""
    way = -1.0 if part.heading == "left" else 1.0
    if posture == "supine":
        return part.at_m - 0.45 * way, -way
    if posture == "prone":
        return part.at_m - 0.40 * way, way
    if posture in ("against-wall", "seated"):
        return part.at_m + 0.30 * way, way
    return part.at_m, way


def _keys_down(stage: Stage, part: Part, posture: str, goal: Pose) -> tuple[tuple[float, Pose], ...]:
    """Poses on the way from standing at the doorway to the first pose of a part."""
    x, way = _doorway(part, posture)
    up = standing_at(stage, x, 90 * way)
    if posture == "supine":
        hips = part.at_m + 0.10 * way
        lain = on_back(stage).moved(np.array([part.at_m, 0, 0]))
        return (
            (0.0, up),
            (1.2, bent_over(stage, x, way, 0.42, 40)),
            (2.2, sitting_on_floor(stage, hips - 0.2 * way, way)),
            (3.6, lain),
            (4.8, goal),
        )
    if posture == "prone":
        lain = on_front(stage).moved(np.array([part.at_m, 0, 0]))
        down, fours = kneeling(stage, x, way, 5), kneeling(stage, x - 0.05 * way, way, 85)
        return ((0.0, up), (1.3, down), (2.3, fours), (3.7, lain), (4.3, goal))
    return ((0.0, up), (1.3, goal))


def _reversed(keys: tuple[tuple[float, Pose], ...]) -> tuple[tuple[float, Pose], ...]:
    last = keys[-1][0]
    return tuple((last - time, pose) for time, pose in reversed(keys))


def _enter(builder: _Builder, stage: Stage, placed: tuple[Part, Act], walks_in: bool) -> None:
    """Come into the picture, and into the first pose."""
    part, act = placed
    x, way = _doorway(part, act.posture)
    goal = act.pose_at(0.0).moved(np.array([part.at_m, 0, 0]))
    if walks_in:
        from_front = act.posture in ("against-wall", "seated")
        course = -way if from_front else way
        builder.go(x, way, (-OUTSIDE_M * course, course))
    builder.add(keyed("getting ready", "moving", _keys_down(stage, part, act.posture, goal)))


def build(scene: Scene, body: Body) -> Timeline:
    """The timeline of a scene: its parts in order, with the ways that its disturbances ask for."""
    kinds = {disturbance.kind for disturbance in scene.disturbance}
    stages = [Stage(body, part, scene.seed + 13 * i) for i, part in enumerate(scene.part)]
    acts = [catalog.act(stage) for stage in stages]
    builder = _Builder(stages[0])
    first = (scene.part[0], acts[0])
    if kinds & {"walks_in", "lies_down"}:
        _enter(builder, stages[0], first, "walks_in" in kinds)
    for i, (stage, act) in enumerate(zip(stages, acts, strict=True)):
        part = scene.part[i]
        if i:
            _between(builder, stages[i - 1], (scene.part[i - 1], acts[i - 1]), (part, act))
        builder.stage = stage
        builder.add(act, part.at_m, part)
    if kinds & {"walks_out", "gets_up"}:
        _leave(builder, (scene.part[-1], acts[-1]))
        if "walks_out" in kinds:
            x, way = _doorway(scene.part[-1], acts[-1].posture)
            builder.go(OUTSIDE_M * way, way, (x, way))
    made = Timeline(stages[0], tuple(builder.acts))
    return made if scene.cut_s is None else made.cut(*scene.cut_s)


def _leave(builder: _Builder, placed: tuple[Part, Act]) -> None:
    """From a part's last pose up to standing."""
    part, act = placed
    keys = _reversed(_keys_down(builder.stage, part, act.posture, builder.last()))
    builder.add(keyed("getting up", "moving", keys))


def _between(builder: _Builder, stage: Stage, before: tuple[Part, Act], after: tuple[Part, Act]) -> None:
    """The way from one part to the next."""
    lying = {"supine", "prone"}
    part, act = after
    goal = act.pose_at(0.0).moved(np.array([part.at_m, 0, 0]))
    same_place = before[0].at_m == part.at_m and before[0].heading == part.heading
    if same_place and (before[1].posture == act.posture or {before[1].posture, act.posture} <= lying):
        builder.add(keyed("changing over", "moving", _roll(builder.last(), goal)))
        return
    _leave(builder, before)
    here = _doorway(before[0], before[1].posture)
    builder.go(*_doorway(part, act.posture), here)
    builder.add(keyed("getting ready", "moving", _keys_down(stage, part, act.posture, goal)))


def _roll(start: Pose, goal: Pose) -> tuple[tuple[float, Pose], ...]:
    """From one lying or equal posture to another, a little lifted half way."""
    middle = blend(start, goal, 0.5).moved(np.array([0, 0.12, 0]))
    return ((0.0, start), (1.2, middle), (2.4, goal))
