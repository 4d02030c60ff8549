"""A snapshot as JSON: what the page draws, shows and says after each picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from repcount.core.guide import Joint
from repcount.core.records import Cue, CueKind, Side

if TYPE_CHECKING:
    from repcount.core.guide import Guide
    from repcount.core.records import Snapshot
    from repcount.voice.utterances import Tone


def snapshot_json(snapshot: Snapshot, tone: Tone | None = None) -> dict[str, Any]:
    """Return a snapshot as JSON values, with the tone of its beat; unknown numbers are null."""
    progress, pose, cue = snapshot.progress, snapshot.pose, snapshot.cue
    seen: dict[str, Any] = {
        "time": round(snapshot.time_s, 3),
        "phase": snapshot.phase.value,
        "side": None if snapshot.side is None else snapshot.side.value,
        "angle": number(snapshot.drive_deg),
        "count": snapshot.count,
        "holding": number(snapshot.holding_s),
        "set": progress.number,
        "sets": progress.sets,
        "done": progress.done,
        "target": progress.target,
        "hold": progress.hold_target_s,
        "cue": "" if cue is None else cue.text,
        "good": cue is not None and cue.kind is CueKind.PRAISE,
        "cues": [event.text for event in snapshot.events if isinstance(event, Cue)],
        "tone": None if tone is None else tone.value,
        "marks": None,
        "shape": None,
    }
    if pose is not None:
        wide, high = seen["shape"] = pose.size_px
        seen["marks"] = [[number(x / wide, 4), number(y / high, 4)] for x, y, _ in pose.landmarks_px.tolist()]
    if snapshot.guide is not None:
        seen |= _guide_json(snapshot.guide) | {"aim": _aim_json(snapshot, snapshot.guide)}
    return seen


def _guide_json(guide: Guide) -> dict[str, Any]:
    return {
        "stage": guide.stage.value,
        "text": guide.instruction,
        "code": guide.code,
        "exercise": guide.exercise,
        "title": guide.title,
        "leg": None if guide.side is None else guide.side.value,
        "next": guide.next_up,
        "countdown": number(guide.countdown_s),
        "rest": number(guide.rest_left_s),
        "rests": number(guide.rest_s),
        "beat": None
        if guide.beat is None
        else {"part": guide.beat.part.value, "level": number(guide.beat.level, 3)},
        "raised": None if guide.raised is None else number(guide.raised.share, 2),
        "happened": [one.text for one in guide.happened if one.text],
        "over": guide.over,
    }


def _aim_json(snapshot: Snapshot, guide: Guide) -> dict[str, Any] | None:
    """The range asked for: at which joint of which legs, and where each is now."""
    target = guide.target
    if target is None or target.joint is None:
        return None
    judged = guide.side or snapshot.side
    sides = (judged,) if judged in (Side.LEFT, Side.RIGHT) else (Side.LEFT, Side.RIGHT)
    legs = {Side.LEFT: snapshot.left, Side.RIGHT: snapshot.right}
    knee = target.joint is Joint.KNEE
    now = {side.value: number(legs[side].knee_deg if knee else legs[side].hip_deg) for side in sides}
    return {
        "joint": target.joint.value,
        "lo": target.lo_deg,
        "hi": target.hi_deg,
        "deg": target.deg,
        "now": now,
    }


def number(value: float, digits: int = 1) -> float | None:
    """The number rounded; None where it is unknown."""
    return round(value, digits) if math.isfinite(value) else None
