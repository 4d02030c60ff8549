from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.stick import Body, Course, film, lying_raise, squatting
from bench.stick import pose as any_pose
from repcount.core.guide import Command, GuideEvent, Part, Stage, Surroundings, Tempo
from repcount.core.records import Pose, Side, Snapshot
from repcount.exercises import catalog
from repcount.pose.recording import RecordedPoses, Recording, RecordingSource
from repcount.session.guided.exercise_sets import Block
from repcount.session.guided.framing import FINE, framing_advice
from repcount.session.guided.trainer import SUMMARY_S, Trainer, TrainerOptions
from repcount.session.session import Session, SessionOptions

RECORDINGS = Path(__file__).parents[3] / "bench" / "recordings"
LIGHT = Surroundings(brightness=0.5, people=1)
Film = Iterable[tuple[float, Pose | None]]


def fitted(seen: Pose) -> Pose:
    """The figure a little higher, with its feet in the picture."""
    points = seen.landmarks_px.copy()
    points[:, 1] -= 14
    return replace(seen, landmarks_px=points)


def pose(body: Body) -> Pose:
    return fitted(any_pose(body))


def block(name: str = "wall-squat", each_leg: bool = False, **dose: float) -> Block:
    exercise = catalog.get(name)
    dosed = exercise.model_copy(update={"dose": exercise.dose.model_copy(update=dose)})
    return Block(((dosed, SessionOptions()),), each_leg)


def squats(reps: int, start_s: float = 0.0) -> list[tuple[float, Pose | None]]:
    return [(start_s + t, fitted(p)) for t, p in film(Course(reps=reps), squatting, fps=15)]


def run(trainer: Trainer, poses: Film, around: Surroundings = LIGHT) -> list[Snapshot]:
    return [trainer.step(time_s, seen, around) for time_s, seen in poses]


def standing(start_s: float, seconds: float) -> list[tuple[float, Pose | None]]:
    return [(start_s + i / 15, pose(squatting(4.0))) for i in range(round(seconds * 15))]


def happened(snapshots: Iterable[Snapshot]) -> list[GuideEvent]:
    return [h for s in snapshots if s.guide is not None for h in s.guide.happened]


def stages(snapshots: Iterable[Snapshot]) -> list[Stage]:
    found: list[Stage] = []
    for snapshot in snapshots:
        assert snapshot.guide is not None
        if not found or found[-1] is not snapshot.guide.stage:
            found.append(snapshot.guide.stage)
    return found


def test_a_session_goes_from_framing_by_a_countdown_to_sets_and_rests_and_an_end() -> None:
    trainer = Trainer([block(sets=2, reps=3, rest_s=10.0)])
    poses = [*standing(0, 6)]
    poses += squats(3, start_s=poses[-1][0] + 0.1)
    poses += standing(poses[-1][0] + 0.1, 12)
    poses += squats(3, start_s=poses[-1][0] + 0.1)
    poses += standing(poses[-1][0] + 0.1, 2)
    seen = run(trainer, poses)
    asked = [Stage.FRAMING, Stage.COUNTDOWN, Stage.SET, Stage.REST, Stage.SET, Stage.DONE]
    assert stages(seen) == asked
    assert [h.code for h in happened(seen)] == ["exercise", "framing", "set", "rest", "set", "end"]
    assert seen[-1].count == 6
    assert seen[-1].guide is not None
    assert [(a.sets_done, a.sets, a.counted) for a in seen[-1].guide.achieved] == [(2, 2, 6)]


def test_what_is_done_before_the_framing_is_right_counts_all_the_same() -> None:
    dark = Surroundings(brightness=0.01)
    trainer = Trainer([block(sets=1, reps=12)])
    seen = run(trainer, squats(5), dark)
    assert seen[0].guide is not None
    trainer.finish(seen[-1].time_s)
    assert len(trainer.summaries()[0].repetitions) == 5


