"""Why nobody was seen in a video: it is dark, or somebody is there who is too small in the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from repcount.core.errors import RepcountError
from repcount.core.kinds import NothingCounted
from repcount.pose.estimator import RECORDING_SUFFIX, open_people_counter
from repcount.session.guided.framing import DARK

if TYPE_CHECKING:
    from repcount.core.records import Frame

LOOKED_AT: Final = 5
"""Pictures that are looked at, of the first ones of a video."""
TILES: Final = 5
"""So many overlapping parts across and down, a third of the picture's sides each."""


def why_nobody(path: Path, model: Callable[[], Path]) -> NothingCounted:
    """The likeliest reason why nobody was seen in a video; a recording holds no pictures to look at.

    Parameters
    ----------
    model : gives the file of the pose model.
    """
    pictures = () if path.suffix.lower() == RECORDING_SUFFIX else _first_pictures(path)
    if not pictures:
        return NothingCounted("nobody")
    from repcount.sources.pictures import brightness

    if median(brightness(frame.image) for frame in pictures if frame.image is not None) < DARK:
        return NothingCounted("nobody_dark")
    return NothingCounted("nobody_far" if _is_far(pictures[:: len(pictures) - 1 or 1], model()) else "nobody")


def _first_pictures(path: Path) -> Sequence[Frame]:
    from repcount.sources.video import VideoSource

    try:
        with VideoSource(path) as source:
            return [frame for frame in islice(source, LOOKED_AT) if frame.image is not None]
    except RepcountError:
        return ()


def _is_far(pictures: Sequence[Frame], model: Path) -> bool:
    """Whether somebody is found in a part of a picture that is looked at alone."""
    with open_people_counter(model) as people:
        return any(people.count(part) for picture in pictures for part in _parts(picture))


def _parts(picture: Frame) -> Iterator[Frame]:
    image = picture.image
    if image is None:
        return
    height, width = (size // 3 for size in image.shape[:2])
    for row in range(TILES):
        for column in range(TILES):
            top, left = row * height // 2, column * width // 2
            yield replace(picture, image=image[top : top + height, left : left + width].copy())
