"""The times of all pictures of a file, read from its packets without decoding one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repcount.sources.container import exact, open_file, picture_stream
from repcount.sources.damage import DamageReport
from repcount.sources.facts import Facts


@dataclass(frozen=True, eq=False)
class FileIndex:
    """Where the pictures of a sound file are.

    Attributes
    ----------
    time_s : media time of every picture, in the order of showing, shape (T,), float64.
    keys : places in ``time_s`` from which decoding can begin, ascending, shape (K,).
    key_stamps : the file's own stamps of those, shape (K,).
    """

    time_s: NDArray[np.float64]
    keys: NDArray[np.int64]
    key_stamps: NDArray[np.int64]


def read_index(path: Path, facts: Facts) -> FileIndex | None:
    """Return the index, or None for a file that had better be read from its start to its end.

    That is one whose stamps are missing, repeat or begin before 0, one that ends earlier than it says,
    and one that cannot be read twice.

    Raises
    ------
    InputError
        Where the file cannot be opened.
    """
    if not path.is_file():
        return None
    stamps, keys, last_s = _stamps(path)
    if len(stamps) == 0 or len(keys) == 0 or (np.diff(stamps) <= 0).any() or keys[0] != stamps[0]:
        return None
    time_s = _times(stamps, facts, path)
    if time_s[0] < 0 or _ends_early(time_s, last_s or facts.interval_s, facts):
        return None
    return FileIndex(time_s, np.searchsorted(stamps, keys), keys)


def _stamps(path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Return all stamps and those of keyframes, both sorted, and how long the last picture is shown.

    There are none where one is missing or a packet is damaged.
    """
    from av.error import FFmpegError

    nothing = np.empty(0, np.int64)
    stamps: list[int] = []
    keys: list[int] = []
    last, shown = -1, 0
    with open_file(path) as container:
        stream = picture_stream(container, path)
        try:
            for packet in container.demux(stream):
                if packet.size == 0 or packet.is_discard:
                    continue
                if packet.pts is None or packet.is_corrupt:
                    return nothing, nothing, 0.0
                stamps.append(packet.pts)
                if packet.is_keyframe:
                    keys.append(packet.pts)
                if packet.pts > last:
                    last, shown = packet.pts, packet.duration or 0
        except FFmpegError:
            return nothing, nothing, 0.0
        shown_s = float(shown * exact(stream.time_base))
    return np.sort(np.array(stamps, np.int64)), np.sort(np.array(keys, np.int64)), shown_s


def _times(stamps: NDArray[np.int64], facts: Facts, path: Path) -> NDArray[np.float64]:
    """Return stamps as seconds, each rounded once, as ``container.seconds`` does it."""
    with open_file(path) as container:
        base = exact(picture_stream(container, path).time_base)
    origin = facts.origin_s
    below = base.denominator * origin.denominator
    step, shift = base.numerator * origin.denominator, origin.numerator * base.denominator
    return np.array([(stamp * step - shift) / below for stamp in stamps.tolist()], np.float64)


def _ends_early(time_s: NDArray[np.float64], last_s: float, facts: Facts) -> bool:
    report = DamageReport("")
    expected_s = None if facts.duration_s is None else float(time_s[0]) + facts.duration_s
    missing = None if facts.frame_count is None else max(0, facts.frame_count - len(time_s))
    report.ended(float(time_s[-1]) + last_s, expected_s, missing, facts.interval_s)
    return report.text is not None
