"""The records that travel between the rooms. All frozen; times are media seconds, angles degrees.

Flexion is 0 at a straight joint. An unknown value is NaN, never 0 and never the last one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from repcount.core.kinds import NAN as NAN
from repcount.core.kinds import CandidateSummary
from repcount.core.kinds import CountBy as CountBy
from repcount.core.kinds import CueKind as CueKind
from repcount.core.kinds import Note as Note
from repcount.core.kinds import NothingCounted as NothingCounted
from repcount.core.kinds import Pace as Pace
from repcount.core.kinds import Phase as Phase
from repcount.core.kinds import Side as Side
from repcount.core.kinds import Status as Status
from repcount.core.pose import Pose as Pose

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.guide import Guide


@dataclass(frozen=True)
class PersonalRange:
    """What one person's drive signal does in an exercise, at rest and at the peak."""

    rest_deg: float
    peak_deg: float


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes
    ----------
    time_s : media time, strictly increasing within a source.
    index : number of the frame in its source, from 0.
    image : RGB, upright, shape (height, width, 3), uint8; None where only landmarks were kept.
    brightness : mean brightness of the picture, 0 black to 1 white, as a camera source sets it; NaN where
        nobody has measured it.
    size_px : (width, height) that landmarks refer to, where the picture is a reduced one; None where
        they refer to the picture as it is.
    """

    time_s: float
    index: int
    image: NDArray[np.uint8] | None = None
    brightness: float = NAN
    size_px: tuple[int, int] | None = None


@dataclass(frozen=True)
class Fault:
    """One departure from good form in a repetition or hold.

    Attributes
    ----------
    code : as in the exercise's file, for instance ``knee_bends``.
    worst : the value furthest beyond the limit, in ``unit``.
    time_s : when that was.
    """

    code: str
    worst: float
    unit: str
    time_s: float


@dataclass(frozen=True)
class Rep:
    """One repetition, as reported in JSON and CSV (see docs/json.md).

    Attributes
    ----------
    target_share : of the way from rest to the target of the range asked for; NaN where no view shows it.
    best_share : its range over the person's own best of the first three.
    up_pace, down_pace : the ways against the tempo of the exercise's file.
    """

    number: int
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    announced_s: float
    rom_deg: float
    peak_deg: float
    up_s: float
    hold_s: float
    down_s: float
    faults: tuple[Fault, ...] = ()
    confidence: float = 1.0
    status: Status = Status.OK
    target_share: float = NAN
    best_share: float = NAN
    up_pace: Pace = Pace.UNKNOWN
    down_pace: Pace = Pace.UNKNOWN


@dataclass(frozen=True)
class Hold:
    """One held position, as reported in JSON and CSV (see docs/json.md)."""

    number: int
    side: Side
    start_s: float
    end_s: float
    valid_s: float
    breaks: int = 0
    drift_deg: float = 0.0
    tremor_deg: float = 0.0
    faults: tuple[Fault, ...] = ()
    status: Status = Status.OK


@dataclass(frozen=True)
class Cue:
    """A short instruction to the person, in the second person and positive.

    Attributes
    ----------
    code : of the fault that it answers, or that is gone.
    """

    time_s: float
    code: str
    text: str
    kind: CueKind = CueKind.FAULT


@dataclass(frozen=True)
class SetProgress:
    """Where the person stands in the sets.

    Attributes
    ----------
    number, sets : the set under way, from 1, and how many there are.
    done, target : repetitions or holds of this set done so far, and asked for.
    hold_target_s : how long a hold should last; 0 where holds are not asked for.
    """

    number: int
    sets: int
    done: int
    target: int
    hold_target_s: float = 0.0


@dataclass(frozen=True)
class LegAngles:
    """Angles of one leg that a drawing may show; NaN where this view cannot tell."""

    knee_deg: float = NAN
    hip_deg: float = NAN


@dataclass(frozen=True)
class Snapshot:
    """All that is known after one frame. The overlay, the phone and the tests read nothing else.

    Attributes
    ----------
    drive_deg : the signal that is counted, of ``side``; at rest of a leg that is in its start posture.
    leg_drives_deg : the same of the left leg and of the right; NaN where both are counted as one.
    count : repetitions or holds that have counted for their set so far, over all sets.
    reps, holds : how many have been seen so far.
    holding_s : valid seconds of the hold under way, 0 where there is none.
    cue : the cue to be shown now, None where there is nothing to say.
    events : what just happened, in order.
    guide : what the trainer has to say, in a guided session; None where nobody guides.
    """

    time_s: float
    exercise: str
    pose: Pose | None
    phase: Phase
    side: Side | None
    left: LegAngles
    right: LegAngles
    drive_deg: float
    view_deg: float
    count: int
    reps: int
    holds: int
    holding_s: float
    progress: SetProgress
    cue: Cue | None = None
    events: tuple[Rep | Hold | Cue, ...] = ()
    guide: Guide | None = None
    leg_drives_deg: tuple[float, float] = (NAN, NAN)


@dataclass(frozen=True)
class SetSummary:
    """One set as a whole; NaN where there is too little to say.

    Attributes
    ----------
    range_fade, tempo_fade : the mean of the last third over that of the first third, less 1, of the range and
        of the time of the ways: -0.1 is a tenth less.
    symmetry : limb symmetry index, the weaker side's mean peak over the other's.
    hold_drift_deg, hold_tremor_deg : means over the holds; ``hold_breaks`` their sum.
    """

    number: int
    start_s: float
    end_s: float
    reps: int
    holds: int
    range_fade: float = NAN
    tempo_fade: float = NAN
    symmetry: float = NAN
    hold_drift_deg: float = NAN
    hold_tremor_deg: float = NAN
    hold_breaks: int = 0


@dataclass(frozen=True)
class ExerciseSummary:
    """One exercise of one input, from its first to its last moment.

    ``counted`` is what moved the set on; ``not_judged`` holds the codes of the form rules that this
    camera view cannot judge, or whose leg was too hidden in most repetitions. ``out_of_picture`` are the
    parts of the body (head, trunk, knees, feet) that were outside it most of the time: what hangs on them
    is not judged. ``symmetry`` is over all repetitions, as in :class:`SetSummary`. ``candidates`` is None
    where nobody asked for them.
    """

    exercise: str
    start_s: float
    end_s: float
    view_deg: float
    not_judged: tuple[str, ...]
    counted: int
    repetitions: tuple[Rep, ...] = ()
    holds: tuple[Hold, ...] = ()
    cues: tuple[Cue, ...] = ()
    sets: tuple[SetSummary, ...] = ()
    symmetry: float = NAN
    candidates: tuple[CandidateSummary, ...] | None = None
    out_of_picture: tuple[str, ...] = ()


@dataclass(frozen=True)
class InputSummary:
    """One video or recording, as judged.

    ``frames`` is what the file holds, ``frames_tracked`` what was looked at. ``error`` says in one
    line what went wrong; a file that broke off is judged up to there. ``candidates`` are the likeliest of
    all exercises, where they were asked for and no exercise was recognised; None otherwise. ``nothing`` is
    why nothing was counted, where nothing was and somebody has looked for the reason. ``notes`` are what is
    worth knowing beside what was counted. ``passed_over`` are first and last seconds of the stretches in
    which a body was seen and not judged: it was taken for somebody else, or for the person walking.
    """

    source: str
    error: str | None = None
    duration_s: float = NAN
    frames: int = 0
    frames_tracked: int = 0
    frames_with_pose: int = 0
    exercises: tuple[ExerciseSummary, ...] = field(default=())
    candidates: tuple[CandidateSummary, ...] | None = None
    nothing: NothingCounted | None = None
    notes: tuple[Note, ...] = ()
    passed_over: tuple[tuple[float, float], ...] = ()
