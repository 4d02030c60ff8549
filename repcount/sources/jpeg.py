"""JPEG pictures of a stranger: the size read as libjpeg reads it, and nothing large or twisted is decoded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import InputError, naming_packages

LONGEST_PX: Final = 1920
MOST_SCANS: Final = 64
"""A progressive picture has about ten; each costs a pass over all its pixels."""
PIXEL_LIMIT: Final = "OPENCV_IO_MAX_IMAGE_PIXELS"
_FF, _SOI, _EOI, _SOS = 0xFF, 0xD8, 0xD9, 0xDA
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))  # TEM and restart markers: nothing follows them
_FRAMES: Final = frozenset((0xC0, 0xC1, 0xC2))  # baseline, extended, progressive; all of them Huffman
_OTHER_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - _FRAMES - {0xC4, 0xCC}  # C4, CC: tables
_TABLES: Final = frozenset((0xC4, 0xCC, 0xDB, 0xDC, 0xDD, *range(0xE0, 0xF0), 0xFE))
_DAMAGED: Final = "the picture is damaged; send it again"


def limit_opencv() -> None:
    """Let OpenCV of this process refuse larger pictures itself. It asks once, when it is loaded."""
    os.environ.setdefault(PIXEL_LIMIT, str(LONGEST_PX * LONGEST_PX))


def jpeg_size_px(data: bytes) -> tuple[int, int]:
    """Return (width, height) of the one frame header, without decoding a pixel.

    Raises
    ------
    InputError
        It is no JPEG, its markers are damaged, it has two frame headers, or it is of a kind that is not read.
    """
    frame: bytes | None = None
    scans = 0
    for marker, segment in _segments(data):
        if marker in _OTHER_FRAMES:
            raise InputError("the picture is a JPEG of a rare kind; send baseline or progressive ones")
        if marker in _FRAMES:
            if frame is not None:
                raise InputError("the picture has two frame headers; send JPEG pictures of one frame")
            frame = segment
        if marker == _SOS:
            scans += 1
            if frame is None or scans > MOST_SCANS:
                raise InputError(_DAMAGED)
    if frame is None or scans == 0:
        raise InputError(_DAMAGED)
    return _size_px(frame)


def _size_px(frame: bytes) -> tuple[int, int]:
    if len(frame) < 6 or len(frame) != 6 + 3 * frame[5]:
        raise InputError(_DAMAGED)
    if frame[0] != 8:
        raise InputError(f"the picture has {frame[0]} bits a colour; send JPEG pictures of 8 bits")
    return int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with what belongs to it, in the order in which libjpeg meets them, up to the end's.

    As there, any number of FF may stand before a marker's own byte, and FF 00 in a scan is a pixel's.
    """
    if data[:2] != bytes((_FF, _SOI)):
        raise InputError("the picture is no JPEG; send JPEG pictures")
    place, in_scan = 2, False
    while True:
        marker, place = _next_marker(data, place, in_scan)
        if marker == _EOI:
            return
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        known = marker == _SOS or marker in _TABLES or marker in _FRAMES or marker in _OTHER_FRAMES
        if not known or length < 2 or place + length > len(data):
            raise InputError(_DAMAGED)
        yield marker, data[place + 2 : place + length]
        place, in_scan = place + length, in_scan or marker == _SOS


def _next_marker(data: bytes, place: int, in_scan: bool) -> tuple[int, int]:
    """The next marker's own byte, and the place after it; outside of a scan it stands right here."""
    while True:
        found = data.find(_FF, place)
        if found < 0 or (found != place and not in_scan):
            raise InputError(_DAMAGED)
        while found < len(data) and data[found] == _FF:
            found += 1
        if found == len(data):
            raise InputError(_DAMAGED)
        if data[found] != 0:
            return data[found], found + 1
        if not in_scan:
            raise InputError(_DAMAGED)
        place = found + 1


def decode_jpeg(data: bytes) -> NDArray[np.uint8]:
    """Return the picture, RGB, shape (height, width, 3).

    Raises
    ------
    InputError
        It is no JPEG, is damaged, or a side is longer than ``LONGEST_PX``.
    """
    wide, high = jpeg_size_px(data)
    if not (0 < wide <= LONGEST_PX and 0 < high <= LONGEST_PX):
        raise InputError(f"the picture is {wide} x {high} pixels; send at most {LONGEST_PX} a side")
    with naming_packages():
        import cv2

    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error as error:
        raise InputError(_DAMAGED) from error
    if image is None:
        raise InputError(_DAMAGED)
    return np.asarray(image, dtype=np.uint8)
