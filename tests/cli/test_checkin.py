"""``repcount checkin`` at a real terminal: a pseudo-terminal, on which a person types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")


def typed(words: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Run repcount on a terminal, answer each prompt in turn, and return the exit code and all it showed."""
    here, there = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "repcount", *words],
        stdin=there,
        stdout=there,
        stderr=there,
        env=dict(os.environ, XDG_DATA_HOME=str(folder)),
    )
    os.close(there)
    shown = b""
    try:
        while True:
            part = os.read(here, 4096)
            if not part:
                break
            shown += part
            if shown.rstrip().endswith(b"to 10:") and answers:
                os.write(here, answers.pop(0).encode() + b"\n")
    except OSError:  # how Linux says that the other end was closed
        pass
    finally:
        os.close(here)
    return program.wait(timeout=60), shown.decode()


def test_the_question_for_pain_comes_again_until_the_answer_is_a_number_from_0_to_10(tmp_path: Path) -> None:
    code, shown = typed(["checkin"], ["much", "11", "3"], tmp_path)

    assert code == 0, shown
    assert "Traceback" not in shown
    assert shown.count("How much does it hurt this morning") == 3
    assert "from 0 to 10, please" in shown
    assert "green" in shown
