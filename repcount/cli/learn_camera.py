"""``repcount learn --camera``: the film is made on the spot, one set to a beat."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from repcount.cli.live import INTERRUPTED, TERMINATED
from repcount.cli.stopping import terminating
from repcount.cli.terminal import say, show_model_progress, warn
from repcount.core.errors import InputError

if TYPE_CHECKING:
    from repcount.config import Raw, Settings
    from repcount.io.live_events import Event
    from repcount.learning.film import Film
    from repcount.pipeline.live_outputs import LiveSettings
    from repcount.pipeline.live_session import GuidedFilm

Camera = Annotated[
    str | None,
    typer.Option(
        "--camera",
        "-c",
        metavar="WHICH",
        help="In place of films: be led through one set, here and now. Index, device, address, or a file.",
        show_default=False,
    ),
]
Beat = Annotated[
    str | None,
    typer.Option(
        "--tempo",
        metavar="UP-HOLD-DOWN-WAIT",
        help="With --camera: the beat, in seconds.",
        show_default="3-1-3-1",
    ),
]
Headless = Annotated[bool, typer.Option("--headless", help="With --camera: no window, lines instead.")]
Mute = Annotated[bool, typer.Option("--mute", help="With --camera: say nothing aloud.")]
NoGestures = Annotated[
    bool, typer.Option("--no-gestures", help="With --camera: a raised hand is no command, for arm exercises.")
]
SavePoses = Annotated[
    Path | None,
    typer.Option("--save-poses", metavar="OUT.npz", help="With --camera: keep the landmarks, to learn anew."),
]

REPS: Final = 6


@dataclass(frozen=True)
class FilmingWishes:
    """The options that go with a camera alone, as they were given."""

    tempo: str | None
    headless: bool
    mute: bool
    no_gestures: bool
    save_poses: Path | None
    turn: int | None
    language: str | None

    def given(self) -> list[str]:
        """Those that were given, as they are typed."""
        return [f"--{name.replace('_', '-')}" for name, value in vars(self).items() if value]

    def settings(self) -> dict[str, Raw | None]:
        """Those that are settings."""
        return {"language": self.language, "turn": None if self.turn is None else str(self.turn)}

    def look(self, camera: str, settings: Settings) -> LiveSettings:
        """How the set is shown and what is kept of it.

        Raises
        ------
        SettingError
            The beat is none.
        """
        from repcount.exercises import languages
        from repcount.pipeline.live_outputs import LiveSettings
        from repcount.session.guided.exercise_sets import tempo_of

        return LiveSettings(
            camera=camera,
            headless=self.headless,
            gestures=not self.no_gestures,
            tempo=None if self.tempo is None else tempo_of(self.tempo),
            mute=self.mute,
            phrases=languages.load(settings.language).words,
            poses=self.save_poses,
            verbose=settings.verbose,
        )


def filmed(name: str, title: str, reps: int, settings: Settings, look: LiveSettings) -> Film:
    """Lead a person through one set and return what was measured.

    Parameters
    ----------
    name : of the exercise, as files call it; ``title`` as people do.

    Raises
    ------
    RepcountError
        The camera cannot be used, or nothing can be learned from what it saw.
    typer.Exit
        The person has stopped it: nothing is to be written.
    """
    from repcount.io.live_events import EventWords
    from repcount.learning.film import CAMERA, watch
    from repcount.learning.unfit import check_person
    from repcount.pipeline.live_session import FilmStudio

    words = EventWords(look.phrases, {}, {})

    def listen(event: Event) -> None:
        if look.headless:
            say(words.of(event))
            sys.stdout.flush()

    studio = FilmStudio(settings, lambda: show_model_progress(settings.progress), warn, listen)
    with terminating() as terminated:
        made = studio.make(name, title, reps, look)
    _check(made, bool(terminated))
    _tell_kept(look.poses)
    film = watch(CAMERA, made.track)
    check_person(film)
    return film


def _check(made: GuidedFilm, terminated: bool) -> None:
    """Leave where it was stopped; refuse a film that shows too little."""
    from repcount.learning.film import CAMERA
    from repcount.learning.unfit import HOW

    if made.stopped or terminated or made.result.interrupted:
        warn("stopped before the end: nothing was learned, and nothing was written")
        raise typer.Exit(TERMINATED if terminated else INTERRUPTED if made.result.interrupted else 0)
    if made.result.summary.error:
        raise InputError(f"{made.result.summary.error}; film it anew")
    if made.left:
        raise InputError(f"{CAMERA}: the person went away and did not come back; {HOW}")
    if not made.track:
        reason = f" ({made.complaint})" if made.complaint else ""
        raise InputError(f"{CAMERA}: nobody was seen in a good place{reason}; {HOW}")


def _tell_kept(poses: Path | None) -> None:
    if poses is not None:
        say(f"landmarks written to {poses}")
