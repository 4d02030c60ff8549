"""Films of exercises that are none of the five: one to learn each from, and others to count by it.

``learn-bridge`` is six slow repetitions as one would film them for it, ``bridge-1`` to ``bridge-5`` are other
people in other rooms, seen from about the same side. Everything is drawn by lot from a scene's own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bench.filming.deck import HIGH_M, LANDSCAPE, LOW_M
from bench.filming.lifelike import CLOTHES, FLOORS, ROOMS, WALLS, Lot
from bench.filming.pools import TAUGHT, Values

OTHERS: Final = 5
"""Clips of other people, for each exercise."""
LEARN_REPS: Final = 6
MOST_ASKEW_DEG: Final = 20
FRONT_DEG: Final = (70, 95)
"""From the front; the wall stands where the camera would be beyond."""


@dataclass(frozen=True)
class Lesson:
    """How an exercise is filmed.

    Attributes
    ----------
    tempo_s : up, at the top, down and at rest in the film to learn from.
    lying : whether it is done on the floor.
    front : whether it is filmed from the front, else from the side.
    sided : whether one side does all of a set.
    reach : least and most share of the range that other people show.
    others : clips of other people.
    """

    tempo_s: tuple[float, float, float, float]
    lying: bool = False
    front: bool = False
    sided: bool = False
    reach: tuple[float, float] = (0.8, 1.1)
    others: int = OTHERS


LESSONS: Final[dict[str, Lesson]] = {
    "bridge": Lesson((1.2, 0.5, 1.2, 0.5), lying=True),
    "crunch": Lesson((1.1, 0.4, 1.2, 0.6), lying=True),
    "lunge": Lesson((1.2, 0.4, 1.2, 0.6), sided=True),
    "sit-to-stand": Lesson((1.3, 0.5, 1.3, 0.6), reach=(0.96, 1.0)),
    "marching": Lesson((1.0, 0.4, 1.0, 0.5)),
    "knee-hug": Lesson((1.3, 0.6, 1.3, 0.5), lying=True, sided=True),
    "double-leg-raise": Lesson((1.3, 0.4, 1.4, 0.5), lying=True),
    "side-leg-raise": Lesson((1.2, 0.4, 1.3, 0.5), front=True, sided=True),
    "heel-slide": Lesson((1.3, 0.4, 1.3, 0.5), lying=True, sided=True),
    "good-morning": Lesson((1.4, 0.3, 1.3, 0.5)),
    "biceps-curl": Lesson((1.2, 0.3, 1.3, 0.5), others=1),
    "arm-raise": Lesson((1.2, 0.4, 1.3, 0.5), front=True, others=1),
}


def _camera(lot: Lot, lesson: Lesson, azimuth_deg: int) -> Values:
    """A camera that stands still and has all of the person in the picture."""
    return {
        "azimuth_deg": azimuth_deg,
        "height_m": round((LOW_M if lesson.lying else HIGH_M) * lot.near(0.8, 1.2), 3),
        "lens_deg": lot.near(42, 68, 1),
        "tilt_deg": lot.near(-1.5, 1.5, 1),
        "roll_deg": lot.near(-2, 2, 1),
    }


def _tempo(seconds: tuple[float, ...], pace: float) -> dict[str, float]:
    keys = ("up_s", "hold_s", "down_s", "rest_s")
    return {key: round(s * pace, 2) for key, s in zip(keys, seconds, strict=True)}


def _slow(lot: Lot, lesson: Lesson) -> Values:
    """Six clean repetitions."""
    rest: Values = {"lead_s": lot.near(1.8, 2.4), "tail_s": lot.near(1.6, 2.0)}
    return {"reps": LEARN_REPS, **rest, **_tempo(lesson.tempo_s, 1.0), "jitter": 0.05}


def _other(lot: Lot, lesson: Lesson) -> Values:
    """Somebody else's set: quicker or slower, further or not so far."""
    reps = lot.random.randint(5, 8)
    rest: Values = {"lead_s": lot.near(1.6, 3.0), "tail_s": lot.near(1.6, 2.4)}
    pace, usual = lot.near(0.65, 1.15), lot.near(*lesson.reach)
    least, most = lesson.reach
    amplitude = tuple(round(min(max(usual + lot.near(-0.05, 0.05), least), most), 2) for _ in range(reps))
    motion: Values = {"reps": reps, **rest, **_tempo(lesson.tempo_s, pace)}
    return {**motion, "jitter": lot.near(0.05, 0.2), "amplitude": amplitude}


def _azimuth(lot: Lot, lesson: Lesson, number: int) -> int:
    """Right from the side or the front to learn from; the others are spread over what is about the same."""
    if not number:
        return 90 if lesson.front else lot.random.randint(-4, 4)
    low, high = FRONT_DEG if lesson.front else (-MOST_ASKEW_DEG, MOST_ASKEW_DEG)
    share = (2 * number % OTHERS + lot.random.random()) / OTHERS
    return round(low + share * (high - low))


def _scene(name: str, exercise: str, number: int, room: str) -> Values:
    """One clip; number 0 is the film to learn from."""
    lot, lesson, learn = Lot(f"{TAUGHT}/{name}"), LESSONS[exercise], number == 0
    turn = list(LESSONS).index(exercise)
    draw = lot.random.choice
    return {
        "exercise": exercise,
        "side": ("left", "right")[(turn + number) % 2] if lesson.sided else "both",
        "heading": ("left", "right")[(turn + number // 2) % 2],
        "seed": lot.random.randrange(10_000),
        "size": LANDSCAPE if learn else lot.size(lesson.lying),
        "motion": _slow(lot, lesson) if learn else _other(lot, lesson),
        "body": lot.body(),
        "room": {"name": room, "wall": draw(WALLS), "floor": draw(FLOORS), "mat": draw(CLOTHES)},
        "camera": _camera(lot, lesson, _azimuth(lot, lesson, number)),
        "light": lot.light(),
    }


def deal_taught() -> dict[str, Values]:
    """All scenes of the part, by name."""
    scenes: dict[str, Values] = {}
    for exercise, lesson in LESSONS.items():
        rooms = Lot(f"{TAUGHT}/{exercise}").random.sample(ROOMS, lesson.others + 1)
        for number, room in enumerate(rooms):
            name = f"{exercise}-{number}" if number else f"learn-{exercise}"
            scenes[name] = _scene(name, exercise, number, room)
    return scenes
