"""Every clip that came out wrong, line by line: what was counted, what was true, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bench.judged import Outcome, Verdict
from bench.judging.figures import named
from bench.judging.form import is_clean, past_limit, sightings
from bench.judging.limits import Sight, cases
from bench.judging.recognition import segments
from bench.material import Clip
from bench.recording import TRUE_JOINTS
from repcount.core.skeleton import INDEX

FAR = 0.5
"""Landmarks this far from the true joints, in trunk lengths, are on something or somebody else."""


def astray(clip: Clip) -> float:
    """The share of frames with the whole body in the picture in which the landmarks are elsewhere."""
    record = clip.recording
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    true = record.true_px[:, [TRUE_JOINTS.index(n) for n in names]].astype(float)
    seen = record.landmarks_px[:, [INDEX[n] for n in names], :2].astype(float)
    trunk = np.linalg.norm(true[:, :2].mean(1) - true[:, 2:].mean(1), axis=1)
    off = np.linalg.norm(true.mean(1) - seen.mean(1), axis=1) / np.maximum(trunk, 1.0)
    off = off[record.whole]
    return float(np.mean(off[~np.isnan(off)] > FAR)) if (~np.isnan(off)).any() else 0.0


def _where(clip: Clip) -> str:
    lost = np.isnan(clip.recording.landmarks_px[:, 0, 0])[clip.recording.whole]
    notes = [f"{clip.azimuth_deg:+.0f}°", f"{clip.scene.get('fps', 15):g} fps"]
    if lost.size and lost.mean() > 0.01:
        notes.append(f"nobody found in {100 * lost.mean():.0f} %")
    if astray(clip) > 0.01:
        notes.append(f"somebody else in {100 * astray(clip):.0f} %")
    return ", ".join(notes)


def _differences(verdict: Verdict) -> str:
    """Times of the peaks that were missed and of those that are too many."""
    missed = [f"{true.peak_s:.1f}" for true, found in verdict.pairs if true is not None and found is None]
    extra = [f"{found.peak_s:.1f}" for true, found in verdict.pairs if true is None and found is not None]
    texts = [f"missed at {', '.join(missed)}"] if missed else []
    return "; ".join([*texts, *([f"too many at {', '.join(extra)}"] if extra else [])])


def wrong_counts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Clips whose exercise was named and whose count or sides are wrong."""
    for clip, v in named(outcomes, aside=()):
        who = f"{clip.full_name} {v.exercise} ({v.preset}; {_where(clip)})"
        if v.off:
            yield f"{who}: {v.found} of {len(v.wanted)}; {_differences(v)}"
        sides = [
            f"{found.side.value} for {true.side.value} at {true.peak_s:.1f}"
            for true, found in v.pairs
            if true is not None and found is not None and true.side is not found.side
        ]
        if sides:
            yield f"{who}: side {', '.join(sides)}"


def wrong_nothings(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Repetitions counted of an exercise that is not done."""
    for o in outcomes:
        for exercise, reps in o.others.items():
            if reps:
                times = ", ".join(f"{rep.peak_s:.1f}" for rep in reps)
                yield f"{o.clip.full_name} ({_where(o.clip)}): {len(reps)} {exercise} at {times}"


def wrong_auto(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Clips that ``auto`` took for something else, or counted wrongly."""
    for o in outcomes:
        counted = {s.exercise: 0 for s in o.auto}
        for summary in o.auto:
            counted[summary.exercise] += len(summary.repetitions)
        true = {name: len(v.wanted) for name, v in o.own.items()}
        false = {name: n for name, n in counted.items() if name in o.clip.negative_for}
        if any(counted.get(name, 0) != n for name, n in true.items()) or false:
            yield f"{o.clip.full_name} ({_where(o.clip)}): {counted or 'nothing'}; true {true or 'nothing'}"


def wrong_faults(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Faults well beyond the limit that were missed, and clean repetitions that were blamed."""
    some = named(outcomes, aside=("rate",))
    for row in sightings(some):
        if row.sight is Sight.SHOWN and row.past >= 1 and not row.found:
            yield f"{row.clip.full_name}: {row.code} missed, {row.past:.1f} times what must be found"
        if row.sight in (Sight.HIDDEN, Sight.NEVER) and not row.not_judged:
            yield f"{row.clip.full_name} ({_where(row.clip)}): {row.code} is not named as not judged"
    for clip, verdict in some:
        for true, found in verdict.pairs:
            if true is not None and found is not None and found.faults and is_clean(clip, true):
                said = ", ".join(f"{f.code} {f.worst:.2f}" for f in found.faults)
                yield f"{clip.full_name} ({_where(clip)}): clean at {true.peak_s:.1f}, blamed for {said}"


def wrong_status(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Repetitions whose status is wrong beyond dispute."""
    from bench.judging.form import true_status

    for clip, verdict in named(outcomes):
        for true, found in verdict.pairs:
            if true is not None and found is not None:
                wanted, clear = true_status(clip, true)
                if clear and found.status is not wanted:
                    carried = [f"{f.code} {past_limit(case):.1f}" for f, case in cases(clip, true)]
                    said = [f.code for f in found.faults]
                    yield (
                        f"{clip.full_name} at {true.peak_s:.1f}: {found.status.value} for {wanted.value}; "
                        f"true {carried}, said {said}, peak {found.peak_deg:.0f} of {true.peak_deg:.0f}"
                    )


def wrong_names(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Stretches that were taken for another exercise."""
    for o in outcomes:
        for true, said in segments([o]):
            if true != said:
                yield f"{o.clip.full_name}: {true} was taken for {said}"


CHAPTERS = {
    "counts": wrong_counts,
    "counted where nothing is done": wrong_nothings,
    "auto": wrong_auto,
    "taken for another": wrong_names,
    "form": wrong_faults,
    "status": wrong_status,
}


def failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """All of them, chapter by chapter."""
    for head, chapter in CHAPTERS.items():
        lines = list(chapter(outcomes))
        yield f"{head}: {len(lines)}"
        yield from (f"  {line}" for line in lines)
