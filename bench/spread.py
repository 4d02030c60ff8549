"""``python -m bench.spread``: how far people differ who do the same, for the widths of learned conditions.

Every exercise is done by several people: the medians of each film are taken, and how far these lie apart, as
a standard deviation. The three quartiles over the exercises are printed. ``--motion FOLDER`` adds
real motion.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np

from bench.taught import Clip, motion, scenes, taught
from repcount.learning import draft
from repcount.learning.conditions import FeatureKey, keys_of
from repcount.learning.drives import DriveSignal, find
from repcount.learning.lesson import labelled_movements

LEAST = 4
"""People of one exercise."""
MAD = 1.48  # a median distance times this is a standard deviation of what is normally distributed


def groups(folder: Path | None) -> dict[str, list[Clip]]:
    """The films by what they show."""
    found: dict[str, list[Clip]] = {}
    for clip in (*taught(), *scenes("build")):
        if clip.reps >= LEAST - 1:
            found.setdefault(clip.shows, []).append(clip)
    return found if folder is None else {**found, **motion(folder)}


def medians(clips: Sequence[Clip]) -> dict[FeatureKey, list[float]]:
    """What was measured at the repetitions of each film, by the signal that most of them are told by best."""
    known: dict[str, int] = {}
    best: list[tuple[Clip, DriveSignal]] = []
    for clip in clips:
        told = next((found for found in find(clip.film, clip.reps) if found.count == clip.reps), None)
        if told is not None:
            known[told.signal] = known.get(told.signal, 0) + 1
            best.append((clip, told))
    found: dict[FeatureKey, list[float]] = {}
    for clip, told in best:
        if told.signal == max(known, key=known.__getitem__):
            bare = draft.exercise("bare", told)
            reps = labelled_movements(bare, clip.film, told.times).reps
            for key in keys_of(bare.drive):
                values = [value for value in map(key.of, reps) if value == value]
                if values:
                    found.setdefault(key, []).append(median(values))
    return found


def main(words: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.spread", description=__doc__)
    parser.add_argument("--motion", type=Path, help="folder of recordings of real motion")
    asked = parser.parse_args(words)
    spreads: dict[tuple[str, str], list[float]] = {}
    for clips in groups(asked.motion).values():
        for key, values in medians(clips[:12]).items():
            if len(values) >= LEAST:
                apart = MAD * float(np.median(np.abs(np.array(values) - np.median(values))))
                spreads.setdefault((key.signal, key.measure), []).append(apart)
    print("| signal | measure | exercises | lower quartile | median | upper |\n|---|---|---|---|---|---|")
    for (signal, measure), values in sorted(spreads.items()):
        low, middle, high = np.percentile(values, (25, 50, 75))
        print(f"| {signal} | {measure} | {len(values)} | {low:.2f} | {middle:.2f} | {high:.2f} |")


if __name__ == "__main__":
    main()
