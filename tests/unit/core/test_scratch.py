"""Temporary folders: gone at the end, and those of a killed program at the next start."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from repcount.core.scratch import ScratchFolder, remove_abandoned_folders

HOLD = """
import sys
from repcount.core.scratch import ScratchFolder
folder = ScratchFolder()
(folder.path / "film").write_text("x")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_a_scratch_folder_is_for_its_owner_and_gone_at_the_end() -> None:
    with ScratchFolder() as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700
        (folder.path / "inner").mkdir()
    assert not folder.path.exists()
    folder.close()


def test_what_a_killed_program_left_is_removed_and_nothing_of_a_living_one(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        left = Path(program.stdout.readline().strip())
        assert remove_abandoned_folders() == []
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert (left / "film").exists()
    with ScratchFolder() as folder:
        assert list(tmp_path.iterdir()) == [folder.path]


def test_a_link_to_another_folder_is_left(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "repcount-scratch-link").symlink_to(elsewhere)
    assert remove_abandoned_folders() == []
    assert list(elsewhere.iterdir()) == []
