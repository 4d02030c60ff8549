"""A live session put together: camera, network, trainer, screen, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from repcount.config import Settings
from repcount.core.protocols import Screen
from repcount.core.syslibs import naming_packages
from repcount.engine.bout import Block
from repcount.engine.trainer import Trainer, TrainerOptions
from repcount.pipeline.camera_loop import LiveOptions, LiveResult, run_live
from repcount.pipeline.live_outputs import Listener, LiveOutputs, Show, Tell, check_files
from repcount.pose.estimator import ModelLoader, WatchModel

if TYPE_CHECKING:
    from repcount.history.store import History
    from repcount.pipeline.save_live import LiveHistory

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
        self._model = ModelLoader(settings.model, watch_model)
        self._tell, self._listen = tell, listen
        self._kept: LiveHistory | None = None

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
        from repcount.pose.estimator import open_estimator, open_people_counter
        from repcount.sources.camera import open_camera

        check_files(show)
        trainer = Trainer(blocks, TrainerOptions(show.gestures, show.tempo))
        quiet = not self._settings.verbose
        with ExitStack() as stack:
            screen = None if show.headless else self._screen(blocks, show, stack)  # before PyAV: see Window
            source = stack.enter_context(open_camera(show.camera))
            model = self._model.get()
            self._kept = None if history is None else self._keep(history, blocks, show, source.name)
            outputs = LiveOutputs(show, trainer, self._kept, self._listen, self._tell)
            stack.enter_context(outputs)
            estimator = stack.enter_context(open_estimator(model.path, quiet=quiet))
            people = stack.enter_context(open_people_counter(model.path, quiet=quiet))
            options = LiveOptions(
                people=people,
                open_sinks=outputs.open_sinks,
                tell=self._tell,
                patience_s=PATIENCE_S if show.headless else None,
            )
            result = run_live(source, estimator, trainer, screen, options)
            outputs.finish(result)
            return result

    def _keep(self, history: History, blocks: Sequence[Block], show: Show, camera: str) -> LiveHistory:
        from repcount.pipeline.save_live import LiveHistory, starting

        return LiveHistory(history, self._settings, starting(blocks, camera, show.plan), self._tell)

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
