"""MediaPipe imported without its log lines on the terminal, and without matplotlib."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

PLOTS: Final = "matplotlib.pyplot"


class _Later(ModuleType):
    """Stands for a module that is imported when an attribute of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:  # while this still stands in for the module
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def without_plots() -> Iterator[None]:
    """Within the block, imports of matplotlib are put off until it is used."""
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
