"""What the trainer tells the person: the stage of a session, one instruction, and the commands it takes.

A :class:`Guide` hangs on every snapshot of a guided session. Window, phone and voice read it; none of them
keeps a clock of its own: every figure here is as of the snapshot's ``time_s``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from repcount.core.kinds import NAN, Side


class Stage(str, Enum):
    """Where a guided session stands."""

    FRAMING = "framing"  # finding the right place: one instruction at a time; then the start posture
    COUNTDOWN = "countdown"  # the start posture is taken: three, two, one
    SET = "set"  # repetitions or holds are done
    REST = "rest"  # between two sets
    PAUSED = "paused"  # nothing counts until it is resumed
    DONE = "done"  # everything asked for is done, or the session was ended: the summary is shown


class Command(str, Enum):
    """What a person can tell the trainer, by key, raised hand or phone."""

    PAUSE = "pause"
    RESUME = "resume"
    TOGGLE_PAUSE = "toggle_pause"  # the space bar and the raised hand: whichever of the two makes sense
    UNDO = "undo"  # take back the last repetition or hold
    NEXT = "next"  # leave this exercise for the next one; after the last one the session is done
    END_SET = "end_set"  # end the set under way; in a rest, end the rest; while framing, go on as it is
    QUIT = "quit"  # end the session and keep it


class Joint(str, Enum):
    """Where the arc of the target range is drawn."""

    KNEE = "knee"
    HIP = "hip"


class Part(str, Enum):
    """The parts of one beat of the tempo."""

    UP = "up"  # from rest to the peak of the repetition, whichever way the body goes
    HOLD = "hold"  # at the peak
    DOWN = "down"  # back to rest
    WAIT = "wait"  # at rest, before the next one


class Gesture(str, Enum):
    """Raised hands, as commands."""

    ONE_HAND = "one_hand"  # pauses and resumes
    BOTH_HANDS = "both_hands"  # ends the set


@dataclass(frozen=True)
class Tempo:
    """Seconds of the parts of one repetition, as ``--tempo 2-1-2`` says them.

    Attributes
    ----------
    up_s, hold_s, down_s, wait_s : each 0 or more, ``up_s`` and ``down_s`` above 0.
    """

    up_s: float
    hold_s: float
    down_s: float
    wait_s: float = 0.0

    @property
    def whole_s(self) -> float:
        """Seconds from the beginning of one beat to that of the next."""
        return self.up_s + self.hold_s + self.down_s + self.wait_s


@dataclass(frozen=True)
class Beat:
    """Where the tempo is now.

    Attributes
    ----------
    number : of the beat since the set began, from 1. A new number, or a new part, is the time for a tone.
    share : how much of the part is over, 0..1.
    level : where the body should be now, 0 at rest to 1 at the peak: the height of a tempo bar.
    """

    number: int
    part: Part
    share: float
    level: float


@dataclass(frozen=True)
class TargetRange:
    """The range asked for, to be drawn at the joint that is counted.

    Attributes
    ----------
    joint : knee or hip; None where the counted signal is no angle of these two (a rising heel).
    lo_deg, hi_deg : the peak of a full repetition lies between them, lo < hi, flexion.
    rest_deg : about where the repetition begins, for the direction.
    deg : what is asked for, as the person is told it; NaN where no angle is told.
    """

    joint: Joint | None
    lo_deg: float
    hi_deg: float
    rest_deg: float
    deg: float = NAN


@dataclass(frozen=True)
class RaisedHands:
    """Hands that are up and not yet a command.

    Attributes
    ----------
    share : how much of the time that makes it a command is over, 0..1.
    """

    gesture: Gesture
    share: float


@dataclass(frozen=True)
class Surroundings:
    """What is known of the scene besides the pose.

    Attributes
    ----------
    brightness : mean brightness of the picture, 0 black to 1 white; NaN where unknown.
    people : how many people are in the picture, None where nobody has looked lately.
    """

    brightness: float = NAN
    people: int | None = None


@dataclass(frozen=True)
class GuideEvent:
    """What has just changed in the course of a session, besides repetitions, holds and cues.

    Attributes
    ----------
    code : ``framing`` (a new instruction), ``set`` (a set has ended), ``leg`` (the other leg's turn),
        ``rest`` (a rest has begun), ``exercise`` (one begins), ``pause``, ``resume``, ``undo`` or ``end``; in
        a guided film ``beat`` (the way there, or back, begins).
    text : in words for the person; may be spoken.
    exercise, side, number, sets, done, target : of the set that it is about; 0 where it is about none.
        ``done`` and ``target`` are repetitions or holds.
    seconds : the length of a rest; NaN otherwise.
    detail : of ``framing`` the code of the instruction, of ``undo`` what was taken back
        (``repetition`` or ``hold``), empty otherwise.
    """

    code: str
    time_s: float
    text: str
    exercise: str
    side: Side | None = None
    number: int = 0
    sets: int = 0
    done: int = 0
    target: int = 0
    seconds: float = NAN
    detail: str = ""


@dataclass(frozen=True)
class Achieved:
    """One exercise of the summary at the end.

    Attributes
    ----------
    sets_done, sets : sets that were completed, and asked for (an exercise for each leg has both legs' sets);
        0 where none were asked for.
    counted : repetitions, or holds where holds are asked for, that moved the sets on.
    hold_s : valid seconds held, where holds are asked for; 0 otherwise.
    faulty : repetitions and holds with a complaint.
    """

    exercise: str
    title: str
    sets_done: int
    sets: int
    counted: int
    hold_s: float
    faulty: int


@dataclass(frozen=True)
class Guide:
    """Everything that a guided session shows besides the count. Set progress is ``Snapshot.progress``.

    Attributes
    ----------
    instruction : the one line to be shown (and spoken when it changes); empty where there is none.
    code : of that instruction, stable for programs: ``more_light``, ``one_person``, ``step_in``,
        ``feet_out``, ``head_out``, ``sideways_out``, ``come_closer``, ``turn_side_on`` and ``start_posture``
        while framing; ``lost``, ``jumped``, ``few_pictures``, ``more_light``, ``come_closer``, ``other_leg``
        and ``start_posture`` in a set; ``keep_still`` and ``still_again`` before and after the beat of a
        guided film; empty otherwise.
    exercise, title : under way (``auto`` until one is recognised), and its name for the eye.
    side : the leg of the set under way; None where either or both will do.
    item, items : the exercise's place in the plan, from 1, and how many there are.
    next_up : what follows this set, for instance ``Set 2 of 3``, ``The other leg``, ``Calf raise``,
        ``The end``.
    countdown_s : seconds left of the countdown; NaN out of it. Show it rounded up.
    rest_left_s, rest_s : seconds left of the rest, and its length; NaN out of it.
    target : the range asked for.
    beat : of the tempo, in a set with ``--tempo`` or of a guided film; None otherwise.
    raised : hands going up, for a ring that closes; None otherwise.
    camera : where to put the camera for this exercise, in words.
    achieved : the exercises so far, for the summary.
    happened : what has just happened, in order.
    unjudged : at the end, the code of what kept most of the session from being judged: ``few_pictures``,
        ``more_light``, ``come_closer`` or ``lost``; empty where nothing did.
    over : the summary has been shown long enough, or the person has quit: the runner may end.
    """

    stage: Stage
    instruction: str = ""
    code: str = ""
    exercise: str = ""
    title: str = ""
    side: Side | None = None
    item: int = 1
    items: int = 1
    next_up: str = ""
    countdown_s: float = NAN
    rest_left_s: float = NAN
    rest_s: float = NAN
    target: TargetRange | None = None
    beat: Beat | None = None
    raised: RaisedHands | None = None
    camera: str = ""
    achieved: tuple[Achieved, ...] = ()
    happened: tuple[GuideEvent, ...] = ()
    unjudged: str = ""
    over: bool = False


@dataclass(frozen=True)
class ExerciseReview:
    """One exercise of the summary.

    Attributes
    ----------
    counted : what moved the sets on.
    done : that and what was asked for, as ``12 of 12``.
    lines : name and words of each fact.
    """

    exercise: str
    title: str
    counted: int
    done: str
    lines: tuple[tuple[str, str], ...]


class Posture(str, Enum):
    """How the person is seen from the right place."""

    STANDING = "standing"
    SUPINE = "supine"  # on the back
    PRONE = "prone"  # on the belly
    SEATED = "seated"


@dataclass(frozen=True)
class Placement:
    """The right place in a few words.

    Attributes
    ----------
    posture : of the little figure.
    where : from which side, for instance ``From the side``.
    distance : how high and how far, for instance ``hip height, 2-3 m``.
    """

    posture: Posture
    where: str
    distance: str
