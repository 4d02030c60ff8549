"""A counter for a camera loop, or a pose network, of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from repcount.api.analysis import StrPath, as_path, settings_of, silent_model, watched_for
from repcount.api.result import Result
from repcount.core.records import NAN, Cue, Hold, InputSummary, LegAngles, Phase, Pose, Rep, Side, Snapshot
from repcount.exercises.spec import Exercise
from repcount.io.angle_files import AngleRecorder
from repcount.pipeline.assemble import Analyzer
from repcount.session.auto_session import UNNAMED

SOURCE = "poses"
"""What a result calls the source."""


@dataclass(frozen=True)
class Update:
    """What is known after one frame.

    Attributes
    ----------
    time_s : of the frame.
    exercise : its name; None while it is not recognised.
    count, holds : repetitions and holds so far.
    repetition : the one that was just counted; None in most frames.
    hold : the one that was just counted.
    phase : where in a repetition the person is: ``waiting`` (for the start posture), ``ready``, ``out``,
        ``peak``, ``back``; without a named exercise ``ready`` until a first repetition was seen.
    side : the leg that moves; None at rest.
    left, right : knee and hip of each leg, degrees; NaN where unknown.
    holding_s : seconds held so far; 0 where there is no hold under way.
    cue : what to say to the person now; None where there is nothing.
    seen : whether the person was seen.
    counted : what moves the set on: with ``strict`` only what is without a fault, holds instead of
        repetitions where these are counted.
    new_repetitions, new_holds : all that were just counted, mostly none or one. Where no exercise was named,
        they are several when it is recognised.
    """

    time_s: float
    exercise: str | None
    count: int
    holds: int
    repetition: Rep | None
    hold: Hold | None
    phase: Phase
    side: Side | None
    left: LegAngles
    right: LegAngles
    holding_s: float
    cue: Cue | None
    seen: bool
    counted: int
    new_repetitions: tuple[Rep, ...]
    new_holds: tuple[Hold, ...]


class Counter:
    """Counts one exercise, or finds out which one is done, from poses as they come.

    Parameters
    ----------
    exercise : its name, one of your own, or None to find out what is done.
    side, range, count, limit, strict, calibration, language : as in :func:`repcount.analyze`.

    Raises
    ------
    RepcountError
        There is no such exercise, or an option makes no sense.
    """

    def __init__(
        self,
        exercise: str | Exercise | None = None,
        *,
        side: str | None = None,
        range: str | None = None,
        count: str | None = None,
        limit: Mapping[str, float] | None = None,
        strict: bool = False,
        calibration: StrPath | None = None,
        language: str = "en",
    ) -> None:
        options = {
            "side": side,
            "range": range,
            "count": count,
            "limit": dict(limit) if limit else None,
            "strict": strict,
            "calibration": as_path(calibration),
            "language": language,
        }
        analyzer = Analyzer(settings_of(options), watched_for(exercise), silent_model)
        self._watched_for = analyzer.exercises
        self._session = analyzer.session()
        self._recorder = AngleRecorder()
        self._first_s = self._last_s = NAN
        self._frames = self._seen = 0
        self._is_finished = False

    def update(self, time_s: float, pose: Pose | None) -> Update:
        """Take the next pose; return what is known now.

        Parameters
        ----------
        time_s : of the frame, seconds; more than that of the frame before.
        pose : None where nobody was found.

        Raises
        ------
        RepcountError
            The exercise is counted by heels and toes, and the pose has none.
        ValueError
            The time does not increase, or the counter is finished.
        """
        if self._is_finished:
            raise ValueError("the counter is finished; make another one")
        if not time_s == time_s or time_s <= self._last_s:
            raise ValueError(f"time_s={time_s!r} does not come after {self._last_s!r}; times must increase")
        snapshot = self._session.step(time_s, pose)
        self._first_s = time_s if self._first_s != self._first_s else self._first_s
        self._last_s = time_s
        return self._as_update(snapshot)

    def result(self) -> Result:
        """Return all that was counted so far."""
        summary = InputSummary(
            source=SOURCE,
            duration_s=self._last_s - self._first_s,
            frames=self._frames,
            frames_tracked=self._frames,
            frames_with_pose=self._seen,
            exercises=self._session.summaries(),
        )
        return Result(summary, self._recorder, self._watched_for)

    def finish(self) -> Result:
        """End the session: what was nearly done at the last frame counts too. Return all that was counted."""
        if not self._is_finished and self._frames:
            self._session.finish(self._last_s)
        self._is_finished = True
        return self.result()

    def _as_update(self, snapshot: Snapshot) -> Update:
        self._recorder.add(snapshot)
        self._frames += 1
        self._seen += snapshot.pose is not None
        reps = tuple(event for event in snapshot.events if isinstance(event, Rep))
        holds = tuple(event for event in snapshot.events if isinstance(event, Hold))
        return Update(
            time_s=snapshot.time_s,
            exercise=None if snapshot.exercise == UNNAMED else snapshot.exercise,
            count=snapshot.reps,
            holds=snapshot.holds,
            repetition=reps[-1] if reps else None,
            hold=holds[-1] if holds else None,
            phase=snapshot.phase,
            side=snapshot.side,
            left=snapshot.left,
            right=snapshot.right,
            holding_s=snapshot.holding_s,
            cue=snapshot.cue,
            seen=snapshot.pose is not None,
            counted=snapshot.count,
            new_repetitions=reps,
            new_holds=holds,
        )
