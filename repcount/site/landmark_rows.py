"""Landmarks without numpy: the few things that the engine asks of an array of numbers, for the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload


class Column:
    """Numbers, one for each landmark, for arithmetic with single numbers and with each other."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = list(values)

    def __iter__(self) -> Iterator[float]:
        return iter(self.values)

    def __add__(self, other: Column | float) -> Column:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Column | float) -> Column:
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, factor: float) -> Column:
        return self._with(factor, lambda a, b: a * b)

    __rmul__ = __mul__

    def _with(self, other: Column | float, do: Callable[[float, float], float]) -> Column:
        others = other.values if isinstance(other, Column) else [other] * len(self.values)
        return Column([do(a, b) for a, b in zip(self.values, others, strict=True)])


class LandmarkRows:
    """One row for each landmark: its numbers, or the one number where it has but one.

    Takes a row by its number, several by a list of numbers, a column by ``[:, number]``.
    """

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = [list(row) if isinstance(row, list | tuple) else row for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def copy(self) -> LandmarkRows:
        """A copy that may be changed."""
        return LandmarkRows(self._rows)

    def tolist(self) -> list[Any]:
        """The rows as plain lists."""
        return [list(row) if isinstance(row, list) else row for row in self._rows]

    @overload
    def __getitem__(self, key: int) -> Any: ...
    @overload
    def __getitem__(self, key: list[int]) -> LandmarkRows: ...
    @overload
    def __getitem__(self, key: tuple[slice, int]) -> Column: ...
    def __getitem__(self, key: int | list[int] | tuple[slice, int]) -> Any:
        if isinstance(key, int):
            return self._rows[key]
        if isinstance(key, list):
            return LandmarkRows([self._rows[row] for row in key])
        return Column([row[key[1]] for row in self._rows])

    def __setitem__(self, key: list[int] | tuple[slice, int], value: Any) -> None:
        if isinstance(key, list):
            for place, row in zip(key, self._as_rows(value, len(key)), strict=True):
                self._rows[place] = row
        else:
            for row, number in zip(self._rows, value, strict=True):
                row[key[1]] = number

    def _as_rows(self, value: Any, number: int) -> list[Any]:
        if isinstance(value, LandmarkRows):
            return value.tolist()
        wide = len(self._rows[0]) if isinstance(self._rows[0], list) else 0
        return [[value] * wide if wide else value for _ in range(number)]
