"""What can be complained about: the rules of an exercise's file about range, form and tempo.

Of several faults at once the first in the file is told first: rules stand in the order of their importance.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from repcount.exercises.terms import CODE, Moment, SignalName, Span, Table, WhichLeg


class Complaint(Table):
    """Something to complain about.

    Attributes
    ----------
    code : what tables and JSON call it.
    name : what a person reads.
    say : the cue, in the second person and positive.
    praise : what is said once the fault is gone; the language's own word of praise where it is empty.
    source : where the figure comes from.
    """

    code: Annotated[str, Field(pattern=CODE)]
    name: str
    say: str = ""
    praise: str = ""
    source: str


class Short(Complaint):
    """When a repetition is `short`.

    Attributes
    ----------
    below_target_deg : how far its peak may stay from the preset's target.
    own_best_share : or the least share of the best range among the person's first three repetitions.
    seen : the least visibility of the leg for judging it; a hidden leg is drawn less bent than it is.
    unless : codes of faults with which the range is measured too small; with one of them it is not `short`.
    view : camera angles, 0 front to 90 side, that can show it; from others it is `not judged`.
    """

    below_target_deg: Annotated[float, Field(ge=0)] | None = None
    own_best_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    seen: Annotated[float, Field(ge=0, le=1)] = 0.0
    unless: tuple[str, ...] = ()
    view: Span | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Short:
        if (self.below_target_deg is None) == (self.own_best_share is None):
            raise ValueError("say either below_target_deg or own_best_share")
        return self


class Beyond(Complaint):
    """When a repetition goes further than the range that was asked for: told at once, as a limit is.

    Attributes
    ----------
    above_target_deg : how far past the range's end is too far.
    """

    above_target_deg: Annotated[float, Field(ge=0)]
    why: str


class FaultRule(Complaint):
    """One departure from good form.

    Attributes
    ----------
    above, below : the limit in the signal's unit; one of the two. In ``beyond_target`` they are
        counted from the preset's target.
    change : judge the change since rest rather than the value.
    from_top : judge the way back from the furthest point of this repetition, for what sags in a hold.
    lasts_s : how long it must be beyond the limit.
    seen : the leg's visibility from which on it is judged; the network guesses a leg that is half hidden.
    view : camera angles, 0 front to 90 side, that can show it; from others it is `not judged`.
    judged : false for what no landmark can show: it is always `not judged`.
    limit : a limit of safety: its cue is said at once, whatever else is being said.
    """

    signal: SignalName | None = None
    leg: WhichLeg = WhichLeg.ACTIVE
    when: Moment = Moment.REP
    above: float | None = None
    below: float | None = None
    beyond_target: bool = False
    change: bool = False
    from_top: bool = False
    lasts_s: Annotated[float, Field(ge=0)] = 0.3
    seen: Annotated[float, Field(ge=0, le=1)] = 0.0
    view: Span | None = None
    why: str
    judged: bool = True
    limit: bool = False

    @model_validator(mode="after")
    def _complete(self) -> FaultRule:
        if not self.judged:
            return self
        if self.signal is None:
            raise ValueError("a judged fault needs a `signal`; set `judged = false` where there is none")
        if (self.above is None) == (self.below is None):
            raise ValueError("say either `above` or `below`")
        if not self.say:
            raise ValueError("a judged fault needs `say`, the words of its cue")
        return self


class TempoRule(Complaint):
    """A fault of time: a part of the repetition that was faster than it should be.

    Attributes
    ----------
    part : ``up_s``, ``down_s``, ``way_s`` for the faster of the two, or ``rep_s`` for all of it.
    below : the least time that it should take, seconds.
    view : camera angles, 0 front to 90 side, that can show it; from others it is `not judged`.
    """

    part: Annotated[str, Field(pattern=r"^(up_s|down_s|way_s|rep_s)$")]
    view: Span | None = None
    below: Annotated[float, Field(gt=0)]
    why: str
