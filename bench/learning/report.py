"""What came of counting people who were left out, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.learning.people import Counted
from repcount.exercises import catalog


def judged_lines(part: str, counted: Sequence[Counted], misses: bool = False) -> Iterator[str]:
    """Exact, within one and false repetitions a minute, named and not; by exercise; what went wrong."""
    done = [c for c in counted if c.exercise is not None]
    none = [c for c in counted if c.exercise is None]
    yield f"{part}: {len(done)} with an exercise, {len(none)} with none"
    for how, off in (("named", [c.off for c in done]), ("auto", [c.auto_off for c in done])):
        exact, near = sum(n == 0 for n in off), sum(n <= 1 for n in off)
        false, minutes = _false(none, auto=how == "auto")
        yield (
            f"  {how}: exact {exact} of {len(done)} ({exact / len(done):.0%}), within one {near}, "
            f"false {false} in {minutes:.0f} minutes: {false / minutes:.2f} a minute"
        )
    for exercise in catalog.names():
        mine = [c.off for c in done if c.exercise == exercise]
        if mine:
            yield f"  {exercise}: exact {sum(n == 0 for n in mine)} of {len(mine)}"
    if misses:
        yield from _misses(done, none)


def _false(none: Sequence[Counted], auto: bool) -> tuple[int, float]:
    if auto:
        return (
            sum(n for c in none for name, n in c.auto.items() if name in c.negative_for),
            sum(c.minutes for c in none),
        )
    return (
        sum(c.named[name] for c in none for name in c.negative_for),
        sum(c.minutes * len(c.negative_for) for c in none),
    )


def _movements(c: Counted, exercise: str) -> str:
    """When each peak was, how likely a repetition, and whether it counts; those below 1 % are left out."""
    said = [
        f"{peak_s:.1f} s {100 * chance:.0f} %{' counts' if counts else ''}"
        for peak_s, chance, counts in c.chances.get(exercise, ())
        if chance >= 0.01
    ]
    return ", ".join(said) or "none that could be one"


def _misses(done: Sequence[Counted], none: Sequence[Counted]) -> Iterator[str]:
    for c in done:
        right = c.row["acceptable_reps"]
        if c.off:
            yield f"    {c.row['clip']}: {c.named[str(c.exercise)]} of {right} ({c.exercise} named)"
            yield f"      movements looked at: {_movements(c, str(c.exercise))}"
        if c.auto_off:
            yield f"    {c.row['clip']}: {c.auto} of {right} {c.exercise} (auto)"
    for c in none:
        named = {name: n for name, n in c.named.items() if n and name in c.negative_for}
        if named or c.auto:
            yield f"    {c.row['clip']} ({c.row['shown']}): {named} named, {c.auto} auto"
