"""What goes between phone and laptop: packets read with suspicion, snapshots as JSON."""

from __future__ import annotations

import json
import math
import struct
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.core.guide import Command
from repcount.core.model import Cue
from repcount.core.skeleton import BONES

if TYPE_CHECKING:
    from repcount.core.load import Advice
    from repcount.core.model import Snapshot

LARGEST_BYTES: Final = 400_000
LONGEST_TEXT: Final = 4_000
_HEAD: Final = struct.Struct("<dI")
COMMANDS: Final = {command.value: command for command in Command}


def packet(data: bytes) -> tuple[float, int, bytes]:
    """Return (seconds on the phone's clock, number, JPEG) of a binary message.

    Raises
    ------
    InputError
        It is too short, too long, or its time is none.
    """
    if not _HEAD.size < len(data) <= LARGEST_BYTES:
        raise InputError(f"a picture takes at most {LARGEST_BYTES} bytes and has a head of {_HEAD.size}")
    stamp_ms, number = _HEAD.unpack_from(data)
    if not (math.isfinite(stamp_ms) and 0 <= stamp_ms < 1e12):
        raise InputError("a picture carries the phone's time in milliseconds")
    return stamp_ms / 1000, number, data[_HEAD.size :]


def order(text: str) -> dict[str, Any]:
    """Return a text message: a JSON object with a word under ``do``.

    Raises
    ------
    InputError
        It is too long or something else.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(f"a message has at most {LONGEST_TEXT} letters")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("a message is JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("do"), str):
        raise InputError("a message is a JSON object with `do`")
    return found


def key_of(word: object) -> str:
    """Return the word by which a phone or a page is known again.

    Raises
    ------
    InputError
        It is none, or too short to be its own.
    """
    if not isinstance(word, str) or not 8 <= len(word) <= 64:
        raise InputError("a page names a key of 8 to 64 letters")
    return word


def told(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot as JSON values: what the page draws and says; unknown numbers are null."""
    progress, pose, guide = snapshot.progress, snapshot.pose, snapshot.guide
    seen: dict[str, Any] = {
        "time": round(snapshot.time_s, 3),
        "phase": snapshot.phase.value,
        "side": None if snapshot.side is None else snapshot.side.value,
        "angle": _number(snapshot.drive_deg),
        "count": snapshot.count,
        "holding": _number(snapshot.holding_s),
        "set": progress.number,
        "sets": progress.sets,
        "done": progress.done,
        "target": progress.target,
        "hold": progress.hold_target_s,
        "cue": "" if snapshot.cue is None else snapshot.cue.text,
        "cues": [event.text for event in snapshot.events if isinstance(event, Cue)],
        "marks": None,
        "shape": None,
    }
    if pose is not None:
        wide, high = seen["shape"] = pose.size_px
        seen["marks"] = [
            [_number(x / wide, 4), _number(y / high, 4)] for x, y, _ in pose.landmarks_px.tolist()
        ]
    if guide is not None:
        seen |= {
            "stage": guide.stage.value,
            "text": guide.instruction,
            "title": guide.title,
            "next": guide.next_up,
            "camera": guide.camera,
            "countdown": _number(guide.countdown_s),
            "rest": _number(guide.rest_left_s),
            "rests": _number(guide.rest_s),
            "happened": [one.text for one in guide.happened if one.text],
            "over": guide.over,
        }
    return seen


def advised(advice: Advice) -> dict[str, str]:
    """Return an advice about pain as JSON values."""
    return {"light": advice.light.name.lower(), "text": advice.text, "source": advice.source}


def bones() -> list[tuple[int, int]]:
    """Pairs of landmarks that are joined by a line."""
    return list(BONES)


def _number(value: float, digits: int = 1) -> float | None:
    return round(value, digits) if math.isfinite(value) else None
