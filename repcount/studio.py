"""A live session put together: camera, network, trainer, screen, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from repcount.assemble import ModelShelf, WatchModel
from repcount.config import Settings
from repcount.core.live import Screen
from repcount.core.syslibs import naming_packages
from repcount.engine.bout import Block
from repcount.engine.trainer import Trainer, TrainerOptions
from repcount.keeper import Keeper, Listener, Tell
from repcount.live import LiveOptions, LiveResult, run_live
from repcount.show import Show, check_files

if TYPE_CHECKING:
    from repcount.diary import Diary
    from repcount.history.store import History

PATIENCE_S = 20.0
"""Without a screen nobody sees that a camera is waited for: after so long it is an error."""


class Studio:
    """Runs live sessions under one set of settings.

    Parameters
    ----------
    tell : takes lines for the person at the terminal.
    listen : is told of every event as it happens.
    """

    def __init__(self, settings: Settings, watch_model: WatchModel, tell: Tell, listen: Listener) -> None:
        self._settings = settings
        self._shelf = ModelShelf(settings.model, watch_model)
        self._tell, self._listen = tell, listen
        self._kept: Diary | None = None

    @property
    def session_id(self) -> str | None:
        """The ID that the last session has in the history; None where nothing of it is kept."""
        return self._kept.id if self._kept is not None and self._kept.is_kept else None

    def run(self, blocks: Sequence[Block], show: Show, history: History | None = None) -> LiveResult:
        """Guide a session from its first frame to its end, whichever way it ends.

        Parameters
        ----------
        history : where what is done is kept, as it happens; None keeps nothing.

        Raises
        ------
        RepcountError
            The camera or the model cannot be used, or there is no screen.
        """
        from repcount.poses.mediapipe import MediaPipeEstimator, PeopleCounter
        from repcount.sources.camera import open_camera

        check_files(show)
        trainer = Trainer(blocks, TrainerOptions(show.gestures, show.tempo))
        quiet = not self._settings.verbose
        with ExitStack() as stack:
            screen = None if show.headless else self._screen(blocks, show, stack)  # before PyAV: see Window
            source = stack.enter_context(open_camera(show.camera))
            model = self._shelf.get()
            self._kept = None if history is None else self._diary(history, blocks, show, source.name)
            keeper = stack.enter_context(Keeper(show, trainer, self._kept, self._listen, self._tell))
            estimator = stack.enter_context(MediaPipeEstimator(model.path, quiet=quiet))
            people = stack.enter_context(PeopleCounter(model.path, quiet=quiet))
            options = LiveOptions(
                onlookers=people,
                open_sinks=keeper.open_sinks,
                tell=self._tell,
                patience_s=PATIENCE_S if show.headless else None,
            )
            result = run_live(source, estimator, trainer, screen, options)
            keeper.finish(result)
            return result

    def _diary(self, history: History, blocks: Sequence[Block], show: Show, camera: str) -> Diary:
        from repcount.diary import Diary, LiveStart
        from repcount.saving import counting

        asked = {
            exercise.name: counting(exercise.dose, options.count_by, options.strict)
            for block in blocks
            for exercise, options in block.exercises
        }
        began = datetime.now(timezone.utc).astimezone()
        return Diary(history, self._settings, LiveStart(camera, began, asked, show.plan))

    def _screen(self, blocks: Sequence[Block], show: Show, stack: ExitStack) -> Screen:
        with naming_packages():
            from repcount.overlay.live_view import LivePicture
            from repcount.overlay.window import Window

        known = [exercise for block in blocks for exercise, _ in block.exercises]
        placements = {e.name: e.place.placement() for e in known if e.place is not None}

        def picture(size_px: tuple[int, int]) -> LivePicture:
            return LivePicture(
                size_px,
                mirror=show.mirror,
                stats=show.stats,
                gestures=show.gestures,
                placements=placements,
            )

        window = Window(picture, verbose=self._settings.verbose)
        return stack.enter_context(window)
