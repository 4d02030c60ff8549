"""What a page is sent: what can be chosen, each snapshot, advice about pain; as JSON values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from repcount.core.guide import Joint
from repcount.core.records import CountBy, Cue, CueKind, Side
from repcount.core.skeleton import BONES, INDEX
from repcount.exercises.limits import JOINTS, AskedRange, least_limit
from repcount.pipeline.programme import smaller_range
from repcount.web.page_requests import WORST_PAIN

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.guide import Guide
    from repcount.core.pain_advice import LoadAdvice
    from repcount.core.records import Snapshot
    from repcount.exercises.languages import Language
    from repcount.exercises.plans import Plan
    from repcount.exercises.spec import Exercise
    from repcount.voice.utterances import Tone


LONGEST_PART_S: Final = 30.0
"""Of a tempo."""


def choices(
    settings: Settings, offered: tuple[Sequence[Exercise], Sequence[Plan]] | None = None
) -> dict[str, Any]:
    """What the page needs to know before a session: its words, exercises with their ranges, plans.

    Parameters
    ----------
    offered : exercises and plans; None for all that come with the program or lie in the user's folder.
    """
    from repcount.core.pain_advice import light_of
    from repcount.exercises import languages, own_exercises, plans

    language = languages.load(settings.language)
    exercises, programmes = offered or (own_exercises.readable(), [plans.get(name) for name in plans.names()])
    known = [languages.in_language(each, language) for each in exercises]
    translated = [language.plan(plan) for plan in programmes]
    return {
        "exercises": [_exercise_json(one, settings) for one in known],
        "plans": [
            {
                "name": plan.name,
                "title": plan.title,
                "exercises": [each.exercise for each in plan.exercises],
            }
            for plan in translated
        ],
        "joints": [{"name": joint, "title": language.say(joint)} for joint in JOINTS],
        "pain": [light_of(level).name.lower() for level in range(WORST_PAIN + 1)],
        "sources": _pain_sources(language),
        "language": language.language,
        "words": language.screen_words(),
        "bones": list(BONES),
        "landmarks": INDEX,
    }


def _pain_sources(language: Language) -> dict[str, dict[str, str]]:
    """What the advice on pain rests on, by the page's key and by the light."""
    from repcount.core.pain_advice import Light, source_after, source_before

    kinds = {"pain_before": source_before, "pain_after": source_after}
    return {
        key: {light.name.lower(): language.words.source(rests_on(light)) for light in Light}
        for key, rests_on in kinds.items()
    }


def _known_deg(deg: float) -> float | None:
    """An angle for JSON, which knows no NaN."""
    return deg if math.isfinite(deg) else None


def _exercise_json(exercise: Exercise, settings: Settings) -> dict[str, Any]:
    """One exercise as the page shows it: dose, ranges with the smaller one of each, a tempo that fits."""
    dose = exercise.dose
    by_holds = (settings.count or dose.count) is CountBy.HOLDS
    return {
        "name": exercise.name,
        "title": exercise.title,
        "place": "" if exercise.place is None else f"{exercise.place.where} · {exercise.place.distance}",
        "posture": None if exercise.place is None else exercise.place.posture.value,
        "sets": dose.sets,
        "reps": dose.holds if by_holds else dose.reps,
        "held": dose.hold_s if by_holds else 0,
        "eachLeg": dose.each_leg,
        "tempo": _usual_tempo(exercise, dose.hold_s if by_holds else 1.0),
        "joint": next((joint for joint, signal in JOINTS.items() if signal == exercise.drive.signal), None),
        "least": math.ceil(least_limit(exercise)),
        "range": settings.range if settings.range in exercise.presets else exercise.default_preset,
        "ranges": [
            {
                "name": name,
                "deg": _known_deg(AskedRange(exercise, one).deg),
                "less": smaller_range(exercise, name),
            }
            for name, one in exercise.presets.items()
        ],
    }


def _usual_tempo(exercise: Exercise, hold_s: float) -> list[float]:
    """Seconds up, held and down: the middle of what the exercise's file calls controlled."""
    up, down = (round(sum(span)) / 2 for span in (exercise.tempo.up_s, exercise.tempo.down_s))
    return [up, min(hold_s, LONGEST_PART_S), down]


def advice_json(advice: LoadAdvice) -> dict[str, str]:
    """Return an advice about pain as JSON values: its light; the page has the words."""
    return {"light": advice.light.name.lower()}


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
