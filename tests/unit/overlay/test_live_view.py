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
    ExerciseReview,
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
from repcount.core.protocols import LiveStatus
from repcount.core.records import Cue, SetProgress, Snapshot
from repcount.exercises import catalog, languages
from repcount.overlay.board import board_box, draw_board, scene_box
from repcount.overlay.board_facts import board_facts
from repcount.overlay.canvas import NIGHT, ORANGE, PaintTools
from repcount.overlay.live_view import LARGER, LivePicture, background, placed, review_picture
from repcount.overlay.window import shown_size
from repcount.session.session import Session

WORDS = languages.load().screen_words()
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
    painted = LivePicture(size_px, WORDS, placements=places).draw(
        grey((640, 480)), replace(snapshot, guide=guide), QUIET
    )
    plain = LivePicture(size_px, WORDS).draw(grey((640, 480)), replace(snapshot, guide=None), QUIET)
    assert painted.shape == (size_px[1], size_px[0], 3)
    assert changed(painted, plain).mean() > 0.01


def test_the_person_is_mirrored_and_the_text_is_not(snapshot: Snapshot) -> None:
    image = grey((960, 720))
    image[:, :480] = 30
    mirrored = LivePicture((960, 720), WORDS).draw(image, snapshot, QUIET)
    straight = LivePicture((960, 720), WORDS, mirror=False).draw(image, snapshot, QUIET)
    scene = scene_box((960, 720))
    assert mirrored[360, scene.x_px + 10, 0] == straight[360, -10, 0] == 128
    card = np.s_[20:700, : scene.x_px]
    bright = [(picture[card] > 240).all(axis=2) for picture in (mirrored, straight)]
    assert bright[0].sum() > 500
    assert (bright[0] == bright[1]).mean() > 0.99
    figure = [
        (scene.of(picture)[..., 0].astype(int) - scene.of(picture)[..., 2]) > 150
        for picture in (mirrored, straight)
    ]
    assert figure[0].any()
    assert (figure[0][:, ::-1] == figure[1]).mean() > 0.985


def test_the_band_of_the_target_is_wide_once_the_joint_is_in_it(snapshot: Snapshot) -> None:
    bent_deg = snapshot.left.knee_deg

    def blue(lo_deg: float, hi_deg: float) -> int:
        guide = Guide(Stage.SET, target=TargetRange(Joint.KNEE, lo_deg, hi_deg, 5.0))
        painted = LivePicture((960, 720), WORDS).draw(grey((640, 480)), replace(snapshot, guide=guide), QUIET)
        return int((painted == (86, 190, 255)).all(axis=2).sum())

    assert blue(bent_deg - 10, bent_deg + 10) > 1.4 * blue(bent_deg + 20, bent_deg + 40) > 0


def test_an_instruction_takes_the_place_of_a_cue(snapshot: Snapshot) -> None:
    guide = Guide(Stage.SET, instruction="Come back into the picture")
    cued = replace(snapshot, cue=Cue(0.0, "x", "Keep your back on the wall"), guide=guide)
    silent = replace(cued, cue=None)
    first, second = (LivePicture((960, 720), WORDS).draw(None, each, QUIET) for each in (cued, silent))
    assert not changed(first, second).any()


def test_a_lost_camera_is_told_even_before_the_first_picture() -> None:
    waiting = replace(QUIET, waiting="camera 0: is not there or busy; plug it in")
    painted = LivePicture((960, 720), WORDS).draw(None, None, waiting)
    empty = LivePicture((960, 720), WORDS).draw(None, None, QUIET)
    assert changed(painted, empty).mean() > 0.01


@pytest.mark.parametrize("size_px", SIZES)
def test_a_camera_lost_in_a_set_leaves_the_count_alone_on_the_screen(
    snapshot: Snapshot, size_px: tuple[int, int]
) -> None:
    lost = replace(QUIET, waiting="http://192.168.1.20:8080/video: refuses the connection; start the app")
    picture, shown = LivePicture(size_px, WORDS), replace(snapshot, guide=Guide(Stage.SET))
    both, card, text = (
        picture.draw(None, each, status) != picture.draw(None, None, QUIET)
        for each, status in ((shown, lost), (shown, replace(lost, waiting=" ")), (None, lost))
    )
    resting = picture.draw(None, replace(snapshot, guide=Guide(Stage.REST)), lost)
    assert (resting == picture.draw(None, None, lost)).all()
    board, scene = board_box(size_px), scene_box(size_px)
    assert (board.of(both) == board.of(card)).all()
    assert board.of(card).any()
    assert scene.of(text).any()
    assert not board.of(text).any()


def test_the_line_of_figures_is_there_when_asked_for(snapshot: Snapshot) -> None:
    status = LiveStatus(fps=29.9, delay_ms=40, pose_ms=18)
    with_line, without = (
        LivePicture((960, 720), WORDS, stats=stats).draw(grey((960, 720)), snapshot, status)
        for stats in (True, False)
    )
    rows = np.flatnonzero(changed(with_line, without).any(axis=1))
    assert rows.min() > 670


