"""Stick figures drawn by lot: the exercises, and movements that come near to one and are none.

They show a score the geometry itself, without a camera's or a network's error; recordings of rendered and of
real people show it the errors. Tempo, range, heading and trembling are drawn by lot, the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import pi, sin
from random import Random
from typing import Final

import numpy as np

from bench.learning.labelled import Labelled, Truth
from bench.stick import Body, Course, Leg, lying_curl, lying_raise, pose, pressing
from repcount.core.records import Pose
from repcount.exercises import catalog

SEED: Final = 20_261_128
EACH: Final = 12
FPS: Final = 15.0
STICK: Final = "stick"

Bend = Callable[[float], Body]
Made = tuple[float, float, Bend]
"""Rest and peak of a movement, and the body at each value between."""


def _squat(lot: Random) -> Made:
    lean, rest, hips = lot.uniform(-0.1, 0.35), lot.uniform(0.0, 15.0), lot.uniform(0.45, 1.1)

    def bent(deg: float) -> Body:
        leg = Leg(knee_deg=deg, hip_deg=rest + hips * (deg - rest))
        return Body(leg, leg, lean_deg=lean * deg)

    return rest, rest + lot.uniform(25.0, 85.0), bent


def _raise(lot: Random) -> Made:
    knee, side = lot.uniform(0.0, 12.0), lot.choice(("left", "right"))
    rest = lot.uniform(-2.0, 8.0)
    return rest, rest + lot.uniform(12.0, 60.0), lambda deg: lying_raise(deg, knee, active=side)


def _calf(lot: Random) -> Made:
    knee, rest = lot.uniform(0.0, 12.0), lot.uniform(-8.0, 5.0)
    leg = Leg(knee_deg=knee, hip_deg=knee / 2)
    return (
        rest,
        rest + lot.uniform(12.0, 35.0),
        lambda deg: Body(replace(leg, heel_rise_deg=deg), replace(leg, heel_rise_deg=deg)),
    )


def _curl(lot: Random) -> Made:
    legs, rest = lot.choice(("left", "right", "both")), lot.uniform(0.0, 12.0)
    peak = rest + lot.uniform(40.0, 115.0)

    def bent(deg: float) -> Body:
        other = deg if legs == "both" else rest
        return lying_curl(*((deg, other) if legs != "right" else (other, deg)))

    return rest, peak, bent


def _press(lot: Random) -> Made:
    lean, bent = lot.uniform(-50.0, -15.0), lot.uniform(60.0, 115.0)
    return bent, lot.uniform(3.0, 25.0), lambda deg: replace(pressing(deg), lean_deg=lean)


def _heel_kick(lot: Random) -> Made:
    both = lot.random() < 0.5
    return (
        5.0,
        lot.uniform(50.0, 110.0),
        lambda d: Body(Leg(d, 8.0 + 0.1 * d), Leg(d, 8.0 + 0.1 * d) if both else Leg(5.0, 5.0)),
    )


def _lunge(lot: Random) -> Made:
    return 8.0, lot.uniform(50.0, 95.0), lambda d: Body(Leg(d, d), Leg(0.8 * d, -0.3 * d))


def _march(lot: Random) -> Made:
    return 5.0, lot.uniform(40.0, 100.0), lambda d: Body(Leg(d, d), Leg(4.0, 4.0))


def _bow(lot: Random) -> Made:
    knee = lot.uniform(0.0, 0.25)
    return (
        0.0,
        lot.uniform(30.0, 90.0),
        lambda d: replace(Body(Leg(knee * d, d), Leg(knee * d, d)), lean_deg=d),
    )


def _knee_hug(lot: Random) -> Made:
    one = lot.random() < 0.5
    return (
        8.0,
        lot.uniform(60.0, 110.0),
        lambda d: Body(Leg(d, 0.9 * d), Leg(95.0, 45.0) if one else Leg(d, 0.9 * d), lie_deg=-90.0),
    )


def _bridge(lot: Random) -> Made:
    knee = lot.choice((0.0, 90.0))
    start = 45.0 if knee else 0.0
    return (
        0.0,
        lot.uniform(15.0, 40.0),
        lambda d: Body(Leg(knee, start - d), Leg(knee, start - d), lie_deg=-90.0 + d / 2),
    )


def _crunch(lot: Random) -> Made:
    return (
        0.0,
        lot.uniform(15.0, 60.0),
        lambda d: Body(Leg(90.0, 45.0 + d), Leg(90.0, 45.0 + d), lie_deg=-90.0 + d),
    )


def _belly_kick(lot: Random) -> Made:
    return 0.0, lot.uniform(10.0, 35.0), lambda d: Body(Leg(8.0, -d), Leg(5.0, 0.0), lie_deg=90.0)


MADE: Final[dict[str, tuple[Callable[[Random], Made], ...]]] = {
    "wall-squat": (_squat,),
    "straight-leg-raise": (_raise,),
    "calf-raise": (_calf,),
    "hamstring-curl": (_curl,),
    "leg-press": (_press,),
    "": (_heel_kick, _lunge, _march, _bow, _knee_hug, _bridge, _crunch, _belly_kick, _calf, _squat),
}
"""What is done by each exercise; of those of none the last two walk on while they do it."""
WALKING: Final = 2


def sticks() -> Iterator[Labelled]:
    """Every recording, in the same order in every run."""
    lot = Random(SEED)
    for exercise, made in MADE.items():
        for kind, make in enumerate(made):
            walks = not exercise and kind >= len(made) - WALKING
            for number in range(EACH * (2 if exercise else 1)):
                yield _one(lot, exercise or None, make(lot), f"{exercise or make.__name__}-{number}", walks)


def _one(lot: Random, exercise: str | None, made: Made, name: str, walks: bool) -> Labelled:
    rest, peak, body = made
    holds = exercise == "hamstring-curl" and lot.random() < 0.5
    count, fade = lot.randint(2, 5), lot.choice((0.0, 0.0, 0.5))
    course = Course(
        reps=count,
        peaks=tuple(rest + (peak - rest) * (1.0 - fade * i / count) for i in range(count)),
        rest=rest,
        peak=peak,
        up_s=lot.uniform(0.5, 1.8),
        hold_s=lot.uniform(5.0, 16.0) if holds else lot.uniform(0.0, 1.2),
        down_s=lot.uniform(0.5, 1.8),
        pause_s=lot.uniform(0.0, 1.5),
        lead_s=lot.uniform(0.2, 2.0),
        tail_s=lot.uniform(0.3, 1.5),
    )
    half_s = course.hold_s / 2
    reps = tuple(
        Truth(exercise, top_s - half_s - course.up_s, top_s, top_s + half_s + course.down_s, "")
        for top_s in course.peak_times_s
        if exercise
    )
    others = tuple(other for other in catalog.names() if other != exercise)
    return Labelled(STICK, name, f"{STICK}/{name}", _filmed(lot, course, body, walks), reps, others)


def _filmed(lot: Random, course: Course, body: Bend, walks: bool) -> list[tuple[float, Pose | None]]:
    trembles, turned = lot.choice((0.0, 0.0, 0.7, 1.5)), lot.random() < 0.5
    roll_deg, steps_px = lot.uniform(-6.0, 6.0), lot.uniform(60.0, 120.0) if walks else 0.0
    draw = np.random.RandomState(lot.randrange(2**31))
    visibility, error = lot.uniform(0.7, 1.0), np.zeros((33, 3))
    found: list[tuple[float, Pose | None]] = []
    for time_s in course.times(FPS):
        error = 0.8 * error + 0.6 * trembles * draw.standard_normal((33, 3))
        seen = pose(replace(body(course.at(time_s)), visibility=visibility))
        shift = steps_px * sin(0.8 * pi * time_s)
        found.append((time_s, _moved(seen, error, shift, roll_deg, turned)))
    return found


def _moved(seen: Pose, error: np.ndarray, shift_px: float, roll_deg: float, turned: bool) -> Pose:
    middle = np.array(seen.size_px) / 2
    a = roll_deg * pi / 180
    roll = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    landmarks, world = seen.landmarks_px.astype(float) + error, seen.world_m.astype(float)
    landmarks[:, :2] = (landmarks[:, :2] - middle) @ roll + middle + [shift_px, 0.0]
    world[:, :2] = world[:, :2] @ roll
    if turned:
        landmarks[:, 0] = seen.size_px[0] - landmarks[:, 0]
        world[:, 0], world[:, 2] = -world[:, 0], -world[:, 2]
        landmarks[:, 2] = -landmarks[:, 2]
    return replace(seen, landmarks_px=landmarks.astype(np.float32), world_m=world.astype(np.float32))
