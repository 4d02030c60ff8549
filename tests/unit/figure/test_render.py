import json

import av
import numpy as np
import pytest

from repcount.core.errors import MissingDependencyError
from tests.unit.figure.scenes import scene

pytest.importorskip("moderngl")
pytest.importorskip("scipy")

from tools.figure.clip import Job, render, render_all, truth_path
from tools.figure.gpu import context
from tools.figure.sheet import write_sheet
from tools.figure.studio import Studio

pytestmark = pytest.mark.extra("moderngl", "skimage", "scipy")


@pytest.fixture(scope="module", autouse=True)
def _screenless_drawing():
    try:
        context().release()
    except MissingDependencyError as error:
        pytest.skip(str(error))


def short(**more: object):
    return scene("calf-raise", motion={"reps": 0, "lead_s": 0.2, "tail_s": 0.2}, **more)


def test_the_same_scene_gives_the_same_pictures_and_another_seed_other_noise():
    first, again, other = (Studio(short(seed=seed)).picture(0.1) for seed in (1, 1, 2))

    assert first.shape == (120, 160, 3)
    np.testing.assert_array_equal(first, again)
    assert (first != other).mean() > 0.1


def test_the_person_is_where_the_truth_says_and_dressed_as_the_scene_says():
    studio = Studio(short(noise=0.0, body={"shirt": [0.9, 0.0, 0.0]}))
    picture, joints = studio.picture(0.0).astype(int), studio.glimpse(0.0).joints_px
    chest = 0.6 * joints["left_shoulder"] + 0.4 * joints["left_hip"] + [3, 0]
    red, green, blue = picture[round(chest[1]), round(chest[0])]

    assert red > 60 + green
    assert red > 60 + blue


def test_redrawing_only_what_moved_gives_the_whole_picture():
    made = scene("wall-squat", noise=0.0)
    going = Studio(made)
    for time_s in (2.0, 2.4, 2.8):
        picture = going.picture(time_s)
    anew = Studio(made).picture(2.8)

    changed = (np.abs(picture.astype(int) - anew).max(-1) > 2).mean()
    assert changed < 0.002


def test_a_dim_room_is_darker_than_a_bright_one():
    dim, bright = (Studio(short(light={"kind": kind})).picture(0.0).mean() for kind in ("dim", "bright"))

    assert dim < 0.6 * bright


def test_a_clip_is_h264_with_its_truth_beside_it_and_comes_from_the_cache_the_second_time(tmp_path):
    made, video, cache = short(), tmp_path / "a" / "clip.mp4", tmp_path / "cache"

    assert render(made, video, cache)
    assert not render(made, video, cache)
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        frames = sum(1 for _ in container.decode(stream))
    truth = json.loads(truth_path(video).read_text(encoding="utf-8"))
    assert frames == len(truth["frames"]["time_s"]) == 4


def test_a_half_written_clip_is_rendered_anew(tmp_path):
    made, cache = short(), tmp_path / "cache"
    cache.mkdir()
    (cache / f"{made.digest()}.mp4").write_bytes(b"broken off")

    assert render(made, tmp_path / "clip.mp4", cache)


def test_several_clips_come_in_order(tmp_path):
    jobs = [Job(short(seed=seed), tmp_path / f"{seed}.mp4", tmp_path / "cache") for seed in (3, 4)]

    assert [(job.video.name, new) for job, new in render_all(jobs, 1)] == [("3.mp4", True), ("4.mp4", True)]


def test_a_contact_sheet_has_a_row_for_each_scene(tmp_path):
    import cv2

    write_sheet([short(), short(size=[120, 160])], tmp_path / "sheet.png", columns=2, marks=True)

    assert cv2.imread(str(tmp_path / "sheet.png")).shape == (360, 480, 3)
