from fractions import Fraction

import numpy as np
import pytest

from repcount.sources.video_facts import Orientation, orientation, square_size
from tests.videos import quarters, reading


def matrix(a: int, b: int, c: int, d: int) -> np.ndarray:
    return np.array([a, b, 0, c, d, 0, 0, 0, 1], dtype=np.int32) << 16


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((1, 0, 0, 1), "RGBK"),
        ((0, 1, -1, 0), "BRKG"),  # a quarter clockwise
        ((-1, 0, 0, -1), "KBGR"),
        ((0, -1, 1, 0), "GKRB"),  # a quarter the other way
        ((-1, 0, 0, 1), "GRKB"),  # as a mirror shows it
        ((1, 0, 0, -1), "BKRG"),
        ((0, 1, 1, 0), "RBGK"),  # about the diagonal
        ((0, -1, -1, 0), "KGBR"),
    ],
)
def test_a_picture_is_turned_as_its_matrix_says(numbers: tuple[int, int, int, int], expected: str) -> None:
    turn = orientation(matrix(*numbers))
    upright = turn.apply(quarters(64, 48))
    assert reading(upright) == expected
    assert upright.flags.c_contiguous
    assert (upright.shape[1], upright.shape[0]) == turn.size_px((64, 48))


@pytest.mark.parametrize(
    ("clockwise_deg", "expected"), [(90, "BRKG"), (180, "KBGR"), (270, "GKRB"), (360, "RGBK")]
)
def test_a_picture_is_turned_further_clockwise(clockwise_deg: int, expected: str) -> None:
    turn = Orientation().turned(clockwise_deg)
    assert reading(turn.apply(quarters(64, 48))) == expected
    back = orientation(matrix(0, 1, -1, 0)).turned(270)
    assert back == Orientation()


def test_without_a_matrix_nothing_is_turned() -> None:
    assert orientation(None) == Orientation()


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        (None, (640, 480)),
        (Fraction(0), (640, 480)),
        (Fraction(1), (640, 480)),
        (Fraction(4, 3), (853, 480)),
        (Fraction(1, 2), (640, 960)),
        (Fraction(1000), (640, 480)),
    ],
)
def test_pixels_become_square_and_the_picture_never_smaller(
    aspect: Fraction | None, expected: tuple[int, int]
) -> None:
    assert square_size((640, 480), aspect) == expected
