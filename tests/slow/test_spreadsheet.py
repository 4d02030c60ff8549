"""The export in a real spreadsheet program: what LibreOffice opens and saves can be imported again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from repcount.history.csv_import import add_sessions, read_sessions
from repcount.history.location import find_place
from repcount.history.store import History
from tests.unit.history.test_exchange import NASTY, exported, nasty_sessions, written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

UTF8 = "Text - txt - csv (StarCalc):44,34,76,1"  # without a screen it looks for no mark


def test_libreoffice_opens_the_table_and_saves_what_can_be_imported(tmp_path: Path) -> None:
    with History(find_place(f"sqlite:///{tmp_path}/history.db")) as history:
        add_sessions(history, nasty_sessions())
        source = written(tmp_path / "sessions.csv", exported(history))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = [profile, "--headless", f"--infilter={UTF8}", "--convert-to", f"csv:{UTF8}", "--outdir", saved]
    subprocess.run(["soffice", *words, source], check=True, capture_output=True)
    again = read_sessions(saved / "sessions.csv")
    assert [session.person for session in again] == [*NASTY, "ben"]
    assert [len(session.sets) for session in again] == [2] * 8
    assert sum(kept.reps for session in again for kept in session.sets) == len(NASTY) * 8 + 4
