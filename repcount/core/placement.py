"""Where the camera stands for an exercise, for the picture that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Posture(str, Enum):
    """How the person is seen from the right place."""

    STANDING = "standing"
    SUPINE = "supine"  # on the back
    PRONE = "prone"  # on the belly
    SEATED = "seated"


@dataclass(frozen=True)
class Placement:
    """The right place in a few words.

    Attributes
    ----------
    posture : of the little figure.
    where : from which side, for instance ``From the side``.
    distance : how high and how far, for instance ``hip height, 2-3 m``.
    """

    posture: Posture
    where: str
    distance: str
