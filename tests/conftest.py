"""Tests that need more than README's install: ``@pytest.mark.extra("scipy")`` names the libraries.

Where one is missing the test is skipped. ``pytest -m extra`` runs these tests alone, as ``.ci/run`` does
once all extras are installed.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("extra"):
        for library in mark.args:
            pytest.importorskip(library)
