import json

import numpy as np
import pytest

from repcount.core.errors import InputError
from tests.unit.figure.scenes import scene
from tools.figure import mocap
from tools.figure.body import Body
from tools.figure.scene import parse_scene
from tools.figure.timeline import build
from tools.figure.truth import SIDES, clip_negative_for

FPS = 30
SIZE = np.array([640, 480])
ROWS = {
    **{"nose": 0, "left_ear": 7, "right_ear": 8},
    **{
        f"{side}_{joint}": row + k
        for k, side in enumerate(("left", "right"))
        for joint, row in {
            **{"shoulder": 11, "elbow": 13, "wrist": 15, "index": 19, "hip": 23, "knee": 25},
            **{"ankle": 27, "heel": 29, "foot_index": 31},
        }.items()
    },
}
needs_motion = pytest.mark.skipif(
    not (mocap.folder() / "INDEX.json").exists(), reason="the motion recordings are not there"
)


def joints_at(timeline, time_s):
    return timeline.stage.skeleton.pose(timeline.pose_at(time_s)).joints


def knees(timeline, time_s):
    joints = joints_at(timeline, time_s)
    points = np.zeros((1, 33, 3))
    for name, row in ROWS.items():
        points[0, row] = joints[name]
    return mocap.knees_deg(points)[0]


@pytest.fixture
def squats(tmp_path, monkeypatch):
    """A recording of the figure's own free squats, as a camera three metres away sees them."""
    other = parse_scene(
        {
            "exercise": "wall-squat",
            "motion": {"reps": 2, "free": True, "range": 80.0},
            "body": {"height_m": 1.6},
        },
        "other",
    )
    timeline = build(other, Body(other.body.shape()))
    times = np.arange(0, timeline.duration_s, 1 / FPS)
    points = np.zeros((len(times), 33, 3))
    for i, t in enumerate(times):
        joints = joints_at(timeline, float(t))
        points[i] = joints["nose"]
        for name, row in ROWS.items():
            points[i, row] = joints[name]
    before = points * (1, -1, -1) + (0.2, 0.9, 3.0)
    pixels = SIZE / 2 + mocap.FOCAL_PX * before[..., :2] / before[..., 2:]
    hips = before[:, 23:25].mean(1, keepdims=True)
    np.savez(
        tmp_path / "made.npz",
        time_s=times,
        landmarks_px=np.concatenate([pixels, np.zeros_like(pixels[..., :1])], 2),
        world_m=before - hips,
        visibility=np.ones(points.shape[:2]),
        size_px=SIZE,
    )
    peaks = [beat.peak_s for beat in timeline.parts()[0].beats]
    rows = [{"clip": "made", "group": "nobody", "peaks_s": peaks}]
    (tmp_path / "INDEX.json").write_text(json.dumps(rows), encoding="utf-8")
    monkeypatch.setenv(mocap.FOLDER_VARIABLE, str(tmp_path))
    return timeline, times


def played(exercise="wall-squat", **motion):
    return build(
        parse_scene({"exercise": exercise, "motion": {"recording": "made", **motion}}, "played"), Body()
    )


def test_the_figure_bends_its_knees_as_the_person_did(squats):
    person, times = squats
    figure = played()
    for t in times[::7]:
        assert knees(figure, float(t)) == pytest.approx(knees(person, float(t)), abs=1.0)


def test_its_feet_stay_on_the_floor_and_where_they_are(squats):
    _, times = squats
    figure = played()
    feet = [
        [joints_at(figure, float(t))[f"{side}_{end}"] for side in SIDES for end in ("heel", "foot_index")]
        for t in times[::7]
    ]
    assert np.ptp(feet, axis=0).max() < 0.03
    assert np.array(feet)[..., 1].min(1) == pytest.approx(0.025, abs=0.006)


def test_its_repetitions_are_those_of_the_recording(squats):
    person, _ = squats
    truth = [beat.peak_s for beat in person.parts()[0].beats]
    slower = played(pace=0.5)
    assert [beat.peak_s for beat in played().parts()[0].beats] == pytest.approx(truth, abs=0.05)
    assert [beat.peak_s / 2 for beat in slower.parts()[0].beats] == pytest.approx(truth, abs=0.05)
    assert played("recorded").parts()[0].beats == ()
    for beat in slower.parts()[0].beats:
        assert beat.start_s < beat.top_s < beat.leave_s < beat.end_s


def test_a_mirrored_recording_changes_the_legs_over(squats):
    points = mocap.read("made").points
    both = mocap.knees_deg(points), mocap.knees_deg(mocap.read("made").mirrored().points)
    assert np.allclose(both[0], both[1][:, ::-1])


def test_a_recording_that_is_not_there_is_named_in_one_line(squats):
    with pytest.raises(InputError, match=r"nobody_knows\.npz: no motion recording \(No such file.*\n?$"):
        build(parse_scene({"exercise": "recorded", "motion": {"recording": "nobody_knows"}}, "odd"), Body())


def test_what_is_recorded_is_negative_for_everything_unless_it_comes_too_near():
    def negatives(exercise):
        return clip_negative_for(parse_scene({"exercise": exercise, "motion": {"recording": "x"}}, "odd"))

    assert len(negatives("recorded")) == 5
    assert "wall-squat" not in negatives("sit-to-stand")
    assert "wall-squat" not in negatives("wall-squat")


def test_a_clip_may_begin_and_end_in_mid_repetition():
    whole = build(scene("wall-squat"), Body())
    first, second = whole.parts()[0].beats
    cut = build(scene("wall-squat", cut_s=[first.leave_s, second.leave_s]), Body())
    shown = [beat for beat in cut.parts()[0].beats if 0 <= beat.peak_s <= cut.duration_s]
    assert cut.duration_s == pytest.approx(second.leave_s - first.leave_s)
    assert [beat.number for beat in shown] == [2]
    assert shown[0].end_s > cut.duration_s


@needs_motion
@pytest.mark.parametrize("name", ["hdm05_bd_squat1Reps_y+90", "trc_kirsten_DLS01_y+0", "cmu_13_30_y+30"])
def test_a_real_squat_has_the_real_knees(name):
    real = mocap.read(name)
    figure = build(
        parse_scene({"exercise": "wall-squat", "motion": {"recording": name, "for_s": 6.0}}, "r"), Body()
    )
    angles = mocap.knees_deg(real.points)
    off = [knees(figure, i / real.fps) - angles[i] for i in range(0, int(5.5 * real.fps), 6)]
    assert np.abs(off).max() < 2