@pytest.mark.parametrize(
    ("around", "scene", "code"),
    [
        (Surroundings(brightness=0.05), pose(squatting(4.0)), "more_light"),
        (Surroundings(people=2), pose(squatting(4.0)), "one_person"),
        (LIGHT, None, "step_in"),
        (LIGHT, "low", "feet_out"),
        (LIGHT, "high", "head_out"),
        (LIGHT, "small", "come_closer"),
    ],
)
def test_framing_asks_for_one_thing_at_a_time(
    around: Surroundings, scene: Pose | str | None, code: str
) -> None:
    trainer = Trainer([block("leg-press")])
    seen = run(trainer, ((i / 15, _scene(scene)) for i in range(30)), around)
    assert seen[-1].guide is not None
    assert seen[-1].guide.stage is Stage.FRAMING
    assert seen[-1].guide.code == code
    assert seen[-1].guide.instruction


@pytest.mark.parametrize(
    ("view_deg", "fine"), [(20.0, True), (40.0, False), (80.0, True), (float("nan"), True)]
)
def test_framing_asks_to_turn_where_the_exercise_cannot_be_judged(view_deg: float, fine: bool) -> None:
    advice = framing_advice(pose(squatting(4.0)), LIGHT, view_deg, catalog.get("wall-squat").views)
    assert (advice == FINE) is fine
    assert fine or advice.code == "turn_side_on"


def _scene(what: Pose | str | None) -> Pose | None:
    if not isinstance(what, str):
        return what
    seen = pose(squatting(4.0))
    points = seen.landmarks_px.copy()
    if what == "small":
        points[:, :2] = 320 + (points[:, :2] - points[:, :2].mean(axis=0)) * 0.15
    else:
        points[:, 1] += 150 if what == "low" else -150
    return replace(seen, landmarks_px=points)


def test_a_pause_counts_nothing_and_hides_nobody() -> None:
    trainer = Trainer([block()])
    seen = run(trainer, squats(3))
    trainer.apply(Command.PAUSE)
    during = run(trainer, squats(4, start_s=seen[-1].time_s + 0.1))
    assert during[-1].count == seen[-1].count
    assert stages(during) == [Stage.PAUSED]
    assert all(s.pose is not None for s in during)
    assert trainer.given is None
    trainer.apply(Command.RESUME)
    after = run(trainer, squats(2, start_s=during[-1].time_s + 0.1))
    assert after[-1].count > during[-1].count


def test_undo_takes_the_last_repetition_back_and_its_number_is_used_again() -> None:
    trainer = Trainer([block()])
    seen = run(trainer, [*squats(3), *standing(13, 3)])
    assert seen[-1].count == 3
    trainer.apply(Command.UNDO)
    after = run(trainer, standing(17, 1))
    assert (after[-1].count, after[-1].progress.done) == (2, 2)
    assert [h.detail for h in happened(after) if h.code == "undo"] == ["repetition"]
    run(trainer, [*squats(1, start_s=19.0), *standing(24, 2)])
    assert [rep.number for rep in trainer.summaries()[0].repetitions] == [1, 2, 3]


def test_undo_with_nothing_done_does_nothing() -> None:
    trainer = Trainer([block()])
    trainer.apply(Command.UNDO)
    assert run(trainer, standing(0, 1))[-1].count == 0


def test_next_leaves_for_the_next_exercise_and_after_the_last_ends() -> None:
    trainer = Trainer([block(), block("calf-raise")])
    run(trainer, standing(0, 1))
    trainer.apply(Command.NEXT)
    second = run(trainer, standing(2, 1))[-1].guide
    assert second is not None
    assert (second.exercise, second.item, second.items) == ("calf-raise", 2, 2)
    trainer.apply(Command.NEXT)
    assert stages(run(trainer, standing(4, 1))) == [Stage.DONE]


def test_quit_ends_at_once_and_the_summary_ends_by_itself() -> None:
    quick = Trainer([block()])
    quick.apply(Command.QUIT)
    run(quick, standing(0, 0.2))
    assert quick.over
    slow = Trainer([block()])
    slow.apply(Command.NEXT)
    seen = run(slow, standing(0, SUMMARY_S + 0.5))
    assert [s.guide.over for s in seen if s.guide][::60] == [False] * 5 + [True] * 0 or slow.over
    assert slow.over


