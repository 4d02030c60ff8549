"""From a scene to a video file with its truth beside it: written once, kept by the scene's hash."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import av
import platformdirs

from repcount.core.errors import OutputError
from tools.figure.render import Picture
from tools.figure.scene import Scene
from tools.figure.studio import Studio
from tools.figure.truth import Glimpse

QUALITY: Final = "23"
KEY_EVERY: Final = "60"


def cache_folder() -> Path:
    """Where rendered clips are kept."""
    return Path(platformdirs.user_cache_dir("repcount")) / "figure"


def truth_path(video: Path) -> Path:
    """The truth beside a video."""
    return video.with_suffix(".json")


def write_video(pictures: Iterable[Picture], path: Path, size_px: tuple[int, int], fps: float) -> None:
    """Pictures as H.264 that plays in a browser."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        options = {"crf": QUALITY, "threads": "1", "g": KEY_EVERY}
        stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001), options=options)
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def _render(scene: Scene, video: Path) -> None:
    """Render a scene into a file that appears only when it is whole."""
    studio, glimpses = Studio(scene), list[Glimpse]()

    def pictures() -> Iterator[Picture]:
        for glimpse, picture in studio.frames():
            glimpses.append(glimpse)
            yield picture

    half = video.with_suffix(f".{os.getpid()}.part")
    write_video(pictures(), half, scene.size, scene.fps)
    truth_path(video).write_text(json.dumps(studio.truth(glimpses), separators=(",", ":")), encoding="utf-8")
    half.replace(video)


def render(scene: Scene, video: Path, cache: Path | None = None) -> bool:
    """Write a scene's video and, beside it, its truth.

    Parameters
    ----------
    video : the file to write; its truth gets the same name ending in ``.json``.
    cache : folder of clips rendered before; the user's cache folder by default.

    Returns
    -------
    Whether it had to be rendered; False where the cache had it.

    Raises
    ------
    OutputError
        The video or the cache cannot be written.
    """
    folder = cache_folder() if cache is None else cache
    kept = folder / f"{scene.digest()}.mp4"
    new = not (kept.is_file() and truth_path(kept).is_file())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        video.parent.mkdir(parents=True, exist_ok=True)
        if new:
            _render(scene, kept)
        shutil.copyfile(kept, video)
        shutil.copyfile(truth_path(kept), truth_path(video))
    except OSError as error:
        raise OutputError(f"{video}: cannot be written ({error.strerror}); choose another place") from None
    return new


@dataclass(frozen=True)
class Job:
    """One clip to be written."""

    scene: Scene
    video: Path
    cache: Path | None = None

    def run(self) -> bool:
        """Render it, or take it from the cache."""
        return render(self.scene, self.video, self.cache)


def render_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, bool]]:
    """Render many clips, several at once, each worker on one core; yields them in order as they are ready."""
    if workers <= 1 or len(jobs) == 1:
        for job in jobs:
            yield job, job.run()
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_one_core) as pool:
        yield from zip(jobs, pool.map(Job.run, jobs), strict=True)


def _one_core() -> None:
    """Keep the software GPU from starting a thread per core in every worker."""
    os.environ["LP_NUM_THREADS"] = "0"
