"""Evidence: one annotated picture for each fault, at its worst moment, named by time and fault.

The worst moment is known only when the repetition is over. So the last pictures are kept, compressed, and
fewer the older they are: memory is bounded, however long a hold lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from repcount.core.files import AtomicFile, write_error
from repcount.core.protocols import ClosedOrDiscarded
from repcount.core.records import Cue, Hold, Rep
from repcount.io.plain_results import PlainWords
from repcount.overlay.annotate import Overlay

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from repcount.core.records import Fault, Frame, Snapshot

MOST_KEPT: Final = 240  # the last seconds in full; 15 s ago two frames are a third of a second apart
OLDEST_S: Final = 90.0
_PACKED_QUALITY: Final = 92
_QUALITY: Final = 90
_SIGNS: Final = {"deg": "°", "s": " s"}


@dataclass(frozen=True)
class _KeptFrame:
    """A frame, packed, with what was known after it."""

    packed: NDArray[np.uint8] | None
    snapshot: Snapshot

    @property
    def time_s(self) -> float:
        """Media time."""
        return self.snapshot.time_s


class EvidenceSink(ClosedOrDiscarded):
    """Writes a JPEG into a folder for every fault that a repetition or hold is reported with.

    Parameters
    ----------
    folder : where the pictures shall be; it must be there.
    size_px : (width, height) of the frames.
    names : what a fault is called on its picture, by exercise and code; the code where it has no name.
    overlay : paints; None makes one with the default words.
    words : tell how far was asked for, where somebody went further.

    Raises
    ------
    OutputError
        A picture cannot be written; then, and after ``discard``, none of this sink's are left behind.
    """

    def __init__(
        self,
        folder: Path,
        size_px: tuple[int, int],
        names: Mapping[tuple[str, str], str],
        overlay: Overlay | None = None,
        words: PlainWords | None = None,
    ) -> None:
        self._folder = folder
        self._names = names
        self._overlay = Overlay(size_px) if overlay is None else overlay
        self._words = words or PlainWords()
        self._recent: list[_KeptFrame] = []
        self._painted_faults: set[tuple[str, float]] = set()
        self._written: list[Path] = []
        self._open = True
        AtomicFile(folder / "evidence.jpg").discard()  # a trial: it raises where nothing can be written

    def write(self, frame: Frame, snapshot: Snapshot) -> None:
        """Keep one frame, and write the pictures of what has just been reported."""
        if not self._open:
            raise ValueError(f"{self._folder}: is closed")
        self._recent.append(_KeptFrame(_pack(frame.image), snapshot))
        self._recent = _thinned(self._recent)
        self.end(snapshot)

    def end(self, snapshot: Snapshot) -> None:
        """Write the pictures of what is reported when all frames are done."""
        for event in snapshot.events:
            if isinstance(event, Rep | Hold):
                for fault in event.faults:
                    self._picture(fault, snapshot.exercise)

    def close(self) -> None:
        """Let the frames go; may be called twice."""
        self._open = False
        self._recent.clear()

    def discard(self) -> None:
        """Take away what was written; does nothing after ``close``."""
        if self._open:
            self.close()
            for path in self._written:
                path.unlink(missing_ok=True)

    def _picture(self, fault: Fault, exercise: str) -> None:
        key = (fault.code, fault.time_s)
        if key in self._painted_faults or not self._recent:
            return
        self._painted_faults.add(key)
        worst = min(self._recent, key=lambda frame: abs(frame.time_s - fault.time_s))
        image = None if worst.packed is None else _unpack(worst.packed)
        measured = self._words.too_far(exercise, fault) or _measured(fault)
        text = f"{self._names.get((exercise, fault.code), fault.code)}: {measured}"
        cue = Cue(fault.time_s, fault.code, text)
        painted = self._overlay.draw(image, replace(worst.snapshot, cue=cue))
        self._save(self._folder / file_name(fault), painted)

    def _save(self, path: Path, painted: NDArray[np.uint8]) -> None:
        draft = AtomicFile(path)
        try:
            draft.part.write_bytes(_encode(painted, _QUALITY).tobytes())
            draft.keep()
            self._written.append(path)
        except OSError as error:
            self.discard()
            raise write_error(path, error) from error
        finally:
            draft.discard()


def file_name(fault: Fault) -> str:
    """``02m07.40s_knee_bends.jpg``: the name sorts by time."""
    minutes, seconds = divmod(round(max(0.0, fault.time_s), 2), 60)
    return f"{int(minutes):02d}m{seconds:05.2f}s_{fault.code}.jpg"


def _measured(fault: Fault) -> str:
    if fault.unit == "deg":
        return f"{fault.worst:.0f}°"
    return f"{fault.worst:.2f}{_SIGNS.get(fault.unit, ' ' + fault.unit)}"


def _thinned(kept: list[_KeptFrame]) -> list[_KeptFrame]:
    """The frames without those that are too old, and without one more if they are too many.

    That one is needed least: its neighbours are the closest to each other for their age.
    """
    newest_s = kept[-1].time_s
    while kept[0].time_s < newest_s - OLDEST_S:
        del kept[0]
    if len(kept) > MOST_KEPT:
        times = [frame.time_s for frame in kept]
        inner = range(1, len(times) - 1)
        del kept[min(inner, key=lambda i: (times[i + 1] - times[i - 1]) / (newest_s - times[i]))]
    return kept


def _pack(image: NDArray[np.uint8] | None) -> NDArray[np.uint8] | None:
    return None if image is None else _encode(image, _PACKED_QUALITY)


def _encode(image: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    _, packed = cv2.imencode(
        ".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    return np.asarray(packed, np.uint8)


def _unpack(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    image = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert image is not None  # it was packed by this file
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)
