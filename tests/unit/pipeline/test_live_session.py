"""What a live session writes: events, landmarks and the history, from the snapshots of a real trainer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.stick import Course, film, pose, squatting
from repcount.config import Settings
from repcount.core.errors import OutputError
from repcount.core.guide import Command
from repcount.core.protocols import LiveStatus
from repcount.core.records import Frame, InputSummary
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.pipeline.camera_loop import LiveResult
from repcount.pipeline.input_notes import KeptPoses
from repcount.pipeline.live_outputs import LiveOutputs, LiveSettings, check_files
from repcount.pipeline.live_session import explained
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.pipeline.save_live import LiveHistory
from repcount.pipeline.session_record import live_start
from repcount.pose.recording import Recording
from repcount.session.guided.trainer import Trainer
from repcount.session.session import Session


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


def test_what_was_too_fast_to_count_in_a_session_is_told_at_its_end() -> None:
    settings = Settings()
    blocks = blocks_of(ProgrammeRequest(exercise="wall-squat"), settings, {})
    (exercise, options), seen = blocks[0].exercises[0], KeptPoses()
    session = Session(exercise, options)
    ways = {"up_s": 0.21, "hold_s": 0.06, "down_s": 0.21, "pause_s": 0.12}
    slow = [(t - 60.0, each) for t, each in film(Course(reps=4, rest=5.0, peak=80.0), squatting, fps=15.0)]
    quick = film(Course(reps=30, rest=5.0, peak=80.0, **ways), squatting, fps=15.0)
    for number, (time_s, body) in enumerate([*slow, *quick]):
        seen.write(Frame(time_s + 60.0, number), session.step(time_s + 60.0, body))
    session.finish(90.0)
    summary = InputSummary("camera 0", frames_tracked=9, frames_with_pose=9, exercises=session.summaries())
    told = explained(LiveResult(summary, LiveStatus()), seen, blocks)
    assert len(session.summary().repetitions) in (4, 5)
    assert [note.code for note in told.summary.notes] == ["too_fast"]
    assert told.summary.nothing is None
