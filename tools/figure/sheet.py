"""Contact sheets: a few pictures of each clip in a row, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from repcount.core.errors import OutputError
from tools.figure.render import Picture
from tools.figure.scene import Scene
from tools.figure.studio import Studio
from tools.figure.truth import BODY, Glimpse

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def _marked(picture: Picture, glimpse: Glimpse) -> Picture:
    """The picture with a dot on every true joint: white, black where it is hidden."""
    marked: Picture = np.array(picture)
    for name in BODY:
        x, y = (round(float(v)) for v in glimpse.joints_px[name])
        cv2.circle(marked, (x, y), 3, BLACK if name in glimpse.hidden else WHITE, -1, cv2.LINE_AA)
    return marked


def _telling_times(studio: Studio, columns: int) -> list[float]:
    """Times worth a look: starts and peaks of repetitions, or equal distances where there are none."""
    beats = [beat for placed in studio.timeline.parts() for beat in placed.beats]
    if not beats:
        return [float(t) for t in np.linspace(0.3, max(studio.timeline.duration_s - 0.3, 0.3), columns)]
    picked = np.linspace(0, len(beats) - 1, (columns + 1) // 2).round().astype(int)
    return [t for i in picked for t in (beats[i].start_s, beats[i].peak_s)][:columns]


def strip(scene: Scene, columns: int, height_px: int, marks: bool) -> Picture:
    """Pictures of one clip side by side."""
    studio, found = Studio(scene), []
    for time_s in _telling_times(studio, columns):
        picture = studio.picture(time_s)
        picture = _marked(picture, studio.glimpse(time_s)) if marks else picture
        width = round(picture.shape[1] * height_px / picture.shape[0])
        found.append(cv2.resize(picture, (width, height_px), interpolation=cv2.INTER_AREA))
    row: Picture = np.hstack(found)
    return row


def write_sheet(scenes: Sequence[Scene], path: Path, columns: int = 6, marks: bool = False) -> None:
    """A contact sheet with a row for each scene.

    Raises
    ------
    OutputError
        The sheet cannot be written.
    """
    rows = [strip(scene, columns, 180, marks) for scene in scenes]
    width = max(row.shape[1] for row in rows)
    padded = [np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0)), constant_values=255) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    if not cv2.imwrite(str(path), np.vstack(padded)[..., ::-1]):
        raise OutputError(f"{path}: cannot be written; give a name that ends in .png")
