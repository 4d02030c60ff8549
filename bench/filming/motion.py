"""Scenes in which the figure plays real people's motion: squats, and above all what is no exercise.

The recordings lie outside the repository (see ``tools/figure/mocap.py``); the scenes name them. People, rooms
and cameras are drawn by lot, as in ``lifelike``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from bench.filming.lifelike import Lot
from bench.filming.pools import MOTION, Values
from tools.figure import mocap

SQUATS_EACH: Final = 9
SINGLE_EACH: Final = 4
"""Clips of a recording that has but one repetition."""
LONGEST_S: Final = 7.5
LONG_S: Final = 16.0
"""A recording longer than this gives two clips of what is no exercise."""
UNCLEAR: Final = ("Squat", "UpDown")
"""Stretches of a mixed recording that no clip of other doings is cut from."""
QUICKEST: Final = "hdm05"
"""Whose squats follow one another so fast that most are played slower."""

Row = dict[str, Any]


def _move(row: Row) -> str:
    """A recording's name without its view: the same motion is there from several."""
    return str(row["clip"]).rsplit("_y", 1)[0]


def _stretch(lot: Lot, begin_s: float, end_s: float) -> tuple[float, float]:
    """A stretch of a recording that is not longer than a clip shall be: its begin and its length."""
    length = min(end_s - begin_s, lot.near(0.65 * LONGEST_S, LONGEST_S))
    return round(lot.random.uniform(begin_s, end_s - length), 2), round(length, 2)


def _played(lot: Lot, row: Row, exercise: str, motion: Values) -> Values:
    motion = {"recording": row["clip"], **motion, "mirrored": lot.chance(0.5)}
    doing: Values = {
        "exercise": exercise,
        "heading": lot.random.choice(("left", "right")),
        "motion": motion,
    }
    return lot.scene(doing, lot.view("wall-squat"))


def _squats(lot: Lot, row: Row) -> Values:
    """Up to four repetitions; one clip in four begins or ends in the middle of one."""
    peaks = [float(t) for t in row["peaks_s"]]
    fast = str(row["clip"]).startswith(QUICKEST)
    pace = lot.near(0.6, 1.05) if fast else lot.near(0.8, 1.3)
    gaps = [b - a for a, b in pairwise(peaks)]
    gap = sorted(gaps)[len(gaps) // 2] if gaps else 3.0
    most = max(1, min(4, len(peaks), int(9 * pace / gap)))
    count = lot.random.randint(min(2, most), most)
    first = lot.random.randint(0, len(peaks) - count)
    before, after = (lot.near(0.2, 0.4) if lot.chance(0.13) else lot.near(0.5, 0.75) for _ in range(2))
    begin = max(0.0, peaks[first] - before * gap)
    end = min(float(row["seconds"]), peaks[first + count - 1] + after * gap)
    if first:
        begin = max(begin, peaks[first - 1] + 0.3 * gap)
    if first + count < len(peaks):
        end = min(end, peaks[first + count] - 0.3 * gap)
    depth = row.get("peak_knee_deg") or [90.0]
    motion: Values = {"from_s": round(begin, 2), "for_s": round(end - begin, 2), "pace": pace}
    return _played(lot, row, "wall-squat", {**motion, "range": float(min(depth))})


def _other_stretches(row: Row) -> list[tuple[str, float, float]]:
    """What clips of other doings may be cut from: a word for the name, begin and end."""
    seconds, labels = float(row["seconds"]), row.get("labels_s")
    if labels:
        ends = [*(begin for begin, _ in labels[1:]), seconds]
        return [
            (word.lower(), begin, end)
            for (begin, word), end in zip(labels, ends, strict=True)
            if word not in UNCLEAR
        ]
    if seconds <= LONG_S:
        return [("", 0.0, seconds)]
    return [("a", 0.0, seconds / 2), ("b", seconds / 2, seconds)]


def deal_motion() -> dict[str, Values]:
    """All scenes of the part, by name.

    Raises
    ------
    InputError
        The recordings of motion are not there.
    """
    scenes: dict[str, Values] = {}
    seen: set[str] = set()
    for row in mocap.index().values():
        move, squats = _move(row), row["exercise"] == "wall-squat"
        short = move.removeprefix("trc_").replace("_", "-").lower()
        if squats and move not in seen:
            for i in range(1, (SQUATS_EACH if len(row["peaks_s"]) > 1 else SINGLE_EACH) + 1):
                name = f"ws-{short}-{i:02d}"
                scenes[name] = _squats(Lot(f"{MOTION}/{name}"), row)
        if not squats or ("labels_s" in row and move not in seen):
            exercise = "sit-to-stand" if row.get("not_judged_for") else "recorded"
            for word, begin, end in _other_stretches(row):
                name = "-".join(w for w in ("none", short, word, str(row["yaw_deg"] % 360)) if w)
                lot = Lot(f"{MOTION}/{name}")
                from_s, for_s = _stretch(lot, begin, end)
                motion: Values = {"from_s": from_s, "for_s": for_s, "pace": lot.near(0.8, 1.2)}
                scenes[name] = _played(lot, row, exercise, motion)
        seen.add(move)
    return scenes
