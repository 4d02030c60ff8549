"""Phones that vanish in the middle of a word, and Ctrl-C while the server starts: no traceback."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.models import model_or_skip
from tests.stopping import heeding
from tests.waiting import PATIENCE_S

sockets = pytest.importorskip("websockets.sync.client")
exceptions = pytest.importorskip("websockets.exceptions")
pytestmark = pytest.mark.extra("websockets", "fastapi", "uvicorn")

HELLO = json.dumps({"do": "camera", "key": "a" * 32})
STORIES: tuple[tuple[str, ...], ...] = (
    (),
    (HELLO,),
    (HELLO, "[1]"),
    ('{"do": "watch"}',),
    (HELLO, *['{"do": "state"}'] * 120),
)


@contextmanager
def server(folder: Path) -> Iterator[tuple[Any, str]]:
    """``repcount serve``, and its address as soon as that is told."""
    model_or_skip()
    command = [sys.executable, "-m", "repcount", "serve", "--port", "0"]
    there = {**os.environ, "XDG_DATA_HOME": str(folder)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=there, preexec_fn=heeding
    ) as program:
        assert program.stdout is not None
        address = program.stdout.readline().split()[-1]
        yield program, address
        program.kill()


def ended(program: Any) -> str:
    """What it has complained of, after Ctrl-C."""
    program.send_signal(signal.SIGINT)
    errors: str = program.communicate(timeout=PATIENCE_S)[1]
    return errors


def vanish(there: Any) -> None:
    """Break the connection without a word."""
    there.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    there.socket.close()


def test_ctrl_c_while_the_server_starts_is_one_line(tmp_path: Path) -> None:
    with server(tmp_path) as (program, _):
        assert ended(program) == "repcount: interrupted\n"


def test_phones_that_vanish_leave_no_traceback(tmp_path: Path) -> None:
    with server(tmp_path) as (program, address):
        own = "http://" + urlsplit(address).netloc
        for story in STORIES * 3:
            with sockets.connect(address.replace("http", "ws", 1) + "socket", origin=own) as there:
                with suppress(OSError, exceptions.ConnectionClosed):
                    for words in story:
                        there.send(words)
                vanish(there)
        assert ended(program) == "repcount: interrupted\n"
