"""What is said aloud: the words and tones that belong to a snapshot of a session."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from repcount.core.guide import Part, Stage
from repcount.core.records import Cue, CueKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repcount.core.guide import Guide
    from repcount.core.records import Snapshot

HOLD_LEFT: Final = (10, 5, 3, 2, 1)  # seconds of a hold that are said
REST_LEFT: Final = (10, 3, 2, 1)
STALE_S: Final = 1.5


class Tone(Enum):
    """A tone of the tempo."""

    TOP = 880.0
    BOTTOM = 440.0


@dataclass(frozen=True)
class Utterance:
    """Some words.

    Attributes
    ----------
    urgent : cuts off what is being said.
    fresh_s : how long it may wait for its turn; later it is not said at all.
    """

    text: str
    urgent: bool = False
    fresh_s: float = STALE_S


class Utterances:
    """Turns snapshots into what is to be said and sounded, each once."""

    def __init__(self) -> None:
        self._last: Snapshot | None = None

    def update(self, snapshot: Snapshot) -> tuple[tuple[Utterance, ...], Tone | None]:
        """Return what this snapshot is worth saying, in the order of saying, and the tone of its beat."""
        last, self._last = self._last, snapshot
        if last is None:
            return tuple(self._happenings(snapshot)), None
        said = (*self._seconds(last, snapshot), *self._count(last, snapshot), *self._happenings(snapshot))
        return said, tone_of(last.guide, snapshot.guide)

    def _seconds(self, last: Snapshot, now: Snapshot) -> Iterator[Utterance]:
        target_s = now.progress.hold_target_s
        if target_s > 0 and now.holding_s > 0:
            yield from _passed(target_s - last.holding_s, target_s - now.holding_s, HOLD_LEFT)
        if last.guide is not None and now.guide is not None:
            yield from _passed(last.guide.countdown_s, now.guide.countdown_s, (3, 2, 1))
            yield from _passed(last.guide.rest_left_s, now.guide.rest_left_s, REST_LEFT)

    def _count(self, last: Snapshot, now: Snapshot) -> Iterator[Utterance]:
        if now.count > last.count:
            done = now.progress.done if now.progress.target > 0 else now.count
            yield Utterance(str(done or last.progress.done + 1), urgent=True)
        for event in now.events:
            if isinstance(event, Cue):
                yield Utterance(event.text, urgent=event.kind is CueKind.LIMIT)

    def _happenings(self, now: Snapshot) -> Iterator[Utterance]:
        for happening in () if now.guide is None else now.guide.happened:
            if happening.text:
                yield Utterance(happening.text, fresh_s=4.0)


def _passed(before_s: float, now_s: float, marks: tuple[int, ...]) -> Iterator[Utterance]:
    """A number for each second that was reached between two moments; none where a clock has just begun."""
    if math.isfinite(now_s):
        before_s = before_s if math.isfinite(before_s) else now_s + 0.05
        yield from (Utterance(str(mark), fresh_s=0.5) for mark in marks if now_s <= mark < before_s)


def tone_of(last: Guide | None, now: Guide | None) -> Tone | None:
    """A high tone where the peak should be reached, a low one where the next repetition begins."""
    if now is None or now.beat is None or now.stage is not Stage.SET:
        return None
    before = None if last is None else last.beat
    if before is not None and (before.part, before.number) == (now.beat.part, now.beat.number):
        return None
    if now.beat.part is Part.UP:
        return Tone.BOTTOM
    at_top = before is not None and before.part is Part.UP
    return Tone.TOP if at_top else None
