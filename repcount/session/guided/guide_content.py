"""What a guided session says of itself: the guide of one moment, put together from what is known."""

from __future__ import annotations

from dataclasses import dataclass

from repcount.core.guide import Beat, Guide, GuideEvent, RaisedHands, Stage, Tempo
from repcount.core.records import NAN
from repcount.session.guided.exercise_sets import beat_at
from repcount.session.guided.framing import FramingAdvice
from repcount.session.guided.programme_progress import ProgrammeProgress

COUNTDOWN_S = 3.0


@dataclass(frozen=True)
class GuideMoment:
    """Where a session stands; ``since_s`` is how long the stage has lasted."""

    stage: Stage
    since_s: float
    advice: FramingAdvice
    happened: tuple[GuideEvent, ...]
    over: bool
    unjudged: str = ""


def guide_of(
    course: ProgrammeProgress,
    exercise: str,
    moment: GuideMoment,
    tempo: Tempo | None,
    raised: RaisedHands | None,
) -> Guide:
    """The guide of this moment; ``exercise`` as the snapshot names it."""
    stage, block = moment.stage, course.block
    resting = stage is Stage.REST
    return Guide(
        stage=stage,
        instruction=moment.advice.text,
        code=moment.advice.code,
        exercise=exercise,
        title=course.title,
        side=course.sets.side,
        item=course.item + 1,
        items=course.items,
        next_up=course.next_up,
        countdown_s=max(0.0, COUNTDOWN_S - moment.since_s) if stage is Stage.COUNTDOWN else NAN,
        rest_left_s=max(0.0, course.rest_s - moment.since_s) if resting else NAN,
        rest_s=course.rest_s if resting else NAN,
        target=course.target,
        beat=_beat(moment, tempo),
        raised=raised,
        camera="" if block.is_open else block.exercise.camera,
        achieved=course.achieved() if stage is Stage.DONE else (),
        happened=moment.happened,
        over=moment.over,
        unjudged=moment.unjudged,
    )


def _beat(moment: GuideMoment, tempo: Tempo | None) -> Beat | None:
    in_step = tempo is not None and moment.stage is Stage.SET
    return beat_at(tempo, moment.since_s) if in_step and tempo is not None else None
