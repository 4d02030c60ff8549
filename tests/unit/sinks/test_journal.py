from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from repcount.core.errors import OutputError
from repcount.sinks.journal import Journal


def lines(folder: Path) -> list[str]:
    return (folder / "sessions.jsonl").read_text("utf-8").splitlines()


def test_lines_are_added_and_earlier_ones_stay(tmp_path: Path) -> None:
    for number in (1, 2):
        journal = Journal(tmp_path / "deep" / "folder")
        journal.on_event({"event": "repetition", "number": number})
        journal.close()
        journal.close()
    assert [json.loads(line)["number"] for line in lines(tmp_path / "deep" / "folder")] == [1, 2]


def test_a_line_cut_short_by_a_crash_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "sessions.jsonl").write_text('{"event": "rep', encoding="utf-8")
    journal = Journal(tmp_path)
    journal.on_event({"event": "begin"})
    journal.close()
    assert lines(tmp_path) == ['{"event": "rep', '{"event": "begin"}']


def test_what_was_written_outlives_a_kill(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from repcount.sinks.journal import Journal\n"
        f"j = Journal(Path({str(tmp_path)!r}))\n"
        "for i in range(5): j.on_event({'event': 'repetition', 'number': i})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(lines(tmp_path)) == 5


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_with_a_remedy(tmp_path: Path) -> None:
    os.symlink("/dev/full", tmp_path / "sessions.jsonl")
    with pytest.raises(OutputError, match="no room left"):
        Journal(tmp_path).on_event({"event": "begin"})


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        Journal(tmp_path / "file")
