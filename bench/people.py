"""Real people: landmark recordings of clips from public repositories, labelled by hand.

The recordings are not part of this repository; a folder of them has an ``INDEX.json``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from bench.judged import Track
from bench.recording import poses_of
from repcount.core.errors import InputError

Json = dict[str, Any]


def track_of(path: Path) -> Track:
    """The poses of a recording with their times."""
    with np.load(path) as a:
        size = (int(a["size_px"][0]), int(a["size_px"][1]))
        poses = poses_of(a["landmarks_px"], a["visibility"], a["world_m"], size)
        return list(zip(a["time_s"].tolist(), poses, strict=True))


def read_index(folder: Path) -> list[Json]:
    """What is known of the recordings of a folder.

    Raises
    ------
    InputError
        The folder has no index that can be read.
    """
    try:
        rows: list[Json] = json.loads((folder / "INDEX.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder}: no readable INDEX.json ({error}); name the folder of recordings"
        ) from None
    return rows
