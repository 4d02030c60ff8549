"""How soon a fault that lasts is told: from when the true joints pass the limit to the cue, in media time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.judging.figures import Figures, Named
from bench.judging.limits import Sight, cases, sight
from bench.material import Clip, TrueRep
from bench.metrics import bootstrap, median, share
from repcount.core.records import Cue, CueKind
from repcount.exercises import catalog
from repcount.exercises.rules import FaultRule
from repcount.exercises.terms import Moment, WhichLeg
from repcount.features.spans import opposite
from repcount.form.cue_scheduler import AGAIN_S, PAUSE_S

AIM_S: Final = 0.5
REST_S: Final = 0.6
EARLY_S: Final = 0.7
"""A cue this long before the true onset is still its cue: the network's error may pass the limit earlier."""
TOP_SHARE: Final = 0.25
"""A movement of minimum jerk has done 90 % of its way when this share of its time is left."""


@dataclass(frozen=True)
class Telling:
    """One fault that was found and could be told while it lasted; ``late_s`` is None where it was not."""

    clip: str
    code: str
    late_s: float | None


def onset_s(clip: Clip, rep: TrueRep, rule: FaultRule) -> float | None:
    """When the true signal passes the limit to stay there for as long as the rule asks; None if never."""
    times = clip.recording.time_s
    side = rep.side if rule.leg is WhichLeg.ACTIVE else opposite(rep.side)

    def values(start_s: float, end_s: float) -> list[tuple[float, float]]:
        chosen = np.flatnonzero((times >= start_s) & (times <= end_s))
        return [(float(times[i]), clip.true_signals(int(i)).value(str(rule.signal), side)) for i in chosen]

    start_s = (
        rep.start_s if rule.when is not Moment.PEAK else rep.top_s - TOP_SHARE * (rep.top_s - rep.start_s)
    )
    course = values(start_s, rep.end_s)
    base = 0.0
    if rule.change:
        base = float(_median([v for _, v in values(rep.start_s - REST_S, rep.start_s)]))
    if rule.from_top:
        base = float(np.nanquantile([v for _, v in course], 0.9))
    limit, sign = (rule.above, 1.0) if rule.above is not None else (rule.below or 0.0, -1.0)
    if rule.beyond_target:
        limit += catalog.get(rep.exercise).presets[clip.preset(rep.exercise)].target_deg
    since = None
    for time_s, value in course:
        if not sign * (value - base - limit) > 0.0:
            since = None
            continue
        since = time_s if since is None else since
        if time_s - since >= max(rule.lasts_s, AIM_S) - 1e-9:
            return since
    return None


def _median(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return float(np.median(known)) if known else float("nan")


def _told(cues: Sequence[Cue], code: str, onset: float, end_s: float) -> float | None:
    """How long after its onset a fault was told."""
    told = [cue.time_s for cue in cues if cue.code == code and onset - EARLY_S <= cue.time_s <= end_s + AIM_S]
    return max(0.0, told[0] - onset) if told else None


def _silent(cues: Sequence[Cue], code: str, onset: float) -> bool:
    """Whether the same was said just before, or something else is being said."""
    before = [cue for cue in cues if cue.time_s < onset - EARLY_S and cue.code == code]
    others = [cue for cue in cues if cue.code != code and onset - PAUSE_S < cue.time_s < onset + AIM_S]
    return any(onset - cue.time_s < AGAIN_S for cue in before) or bool(others)


def tellings(some: Sequence[Named]) -> list[Telling]:
    """Every fault well beyond its limit that was found and could be told while it lasted."""
    rows = []
    for clip, verdict in some:
        cues = [cue for cue in verdict.summary.cues if cue.kind is not CueKind.PRAISE]
        exercise = catalog.get(verdict.exercise)
        rules = {rule.code: rule for rule in exercise.faults if rule.judged}
        for true, found in verdict.pairs:
            for code in (
                {fault.code for fault in found.faults} if true is not None and found is not None else ()
            ):
                mine = [case for _, case in cases(clip, true) if code in case.row.codes] if true else []
                if (
                    true is None
                    or code not in rules
                    or not mine
                    or sight(clip, exercise, (code,)) is not Sight.SHOWN
                ):
                    continue
                onset = onset_s(clip, true, rules[code])
                if onset is not None and not _silent(cues, code, onset):
                    rows.append(Telling(clip.full_name, code, _told(cues, code, onset, true.end_s)))
    return rows


def latency(some: Sequence[Named]) -> Figures:
    """Share told within the aim, and the median and 95th percentile of those told while they lasted."""
    rows = tellings(some)
    by_clip: dict[str, list[float]] = {}
    for row in rows:
        if row.late_s is not None:
            by_clip.setdefault(row.clip, []).append(row.late_s)
    late = list(by_clip.values())
    return {
        "within": share(
            [row.late_s is not None and row.late_s <= AIM_S + 1e-6 for row in rows], len(by_clip)
        ),
        "median_s": median(late),
        "p95_s": bootstrap(late, lambda values: float(np.quantile(values, 0.95))),
    }
