"""Makes docs/live.md's picture: a set in the live window, painted as the window paints it.

usage: python tools/window_picture.py     (from the checkout, with the package and a pose model installed)
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from PIL import Image

from repcount.config import Settings
from repcount.core.protocols import LiveStatus
from repcount.exercises import languages
from repcount.overlay.live_view import LivePicture
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.pose.estimator import ModelLoader, open_estimator
from repcount.session.guided.trainer import Trainer
from repcount.sources.video import VideoSource

ROOT = Path(__file__).parent.parent
CLIP, PICTURE = ROOT / "sample_videos" / "wall_squat.mp4", ROOT / "docs" / "images" / "live_set.webp"
SIZE_PX, AT_S = (1280, 720), 18.6


def main() -> None:
    """Write it."""
    trainer = Trainer(blocks_of(ProgrammeRequest("wall-squat", sets=2, reps=8), Settings()))
    model = ModelLoader(None, lambda: nullcontext(lambda done, of: None)).get()
    with VideoSource(CLIP) as source, open_estimator(model.path) as estimator:
        for frame in source:
            snapshot = trainer.step(frame.time_s, estimator.estimate(frame))
            if frame.time_s >= AT_S:
                break
    painted = LivePicture(SIZE_PX, languages.load().screen_words()).draw(frame.image, snapshot, LiveStatus())
    image = Image.fromarray(painted).resize((960, 540), Image.Resampling.LANCZOS)
    image.save(PICTURE, quality=70, method=6)


if __name__ == "__main__":
    main()
