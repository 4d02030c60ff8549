"""Tests that need more than README's install: ``@pytest.mark.extra("scipy")`` names the libraries.

Where one is missing the test is skipped. ``pytest -m extra`` runs these tests alone, as ``.ci/run`` does
once all extras are installed.

Hypothesis tries the same examples in every run; ``pytest tests/property --hypothesis-profile=search`` tries
new ones, and ten times as many.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a test
settings.register_profile("search", deadline=None, suppress_health_check=SLOW, max_examples=1000)
settings.register_profile("same", deadline=None, suppress_health_check=SLOW, derandomize=True)
settings.load_profile("same")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("extra"):
        for library in mark.args:
            pytest.importorskip(library)
