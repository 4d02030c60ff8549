"""How a live session looks, and which files are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repcount.core.errors import OutputError
from repcount.core.guide import Tempo
from repcount.core.place import Beside


@dataclass(frozen=True)
class Show:
    """How a live session looks and what is kept of it.

    Attributes
    ----------
    camera : index, device, address, or a video file that is played in real time.
    language : of the voice, two letters.
    record, record_raw : videos with and without what is painted on them.
    poses : a landmark recording of what the counting was given.
    plan : the name of the programme, where there is one.
    pain_before : what was answered before it began, 0 to 10; None where nobody was asked.
    """

    camera: str = "0"
    headless: bool = False
    gestures: bool = True
    tempo: Tempo | None = None
    mirror: bool = True
    stats: bool = False
    mute: bool = False
    language: str = "en"
    record: Path | None = None
    record_raw: Path | None = None
    poses: Path | None = None
    plan: str | None = None
    pain_before: int | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files to be written."""
        return tuple(path for path in (self.record, self.record_raw, self.poses) if path is not None)


def check_files(show: Show) -> None:
    """See that what shall be written can be, before anybody exercises for it.

    Raises
    ------
    OutputError
        A file cannot be written, has the wrong ending, or is named twice.
    """
    endings = ((show.record, "--record", ".mp4"), (show.record_raw, "--record-raw", ".mp4"))
    for path, option, ending in (*endings, (show.poses, "--save-poses", ".npz")):
        if path is not None and path.suffix.lower() != ending:
            raise OutputError(f"{path}: {option} writes {ending} files; name it {path.with_suffix(ending)}")
    if len({path.resolve() for path in show.files}) < len(show.files):
        raise OutputError(f"{show.files[0]}: is named for two results; give each its own file")
    for path in show.files:
        Beside(path).discard()  # a trial: it complains of what cannot be written
