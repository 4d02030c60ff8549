"""Sets of an exercise as people do them, and what a camera or a network may do to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians, sin

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from bench.stick import Body, Course, film, lying_curl, lying_raise, on_toes, pressing, squatting
from repcount.core.records import ExerciseSummary, Pose, Rep, Side
from repcount.core.skeleton import MIRRORED
from repcount.exercises import catalog
from repcount.session.auto_session import AutoSession
from repcount.session.session import Session, SessionOptions
from tests.samples import recorded

Track = list[tuple[float, Pose | None]]
Change = Callable[[Pose], Pose]

FEW = settings(max_examples=max(1, settings.default.max_examples // 10))
"""A set takes a tenth of a second to judge: a tenth of the examples is tried."""

SWAPPED = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}


@dataclass(frozen=True)
class Done:
    """A set: which exercise, how it goes over time, and what the body does.

    Attributes
    ----------
    leg : the moving leg where one moves alone; both where it is None.
    lean_deg : of the trunk, in a squat.
    """

    exercise: str
    course: Course
    leg: str | None = None
    lean_deg: float = 0.0

    def body(self, deg: float) -> Body:
        """The body at one value of the counted signal."""
        if self.exercise == "straight-leg-raise":
            return lying_raise(deg, active=self.leg or "left")
        if self.exercise == "hamstring-curl":
            rest = self.course.rest
            return lying_curl(rest if self.leg == "right" else deg, rest if self.leg == "left" else deg)
        if self.exercise == "wall-squat":
            return squatting(deg, self.lean_deg)
        return on_toes(deg) if self.exercise == "calf-raise" else pressing(deg)

    def track(self, fps: float = 30.0) -> Track:
        """The poses that a perfect network would see."""
        return list(film(self.course, self.body, fps))

    @property
    def side(self) -> Side:
        """Which leg does it."""
        return Side.BOTH if self.leg is None else Side(self.leg)


def _course(
    rest: tuple[float, float],
    peak: tuple[float, float],
    way_s: tuple[float, float],
    hold_s: tuple[float, float],
) -> st.SearchStrategy[Course]:
    return st.builds(
        Course,
        reps=st.integers(2, 3),
        rest=st.floats(*rest),
        peak=st.floats(*peak),
        up_s=st.floats(*way_s),
        hold_s=st.floats(*hold_s),
        down_s=st.floats(*way_s),
        pause_s=st.floats(0.6, 2.0),
    )


LEGS = st.sampled_from(["left", "right"])
SETS: st.SearchStrategy[Done] = st.one_of(
    st.builds(
        Done,
        st.just("wall-squat"),
        _course((3.0, 15.0), (55.0, 95.0), (0.8, 2.0), (0.2, 2.0)),
        lean_deg=st.floats(0.0, 8.0),
    ),
    st.builds(
        Done, st.just("straight-leg-raise"), _course((0.0, 4.0), (30.0, 65.0), (0.8, 2.0), (0.3, 2.0)), LEGS
    ),
    st.builds(Done, st.just("calf-raise"), _course((0.0, 0.0), (18.0, 30.0), (0.6, 1.5), (0.3, 1.5))),
    st.builds(Done, st.just("leg-press"), _course((85.0, 105.0), (5.0, 20.0), (0.8, 2.0), (0.2, 1.0))),
    st.builds(
        Done,
        st.just("hamstring-curl"),
        _course((0.0, 8.0), (80.0, 110.0), (0.8, 2.0), (2.0, 5.0)),
        st.one_of(st.none(), LEGS),
    ),
)
"""Sets with the ranges and the pace that people show."""

RECORDINGS = (
    ("wall-squat", "wall_squat"),
    ("straight-leg-raise", "straight_leg_raise"),
    ("calf-raise", "calf_raise"),
    ("leg-press", "leg_press"),
    ("hamstring-curl", "hamstring_curl"),
)
"""Exercise and name of the recordings of the sample videos: what the real network saw."""
RECORDED = st.sampled_from(RECORDINGS)


def tracks() -> st.SearchStrategy[tuple[str, Track]]:
    """Sets of the figure and recordings of the network, each with its exercise."""
    figures = SETS.map(lambda done: (done.exercise, done.track()))
    return st.one_of(figures, RECORDED.map(lambda pair: (pair[0], recording(pair[1]))))


@dataclass(frozen=True)
class Told:
    """What a session said while it went on, and its summary at the end."""

    reps: tuple[Rep, ...]
    counts: tuple[int, ...]
    summaries: tuple[ExerciseSummary, ...]

    @property
    def sides(self) -> list[Side]:
        """Of the repetitions in the summary, in order."""
        return [rep.side for each in self.summaries for rep in each.repetitions]


def judge(exercise: str | None, track: Sequence[tuple[float, Pose | None]]) -> Told:
    """Judge poses as a stream; None leaves it to the program to find out the exercise."""
    session: Session | AutoSession
    if exercise is None:
        session = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])
    else:
        session = Session(catalog.get(exercise))
    shown = [session.step(time_s, seen) for time_s, seen in track]
    shown.append(session.finish(track[-1][0]))
    reps = tuple(event for each in shown for event in each.events if isinstance(event, Rep))
    return Told(reps, tuple(each.reps for each in shown), session.summaries())


@cache
def recording(name: str) -> Track:
    """Poses of a recording, read once."""
    return recorded(name)


def changed(track: Track, change: Change) -> Track:
    """Each pose changed in the same way."""
    return [(time_s, None if seen is None else change(seen)) for time_s, seen in track]


def mirrored(seen: Pose) -> Pose:
    """The picture mirrored, as a mirror shows a person: left is right."""
    twins = list(MIRRORED)
    landmarks, world = seen.landmarks_px[twins].copy(), seen.world_m[twins].copy()
    landmarks[:, 0] = seen.size_px[0] - landmarks[:, 0]
    world[:, 0] *= -1
    return replace(seen, landmarks_px=landmarks, world_m=world, visibility=seen.visibility[twins].copy())


def tilted(angle_deg: float) -> Change:
    """A camera that is not level."""
    a = radians(angle_deg)
    turn = np.array([[cos(a), sin(a)], [-sin(a), cos(a)]], np.float32)

    def tilt(seen: Pose) -> Pose:
        landmarks, world = seen.landmarks_px.copy(), seen.world_m.copy()
        centre = np.array(seen.size_px, np.float32) / 2
        landmarks[:, :2] = (landmarks[:, :2] - centre) @ turn + centre
        world[:, :2] = world[:, :2] @ turn
        return replace(seen, landmarks_px=landmarks, world_m=world)

    return tilt


def placed(scale: float, shift_px: tuple[float, float]) -> Change:
    """A person nearer to the camera or further away, elsewhere in the picture."""

    def place(seen: Pose) -> Pose:
        landmarks = seen.landmarks_px * np.float32(scale)
        landmarks[:, :2] += np.array(shift_px, np.float32)
        return replace(seen, landmarks_px=landmarks)

    return place


def trembling(track: Track, size_px: float, seed: int) -> Track:
    """Landmarks that tremble, as those of a network do: normal, each by itself."""
    rng = np.random.default_rng(seed)

    def tremble(seen: Pose) -> Pose:
        off = rng.normal(0.0, size_px, seen.landmarks_px.shape).astype(np.float32)
        per_px = np.ptp(seen.world_m[:, 0]) / max(1.0, np.ptp(seen.landmarks_px[:, 0]))
        return replace(
            seen, landmarks_px=seen.landmarks_px + off, world_m=seen.world_m + off * np.float32(per_px)
        )

    return changed(track, tremble)


@dataclass(frozen=True)
class Gap:
    """Frames from which something is missing.

    Attributes
    ----------
    what : ``frames`` where the camera gave none, ``pose`` where the network found nobody, ``legs`` where it
        did not see them.
    """

    start_s: float
    length_s: float
    what: str


GAPS = st.lists(
    st.builds(Gap, st.floats(0.0, 20.0), st.floats(0.05, 4.0), st.sampled_from(["frames", "pose", "legs"])),
    min_size=1,
    max_size=3,
)


def without(track: Track, gaps: Sequence[Gap]) -> Track:
    """What is left of a track."""
    left: Track = []
    for time_s, seen in track:
        gap = next((g for g in gaps if g.start_s <= time_s < g.start_s + g.length_s), None)
        if gap is None or seen is None:
            left.append((time_s, seen))
        elif gap.what == "pose":
            left.append((time_s, None))
        elif gap.what == "legs":
            left.append((time_s, _without_legs(seen)))
    return left or [track[0]]


def _without_legs(seen: Pose) -> Pose:
    visibility = seen.visibility.copy()
    visibility[25:] = 0.0
    return replace(seen, visibility=visibility)
