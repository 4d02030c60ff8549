"""Files that are written as they are recorded, without their length, and cut off."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest

from repcount.sources.segments import read_index
from repcount.sources.video import VideoSource
from repcount.sources.video_facts import is_cut
from tests.samples import FOLDER

PACKETS = 120
FORMATS = ["matroska", "flv"]


class Pipe(io.RawIOBase):
    """Takes a film from its beginning to its end; nothing can be written anew in it."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += bytes(data)
        return len(data)


def recorded_live(form: str) -> bytes:
    """The first seconds of a sample, as a recorder writes them that does not know when it will end."""
    pipe = Pipe()
    with av.open(str(FOLDER / "wall_squat.mp4")) as source, av.open(pipe, "w", format=form) as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        for number, packet in enumerate(source.demux(stream)):
            if packet.dts is None or number == PACKETS:
                break
            packet.stream = copy
            target.mux(packet)
    return bytes(pipe.data)


def damage(path: Path) -> str | None:
    with VideoSource(path) as source:
        assert sum(1 for _ in source)
        return source.damage


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_unknown_length_that_is_cut_is_told(form: str, tmp_path: Path) -> None:
    whole, path = recorded_live(form), tmp_path / f"film.{form}"
    path.write_bytes(whole)
    assert not is_cut(path)
    assert damage(path) is None
    for share in (0.5, 0.6, 0.9):
        path.write_bytes(whole[: int(share * len(whole))])
        told = damage(path) or ""
        assert told.startswith(f"{path}: the file breaks off at ")
        assert told.endswith("s (its last piece is not whole)")
        with VideoSource(path) as source:
            assert read_index(path, source.facts) is None  # it is read from its start, which tells


@pytest.mark.parametrize(
    "content", [b"", b"\x1a\x45\xdf\xa3\x00\x00", b"\x1a\x45\xdf\xa3" + b"\x00" * 99, b"ftyp"]
)
def test_what_is_no_such_file_is_not_called_cut(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)
    assert not is_cut(path)
    assert not is_cut(tmp_path / "none.mkv")
