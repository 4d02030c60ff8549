"""Why nothing was counted: found on figures that were made for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.stick import Body, Course, film, lying_raise, pose, squatting
from repcount.core.model import Frame, InputSummary, NothingCounted, Pose
from repcount.exercises import catalog
from repcount.io.video_writer import Unpainted, VideoSink
from repcount.pipeline.nothing_counted import Watched, why_nothing
from repcount.session.session import Session, SessionOptions
from tests.unit.overlay.snapshots import snapshot

NOWHERE = Path("no-video.npz")
Film = Sequence[tuple[float, Pose | None]]


def watched(*names: str, **options: str) -> Watched:
    return [(catalog.get(name), SessionOptions(**options)) for name in names]  # type: ignore[arg-type]


def reason(poses: Film, exercises: Watched, path: Path = NOWHERE) -> NothingCounted | None:
    seen = sum(each is not None for _, each in poses)
    done = InputSummary("clip", frames_tracked=len(poses), frames_with_pose=seen)
    return why_nothing(done, poses, exercises, path)


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
    assert why_nothing(done, poses, watched("wall-squat"), NOWHERE) is None
    assert why_nothing(InputSummary("clip", error="broken"), (), watched("wall-squat"), NOWHERE) is None


@pytest.mark.parametrize(("grey", "told"), [(8, "nobody_dark"), (128, "nobody")])
def test_a_dark_video_is_told_from_an_empty_one(tmp_path: Path, grey: int, told: str) -> None:
    path = tmp_path / "clip.mp4"
    with VideoSink(path, (64, 48), 15.0, Unpainted()) as sink:
        for number in range(6):
            image = np.full((48, 64, 3), grey, np.uint8)
            sink.write(Frame(number / 15, number, image), snapshot())
    found = reason([(i / 15, None) for i in range(6)], watched("wall-squat"), path)
    assert found is not None
    assert found.code == told
