"""``repcount cameras``: what there is to be given to ``--camera``."""

from __future__ import annotations

from repcount.cli.screen import table, warn
from repcount.core.syslibs import naming_packages


def cameras() -> None:
    """List the cameras of this machine, by the number that `--camera` takes; none is opened.

    \b
    Example:
      repcount cameras
    """
    with naming_packages():
        from repcount.sources.cameras import list_cameras

        found = list_cameras()
    if not found:
        warn(
            "no camera was found; plug one in, or give `--camera` the address of a phone's camera app "
            "(http://... or rtsp://...) or a video file"
        )
        return
    table(("camera", "name", "device"), [(str(each.index), each.name, each.device) for each in found])
