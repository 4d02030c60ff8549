"""Small video files for tests, written on the spot."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

CORNERS = {"R": (255, 0, 0), "G": (0, 255, 0), "B": (0, 0, 255), "K": (0, 0, 0)}
MS = Fraction(1, 1000)


def quarters(width_px: int, height_px: int) -> NDArray[np.uint8]:
    """A picture of four colours that reads RGBK from top left to bottom right."""
    image = np.zeros((height_px, width_px, 3), dtype=np.uint8)
    image[: height_px // 2, : width_px // 2] = CORNERS["R"]
    image[: height_px // 2, width_px // 2 :] = CORNERS["G"]
    image[height_px // 2 :, : width_px // 2] = CORNERS["B"]
    return image


def reading(image: NDArray[np.uint8]) -> str:
    """The colours of a picture's quarters, in the order of reading."""
    height_px, width_px = image.shape[:2]
    points = [(y, x) for y in (1, 3) for x in (1, 3)]
    colours = [image[y * height_px // 4, x * width_px // 4] for y, x in points]
    return "".join(_nearest(colour) for colour in colours)


def write_video(
    path: Path,
    stamps_ms: Sequence[int] = tuple(range(0, 1000, 100)),
    size_px: tuple[int, int] = (64, 48),
    pixel_aspect: Fraction | None = None,
    grain: bool = False,
) -> Path:
    """A video of one picture at the given times; with ``grain`` the packets are large enough to damage.

    Into an ``.mkv`` every stamp goes as it is, even where it repeats or runs backward.
    """
    options = {"movflags": "faststart"} if path.suffix == ".mp4" else {}
    grains = np.random.default_rng(0)
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(
            "libx264", rate=10, options={"g": "5", "bf": "0", "tune": "zerolatency"}
        )
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        stream.time_base = MS
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        for number, stamp_ms in enumerate(stamps_ms):
            image = quarters(*size_px)
            if grain:
                image = grains.integers(0, 256, image.shape, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number * 100, MS
            for packet in stream.encode(frame):
                packet.pts = stamp_ms
                packet.dts = number if path.suffix == ".mkv" else stamp_ms  # mkv keeps pts alone
                packet.time_base = MS
                container.mux(packet)
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path, cover: bool = False) -> Path:
    """A tenth of a second of silence, with or without the picture of a cover."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=8000, layout="mono")
        if cover:
            picture = container.add_stream("mjpeg", rate=1)
            picture.width, picture.height, picture.pix_fmt = 64, 48, "yuvj420p"
            picture.disposition = av.stream.Disposition.attached_pic.value
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        if cover:
            still = av.VideoFrame.from_ndarray(quarters(64, 48), format="rgb24").reformat(format="yuvj420p")
            container.mux(picture.encode(still))
            container.mux(picture.encode(None))
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def set_matrix(path: Path, a: int, b: int, c: int, d: int) -> Path:
    """Give the one track of an MP4 a display matrix, as a camera held upright or upside down writes it."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 44
    data[at : at + 36] = struct.pack(">9i", *(n << 16 for n in (a, b, 0, c, d, 0, 0, 0)), 1 << 30)
    path.write_bytes(data)
    return path


def _nearest(colour: NDArray[np.uint8]) -> str:
    distance = {name: np.abs(colour.astype(int) - value).sum() for name, value in CORNERS.items()}
    return min(distance, key=lambda name: distance[name])
