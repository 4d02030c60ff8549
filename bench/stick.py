"""A stick figure seen from the side, bent at hip and knee as asked: what a perfect network would see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians, sin

import numpy as np

from repcount.core.records import Pose
from repcount.core.skeleton import INDEX

SIZE_PX = (640, 480)
TRUNK, THIGH, SHIN, FOOT, ARM = 150.0, 120.0, 110.0, 66.0, 60.0
METRE = 300.0  # pixels


@dataclass(frozen=True)
class Leg:
    """Flexion of one leg, and the pitch of its foot."""

    knee_deg: float = 0.0
    hip_deg: float = 0.0
    heel_rise_deg: float = 0.0


@dataclass(frozen=True)
class Body:
    """A whole figure. ``lie_deg`` turns it: 0 upright, -90 on the back, 90 on the belly."""

    left: Leg = field(default_factory=Leg)
    right: Leg = field(default_factory=Leg)
    lean_deg: float = 0.0
    lie_deg: float = 0.0
    visibility: float = 0.95
    half_width_m: float = 0.1
    seated: bool = False

    @property
    def stands(self) -> bool:
        """Whether the feet carry it, and so stay where they are."""
        return self.lie_deg == 0.0 and not self.seated


def both(**flexion: float) -> Body:
    """A figure whose two legs do the same."""
    return Body(Leg(**flexion), Leg(**flexion))


def squatting(knee_deg: float, lean_deg: float = 0.0) -> Body:
    """Feet under the wall's edge: hips and knees bend together."""
    return replace(both(knee_deg=knee_deg, hip_deg=knee_deg), lean_deg=lean_deg)


def lying_raise(hip_deg: float, knee_deg: float = 0.0, *, active: str = "left") -> Body:
    """On the back, one leg bent with the foot flat, the other lifted."""
    lifted, bent = Leg(knee_deg=knee_deg, hip_deg=hip_deg), Leg(knee_deg=95.0, hip_deg=45.0)
    left, right = (lifted, bent) if active == "left" else (bent, lifted)
    return Body(left, right, lie_deg=-90.0)


def lying_curl(left_deg: float, right_deg: float = 0.0) -> Body:
    """On the belly, heels drawn up."""
    return Body(Leg(knee_deg=left_deg), Leg(knee_deg=right_deg), lie_deg=90.0)


def pressing(knee_deg: float) -> Body:
    """Seated and leaning back on a leg press."""
    return replace(both(knee_deg=knee_deg, hip_deg=75.0 + 0.5 * knee_deg), lean_deg=-30.0, seated=True)


def on_toes(heel_rise_deg: float) -> Body:
    """Standing, heels lifted."""
    return both(heel_rise_deg=heel_rise_deg)


def _direction(angle_deg: float) -> np.ndarray:
    """0 points up in the picture, 90 forward (to the right)."""
    return np.array([sin(radians(angle_deg)), -cos(radians(angle_deg))])


def pose(body: Body, size_px: tuple[int, int] = SIZE_PX) -> Pose:
    """Return the landmarks that a perfect network would see."""
    flat = np.full((33, 2), np.nan)
    hip = np.array([0.0, 0.0])
    shoulder = hip + TRUNK * _direction(body.lean_deg)
    head = shoulder + 0.35 * TRUNK * _direction(body.lean_deg)
    flat[:11] = head
    flat[INDEX["nose"]] = head + np.array([10.0, 0.0])
    for side, leg in (("left", body.left), ("right", body.right)):
        thigh_deg = 180.0 + body.lean_deg - leg.hip_deg
        knee = hip + THIGH * _direction(thigh_deg)
        shin_deg = thigh_deg + leg.knee_deg
        ankle = knee + SHIN * _direction(shin_deg)
        lift = radians(leg.heel_rise_deg)
        toe = ankle + np.array([0.7 * FOOT * cos(lift), 0.33 * FOOT + FOOT * sin(lift)])
        heel = toe - FOOT * np.array([cos(lift), sin(lift)])
        elbow = shoulder + ARM * _direction(180.0)
        points = {"shoulder": shoulder, "hip": hip, "knee": knee, "ankle": ankle, "heel": heel}
        points |= {"foot_index": toe, "elbow": elbow, "wrist": elbow + ARM * _direction(180.0)}
        for name, point in points.items():
            flat[INDEX[f"{side}_{name}"]] = point
        for name in ("pinky", "index", "thumb"):
            flat[INDEX[f"{side}_{name}"]] = points["wrist"]
    if body.stands:
        toes = flat[[INDEX["left_foot_index"], INDEX["right_foot_index"]]]
        flat += np.array([0.0, THIGH + SHIN]) - toes[np.argmax(toes[:, 1])]
    return _in_picture(_turned(flat, body.lie_deg), body, size_px)


def _turned(flat: np.ndarray, angle_deg: float) -> np.ndarray:
    a = radians(angle_deg)
    turned: np.ndarray = flat @ np.array([[cos(a), sin(a)], [-sin(a), cos(a)]])
    return turned


def _in_picture(flat: np.ndarray, body: Body, size_px: tuple[int, int]) -> Pose:
    depth = np.zeros(33)
    for name, i in INDEX.items():
        if "left" in name:
            depth[i] = body.half_width_m
        elif "right" in name:
            depth[i] = -body.half_width_m
    world = np.column_stack([flat / METRE, depth]).astype(np.float32)
    pixels = np.column_stack([flat + np.array(size_px) / 2, depth * METRE]).astype(np.float32)
    return Pose(pixels, np.full(33, body.visibility, np.float32), world, size_px)


def ease(share: np.ndarray | float) -> np.ndarray:
    """Minimum jerk from 0 to 1."""
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s**3 * (10 - 15 * s + 6 * s**2))


@dataclass(frozen=True)
class Course:
    """A signal over time: repetitions with rests between them."""

    reps: int = 5
    rest: float = 10.0
    peak: float = 80.0
    up_s: float = 1.2
    hold_s: float = 0.6
    down_s: float = 1.2
    pause_s: float = 1.0
    lead_s: float = 1.5
    tail_s: float = 1.0
    peaks: tuple[float, ...] = ()

    @property
    def period_s(self) -> float:
        """From one start to the next."""
        return self.up_s + self.hold_s + self.down_s + self.pause_s

    @property
    def peak_times_s(self) -> list[float]:
        """Middle of each top."""
        return [self.lead_s + i * self.period_s + self.up_s + self.hold_s / 2 for i in range(self.reps)]

    @property
    def end_s(self) -> float:
        """Length of the whole."""
        return self.lead_s + self.reps * self.period_s - self.pause_s + self.tail_s

    def at(self, time_s: float) -> float:
        """The signal at one moment."""
        i = int((time_s - self.lead_s) // self.period_s)
        if time_s < self.lead_s or i >= self.reps:
            return self.rest
        into = time_s - self.lead_s - i * self.period_s
        top = self.peaks[i] if self.peaks else self.peak
        out = ease(into / self.up_s)
        back = ease((into - self.up_s - self.hold_s) / self.down_s)
        return float(self.rest + (top - self.rest) * (out - back))

    def times(self, fps: float) -> list[float]:
        """Frame times."""
        return [i / fps for i in range(int(self.end_s * fps))]


def film(
    course: Course,
    body: Callable[[float], Body] = squatting,
    fps: float = 30.0,
    times: Sequence[float] | None = None,
) -> Iterator[tuple[float, Pose]]:
    """Poses of a course, as a camera would see them."""
    for time_s in times if times is not None else course.times(fps):
        yield time_s, pose(body(course.at(time_s)))
