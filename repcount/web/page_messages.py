"""What goes between page and server: packets and orders read with suspicion, snapshots as JSON, choices."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.core.guide import Command
from repcount.core.model import Cue
from repcount.core.skeleton import BONES
from repcount.pipeline.assemble import AUTO
from repcount.pipeline.programme import ProgrammeRequest, blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.config import Settings
    from repcount.core.model import Snapshot
    from repcount.core.pain_advice import LoadAdvice
    from repcount.pipeline.calibration import OwnRanges
    from repcount.session.guided.exercise_sets import Block


LARGEST_BYTES: Final = 400_000
LONGEST_TEXT: Final = 4_000
_HEAD: Final = struct.Struct("<dI")
COMMANDS: Final = {command.value: command for command in Command}
MOST: Final = {"sets": 20, "reps": 200}
WORST_PAIN: Final = 10


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


def read_order(text: str) -> dict[str, Any]:
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


def snapshot_json(snapshot: Snapshot) -> dict[str, Any]:
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


def advice_json(advice: LoadAdvice) -> dict[str, str]:
    """Return an advice about pain as JSON values."""
    return {"light": advice.light.name.lower(), "text": advice.text, "source": advice.source}


def bones() -> list[tuple[int, int]]:
    """Pairs of landmarks that are joined by a line."""
    return list(BONES)


def _number(value: float, digits: int = 1) -> float | None:
    return round(value, digits) if math.isfinite(value) else None


@dataclass(frozen=True)
class SessionRequest:
    """A session as the page wants it."""

    blocks: Sequence[Block]
    settings: Settings
    plan: str | None = None
    pain: int | None = None


def session_request(order: Mapping[str, Any], settings: Settings, own: OwnRanges) -> SessionRequest:
    """Read an order to start.

    Parameters
    ----------
    own : the person's own ranges.

    Raises
    ------
    InputError
        Something in it is of the wrong kind or size.
    SettingError
        There is no such exercise, plan or range.
    """
    from repcount.core.model import Side

    side: Side | None = _one_of(order, "side", {one.value: one for one in Side})
    settings = replace(settings, side=side or settings.side, range=_text(order, "range") or settings.range)
    plan = _text(order, "plan")
    if plan is None:
        exercise = _text(order, "exercise") or AUTO
        request = ProgrammeRequest(exercise, sets=_whole(order, "sets"), reps=_whole(order, "reps"))
    elif plan.endswith(".toml"):
        raise InputError("a plan is chosen by its name")
    else:
        request = ProgrammeRequest(plan=plan)
    return SessionRequest(blocks_of(request, settings, own), settings, plan, pain_level(order))


def pain_level(order: Mapping[str, Any]) -> int | None:
    """How much it hurts, 0 to 10; None where it was not said.

    Raises
    ------
    InputError
        It is something else.
    """
    level = order.get("pain")
    if level is not None and (type(level) is not int or not 0 <= level <= WORST_PAIN):
        raise InputError(f"`pain` is a whole number from 0 to {WORST_PAIN}")
    return level


def choices(settings: Settings) -> dict[str, Any]:
    """What the page needs to know before a session: exercises with their ranges, plans, what pain says."""
    from repcount.core.pain_advice import before_session
    from repcount.exercises import catalog, languages, plans

    language = languages.load(settings.language)
    known = [languages.in_language(catalog.get(name), language) for name in catalog.names()]
    return {
        "exercises": [
            {"name": one.name, "title": one.title, "ranges": list(one.presets), "camera": one.camera}
            for one in known
        ],
        "plans": [{"name": name, "title": plans.get(name).title} for name in plans.names()],
        "pain": [advice_json(before_session(level)) for level in range(WORST_PAIN + 1)],
        "language": language.language,
        "bones": bones(),
    }


def _text(order: Mapping[str, Any], name: str) -> str | None:
    value = order.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > 60:
        raise InputError(f"`{name}` is a short text")
    return value


def _whole(order: Mapping[str, Any], name: str) -> int | None:
    value = order.get(name)
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= MOST[name]:
        raise InputError(f"`{name}` is a whole number from 1 to {MOST[name]}")
    return value


def _one_of(order: Mapping[str, Any], name: str, known: Mapping[str, Any]) -> Any:
    value = _text(order, name)
    if value is not None and value not in known:
        raise InputError(f"`{name}` is one of {', '.join(known)}")
    return None if value is None else known[value]
