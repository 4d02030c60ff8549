"""Makes README's pictures, still and moving: the wall squat as ``repcount analyze --video`` paints it.

usage: python tools/moving_picture.py     (from the checkout, with the package and a pose model installed)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import av
from PIL import Image

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
CLIP = ROOT / "sample_videos" / "wall_squat.mp4"
STILL_S = 19.0
SPAN_S = (10.8, 21.6)  # the end of the second repetition to that of the fourth
EVERY = 2  # of the clip's 15 frames a second
SIZE_PX = (480, 360)


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory() as folder:
        painted = Path(folder) / "painted.mp4"
        command = [sys.executable, "-m", "repcount", "analyze", str(CLIP), "--exercise", "wall-squat"]
        subprocess.run([*command, "--video", str(painted), "--no-progress"], check=True)
        with av.open(str(painted)) as video:
            frames = [(frame.time or 0.0, frame.to_image()) for frame in video.decode(video=0)]
    still = min(frames, key=lambda frame: abs(frame[0] - STILL_S))[1]
    still.save(IMAGES / "overlay.png", optimize=True)
    moving = [
        image.resize(SIZE_PX, Image.Resampling.LANCZOS) for t, image in frames if SPAN_S[0] <= t <= SPAN_S[1]
    ]
    first, *rest = moving[::EVERY]
    first.save(
        IMAGES / "overlay.webp",
        save_all=True,
        append_images=rest,
        duration=round(1000 * EVERY / 15),
        loop=0,
        quality=60,
        method=6,
    )


if __name__ == "__main__":
    main()
