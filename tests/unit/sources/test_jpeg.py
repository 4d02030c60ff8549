"""JPEG pictures of a stranger: what the decoder would see is what was checked."""

from __future__ import annotations

import os
import struct
import subprocess
import sys

import cv2
import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.sources.jpeg import MOST_SCANS, PIXEL_LIMIT, decode_jpeg, jpeg_size_px

NOISE = np.random.default_rng(1).integers(0, 255, (48, 64, 3)).astype(np.uint8)
FRAME, SCAN, TABLE = b"\xff\xc0", b"\xff\xda", b"\xff\xc4"


def coded(*options: int) -> bytes:
    done, data = cv2.imencode(".jpg", NOISE, [cv2.IMWRITE_JPEG_QUALITY, 80, *options])
    assert done
    return data.tobytes()


def frame_header(width_px: int, height_px: int, kind: int = 0xC0, bits: int = 8) -> bytes:
    parts = bytes((1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
    return struct.pack(">BBHBHHB", 0xFF, kind, 17, bits, height_px, width_px, 3) + parts


def hidden(width_px: int, height_px: int) -> bytes:
    """A comment with fill bytes before it and small frame headers in it; the true header is huge."""
    bomb = bytearray(coded())
    at = bomb.find(FRAME)
    bomb[at + 5 : at + 9] = struct.pack(">HH", height_px, width_px)
    comment = bytearray(b"\xff\xff\xfe\xff\xff" + bytes(0xFFFF - 2))
    at = 4 + 0xFEFF - 2
    comment[at : at + 9] = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640)
    return bytes(bomb[:2] + comment + bomb[2:])


@pytest.mark.parametrize(
    "options",
    [
        (),
        (cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
        (cv2.IMWRITE_JPEG_RST_INTERVAL, 1),
        (cv2.IMWRITE_JPEG_OPTIMIZE, 1),
    ],
    ids=["baseline", "progressive", "restart markers", "own tables"],
)
def test_usual_pictures_are_read(options: tuple[int, ...]) -> None:
    data = coded(*options)
    assert jpeg_size_px(data) == (64, 48)
    assert decode_jpeg(data).shape == (48, 64, 3)


@pytest.mark.parametrize("fills", [1, 2, 3, 7])
@pytest.mark.parametrize("marker", [b"\xff\xe0", b"\xff\xdb", FRAME, TABLE, SCAN, b"\xff\xd9"], ids=bytes.hex)
def test_fill_bytes_before_any_marker_are_skipped_as_the_decoder_does(marker: bytes, fills: int) -> None:
    plain = coded()
    filled = plain.replace(marker, b"\xff" * fills + marker, 1)
    assert len(filled) > len(plain)
    assert jpeg_size_px(filled) == (64, 48)
    assert np.array_equal(decode_jpeg(filled), decode_jpeg(plain))


def test_a_huge_frame_header_hidden_behind_fill_bytes_is_refused_by_its_true_size() -> None:
    data = hidden(14000, 13000)
    assert jpeg_size_px(data) == (14000, 13000)
    with pytest.raises(InputError, match="14000 x 13000"):
        decode_jpeg(data)


@pytest.mark.parametrize("where", [FRAME, TABLE, SCAN, b"\xff\xd9"], ids=bytes.hex)
@pytest.mark.parametrize("fills", [b"", b"\xff", b"\xff\xff"], ids=len)
def test_a_second_frame_header_is_refused_wherever_it_stands(where: bytes, fills: bytes) -> None:
    plain = coded()
    at = plain.rindex(where)
    with pytest.raises(InputError, match="two frame headers"):
        decode_jpeg(plain[:at] + fills + frame_header(30000, 30000) + plain[at:])


def test_a_second_frame_header_between_restart_markers_is_refused() -> None:
    plain = coded(cv2.IMWRITE_JPEG_RST_INTERVAL, 1)
    at = plain.index(b"\xff\xd0", plain.index(SCAN))
    with pytest.raises(InputError, match="two frame headers"):
        decode_jpeg(plain[:at] + frame_header(30000, 30000) + plain[at:])


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (frame_header(64, 48, bits=12), "12 bits"),
        (frame_header(64, 48, kind=0xC9), "rare kind"),
        (frame_header(64, 48, kind=0xCA), "rare kind"),
        (frame_header(64, 48, kind=0xC3), "rare kind"),
        (frame_header(64, 48, kind=0xC8), "rare kind"),
        (frame_header(0, 48), "0 x 48"),
        (frame_header(64, 0), "64 x 0"),
        (frame_header(1921, 48), "1921 x 48"),
        (b"", "damaged"),
        (b"\xff\x02\x00\x02", "damaged"),
        (b"\xff\x00" + frame_header(64, 48), "damaged"),
        (b"x" + frame_header(64, 48), "damaged"),
    ],
)
def test_another_frame_header_is_refused_with_the_reason(header: bytes, reason: str) -> None:
    plain = coded()
    at = plain.index(FRAME)
    with pytest.raises(InputError, match=reason):
        decode_jpeg(plain[:at] + header + plain[at + 19 :])


def test_a_picture_of_endless_scans_is_refused() -> None:
    plain = coded()
    at, end = plain.index(SCAN), plain.rindex(b"\xff\xd9")
    with pytest.raises(InputError, match="damaged"):
        decode_jpeg(plain[:at] + plain[at:end] * (MOST_SCANS + 1) + plain[end:])


def test_every_cut_and_every_changed_byte_of_a_header_is_read_or_refused() -> None:
    plain = coded()
    for at in range(plain.index(SCAN) + 20):
        changed = (b"", b"\xff" + plain[at + 1 :], b"\xff\xff" + plain[at:])
        for data in (plain[:at] + rest for rest in changed):
            try:
                found = decode_jpeg(data)
            except InputError:
                continue
            assert max(found.shape) <= 1920


def test_opencv_itself_is_told_the_limit_before_it_is_loaded() -> None:
    told = (
        "import sys; from repcount.sources.jpeg import limit_opencv; limit_opencv()\n"
        "assert 'cv2' not in sys.modules\n"
        "import cv2, numpy\n"
        "data = cv2.imencode('.jpg', numpy.zeros((1921, 1921, 3), 'u1'))[1]\n"
        "try: print(cv2.imdecode(data, 1) is None)\n"
        "except cv2.error: print(True)\n"
    )
    there = {name: value for name, value in os.environ.items() if name != PIXEL_LIMIT}
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, env=there, check=True)
    assert done.stdout.strip() == "True"
