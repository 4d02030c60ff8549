"""A file tracked by several processes: the same counts, no seam to be seen, nothing left behind."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from repcount.core.errors import InputError, ModelError
from repcount.exercises import catalog
from repcount.pipeline.parallel_video import TrackedVideo
from repcount.pipeline.video_workers import Job
from repcount.pose.recording import Recording
from repcount.session.session import Session
from repcount.sources.pictures import EDGE_PX, GAP_S, Sampling
from repcount.sources.video import VideoSource
from repcount.sources.video_facts import read_facts
from tests.models import model_or_skip
from tests.samples import FOLDER, Clip, check, clips
from tests.stopping import heeding
from tests.videos import write_video
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.slow
POSTURES = ("wall_squat", "straight_leg_raise", "hamstring_curl")
"""Of the sample videos one in which somebody stands, lies on the back, and on the belly."""
LEGS = [11, 12, 23, 24, 25, 26, 27, 28]


def job(video: Path, bundle: Path | None = None, gap_s: float = GAP_S) -> Job:
    model = bundle or model_or_skip().path
    return Job(video, read_facts(video), Sampling(gap_s, EDGE_PX), model, quiet=True)


@functools.cache
def tracked(name: str, processes: int) -> list[Any]:
    """What so many processes find in a sample video; tracked once for all tests."""
    with TrackedVideo(job(FOLDER / f"{name}.mp4"), processes) as video:
        return list(video.found())


@pytest.mark.parametrize(
    "clip", [clip for clip in clips() if clip.name in POSTURES], ids=lambda clip: clip.name
)
def test_two_processes_count_what_one_counts(clip: Clip) -> None:
    one, two = tracked(clip.name, 1), tracked(clip.name, 2)
    assert [found[:2] for found in one] == [found[:2] for found in two]
    for found in (one, two):
        for exercise in catalog.names():
            check(clip, exercise, [(time_s, pose) for _index, time_s, pose in found])


def test_landmarks_differ_at_the_seam_by_no_more_than_the_network_trembles() -> None:
    one, two = tracked("wall_squat", 1), tracked("wall_squat", 2)
    off = np.array(
        [
            np.linalg.norm((a.landmarks_px - b.landmarks_px)[LEGS, :2], axis=1)
            for (_, _, a), (_, _, b) in zip(one, two, strict=True)
            if a is not None and b is not None
        ]
    )
    middle = len(off) // 2
    assert (off[: middle - 1] == 0).all()  # the first stretch has no seam
    assert np.median(off[middle : middle + 15]) < 1.5
    assert off[middle:].max() < 15  # pixels of 640


def test_progress_ends_with_all_frames(tmp_path: Path) -> None:
    heard: list[int] = []
    with TrackedVideo(job(write_video(tmp_path / "wall.mp4", range(0, 6000, 100))), 2) as video:
        video.on_done = heard.append
        frames = list(video)
    assert heard == sorted(heard)
    assert heard[-1] == video.frame_count == len(frames)


def test_a_damaged_file_is_told_of_as_in_one_process(tmp_path: Path) -> None:
    data = bytearray((FOLDER / "leg_press.mp4").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 800] = bytes(800)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    with TrackedVideo(job(path), 1) as alone, TrackedVideo(job(path), 2) as both:
        one, two = list(alone.found()), list(both.found())
    assert alone.damage is not None
    assert both.damage == alone.damage
    assert [found[:2] for found in one] == [found[:2] for found in two]


def test_a_model_that_cannot_be_used_is_told_of_by_the_parent(tmp_path: Path) -> None:
    bad = tmp_path / "bad.task"
    bad.write_bytes(b"no model")
    with (
        TrackedVideo(job(FOLDER / "calf_raise.mp4", bad), 2) as video,
        pytest.raises(ModelError, match="cannot use"),
    ):
        list(video)
    assert children() == []


def test_a_worker_that_is_killed_is_told_of_and_the_others_end() -> None:
    with TrackedVideo(job(FOLDER / "calf_raise.mp4"), 2) as video:
        frames = iter(video)
        next(frames)
        os.kill(children()[0], signal.SIGKILL)
        with pytest.raises(InputError, match="--jobs 1"):
            list(frames)
        frames.close()  # type: ignore[attr-defined]
    assert children() == []


def test_a_file_with_nobody_in_it_is_read_to_its_end(tmp_path: Path) -> None:
    path = write_video(tmp_path / "wall.mp4", range(0, 12000, 100))
    with TrackedVideo(job(path), 2) as video:
        found = list(video.found())
    assert len(found) == 120
    assert all(pose is None for _index, _time_s, pose in found)


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_no_process_outlives_the_command(tmp_path: Path, blow: signal.Signals) -> None:
    words = ["analyze", str(FOLDER / "calf_raise.mp4"), "-e", "calf-raise", "--jobs", "2"]
    words += ["--model", str(model_or_skip().path), "--csv", str(tmp_path / "x.csv")]
    with subprocess.Popen(
        [sys.executable, "-m", "repcount", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeding,
    ) as program:
        workers = until(lambda: len(found := children(program.pid)) >= 2 and found)
        os.kill(program.pid, blow)
        program.communicate(timeout=PATIENCE_S)
    assert program.returncode == (130 if blow is signal.SIGINT else -signal.SIGKILL)
    until(lambda: not any(_alive(pid) for pid in workers))
    assert list(tmp_path.iterdir()) == []


def test_pictures_are_painted_from_the_same_landmarks(tmp_path: Path) -> None:
    clip, model = FOLDER / "leg_press.mp4", model_or_skip().path
    results = []
    for more in ([], ["--video", str(tmp_path / "out.mp4")]):
        poses = tmp_path / f"p{len(more)}.npz"
        words = ["analyze", str(clip), "-e", "leg-press", "--json", "-", "--model", str(model), "--jobs", "2"]
        done = subprocess.run(
            [sys.executable, "-m", "repcount", *words, "--save-poses", str(poses), *more],
            capture_output=True,
            text=True,
            check=True,
        )
        results.append((json.loads(done.stdout), Recording.load(poses).landmarks_px))
    assert results[0][0] == results[1][0]
    assert np.array_equal(results[0][1], results[1][1], equal_nan=True)


def children(of: int | None = None) -> list[int]:
    """Processes that a process has started, without multiprocessing's own keeper of resources."""
    me = of or os.getpid()
    listed = Path(f"/proc/{me}/task/{me}/children")
    if not listed.exists():
        pytest.skip("needs Linux's /proc")
    found = [int(pid) for pid in listed.read_text().split()]
    return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def beside_a_mirror(video: Path, out: Path, length_s: float) -> Path:
    """The beginning of a video, with its mirror image beside it."""
    with av.open(str(out), "w") as container, VideoSource(video, Sampling(0.0, 480)) as source:
        stream = container.add_stream("libx264", rate=15, options={"preset": "ultrafast"})
        stream.pix_fmt = "yuv420p"
        width_px, height_px = (round(edge * 480 / max(source.size_px)) for edge in source.size_px)
        stream.width, stream.height = 4 * (width_px // 2), 2 * (height_px // 2)
        for frame in source:
            if frame.image is None or frame.time_s > length_s:
                break
            both = np.hstack([frame.image, frame.image[:, ::-1]])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(both, format="rgb24")))
        container.mux(stream.encode(None))
    return out


def test_beside_a_mirror_one_of_the_two_is_followed_throughout(tmp_path: Path) -> None:
    mirrored = beside_a_mirror(FOLDER / "wall_squat.mp4", tmp_path / "mirror.mp4", 16.4)
    with TrackedVideo(job(mirrored), 2) as video:
        found = list(video.found())
    assert len({index for index, _, _ in found}) == len(found)
    hips = [pose.points_px[LEGS[2]][0] for _, _, pose in found if pose is not None]
    sides = {x < video.size_px[0] / 2 for x in hips}
    assert len(sides) == 1
    session = Session(catalog.get("wall-squat"))
    for _, time_s, pose in found:
        session.step(time_s, pose)
    session.finish(found[-1][1])
    assert len(session.summary().repetitions) == 3
