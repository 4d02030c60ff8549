from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from repcount.core.errors import OutputError
from repcount.core.records import Frame
from repcount.exercises import catalog
from repcount.exercises.limits import AskedRange
from repcount.io.fault_pictures import MOST_KEPT, EvidenceSink
from repcount.io.plain_results import PlainWords
from repcount.overlay.canvas import Font
from tests.unit.overlay.snapshots import fault, hold, picture, rep, snapshot

SIZE_PX = (320, 240)
NAMES = {("wall-squat", "knee_bends"): "the knee bends"}


def fill(sink: EvidenceSink, frames: int, fps: float = 10.0) -> None:
    """Frames whose grey is their number, so that a picture tells when it was taken."""
    for i in range(frames):
        now = snapshot(SIZE_PX, time_s=i / fps, pose=None)
        sink.write(Frame(i / fps, i, picture(SIZE_PX, grey=i % 200)), now)


def grey(path: Path) -> float:
    """The ground of a picture, away from what is painted in its corners."""
    image = cv2.imread(str(path))
    assert image is not None
    return float(np.median(image[150:160, 150:160]))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_fault_has_one_picture_of_its_worst_moment_named_by_time_and_fault(tmp_path: Path) -> None:
    worst = fault(time_s=4.2)
    with EvidenceSink(tmp_path, SIZE_PX, NAMES) as sink:
        fill(sink, 80)
        done = snapshot(SIZE_PX, time_s=8.0, events=(rep(faults=(worst,)), hold(faults=(worst,))))
        sink.write(Frame(8.0, 80, picture(SIZE_PX, grey=199)), done)
        assert names(tmp_path) == ["00m04.20s_knee_bends.jpg"]
    assert grey(tmp_path / "00m04.20s_knee_bends.jpg") == pytest.approx(42, abs=2)


def test_a_picture_of_going_too_far_tells_how_far_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    draw = Font.draw

    def spied(self: Font, image: object, text: str, *look: object, **more: object) -> None:
        written.append(text)
        draw(self, image, text, *look, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Font, "draw", spied)
    squat = catalog.get("wall-squat")
    words = PlainWords(
        {squat.name: squat}, asked={squat.name: AskedRange(squat, squat.presets["gentle"], True)}
    )
    codes = {(squat.name, code): name for code, name in squat.fault_names.items()}
    with EvidenceSink(tmp_path, SIZE_PX, codes, words=words) as sink:
        fill(sink, 30)
        far = fault(code="deeper_than_asked", time_s=1.0, worst=94.0)
        sink.end(snapshot(SIZE_PX, events=(rep(faults=(far,)),)))
    assert "deeper than asked: 94° of 40°" in " ".join(written)


def test_memory_is_bounded_and_the_recent_past_stays_whole(tmp_path: Path) -> None:
    with EvidenceSink(tmp_path, SIZE_PX, NAMES) as sink:
        fill(sink, 1000)
        assert len(sink._recent) <= MOST_KEPT
        sink.end(snapshot(SIZE_PX, events=(rep(faults=(fault(time_s=97.3),)),)))
        sink.end(snapshot(SIZE_PX, events=(rep(faults=(fault(time_s=87.0),)),)))
    assert grey(tmp_path / "01m37.30s_knee_bends.jpg") == pytest.approx(973 % 200, abs=2)
    assert grey(tmp_path / "01m27.00s_knee_bends.jpg") == pytest.approx(870 % 200, abs=4)


def test_what_is_reported_after_the_last_frame_has_its_picture_too(tmp_path: Path) -> None:
    with EvidenceSink(tmp_path, SIZE_PX, NAMES) as sink:
        fill(sink, 30)
        sink.end(snapshot(SIZE_PX, events=(rep(faults=(fault(time_s=1.0),)),)))
    assert names(tmp_path) == ["00m01.00s_knee_bends.jpg"]


def test_after_an_interruption_no_picture_is_left(tmp_path: Path) -> None:
    sink = EvidenceSink(tmp_path, SIZE_PX, NAMES)
    fill(sink, 30)
    sink.end(snapshot(SIZE_PX, events=(rep(faults=(fault(time_s=1.0),)),)))
    sink.discard()
    assert names(tmp_path) == []


def test_a_recording_without_pictures_gives_the_figure_alone(tmp_path: Path) -> None:
    with EvidenceSink(tmp_path, SIZE_PX, NAMES) as sink:
        sink.write(Frame(1.0, 0, None), snapshot(SIZE_PX, time_s=1.0))
        sink.end(snapshot(SIZE_PX, events=(rep(faults=(fault(time_s=1.0),)),)))
    assert names(tmp_path) == ["00m01.00s_knee_bends.jpg"]


def test_a_folder_that_is_not_there_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="missing"):
        EvidenceSink(tmp_path / "missing", SIZE_PX, NAMES)
