"""The page that needs no computer, as the server has it beside its own: the files of a built folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AloneFolder:
    """A built page.

    Attributes
    ----------
    headers : to send with each of its files.
    kinds : media types by suffix.
    """

    folder: Path
    headers: Mapping[str, str]
    kinds: Mapping[str, str]

    def find(self, name: str) -> tuple[Path, str] | None:
        """A file of the folder with its media type; None for anything else, above all outside of it."""
        path = (self.folder / (name or "index.html")).resolve()
        if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            return None
        return path, self.kinds.get(path.suffix, "application/octet-stream")