def test_one_repetition_in_a_rest_is_an_extra_one_and_two_begin_the_next_set() -> None:
    trainer = Trainer([block(sets=3, reps=2, rest_s=60.0)])
    seen = run(trainer, [*squats(3), *standing(13, 3)])
    assert (stages(seen)[-1], seen[-1].count) == (Stage.REST, 3)
    again = run(trainer, [*squats(1, start_s=17.0), *standing(21, 2)])
    assert stages(again)[0] is Stage.REST
    assert [h.code for h in happened(again)] == ["set", "rest"]
    assert (again[-1].progress.number, again[-1].count) == (2, 4)


def test_each_leg_has_its_turn_and_the_wrong_one_does_not_move_the_set_on() -> None:
    trainer = Trainer([block("straight-leg-raise", each_leg=True, sets=1, reps=2)])
    course = Course(reps=2, rest=2.0, peak=48.0)

    def raises(active: str, start_s: float) -> list[tuple[float, Pose | None]]:
        frames = film(course, lambda deg: lying_raise(deg, active=active), fps=15)
        return [(start_s + t, p) for t, p in frames]

    first = run(trainer, raises("left", 0.0))
    assert first[-1].guide is not None
    assert first[-1].guide.side is Side.RIGHT
    same = run(trainer, raises("left", first[-1].time_s + 0.5))
    assert same[-1].progress.done == 0
    assert same[-1].guide is not None
    assert same[-1].guide.code == "other_leg"
    other = run(trainer, raises("right", same[-1].time_s + 3))
    assert stages(other)[-1] is Stage.DONE


def test_a_person_who_is_gone_in_a_set_is_told_so() -> None:
    trainer = Trainer([block()])
    seen = run(trainer, squats(2))
    gone = run(trainer, [(seen[-1].time_s + (i + 1) / 15, None) for i in range(45)])
    assert gone[-1].guide is not None
    assert gone[-1].guide.code == "lost"


def test_the_tempo_goes_round_in_its_parts() -> None:
    trainer = Trainer([block()], TrainerOptions(tempo=Tempo(2, 1, 2)))
    trainer.apply(Command.END_SET)  # while framing: go on as it is
    seen = run(trainer, standing(0, 6))
    beats = [s.guide.beat for s in seen if s.guide is not None and s.guide.beat is not None]
    assert [b.part for b in beats[::15]][:6] == [
        Part.UP, Part.UP, Part.HOLD, Part.DOWN, Part.DOWN, Part.UP,
    ]  # fmt: skip
    assert beats[-1].number == 2


SAMPLES = {
    "ws-01": "wall-squat", "cr-01": "calf-raise", "hc-01": "hamstring-curl",
    "lp-01": "leg-press", "slr-01": "straight-leg-raise",
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("drop", [0, 3])
def test_what_the_trainer_was_given_gives_the_same_table_when_analysed(name: str, drop: int) -> None:
    recording = Recording.load(RECORDINGS / "test" / f"{name}.npz")
    exercise, poses = catalog.get(SAMPLES[name]), RecordedPoses(recording)
    trainer = Trainer([Block(((exercise, SessionOptions()),), exercise.dose.each_leg)])
    plain, whole = Session(exercise), Session(exercise)
    for frame in RecordingSource(recording):
        seen = poses.estimate(frame)
        whole.step(frame.time_s, seen)
        if drop and frame.index % drop == 0:
            continue
        trainer.step(frame.time_s, seen)
        plain.step(frame.time_s, trainer.given)
    for session in (trainer, plain, whole):
        session.finish(float(recording.time_s[-1]))
    assert trainer.summaries() == plain.summaries()
    assert trainer.summaries()[0].counted == whole.summaries()[0].counted
    assert len(trainer.summaries()[0].repetitions) == len(whole.summaries()[0].repetitions) > 0
