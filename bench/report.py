"""All figures as one record that goes into ``accuracy.json``: the tables and pictures read nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from enum import Enum
from math import isnan
from typing import Any, Final

from bench.judged import Outcome
from bench.judging import angles, cues, figures, form, recognition

Json = dict[str, Any]


def plain(value: Any) -> Any:
    """As JSON has it: records as objects, NaN as null, numbers to four digits after the point."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return None if isnan(value) else round(value, 4)
    return value


def _material(outcomes: Sequence[Outcome]) -> Json:
    none = [o.clip for o in outcomes if not o.clip.exercises]
    clips = [o.clip for o in outcomes]
    frames = sum(len(clip.recording.time_s) for clip in clips)
    seen = [clip.scene for clip in clips]
    return {
        "clips": len(clips),
        "minutes": sum(clip.minutes for clip in clips),
        "frames": frames,
        "repetitions": sum(r.exercise in c.exercises for c in clips if c.kind != "rate" for r in c.reps),
        "negative_clips": len(none),
        "negative_minutes": sum(clip.minutes for clip in none),
        "bodies": len({str(scene["body"]) for scene in seen}),
        "rooms": len({str(scene["room"]) for scene in seen}),
        "cameras": len({str({**scene["camera"], "azimuth_deg": 0}) for scene in seen}),
    }


def _counts(outcomes: Sequence[Outcome]) -> Json:
    """Counted and true repetitions of every clip by exercise; the smoke test holds later runs against it."""
    return {
        o.clip.name: {
            **{name: [v.found, len(v.wanted)] for name, v in o.own.items()},
            **{name: [len(reps), 0] for name, reps in o.others.items() if reps},
        }
        for o in outcomes
    }


def part_report(outcomes: Sequence[Outcome]) -> Json:
    """All figures of one part."""
    named = figures.named(outcomes)
    filmed = figures.named(outcomes, aside=("rate",))
    groups = figures.by_exercise(named)
    report = {
        "material": _material(outcomes),
        "tracking": figures.tracking(outcomes),
        "counting": {name: figures.counting(some) for name, some in groups.items()},
        "holding": figures.holding(named),
        "kinds": figures.by_kind(outcomes),
        "rates": figures.by_rate(outcomes),
        "negatives": figures.negatives(outcomes),
        "doings": figures.by_doing(outcomes),
        "angles": angles.angles(named),
        "faults": form.faults(filmed),
        "fault_totals": form.totals(filmed),
        "alarms": {name: form.false_alarms(some) for name, some in groups.items()},
        "cues": cues.latency(filmed),
        "status": {name: form.status(some) for name, some in groups.items()},
        "recognition": recognition.recognition(outcomes),
        "confusion": recognition.confusion([o for o in outcomes if o.clip.kind not in figures.ASIDE]),
        "counts": _counts(outcomes),
    }
    found: Json = plain(report)
    return found


SINGLE: Final = ("counts", "faults", "doings")
"""What of a report tells of single clips, where each thing is filmed once."""


def fresh_report(outcomes: Sequence[Outcome], before: Json) -> Json:
    """The totals of a sealed part, and how often it has been looked at; nothing about single clips."""
    found = {key: value for key, value in part_report(outcomes).items() if key not in SINGLE}
    return {"looks": int(before.get("looks", 0)) + 1, **found}
