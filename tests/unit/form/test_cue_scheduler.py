from __future__ import annotations

from repcount.core.records import CueKind
from repcount.form.cue_scheduler import CueRequest, CueScheduler

KNEE = CueRequest("knee_bends", "Keep the knee straight", excess=5.0, step=10.0)
BACK = CueRequest("back_off_wall", "Keep your back on the wall")


def said(scheduler: CueScheduler, time_s: float, *wishes: CueRequest) -> list[str]:
    return [cue.code for cue in scheduler.say(time_s, wishes)]


def test_of_two_wishes_the_first_is_said_and_the_other_waits_its_turn() -> None:
    scheduler = CueScheduler()
    assert said(scheduler, 0.0, KNEE, BACK) == ["knee_bends"]
    assert said(scheduler, 1.0, KNEE, BACK) == []
    assert said(scheduler, 1.5, KNEE, BACK) == ["back_off_wall"]


def test_the_same_is_not_said_again_within_five_seconds_unless_it_is_much_worse() -> None:
    worse = CueRequest("knee_bends", "Keep the knee straight", excess=15.0, step=10.0)
    little = CueRequest("knee_bends", "Keep the knee straight", excess=14.0, step=10.0)
    scheduler = CueScheduler()
    assert said(scheduler, 0.0, KNEE) == ["knee_bends"]
    assert said(scheduler, 4.9, little) == []
    assert said(scheduler, 4.9, worse) == ["knee_bends"]
    assert said(scheduler, 9.8, worse) == []
    assert said(scheduler, 9.9, worse) == ["knee_bends"]


def test_a_limit_cuts_in_and_praise_gives_way() -> None:
    praise = CueRequest("heels_lift", "Good", CueKind.PRAISE)
    limit = CueRequest("limit_knee", "Ease back", CueKind.LIMIT)
    scheduler = CueScheduler()
    assert said(scheduler, 0.0, praise, KNEE) == ["knee_bends"]
    assert said(scheduler, 0.2, praise) == []
    assert said(scheduler, 0.2, praise, BACK, limit) == ["limit_knee"]
    scheduler = CueScheduler()
    assert said(scheduler, 0.0, praise) == ["heels_lift"]
    assert said(scheduler, 0.2, KNEE) == ["knee_bends"]
