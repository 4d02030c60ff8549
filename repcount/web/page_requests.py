"""What a page sends: pictures with the phone's time, orders, requests for a session. None is trusted."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.core.guide import Command
from repcount.core.setting_text import PARSERS
from repcount.pipeline.assemble import AUTO
from repcount.pipeline.programme import ProgrammeRequest, blocks_of, lighter_programme
from repcount.session.guided.exercise_sets import tempo_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.config import Settings
    from repcount.core.guide import Tempo
    from repcount.pipeline.calibration import OwnRanges
    from repcount.session.guided.exercise_sets import Block

LARGEST_BYTES: Final = 400_000
LONGEST_TEXT: Final = 4_000
_HEAD: Final = struct.Struct("<dI")
COMMANDS: Final = {command.value: command for command in Command}
MOST: Final = {"sets": 20, "reps": 200}
WORST_PAIN: Final = 10
AFTER_GAP_S: Final = 0.1
LONGEST_STEP_S: Final = 2.0
"""Pictures further apart are a gap: the connection stood still, or the page was in the background."""


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


class PhoneClock:
    """Makes media time of a phone's stamps: after a gap it goes on where it was."""

    def __init__(self) -> None:
        self._offset_s: float | None = None
        self._stamp_s = 0.0
        self._last_s = -AFTER_GAP_S

    def gap(self) -> None:
        """The next stamp follows on the last one, whatever it says."""
        self._offset_s = None

    def update(self, stamp_s: float) -> float:
        """Return the media time of a stamp; it is greater than that of the one before."""
        if self._offset_s is None or not 0 < stamp_s - self._stamp_s <= LONGEST_STEP_S:
            self._offset_s = self._last_s + AFTER_GAP_S - stamp_s
        self._stamp_s = stamp_s
        self._last_s = stamp_s + self._offset_s
        return self._last_s


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


@dataclass(frozen=True)
class SessionRequest:
    """A session as the page wants it."""

    blocks: Sequence[Block]
    settings: Settings
    plan: str | None = None
    pain: int | None = None
    tempo: Tempo | None = None


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
        There is no such exercise, plan, range or tempo, or a limit leaves no room for a repetition.
    """
    from repcount.core.records import Side

    side: Side | None = _one_of(order, "side", {one.value: one for one in Side})
    settings = replace(
        settings,
        side=side or settings.side,
        range=_text(order, "range") or settings.range,
        limit=_stricter(settings.limit, _limits(order)),
    )
    plan = _text(order, "plan")
    if plan is None:
        exercise = _text(order, "exercise") or AUTO
        request = ProgrammeRequest(exercise, sets=_whole(order, "sets"), reps=_whole(order, "reps"))
    elif plan.endswith(".toml"):
        raise InputError("a plan is chosen by its name")
    else:
        request = ProgrammeRequest(plan=plan)
    blocks = blocks_of(request, settings, own)
    if order.get("less") is True:
        blocks = lighter_programme(blocks)
    tempo = _text(order, "tempo")
    return SessionRequest(
        blocks, settings, plan, pain_level(order), None if tempo is None else tempo_of(tempo)
    )


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


def _limits(order: Mapping[str, Any]) -> Mapping[str, float]:
    text = _text(order, "limit")
    if text is None:
        return {}
    try:
        found: Mapping[str, float] = PARSERS["limit"](text, Path())
    except ValueError as error:
        raise InputError(f"`limit`: {error}") from error
    return found


def _stricter(ours: Mapping[str, float], theirs: Mapping[str, float]) -> dict[str, float]:
    """Limits of both; of two for one joint the smaller."""
    return {**ours, **{joint: min(value, ours.get(joint, value)) for joint, value in theirs.items()}}


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
