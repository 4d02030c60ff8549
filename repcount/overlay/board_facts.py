"""What stands on the board beside the live picture: one number, one line, in words for the person."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from repcount.core.guide import Gesture, Stage
from repcount.core.records import CueKind, Side
from repcount.overlay.canvas import BLUE, INK, ORANGE, Colour

if TYPE_CHECKING:
    from repcount.core.guide import Guide, Placement
    from repcount.core.records import Snapshot

Words = Mapping[str, str]
"""What a screen says, by key."""

GREEN: Final[Colour] = (111, 220, 147)
COUNTDOWN_S: Final = 3.0
_LEGS: Final = {Side.LEFT: "left_leg", Side.RIGHT: "right_leg", Side.BOTH: "both_legs"}
_HINTED: Final = (Stage.FRAMING, Stage.REST, Stage.PAUSED)


@dataclass(frozen=True)
class BoardFacts:
    """What the board says.

    Attributes
    ----------
    number : the one large number; empty while the right place is being looked for.
    share : how much of the ring around it is filled; NaN for no ring.
    of : what the number is of, right beneath it.
    line : what to do now; ``ground`` is what it stands on.
    about : what comes next.
    hints : how to pause and to end, in lines.
    """

    title: tuple[str, ...] = ()
    number: str = ""
    share: float = math.nan
    colour: Colour = ORANGE
    of: tuple[str, ...] = ()
    line: str = ""
    ground: Colour = INK
    about: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def board_facts(
    snapshot: Snapshot, words: Words, placements: Mapping[str, Placement], gestures: bool
) -> BoardFacts:
    """The facts of one moment.

    Parameters
    ----------
    gestures : whether raised hands are heard.
    """
    stage = Stage.SET if snapshot.guide is None else snapshot.guide.stage
    number, share, colour = _number(snapshot, stage)
    line, ground = _line(snapshot, stage, words, placements)
    hints = (words["keys_hint"], words["hands_hint"]) if gestures else (words["keys_hint"],)
    return BoardFacts(
        title=() if snapshot.guide is None else _title(snapshot.guide, words),
        number=number,
        share=share,
        colour=colour,
        line=line,
        ground=ground,
        of=_of(snapshot, stage, words),
        about=_about(snapshot, stage, words),
        hints=hints if stage in _HINTED else (),
    )


def instruction(guide: Guide, words: Words, placements: Mapping[str, Placement]) -> str:
    """The one thing to change, short."""
    place = placements.get(guide.exercise)
    if guide.code == "start_posture" and place is not None:
        return words[f"start_{place.posture.value}"]
    side = words[f"leg_{guide.side.value}"] if guide.side in (Side.LEFT, Side.RIGHT) else ""
    return words[guide.code].format(side=side) if guide.code in words else guide.instruction


def is_holding(snapshot: Snapshot) -> bool:
    """Whether a position is held that is asked for."""
    return snapshot.progress.hold_target_s > 0 and snapshot.holding_s > 0


def _number(snapshot: Snapshot, stage: Stage) -> tuple[str, float, Colour]:
    guide, progress = snapshot.guide, snapshot.progress
    if stage is Stage.FRAMING:
        return "", math.nan, ORANGE
    if guide is not None and stage is Stage.COUNTDOWN and math.isfinite(guide.countdown_s):
        return str(max(1, math.ceil(guide.countdown_s))), guide.countdown_s / COUNTDOWN_S, BLUE
    if guide is not None and stage is Stage.REST and math.isfinite(guide.rest_left_s):
        return str(math.ceil(guide.rest_left_s)), guide.rest_left_s / max(guide.rest_s, 0.1), BLUE
    if is_holding(snapshot):
        share = snapshot.holding_s / progress.hold_target_s
        return str(int(snapshot.holding_s)), share, GREEN if share >= 1 else ORANGE
    if progress.target <= 0:
        return str(snapshot.count), math.nan, ORANGE
    done = snapshot.count if guide is None else progress.done
    return str(done), progress.done / progress.target, GREEN if progress.done >= progress.target else ORANGE


def _line(
    snapshot: Snapshot, stage: Stage, words: Words, placements: Mapping[str, Placement]
) -> tuple[str, Colour]:
    """What is wrong before what comes."""
    guide = snapshot.guide
    if guide is not None and guide.raised is not None:
        return words["hands_end" if guide.raised.gesture is Gesture.BOTH_HANDS else "hand_pauses"], ORANGE
    if stage is Stage.PAUSED:
        return words["paused"], INK
    if stage is Stage.REST:
        return words["rest"], INK
    if guide is not None and guide.instruction:
        return instruction(guide, words, placements), ORANGE
    if snapshot.cue is not None and stage is Stage.SET:
        return snapshot.cue.text, GREEN if snapshot.cue.kind is CueKind.PRAISE else ORANGE
    if stage is Stage.FRAMING:
        return words["stand_here"], INK
    if stage is Stage.DONE:
        return words["finished"], INK
    if is_holding(snapshot):
        return words["do_hold"], INK
    beat = None if guide is None else guide.beat
    told = words.get(f"do_{snapshot.phase.value}", "" if beat is None else words[f"tempo_{beat.part.value}"])
    return told, INK


def _about(snapshot: Snapshot, stage: Stage, words: Words) -> tuple[str, ...]:
    guide, progress = snapshot.guide, snapshot.progress
    if stage is Stage.REST and guide is not None:
        follows = words["set_of"].format(set=progress.number + 1, sets=progress.sets)
        return (words["next_up"].format(what=follows if progress.number < progress.sets else guide.next_up),)
    return ()


def _of(snapshot: Snapshot, stage: Stage, words: Words) -> tuple[str, ...]:
    progress = snapshot.progress
    if stage not in (Stage.SET, Stage.PAUSED) or progress.target <= 0:
        return ()
    done = {"number": progress.done + 1, "target": progress.target}
    of = words["hold_of" if is_holding(snapshot) else "of_target"].format(**done)
    which = words["set_of"].format(set=progress.number, sets=progress.sets) if progress.sets > 1 else ""
    return (of, which) if which else (of,)


def _title(guide: Guide, words: Words) -> tuple[str, ...]:
    about = [] if guide.side is None else [words[_LEGS[guide.side]]]
    about += [words["item_of"].format(item=guide.item, items=guide.items)] if guide.items > 1 else []
    return tuple(part for part in (guide.title, " · ".join(about)) if part)
