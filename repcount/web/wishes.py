"""What a page asks for when it starts a session, read with suspicion; and what it can choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.pipeline.assemble import AUTO
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.web.wire import advised, bones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repcount.config import Settings
    from repcount.engine.bout import Block
    from repcount.pipeline.calibration import OwnRanges

MOST: Final = {"sets": 20, "reps": 200}
WORST_PAIN: Final = 10


@dataclass(frozen=True)
class Wished:
    """A session as the page wants it."""

    blocks: Sequence[Block]
    settings: Settings
    plan: str | None = None
    pain: int | None = None


def wished(order: Mapping[str, Any], settings: Settings, own: OwnRanges) -> Wished:
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
        wish = ProgrammeRequest(exercise, sets=_whole(order, "sets"), reps=_whole(order, "reps"))
    elif plan.endswith(".toml"):
        raise InputError("a plan is chosen by its name")
    else:
        wish = ProgrammeRequest(plan=plan)
    return Wished(blocks_of(wish, settings, own), settings, plan, pain_level(order))


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
    from repcount.core.load import before_session
    from repcount.exercises import catalog, languages, plans

    language = languages.load(settings.language)
    known = [languages.in_language(catalog.get(name), language) for name in catalog.names()]
    return {
        "exercises": [
            {"name": one.name, "title": one.title, "ranges": list(one.presets), "camera": one.camera}
            for one in known
        ],
        "plans": [{"name": name, "title": plans.get(name).title} for name in plans.names()],
        "pain": [advised(before_session(level)) for level in range(WORST_PAIN + 1)],
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
