"""What every sink that writes a file does, whatever it writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from repcount.core.errors import OutputError
from repcount.core.protocols import Sink
from repcount.core.records import Frame, Snapshot
from repcount.io.angle_files import AngleFile
from repcount.io.motion_files import MarkerFile
from tests.unit.overlay.snapshots import picture, snapshot

SIZE_PX = (160, 120)


class RecordingSink:
    """The writer of recordings, told of frames as a sink is."""

    def __init__(self, path: Path) -> None:
        from repcount.pose.recording_writer import RecordingWriter

        self._writer = RecordingWriter(path, SIZE_PX, duration_s=1.0, frame_count=3)

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        self._writer.append(frame.time_s, snapshot.pose)

    def close(self) -> None:
        self._writer.close()

    def discard(self) -> None:
        self._writer.discard()


def video_sink(path: Path) -> Sink:
    from repcount.io.video_writer import VideoSink

    return VideoSink(path, SIZE_PX, fps_hint=10.0)


WHOLE_FRAMES = [video_sink, RecordingSink, MarkerFile]
"""They write a picture or a whole body for each frame."""
OTHERS = [AngleFile]
"""They may have little to say of three frames, or nothing."""


@pytest.fixture(params=[*WHOLE_FRAMES, *OTHERS], ids=lambda opener: opener.__name__)
def opened(request: pytest.FixtureRequest) -> Callable[[Path], Sink]:
    """Opens a sink at a path."""
    opener: Callable[[Path], Sink] = request.param
    return opener


def fill(sink: Sink) -> None:
    for i in range(3):
        sink.write(
            Frame(i / 10, i, picture(SIZE_PX)), snapshot(SIZE_PX, pose=None if i == 1 else snapshot().pose)
        )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_is_there_once_it_is_whole(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    assert not (tmp_path / "out.csv").exists()
    sink.close()
    assert names(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("opened", WHOLE_FRAMES, ids=lambda opener: opener.__name__)
def test_what_tells_of_whole_frames_has_them_in_its_file(
    tmp_path: Path, opened: Callable[[Path], Sink]
) -> None:
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    sink.close()
    assert (tmp_path / "out.csv").stat().st_size > 500


def test_closing_twice_is_no_harm(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    sink.close()
    content = (tmp_path / "out.csv").read_bytes()
    sink.close()
    assert (tmp_path / "out.csv").read_bytes() == content


def test_discarding_leaves_nothing(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    sink.discard()
    sink.discard()
    sink.close()
    assert names(tmp_path) == []


def test_discarding_keeps_what_was_there_before(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    (tmp_path / "out.csv").write_text("before")
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    assert (tmp_path / "out.csv").read_text() == "before"
    sink.discard()
    assert (tmp_path / "out.csv").read_text() == "before"


def test_discarding_after_closing_keeps_the_file(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    sink = opened(tmp_path / "out.csv")
    fill(sink)
    sink.close()
    sink.discard()
    assert names(tmp_path) == ["out.csv"]


def test_the_same_frames_make_the_same_file(tmp_path: Path, opened: Callable[[Path], Sink]) -> None:
    for name in ("a.csv", "b.csv"):
        sink = opened(tmp_path / name)
        fill(sink)
        sink.close()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("name", ["missing/out.csv", "folder"])
def test_a_place_that_cannot_be_written_is_named_at_once(
    tmp_path: Path, opened: Callable[[Path], Sink], name: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as caught:
        opened(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == []
