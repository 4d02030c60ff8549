from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.stick import lying_raise, pose, squatting
from repcount.core.phrases import english, phrases_of
from repcount.core.records import LegAngles, Phase, Pose, SetProgress, Side, Snapshot
from repcount.core.skeleton import INDEX
from repcount.overlay.annotate import Overlay, phase_text, set_lines
from repcount.overlay.canvas import BLUE, INK, ORANGE, PAPER, Box, Layout
from tests.unit.overlay.snapshots import cue, picture, snapshot

SIZES_PX = [(640, 480), (1280, 720), (1920, 1080), (720, 1280), (321, 241), (64, 48)]
SIZE_PX = (640, 480)
UNKNOWN = LegAngles()


def painted(now: Snapshot, size_px: tuple[int, int] = SIZE_PX) -> NDArray[np.uint8]:
    return Overlay(size_px).draw(picture(size_px), now)


def changed(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return (a != b).any(axis=2)


def bounds(mask: NDArray[np.bool_]) -> Box:
    ys, xs = np.nonzero(mask)
    return Box(int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)


def middle_of(one: Pose, a: str, b: str) -> tuple[int, int]:
    x, y = np.rint(one.landmarks_px[[INDEX[a], INDEX[b]], :2].mean(axis=0)).astype(int)
    return int(x), int(y)


def without(one: Pose, *names: str) -> Pose:
    landmarks_px = one.landmarks_px.copy()
    landmarks_px[[INDEX[name] for name in names]] = np.nan
    return replace(one, landmarks_px=landmarks_px)


def is_near(pixel: NDArray[np.uint8], colour: tuple[int, int, int]) -> bool:
    return bool((np.abs(pixel.astype(int) - colour) < 12).all())


def test_the_picture_given_stays_as_it_is() -> None:
    image = picture()
    drawn = Overlay(SIZE_PX).draw(image, snapshot(cue=cue()))
    assert (image == picture()).all()
    assert changed(drawn, image).any()


def test_drawing_depends_on_nothing_but_the_snapshot() -> None:
    overlay, image = Overlay(SIZE_PX), picture()
    first = overlay.draw(image, snapshot())
    overlay.draw(image, snapshot(count=12, cue=cue(), phase=Phase.BACK))
    assert (overlay.draw(image, snapshot()) == first).all()


def test_another_count_changes_the_upper_left_corner_and_nothing_else() -> None:
    differs = bounds(changed(painted(snapshot(count=3)), painted(snapshot(count=4))))
    unit_px = Layout(SIZE_PX).unit_px
    assert differs.right_px < 25 * unit_px
    assert differs.bottom_px < 16 * unit_px
    assert differs.height_px > 9 * unit_px


@pytest.mark.parametrize("size_px", SIZES_PX)
def test_the_person_has_the_middle_of_the_picture(size_px: tuple[int, int]) -> None:
    busy = snapshot(
        size_px,
        pose=None,
        holding_s=9.0,
        progress=SetProgress(3, 3, 11, 12, hold_target_s=15.0),
        cue=cue("Press your hips into the floor and keep them there, please"),
    )
    differs = changed(painted(busy, size_px), picture(size_px))
    rows = slice(round(0.31 * size_px[1]), round(0.69 * size_px[1]))
    assert differs.any()
    assert not differs[rows].any()


@pytest.mark.parametrize("size_px", SIZES_PX)
@pytest.mark.parametrize("grey", [0, 255])
def test_every_size_and_brightness_can_be_painted(size_px: tuple[int, int], grey: int) -> None:
    now = snapshot(size_px, count=1234, cue=cue("Donaudampfschifffahrtsgesellschaft " * 9), side=Side.BOTH)
    drawn = Overlay(size_px).draw(picture(size_px, grey), now)
    assert drawn.shape == (size_px[1], size_px[0], 3)
    card = drawn[: size_px[1] // 4, : size_px[0] // 4].max(axis=2)
    assert int(card.max()) - int(card.min()) > 120


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="640 x 480"):
        Overlay(SIZE_PX).draw(picture((480, 640)), snapshot())


def test_without_a_picture_the_figure_stands_on_a_dark_ground() -> None:
    drawn = Overlay(SIZE_PX).draw(None, snapshot())
    assert drawn.shape == (480, 640, 3)
    assert is_near(drawn[-1, -1], INK)
    assert (drawn == PAPER).all(axis=2).any()


def test_the_judged_leg_is_orange_and_the_other_one_is_not() -> None:
    legs = pose(squatting(90.0))
    apart = replace(legs, landmarks_px=legs.landmarks_px.copy())
    for part in ("hip", "knee", "ankle", "heel", "foot_index"):
        apart.landmarks_px[INDEX[f"right_{part}"], 0] -= 90
    drawn = painted(snapshot(pose=apart, side=Side.LEFT, left=UNKNOWN, right=UNKNOWN))
    judged, other = (middle_of(apart, f"{side}_knee", f"{side}_ankle") for side in ("left", "right"))
    assert is_near(drawn[judged[1], judged[0]], ORANGE)
    assert is_near(drawn[other[1], other[0]], PAPER)


def test_a_landmark_that_is_unknown_is_not_drawn() -> None:
    ankles = without(pose(squatting(90.0)), "left_ankle", "right_ankle")
    drawn = painted(snapshot(pose=ankles, left=UNKNOWN, right=UNKNOWN))
    x, y = middle_of(pose(squatting(90.0)), "left_knee", "left_ankle")
    assert (drawn[y, x] == picture()[y, x]).all()


def test_a_pose_of_which_nothing_is_known_leaves_the_picture_alone() -> None:
    lost = without(pose(squatting(90.0)), *INDEX)
    assert (painted(snapshot(pose=lost)) == painted(snapshot(pose=None))).all()


def test_a_doubtful_landmark_is_drawn_faintly() -> None:
    clear = pose(replace(squatting(90.0), visibility=0.9))
    doubtful = pose(replace(squatting(90.0), visibility=0.2))
    x, y = middle_of(clear, "left_shoulder", "left_hip")
    contrasts = [
        abs(int(painted(snapshot(pose=one, side=None))[y, x, 0]) - int(picture()[y, x, 0]))
        for one in (clear, doubtful)
    ]
    assert 0 < contrasts[1] < contrasts[0] / 2


def test_an_unknown_angle_is_not_drawn_at_all() -> None:
    bare = painted(snapshot(left=UNKNOWN))
    knee_x, knee_y = pose(squatting(90.0)).landmarks_px[INDEX["left_knee"], :2]
    hip = pose(squatting(90.0)).landmarks_px[INDEX["left_hip"], :2]
    with_knee = bounds(changed(painted(snapshot(left=LegAngles(knee_deg=90.0))), bare))
    reach_px = 14 * Layout(SIZE_PX).unit_px
    assert abs(with_knee.x_px + with_knee.width_px / 2 - knee_x) < reach_px
    assert abs(with_knee.y_px + with_knee.height_px / 2 - knee_y) < reach_px
    assert with_knee.right_px < hip[0] or with_knee.x_px > hip[0]


def test_the_arc_is_the_flexion_that_the_number_says() -> None:
    """A right-angled knee: tinted between the prolonged thigh and the shin, nowhere else around it."""
    one = pose(squatting(90.0))
    hip, knee, ankle = (one.landmarks_px[INDEX[f"left_{part}"], :2] for part in ("hip", "knee", "ankle"))
    onward, shin = ((v / np.linalg.norm(v)) for v in (knee - hip, ankle - knee))
    known, bare = painted(snapshot(left=LegAngles(knee_deg=90.0))), painted(snapshot(left=UNKNOWN))
    inside = np.rint(knee + 4 * Layout(SIZE_PX).unit_px * (onward + shin) / 2**0.5).astype(int)
    opposite = np.rint(knee + 4 * Layout(SIZE_PX).unit_px * (shin - onward) / 2**0.5).astype(int)
    assert (known[inside[1], inside[0]] != bare[inside[1], inside[0]]).any()
    assert (known[opposite[1], opposite[0]] == bare[opposite[1], opposite[0]]).all()


def test_two_legs_in_one_place_get_one_number() -> None:
    left, right = LegAngles(knee_deg=11.0), LegAngles(knee_deg=88.0)
    both = painted(snapshot(side=Side.BOTH, left=left, right=right))
    assert (both == painted(snapshot(side=Side.BOTH, left=UNKNOWN, right=right))).all()  # right is nearer
    assert (both != painted(snapshot(side=Side.BOTH, left=left, right=UNKNOWN))).any()


def test_two_knees_apart_get_a_number_each() -> None:
    spread = pose(lying_raise(10.0))
    now = snapshot(pose=spread, side=None, left=LegAngles(5.0, 10.0), right=LegAngles(95.0, 45.0))
    for side in ("left", "right"):
        unknown = {side: replace(getattr(now, side), knee_deg=float("nan"))}
        assert changed(painted(now), painted(replace(now, **unknown))).any()
    without_left_hip = replace(now, left=LegAngles(knee_deg=5.0))
    assert (painted(now) == painted(without_left_hip)).all()  # both hips in one place


def test_the_ring_closes_with_the_seconds_and_turns_blue_at_the_target() -> None:
    box = Layout(SIZE_PX).ring()
    progress = SetProgress(1, 3, 0, 3, hold_target_s=15.0)

    def share(holding_s: float, colour: tuple[int, int, int]) -> float:
        region = box.of(painted(snapshot(pose=None, holding_s=holding_s, progress=progress)))
        return float((region == colour).all(axis=2).mean())

    assert share(0.0, ORANGE) == 0.0
    assert 0.0 < share(4.0, ORANGE) < share(12.0, ORANGE)
    assert share(12.0, BLUE) == 0.0
    assert share(15.0, BLUE) > share(12.0, ORANGE)
    assert share(15.0, ORANGE) == 0.0


def test_a_hold_without_a_target_is_told_in_words() -> None:
    now = snapshot(holding_s=3.9)
    assert phase_text(now, english()) == "Hold 3 s"
    assert phase_text(snapshot(holding_s=1.2), english()) == "Peak"
    assert phase_text(snapshot(holding_s=3.9, phase=Phase.BACK), english()) == "Back"
    timed = snapshot(holding_s=0.5, progress=SetProgress(1, 1, 0, 3, hold_target_s=15.0))
    assert phase_text(timed, english()) == "Hold"
    ring = Layout(SIZE_PX).ring()
    assert (ring.of(painted(now)) == ring.of(painted(snapshot()))).all()


def test_the_cue_stands_dark_on_orange_in_the_lower_right_corner() -> None:
    box = bounds(changed(painted(snapshot(cue=cue())), painted(snapshot())))
    assert box.x_px > SIZE_PX[0] / 2
    assert box.y_px > SIZE_PX[1] / 2
    banner = box.of(painted(snapshot(cue=cue())))
    assert is_near(banner[box.height_px // 2, 3], ORANGE)
    assert (banner == INK).all(axis=2).mean() > 0.05


@pytest.mark.parametrize(
    ("progress", "lines"),
    [
        (SetProgress(2, 3, 7, 12), ("Set 2 of 3", "7 of 12")),
        (SetProgress(1, 1, 7, 12), ("", "7 of 12")),
        (SetProgress(1, 3, 7, 0), ("Set 1 of 3", "")),
    ],
)
def test_what_there_is_only_one_of_is_not_told(progress: SetProgress, lines: tuple[str, str]) -> None:
    assert set_lines(progress, english()) == lines


def test_the_words_of_an_exercise_replace_the_plain_ones() -> None:
    words = phrases_of("de", {"phase.peak": "Tief"}, {})
    own = Overlay(SIZE_PX, words).draw(picture(), snapshot())
    assert changed(own, painted(snapshot())).any()


def test_joints_beyond_the_edge_are_no_trouble() -> None:
    one = pose(squatting(90.0))
    for shift_px in ((-900, 0), (900, 0), (0, -700), (0, 700), (-1e6, 1e6), (-320, -240)):
        moved = one.landmarks_px.copy()
        moved[:, :2] += shift_px
        drawn = painted(snapshot(pose=replace(one, landmarks_px=moved)))
        assert drawn.shape == (480, 640, 3)
