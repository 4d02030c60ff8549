"""The few colours of the overlay, RGB: told apart with any colour vision, by brightness as well as hue.

Orange and blue of Okabe and Ito, https://jfly.uni-koeln.de/color/; the rest are near-greys.
"""

from typing import Final

Colour = tuple[int, int, int]

INK: Final[Colour] = (13, 17, 23)
"""Grounds, casings and text on orange."""
NIGHT: Final[Colour] = (40, 46, 56)
"""The window beside the camera's picture: dark, and panels still stand out from it."""
PAPER: Final[Colour] = (255, 255, 255)
"""Text on dark, and the skeleton."""
MIST: Final[Colour] = (190, 200, 212)
"""Text of second rank."""
SLATE: Final[Colour] = (84, 94, 108)
"""Tracks that a bar or a ring has yet to fill."""
ORANGE: Final[Colour] = (255, 176, 32)
"""What is judged: the leg, its angles, progress, the cue."""
BLUE: Final[Colour] = (86, 190, 255)
"""What is achieved: a hold that has lasted."""
