"""The window of a live session: opened with its words, and at the end the summary, until a key is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from repcount.core.errors import OutputError, naming_packages
from repcount.exercises import languages
from repcount.pipeline.session_review import Looking, review

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.overlay.live_view import LivePicture
    from repcount.overlay.window import Window
    from repcount.pipeline.camera_loop import LiveResult
    from repcount.session.guided.exercise_sets import Block

CAMERA_S: Final = 3.0
"""So long a camera has to give a picture where it is only looked at."""


@dataclass(frozen=True)
class WindowLook:
    """How the window shows a session; ``camera`` is what is complained of first where there is no screen.

    Attributes
    ----------
    words : what is said in place of the language's own words, by key.
    """

    camera: str
    mirror: bool
    stats: bool
    gestures: bool
    words: Mapping[str, str] = field(default_factory=dict)


def open_window(settings: Settings, blocks: Sequence[Block], look: WindowLook, stack: ExitStack) -> Window:
    """Open the window.

    Raises
    ------
    OutputError
        There is no screen; what is wrong with the camera is told first.
    """
    with naming_packages():
        from repcount.overlay.live_view import LivePicture
        from repcount.overlay.window import Window

    words = {**languages.load(settings.language).screen_words(), **look.words}
    known = [exercise for block in blocks for exercise, _ in block.exercises]
    places = {each.name: each.place.placement() for each in known if each.place is not None}

    def picture(size_px: tuple[int, int]) -> LivePicture:
        return LivePicture(
            size_px,
            words,
            mirror=look.mirror,
            stats=look.stats,
            gestures=look.gestures,
            placements=places,
        )

    try:
        window = Window(picture, verbose=settings.verbose)
    except OutputError as error:
        raise OutputError(f"{_camera_trouble(look.camera)}{error}") from error
    return stack.enter_context(window)


def show_review(
    window: Window, blocks: Sequence[Block], result: LiveResult, settings: Settings, looking: Looking
) -> None:
    """Keep the summary on the window until a key is pressed or it is closed."""
    from repcount.overlay.review import review_picture

    guide = None if result.last is None else result.last.guide
    if guide is None:
        return
    language = languages.load(settings.language)
    told = review(blocks, guide.achieved, result.summary.exercises, looking, language)
    words = language.screen_words()
    window.keep_until_key(lambda size_px: review_picture(size_px, told, guide.unjudged, words))


def _camera_trouble(camera: str) -> str:
    """What is wrong with the camera, in words before a remedy for something else; empty where nothing is."""
    from repcount.sources.camera import open_camera

    with open_camera(camera) as source:
        frame = source.newest(CAMERA_S)
        return "" if frame is not None or not source.link.text else f"{source.link.text}. And "
