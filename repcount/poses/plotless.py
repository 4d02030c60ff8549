"""mediapipe imported without matplotlib, which it loads for the one function that plots landmarks in space.

That import takes longer than all others of mediapipe together, in every process, and nothing here plots.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

PLOTS: Final = "matplotlib.pyplot"


class _Later(ModuleType):
    """Stands for a module that is imported when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:  # not while it stands there
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def without_plots() -> Iterator[None]:
    """Let what is imported within the block find matplotlib's place taken; it is loaded when it is used."""
    package = PLOTS.split(".")[0]
    if package in sys.modules:
        yield
        return
    later = {name: _Later(name) for name in (package, PLOTS)}
    later[package].pyplot = later[PLOTS]  # type: ignore[attr-defined]
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            sys.modules.pop(name, None)
