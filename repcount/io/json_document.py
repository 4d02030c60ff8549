"""The JSON of a call, schema 1, key by key as docs/json.md tells it. A pure function of the records."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from repcount import __version__
from repcount.core.records import Side, Status

if TYPE_CHECKING:
    from repcount.core.kinds import CandidateSummary, Note, NothingCounted
    from repcount.core.records import Cue, ExerciseSummary, Fault, Hold, InputSummary, Rep, SetSummary

SCHEMA: Final = 1

Json = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

DIGITS_S: Final = 3
DIGITS_DEG: Final = 2
_DIGITS_SHARE: Final = 3


def json_text(inputs: Sequence[InputSummary]) -> str:
    """The document as text: indented, UTF-8 characters as they are, a line end at the end."""
    document = json_document(inputs)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def json_document(inputs: Sequence[InputSummary]) -> dict[str, Json]:
    """All inputs of a call; an unknown number is None."""
    return {"schema": SCHEMA, "repcount": __version__, "inputs": [_input(summary) for summary in inputs]}


def seconds(value: float) -> float | None:
    """A time to the millisecond; None where it is unknown."""
    return _rounded(value, DIGITS_S)


def degrees(value: float) -> float | None:
    """An angle to a hundredth; None where it is unknown."""
    return _rounded(value, DIGITS_DEG)


def share(value: float) -> float | None:
    """A number from 0 to 1 to a thousandth; None where it is unknown."""
    return _rounded(value, _DIGITS_SHARE)


def _rounded(value: float, digits: int) -> float | None:
    return round(float(value), digits) + 0.0 if math.isfinite(value) else None  # + 0.0: no minus zero


def _input(summary: InputSummary) -> Json:
    found: dict[str, Json] = {
        "source": summary.source,
        "error": summary.error,
        "duration_s": seconds(summary.duration_s),
        "frames": summary.frames,
        "frames_tracked": summary.frames_tracked,
        "frames_with_pose": summary.frames_with_pose,
        "exercises": [exercise_json(exercise) for exercise in summary.exercises],
    }
    if summary.nothing is not None:
        found["nothing"] = _remark(summary.nothing)
    if summary.notes:
        found["notes"] = [_remark(note) for note in summary.notes]
    if summary.passed_over:
        found["passed_over"] = [[seconds(start_s), seconds(end_s)] for start_s, end_s in summary.passed_over]
    return _with_candidates(found, summary.candidates)


def _remark(remark: NothingCounted | Note) -> Json:
    return {"code": remark.code, "value": _rounded(remark.value, 3), "least": _rounded(remark.least, 3)}


def exercise_json(summary: ExerciseSummary) -> Json:
    """One exercise with all that was done of it."""
    reps, holds = summary.repetitions, summary.holds
    found: dict[str, Json] = {
        "exercise": summary.exercise,
        "start_s": seconds(summary.start_s),
        "end_s": seconds(summary.end_s),
        "view_deg": degrees(summary.view_deg),
        "not_judged": list(summary.not_judged),
        "out_of_picture": list(summary.out_of_picture),
        "reps": len(reps),
        "counted": summary.counted,
        "reps_by_side": _tally(Side, [rep.side for rep in reps]),
        "by_status": _tally(Status, [rep.status for rep in reps]),
        "hold_s": seconds(math.fsum(hold.valid_s for hold in holds)),
        "repetitions": [repetition_json(rep) for rep in reps],
        "holds": [hold_json(hold) for hold in holds],
        "cues": [cue_json(cue) for cue in summary.cues],
        "sets": [set_json(one) for one in summary.sets],
        "symmetry": share(summary.symmetry),
    }
    return _with_candidates(found, summary.candidates)


def _with_candidates(
    found: dict[str, Json], candidates: Sequence[CandidateSummary] | None
) -> dict[str, Json]:
    """The same with the candidates, where they were asked for."""
    if candidates is not None:
        found["candidates"] = [candidate_json(each) for each in candidates]
    return found


def candidate_json(candidate: CandidateSummary) -> dict[str, Json]:
    """One movement that might have been a repetition."""
    return {
        "exercise": candidate.exercise,
        "side": candidate.side.value,
        "start_s": seconds(candidate.start_s),
        "peak_s": seconds(candidate.peak_s),
        "end_s": seconds(candidate.end_s),
        "rom_deg": degrees(candidate.rom_deg),
        "probability": share(candidate.probability),
        "log_odds": _rounded(candidate.log_odds, 3),
        "set_log_odds": _rounded(candidate.set_log_odds, 3),
        "counted": candidate.counted,
        "why": None if candidate.why is None else candidate.why.value,
        "doubt": None if candidate.doubt is None else candidate.doubt.value,
        "reasons": [
            {
                "feature": reason.feature,
                "value": _rounded(reason.value, 3),
                "unit": reason.unit,
                "log_odds": _rounded(reason.log_odds, 3),
            }
            for reason in candidate.reasons
        ],
    }


def _tally(members: Iterable[Side | Status], found: Iterable[Side | Status]) -> Json:
    counts = Counter(found)
    return {member.value: counts[member] for member in members}


def repetition_json(rep: Rep) -> dict[str, Json]:
    """One repetition."""
    return {
        "number": rep.number,
        "side": rep.side.value,
        "start_s": seconds(rep.start_s),
        "peak_s": seconds(rep.peak_s),
        "end_s": seconds(rep.end_s),
        "announced_s": seconds(rep.announced_s),
        "rom_deg": degrees(rep.rom_deg),
        "peak_deg": degrees(rep.peak_deg),
        "up_s": seconds(rep.up_s),
        "hold_s": seconds(rep.hold_s),
        "down_s": seconds(rep.down_s),
        "faults": [_fault(fault) for fault in rep.faults],
        "confidence": share(rep.confidence),
        "status": rep.status.value,
        "target_share": share(rep.target_share),
        "best_share": share(rep.best_share),
        "up_pace": rep.up_pace.value,
        "down_pace": rep.down_pace.value,
    }


def set_json(one: SetSummary) -> dict[str, Json]:
    """One set."""
    return {
        "number": one.number,
        "start_s": seconds(one.start_s),
        "end_s": seconds(one.end_s),
        "reps": one.reps,
        "holds": one.holds,
        "range_fade": share(one.range_fade),
        "tempo_fade": share(one.tempo_fade),
        "symmetry": share(one.symmetry),
        "hold_drift_deg": degrees(one.hold_drift_deg),
        "hold_tremor_deg": degrees(one.hold_tremor_deg),
        "hold_breaks": one.hold_breaks,
    }


def hold_json(hold: Hold) -> dict[str, Json]:
    """One hold."""
    return {
        "number": hold.number,
        "side": hold.side.value,
        "start_s": seconds(hold.start_s),
        "end_s": seconds(hold.end_s),
        "valid_s": seconds(hold.valid_s),
        "breaks": hold.breaks,
        "drift_deg": degrees(hold.drift_deg),
        "tremor_deg": degrees(hold.tremor_deg),
        "faults": [_fault(fault) for fault in hold.faults],
        "status": hold.status.value,
    }


def _fault(fault: Fault) -> Json:
    worst = _rounded(fault.worst, 3)
    return {"code": fault.code, "worst": worst, "unit": fault.unit, "time_s": seconds(fault.time_s)}


def cue_json(cue: Cue) -> dict[str, Json]:
    """One cue."""
    return {"time_s": seconds(cue.time_s), "code": cue.code, "text": cue.text, "kind": cue.kind.value}
