"""The sinks of one input that write what other programs go on with."""

from __future__ import annotations

from pathlib import Path

from repcount.core.protocols import Sink


def motion_sinks(angles: Path | None, markers: Path | None) -> list[Sink]:
    """Open a sink for each file that is asked for.

    Parameters
    ----------
    angles : where the joint angles go: ``.csv``, ``.mot`` or ``.sto``.
    markers : where the landmarks go: ``.trc``.
    """
    from repcount.io.angle_recorder import AngleFile
    from repcount.io.marker_file import MarkerFile

    sinks: list[Sink] = []
    if angles is not None:
        sinks.append(AngleFile(angles))
    if markers is not None:
        sinks.append(MarkerFile(markers))
    return sinks
