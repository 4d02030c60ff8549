"""The live picture: what is painted where, at every stage and size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.stick import Course, film
from repcount.core.guide import (
    Achieved,
    Beat,
    Gesture,
    Guide,
    Joint,
    Part,
    Placement,
    Posture,
    RaisedHands,
    Stage,
    TargetRange,
)
from repcount.core.model import Cue, SetProgress, Snapshot
from repcount.core.protocols import LiveStatus
from repcount.exercises import catalog
from repcount.overlay.canvas import NIGHT, ORANGE
from repcount.overlay.live_view import LivePicture, background
from repcount.overlay.messages import facts_of
from repcount.overlay.window import shown_size
from repcount.session.session import Session

SIZES = [(960, 720), (1280, 720), (1920, 1080), (720, 1280)]
QUIET = LiveStatus()
GUIDES = {
    "set": Guide(Stage.SET, target=TargetRange(Joint.KNEE, 50, 70, 5), beat=Beat(1, Part.UP, 0.5, 0.5)),
    "framing": Guide(Stage.FRAMING, "Step back until your feet are in the picture", title="Wall squat"),
    "countdown": Guide(Stage.COUNTDOWN, title="Wall squat", countdown_s=2.2),
    "rest": Guide(Stage.REST, rest_left_s=41.0, rest_s=60.0, next_up="Set 2 of 3"),
    "paused": Guide(Stage.PAUSED),
    "done": Guide(Stage.DONE, achieved=(Achieved("wall-squat", "Wall squat", 3, 3, 36, 0.0, 2),)),
    "raised": Guide(Stage.SET, raised=RaisedHands(Gesture.ONE_HAND, 0.5)),
}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    session = Session(catalog.get("wall-squat"))
    for time_s, pose in film(Course()):
        last = session.step(time_s, pose)
        if time_s > 3.3:
            return replace(last, progress=SetProgress(2, 3, 7, 12))
    raise AssertionError


def grey(size_px: tuple[int, int], level: int = 128) -> NDArray[np.uint8]:
    return np.full((size_px[1], size_px[0], 3), level, np.uint8)


def changed(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return (one != other).any(axis=2)


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("stage", GUIDES)
def test_every_stage_paints_something_of_its_own_at_every_size(
    snapshot: Snapshot, stage: str, size_px: tuple[int, int]
) -> None:
    guide = replace(GUIDES[stage], exercise="wall-squat")
    places = {"wall-squat": Placement(Posture.STANDING, "From the side", "hip height, 2-3 m")}
    painted = LivePicture(size_px, placements=places).draw(
        grey((640, 480)), replace(snapshot, guide=guide), QUIET
    )
    plain = LivePicture(size_px).draw(grey((640, 480)), replace(snapshot, guide=None), QUIET)
    assert painted.shape == (size_px[1], size_px[0], 3)
    assert changed(painted, plain).mean() > 0.01


def test_the_person_is_mirrored_and_the_text_is_not(snapshot: Snapshot) -> None:
    image = grey((960, 720))
    image[:, :480] = 30
    mirrored = LivePicture((960, 720)).draw(image, snapshot, QUIET)
    straight = LivePicture((960, 720), mirror=False).draw(image, snapshot, QUIET)
    assert mirrored[700, 10, 0] == straight[700, -10, 0] == 128
    card = np.s_[20:250, 20:500]
    bright = [(picture[card] > 240).all(axis=2) for picture in (mirrored, straight)]
    assert bright[0].sum() > 500
    assert (bright[0] == bright[1]).mean() > 0.99
    figure = [
        (picture[280:, :, 0].astype(int) - picture[280:, :, 2]) > 150 for picture in (mirrored, straight)
    ]
    assert figure[0].any()
    assert (figure[0][:, ::-1] == figure[1]).mean() > 0.985


def test_the_band_of_the_target_is_wide_once_the_joint_is_in_it(snapshot: Snapshot) -> None:
    bent_deg = snapshot.left.knee_deg

    def blue(lo_deg: float, hi_deg: float) -> int:
        guide = Guide(Stage.SET, target=TargetRange(Joint.KNEE, lo_deg, hi_deg, 5.0))
        painted = LivePicture((960, 720)).draw(grey((640, 480)), replace(snapshot, guide=guide), QUIET)
        return int((painted == (86, 190, 255)).all(axis=2).sum())

    assert blue(bent_deg - 10, bent_deg + 10) > 1.4 * blue(bent_deg + 20, bent_deg + 40) > 0


def test_an_instruction_takes_the_place_of_a_cue(snapshot: Snapshot) -> None:
    guide = Guide(Stage.SET, instruction="Come back into the picture")
    cued = replace(snapshot, cue=Cue(0.0, "x", "Keep your back on the wall"), guide=guide)
    silent = replace(cued, cue=None)
    first, second = (LivePicture((960, 720)).draw(None, each, QUIET) for each in (cued, silent))
    assert not changed(first, second).any()


def test_a_lost_camera_is_told_even_before_the_first_picture() -> None:
    waiting = replace(QUIET, waiting="camera 0: is not there or busy; plug it in")
    painted = LivePicture((960, 720)).draw(None, None, waiting)
    empty = LivePicture((960, 720)).draw(None, None, QUIET)
    assert changed(painted, empty).mean() > 0.01


@pytest.mark.parametrize("size_px", SIZES)
def test_a_camera_lost_in_a_set_leaves_the_count_alone_on_the_screen(
    snapshot: Snapshot, size_px: tuple[int, int]
) -> None:
    lost = replace(QUIET, waiting="http://192.168.1.20:8080/video: refuses the connection; start the app")
    picture, shown = LivePicture(size_px), replace(snapshot, guide=Guide(Stage.SET))
    both, card, text = (
        picture.draw(None, each, status) != picture.draw(None, None, QUIET)
        for each, status in ((shown, lost), (shown, replace(lost, waiting=" ")), (None, lost))
    )
    resting = picture.draw(None, replace(snapshot, guide=Guide(Stage.REST)), lost)
    assert (resting == picture.draw(None, None, lost)).all()
    assert both[: size_px[1] // 4].sum() == card[: size_px[1] // 4].sum() > 0
    assert not (card[: size_px[1] // 3] & text[: size_px[1] // 3]).any()


def test_the_line_of_figures_is_there_when_asked_for(snapshot: Snapshot) -> None:
    status = LiveStatus(fps=29.9, delay_ms=40, pose_ms=18)
    with_line, without = (
        LivePicture((960, 720), stats=stats).draw(grey((960, 720)), snapshot, status)
        for stats in (True, False)
    )
    rows = np.flatnonzero(changed(with_line, without).any(axis=1))
    assert rows.min() > 670


def test_the_given_picture_stays_as_it_is(snapshot: Snapshot) -> None:
    for mirror in (True, False):
        image = grey((960, 720))
        LivePicture((960, 720), mirror=mirror).draw(image, snapshot, QUIET)
        assert (image == 128).all()


@pytest.mark.parametrize(
    ("window_px", "expected"),
    [
        ((1280, 720), (1280, 720)),
        ((720, 1280), (720, 1280)),
        ((100, 100), (240, 240)),
        ((3840, 2160), (1920, 1080)),
    ],
)
def test_what_is_painted_has_the_shape_of_the_window_and_never_more_than_1080_lines(
    window_px: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert shown_size(window_px) == expected


@pytest.mark.parametrize(
    ("size_px", "frame_px", "box"),
    [
        ((1280, 720), (640, 480), (160, 0, 960, 720)),
        ((1280, 720), (720, 1280), (437, 0, 405, 720)),
        ((720, 1280), (640, 480), (0, 370, 720, 540)),
        ((960, 540), (1920, 1080), (0, 0, 960, 540)),
    ],
)
@pytest.mark.parametrize("mirror", [True, False])
def test_the_picture_keeps_its_shape_and_the_window_is_dark_beside_it(
    size_px: tuple[int, int], frame_px: tuple[int, int], box: tuple[int, int, int, int], mirror: bool
) -> None:
    image = grey(frame_px)
    image[:, : frame_px[0] // 2] = 200
    painted = background(image, size_px, mirror)
    x_px, y_px, width_px, height_px = box
    inside = painted[y_px : y_px + height_px, x_px : x_px + width_px, 0]
    left, right = inside[:, : width_px // 2 - 2], inside[:, width_px // 2 + 2 :]
    assert ((left == 128) if mirror else (left == 200)).all()
    assert ((right == 200) if mirror else (right == 128)).all()
    assert (painted == NIGHT).all(axis=2).sum() == size_px[0] * size_px[1] - width_px * height_px


@pytest.mark.parametrize("mirror", [True, False])
def test_the_skeleton_lies_on_the_person_whatever_the_windows_shape(snapshot: Snapshot, mirror: bool) -> None:
    def joint_px(size_px: tuple[int, int]) -> NDArray[np.float64]:
        painted = LivePicture(size_px, mirror=mirror).draw(grey((640, 480)), snapshot, QUIET)
        legs = (painted == ORANGE).all(axis=2)
        legs[:240] = False
        return np.argwhere(legs).mean(axis=0)

    assert joint_px((1280, 720)) - joint_px((960, 720)) == pytest.approx((0, 160), abs=4)


def test_the_big_count_is_that_of_the_set(snapshot: Snapshot) -> None:
    guide = Guide(Stage.SET)
    later, first = (
        replace(snapshot, count=count, progress=SetProgress(2, 3, 7, 12), guide=guide) for count in (19, 7)
    )
    painted = [LivePicture((960, 720)).draw(None, each, QUIET) for each in (later, first)]
    assert not changed(*painted).any()


def test_the_summary_tells_repetitions_holds_and_sets() -> None:
    squats = Achieved("wall-squat", "Wall squat", 3, 3, 36, 0.0, 2)
    curls = Achieved("hamstring-curl", "Hamstring curl", 0, 1, 1, 15.2, 0)
    assert facts_of(squats) == ("Wall squat", "36 reps · 3 of 3 sets")
    assert facts_of(curls) == ("Hamstring curl", "1 hold in 15 s · 0 of 1 set")
    assert facts_of(replace(squats, sets=0)) == ("Wall squat", "36 reps")