def test_the_given_picture_stays_as_it_is(snapshot: Snapshot) -> None:
    for mirror in (True, False):
        image = grey((960, 720))
        LivePicture((960, 720), WORDS, mirror=mirror).draw(image, snapshot, QUIET)
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
        ((1280, 720), (640, 480), (435, 43, 845, 634)),
        ((1280, 720), (720, 1280), (655, 0, 405, 720)),
        ((720, 1280), (640, 480), (0, 101, 720, 540)),
        ((960, 540), (1920, 1080), (326, 91, 634, 357)),
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
    def share(size_px: tuple[int, int]) -> NDArray[np.float64]:
        painted = LivePicture(size_px, WORDS, mirror=mirror).draw(grey((640, 480)), snapshot, QUIET)
        box = placed((640, 480), scene_box(size_px))
        legs = (box.of(painted) == ORANGE).all(axis=2)
        return np.argwhere(legs).mean(axis=0) / box.width_px

    for size_px in SIZES[1:]:
        assert share(size_px) == pytest.approx(share(SIZES[0]), abs=0.02)


def test_the_big_count_is_that_of_the_set(snapshot: Snapshot) -> None:
    guide = Guide(Stage.SET)
    later, first = (
        replace(snapshot, count=count, progress=SetProgress(2, 3, 7, 12), guide=guide) for count in (19, 7)
    )
    painted = [LivePicture((960, 720), WORDS).draw(None, each, QUIET) for each in (later, first)]
    assert not changed(*painted).any()


@pytest.mark.parametrize("size_px", SIZES)
@pytest.mark.parametrize("stage", [name for name in GUIDES if name != "done"])
def test_what_is_written_stands_beside_the_picture_and_never_on_the_feet(
    snapshot: Snapshot, stage: str, size_px: tuple[int, int]
) -> None:
    guide = replace(GUIDES[stage], exercise="wall-squat", target=None, beat=None)
    cued = replace(snapshot, pose=None, guide=guide, cue=Cue(0.0, "x", "Keep your back on the wall"))
    image = grey((640, 480))
    painted = LivePicture(size_px, WORDS).draw(image, cued, QUIET)
    touched = changed(painted, background(image, size_px, True))
    scene = scene_box(size_px)
    rows = np.flatnonzero(scene.of(touched).any(axis=1))
    assert touched.any()
    assert rows.size == 0 or rows.max() < scene.height_px / 3, "a ring of a raised hand is at the head"


def test_what_the_number_is_of_stands_between_the_number_and_what_to_do(snapshot: Snapshot) -> None:
    guide = Guide(Stage.SET, instruction="Stay a little higher")
    facts = board_facts(replace(snapshot, guide=guide, progress=SetProgress(1, 2, 3, 5)), WORDS, {}, True)
    assert (facts.of, facts.line, facts.about) == (("of 5", "Set 1 of 2"), "Stay a little higher", ())


@pytest.mark.parametrize("code", languages.languages())
@pytest.mark.parametrize("size_px", SIZES)
def test_the_board_has_room_for_all_that_it_says(
    snapshot: Snapshot, code: str, size_px: tuple[int, int]
) -> None:
    words = languages.load(code).screen_words()
    box = board_box(size_px)
    tools = PaintTools.of((box.width_px, box.height_px), LARGER)
    for guide in GUIDES.values():
        named = replace(guide, title="Kniebeuge an der Wand", exercise="wall-squat")
        cued = replace(
            snapshot, guide=named, cue=Cue(0.0, "x", "Move your feet a little further from the wall")
        )
        facts = board_facts(cued, words, {}, True)
        free = draw_board(np.zeros((box.height_px, box.width_px, 3), np.uint8), facts, tools)
        assert free.y_px <= box.height_px, guide.stage


def test_the_keys_are_told_while_framing_and_at_rest(snapshot: Snapshot) -> None:
    told = {
        stage: board_facts(replace(snapshot, guide=guide), WORDS, {}, gestures=True).hints
        for stage, guide in GUIDES.items()
    }
    assert told["framing"] == told["rest"] == (WORDS["keys_hint"], WORDS["hands_hint"])
    assert told["set"] == ()


def test_the_summary_fits_its_window_and_says_why_nothing_was_judged() -> None:
    lines = (("Range", "83° (asked 60°)"), ("Next time", "the same, with an eye on: back off the wall"))
    one = ExerciseReview("wall-squat", "Wall squat", 36, "36 of 36", lines)
    for size_px in SIZES:
        few, many = (review_picture(size_px, [one] * number, "", WORDS) for number in (1, 5))
        assert few.shape == many.shape == (size_px[1], size_px[0], 3)
        assert changed(few, many).any()
    unseen, unknown = (review_picture((960, 720), [], code, WORDS) for code in ("lost", ""))
    assert changed(unseen, unknown).any()
