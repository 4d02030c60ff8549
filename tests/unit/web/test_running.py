from __future__ import annotations

import sys
from pathlib import Path

import pytest

from repcount.config import Settings
from repcount.core.errors import MissingDependencyError
from repcount.web.access import ListenAddress
from repcount.web.running import run
from repcount.web.shared_session import ServerSetup


@pytest.mark.parametrize("library", ["fastapi", "uvicorn", "segno", "cryptography"])
def test_without_the_extra_the_install_line_is_told(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "repcount.web.server", raising=False)
    monkeypatch.delitem(sys.modules, "repcount.web.transport", raising=False)
    with pytest.raises(MissingDependencyError, match=r"pip install 'repcount\[phone\]'"):
        run(ServerSetup(Path("model.task"), Settings()), ListenAddress(port=0), print)
