"""What a live session writes: events, landmarks and the history, from the snapshots of a real trainer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.stick import pose, squatting
from repcount.config import Settings
from repcount.core.errors import OutputError
from repcount.core.guide import Command
from repcount.core.model import Frame
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.pipeline.live_record import live_start
from repcount.pipeline.live_session import LiveOutputs, LiveSettings, check_files
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.pipeline.save_live import LiveHistory
from repcount.pose.recording import Recording
from repcount.session.guided.trainer import Trainer


def test_poses_are_written_but_for_those_of_a_pause_and_pain_is_kept(tmp_path: Path) -> None:
    blocks = blocks_of(ProgrammeRequest("wall-squat"), Settings())
    trainer, events = Trainer(blocks), []
    settings = LiveSettings(headless=True, poses=tmp_path / "live.npz", pain_before=3)
    check_files(settings)
    with History(find_place(f"sqlite:///{tmp_path}/live.db")) as history:
        kept = LiveHistory(history, Settings(), live_start(blocks, "camera 0", None))
        with LiveOutputs(settings, trainer, kept, events.append, print) as outputs:
            sinks = outputs.open_sinks((640, 480))
            for index, command in enumerate((None, Command.PAUSE, Command.RESUME)):
                if command is not None:
                    trainer.apply(command)
                snapshot = trainer.step(index / 10, pose(squatting(5.0)))
                for sink in sinks:
                    sink.write(Frame(index / 10, index), snapshot)
            for sink in sinks:
                sink.close()
        session = history.session(kept.id)
        (file,) = history.files(kept.id)
    assert [str(event["event"]) for event in events] == ["exercise", "framing", "pause", "resume"]
    seen = np.isfinite(Recording.load(tmp_path / "live.npz").landmarks_px).all(axis=(1, 2))
    assert seen.tolist() == [True, False, True]
    assert (session.pain_before, file.kind, Path(file.path).name) == (3, "landmarks", "live.npz")


def test_a_file_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    both = tmp_path / "both.mp4"
    with pytest.raises(OutputError, match="two results"):
        check_files(LiveSettings(record=both, record_raw=both))
