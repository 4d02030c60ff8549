"""``python -m bench.timing.ways CLIP WAY ...``: one way of tracking a clip, timed by itself."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from bench.timing.clips import SIZES, ends_s, folder
from repcount.core.records import Pose
from repcount.exercises import catalog
from repcount.pose.bundle import build_from_wheel, find_model
from repcount.pose.network_files import fetch_wheel
from repcount.session.auto_session import AutoSession
from repcount.session.session import SessionOptions

Track = list[tuple[float, Pose | None]]


def plain_bundle() -> Path:
    """The bundle with all that the wheel's networks hold."""
    path = folder() / "whole.task"
    if not path.exists():
        with tempfile.TemporaryDirectory() as room:
            build_from_wheel(fetch_wheel(Path(room), lambda stage, share: None), path, prune=False)
    return path


def plain(video: Path) -> Track:
    """Decode a frame, find the pose, and again: as MediaPipe's own examples do it."""
    import av
    import numpy as np
    from mediapipe import Image, ImageFormat
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(plain_bundle())), running_mode=vision.RunningMode.VIDEO
    )
    track: Track = []
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(str(video)) as container:
        for picture in container.decode(video=0):
            image = Image(image_format=ImageFormat.SRGB, data=picture.to_ndarray(format="rgb24"))
            found = landmarker.detect_for_video(image, round(1000 * picture.time))
            pose = None
            if found.pose_landmarks:
                marks, world = found.pose_landmarks[0], found.pose_world_landmarks[0]
                size = (picture.width, picture.height)
                pose = Pose(
                    np.array([(m.x * size[0], m.y * size[1], m.z * size[0]) for m in marks], np.float32),
                    np.array([m.visibility for m in marks], np.float32),
                    np.array([(m.x, m.y, m.z) for m in world], np.float32),
                    size,
                )
            track.append((picture.time, pose))
    return track


def ours(video: Path, jobs: int, thinned: bool) -> Track:
    """As ``repcount analyze`` tracks."""
    from repcount.pipeline.parallel_video import TrackedVideo
    from repcount.pipeline.parallel_video import prepare_video as prepare

    def bundle() -> Path:
        return find_model(None, lambda stage, share: None).path

    with TrackedVideo(prepare(video, bundle, not thinned, True), jobs) as tracked:
        return [(time_s, pose) for _index, time_s, pose in tracked.found()]


def counted(video: Path, track: Track) -> list[dict[str, int]]:
    """The repetitions of each scene: five people in five rooms are five sessions, not one."""
    size = next(size for size in SIZES if size.name == video.stem)
    borders_s = (0.0, *ends_s(size))
    return [
        _counts([(time_s, pose) for time_s, pose in track if start_s <= time_s < end_s - 1e-6])
        for start_s, end_s in pairwise(borders_s)
    ]


def _counts(track: Track) -> dict[str, int]:
    session = AutoSession([(catalog.get(name), SessionOptions()) for name in catalog.names()])
    for time_s, pose in track:
        session.step(time_s, pose)
    session.finish(track[-1][0])
    return {found.exercise: len(found.repetitions) for found in session.summaries()}


def main() -> None:
    """Print the seconds it took and what was counted."""
    video, way, *more = sys.argv[1:]
    start_s = time.perf_counter()
    track = plain(Path(video)) if way == "plain" else ours(Path(video), int(more[0]), more[1] == "1")
    wall_s = time.perf_counter() - start_s
    print(json.dumps({"wall_s": wall_s, "counts": counted(Path(video), track)}))


if __name__ == "__main__":
    main()
