"""Why nothing was counted: found on figures that were made for it, and on pictures that show nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.stick import Body, Course, Leg, film, lying_raise, on_toes, pose, pressing, squatting
from repcount.core.records import Frame, InputSummary, NothingCounted, Pose
from repcount.exercises import catalog
from repcount.io.video_writer import Unpainted, VideoSink
from repcount.pipeline.input_notes import KeptPoses, notes_on
from repcount.pipeline.missed_movements import Watched, turned_pose
from repcount.pipeline.nothing_counted import why_nobody, why_nothing
from repcount.session.session import Session, SessionOptions
from repcount.sources.video import VideoSource
from tests.models import model_or_skip
from tests.samples import FOLDER, recorded
from tests.unit.overlay.snapshots import snapshot

SIZE_PX = (640, 480)
Film = Sequence[tuple[float, Pose | None]]


def watched(*names: str, **options: str) -> Watched:
    return [(catalog.get(name), SessionOptions(**options)) for name in names]  # type: ignore[arg-type]


def nobody() -> NothingCounted:
    return NothingCounted("nobody")


def reason(poses: Film, exercises: Watched) -> NothingCounted | None:
    seen = sum(each is not None for _, each in poses)
    done = InputSummary("clip", frames_tracked=len(poses), frames_with_pose=seen)
    return why_nothing(done, poses, exercises, nobody)


def filmed(body: Callable[[float], Body], fps: float = 15.0, **course: float) -> Film:
    return list(film(Course(reps=5, **course), body, fps=fps))  # type: ignore[arg-type]


def code(poses: Film, exercises: Watched) -> str:
    found = reason(poses, exercises)
    assert found is not None
    return found.code


def test_nobody_was_seen() -> None:
    assert code([(i / 15, None) for i in range(90)], watched("wall-squat")) == "nobody"


def test_somebody_was_seen_too_seldom() -> None:
    poses = [(t, p if i % 4 == 0 else None) for i, (t, p) in enumerate(filmed(squatting))]
    found = reason(poses, watched("wall-squat"))
    assert found is not None
    assert (found.code, round(found.value)) == ("seldom", 25)


def test_there_were_too_few_pictures_a_second() -> None:
    found = reason(filmed(squatting, fps=3.0), watched("wall-squat"))
    assert found is not None
    assert (found.code, round(found.value), found.least) == ("few_pictures", 3, 6.0)


def test_nobody_moved() -> None:
    still = [(i / 15, pose(squatting(4.0))) for i in range(150)]
    assert code(still, watched("wall-squat")) == "still"
    assert code(still, watched(*catalog.names())) == "still"


@pytest.mark.parametrize("peak", [17.0, 21.0])
def test_movements_were_too_small(peak: float) -> None:
    poses = filmed(squatting, rest=5.0, peak=peak)
    session = Session(catalog.get("wall-squat"))
    for time_s, each in poses:
        session.step(time_s, each)
    assert not session.summary().repetitions
    found = reason(poses, watched("wall-squat"))
    assert found is not None
    assert found.code == "too_small"
    assert 8.0 < found.value < 16.0
    assert found.least == 16.0


def test_the_size_that_is_told_is_that_of_a_movement_that_was_too_small() -> None:
    small = filmed(squatting, rest=5.0, peak=22.5)
    later_s = small[-1][0] + 0.1
    kick = film(
        Course(reps=1, rest=5.0, peak=110.0), lambda deg: Body(Leg(deg, 8.0), Leg(deg, 8.0)), fps=15.0
    )
    poses = [*small, *((later_s + t, p) for t, p in kick)]
    found = reason(poses, watched("wall-squat", preset="full"))
    assert found is not None
    assert found.code == "too_small"
    assert found.value < found.least


def quick(body: Callable[[float], Body], rest: float, peak: float, period_s: float) -> Film:
    ways = {"up_s": 0.35 * period_s, "hold_s": 0.1 * period_s, "down_s": 0.35 * period_s}
    course = Course(reps=int(20 / period_s), rest=rest, peak=peak, pause_s=0.2 * period_s, **ways)
    return list(film(course, body, fps=15.0))


def counted(poses: Film, exercises: Watched) -> int:
    session = Session(*exercises[0])
    for time_s, each in poses:
        session.step(time_s, each)
    session.finish(poses[-1][0])
    return len(session.summary().repetitions)


@pytest.mark.parametrize(
    ("name", "body", "rest", "peak"),
    [("straight-leg-raise", lying_raise, 4.0, 45.0), ("leg-press", pressing, 10.0, 85.0)],
)
def test_sixty_repetitions_a_minute_are_counted(
    name: str, body: Callable[[float], Body], rest: float, peak: float
) -> None:
    assert counted(quick(body, rest, peak, 1.0), watched(name)) in (19, 20)


def test_what_is_too_fast_to_be_counted_is_told() -> None:
    poses = quick(pressing, 10.0, 85.0, 0.6)
    assert counted(poses, watched("leg-press")) == 0
    found = reason(poses, watched("leg-press"))
    assert found is not None
    assert (found.code, round(found.value, 1)) == ("too_fast", 0.6)
    assert code(quick(squatting, 5.0, 80.0, 0.5), watched(*catalog.names())) == "too_fast"


def judged(poses: Film, exercises: Watched) -> tuple[int, list[str]]:
    """How much was counted, and which notes there are."""
    session, kept = Session(*exercises[0]), KeptPoses()
    for number, (time_s, each) in enumerate(poses):
        kept.write(Frame(time_s, number), session.step(time_s, each))
    session.finish(poses[-1][0])
    done = InputSummary("clip", frames_tracked=9, frames_with_pose=9, exercises=session.summaries())
    reps = len(session.summary().repetitions)
    return reps, [note.code for note in notes_on(done, kept, exercises)]


def test_where_one_of_many_quick_ones_was_counted_the_rest_is_told() -> None:
    assert judged(quick(on_toes, 0.0, 28.0, 0.5), watched("calf-raise")) == (1, ["too_fast"])


@pytest.mark.parametrize(
    ("body", "name", "rest", "peak"),
    [(squatting, "wall-squat", 5.0, 80.0), (pressing, "leg-press", 10.0, 85.0)],
)
def test_where_a_part_of_the_quick_ones_was_counted_the_rest_is_told(
    body: Callable[[float], Body], name: str, rest: float, peak: float
) -> None:
    slow = [(t - 60.0, each) for t, each in filmed(body, rest=rest, peak=peak)]
    poses = [*slow, *quick(body, rest, peak, 0.6)]
    reps, told = judged([(t + 60.0, each) for t, each in poses], watched(name))
    assert reps in (4, 5)
    assert told == ["too_fast"]
    assert judged(quick(body, rest, peak, 1.0), watched(name))[1] == []


def test_who_was_only_too_fast_is_not_told_to_turn_the_picture() -> None:
    poses = quick(pressing, 10.0, 85.0, 0.8)  # on its side a leg press looks like a squat, which may be quick
    assert code(poses, watched(*catalog.names())) == "too_fast"


def test_that_the_picture_lies_on_its_side_is_told_though_some_were_counted() -> None:
    poses = [(t, each and turned_pose(each, 270)) for t, each in recorded("calf_raise")]
    reps, told = judged(poses, watched("calf-raise"))
    assert 0 < reps < 5
    assert told == ["turned"]
    assert judged(recorded("calf_raise"), watched("calf-raise")) == (5, [])


def test_pictures_half_a_second_apart_are_told_though_something_was_counted() -> None:
    slow = filmed(squatting, fps=2.0, up_s=2.0, hold_s=1.0, down_s=2.0, pause_s=2.0)
    assert judged(slow, watched("wall-squat")) == (5, ["few_pictures"])
    assert judged(filmed(squatting), watched("wall-squat")) == (5, [])


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
@pytest.mark.parametrize("names", [("wall-squat",), tuple(catalog.names())], ids=["named", "auto"])
def test_a_picture_that_is_not_upright_is_told_with_the_turn_that_mends_it(
    turn_deg: int, names: tuple[str, ...]
) -> None:
    poses = [(t, turned_pose(each, 360 - turn_deg)) for t, each in filmed(squatting) if each is not None]
    found = reason(poses, watched(*names))
    assert found is not None
    assert (found.code, found.value) == ("turned", turn_deg)


def test_another_exercise_was_done() -> None:
    found = reason(filmed(lying_raise, rest=4.0, peak=45.0), watched("leg-press"))
    assert found is not None
    assert (found.code, found.exercise) == ("other_exercise", "straight-leg-raise")


def test_where_something_was_counted_there_is_no_reason() -> None:
    poses = filmed(squatting)
    session = Session(catalog.get("wall-squat"))
    for time_s, each in poses:
        session.step(time_s, each)
    done = InputSummary("clip", frames_tracked=9, frames_with_pose=9, exercises=(session.summary(),))
    assert done.exercises[0].repetitions
    assert why_nothing(done, poses, watched("wall-squat"), nobody) is None
    assert why_nothing(InputSummary("clip", error="broken"), (), watched("wall-squat"), nobody) is None


def _model() -> Path:
    return model_or_skip().path


def _video(path: Path, image: NDArray[np.uint8]) -> Path:
    with VideoSink(path, SIZE_PX, 15.0, Unpainted()) as sink:
        for number in range(6):
            sink.write(Frame(number / 15, number, image), snapshot())
    return path


def _grey(level: int) -> NDArray[np.uint8]:
    return np.full((SIZE_PX[1], SIZE_PX[0], 3), level, np.uint8)


def _person_who_is(share: float) -> NDArray[np.uint8]:
    """The first picture of a sample in the middle of a room, so many times as large."""
    with VideoSource(FOLDER / "wall_squat.mp4") as source:
        picture = next(iter(source)).image
    assert picture is not None
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    image = _grey(128)
    image[200 : 200 + height, 280 : 280 + width] = small
    return image


@pytest.mark.parametrize(("level", "told"), [(8, "nobody_dark"), (128, "nobody")])
def test_a_dark_video_is_told_from_an_empty_one(tmp_path: Path, level: int, told: str) -> None:
    found = why_nobody(_video(tmp_path / "clip.mp4", _grey(level)), _model)
    assert found.code == told


@pytest.mark.slow
def test_somebody_who_is_too_small_in_the_picture_is_told_from_nobody(tmp_path: Path) -> None:
    found = why_nobody(_video(tmp_path / "clip.mp4", _person_who_is(0.15)), _model)
    assert found.code == "nobody_far"


def test_a_recording_holds_no_pictures_to_look_at() -> None:
    assert why_nobody(Path("no-video.npz"), _model).code == "nobody"
