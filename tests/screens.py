"""A screen of its own for tests: Xvfb with a window manager, and keys by xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.waiting import until

needs_screen = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "xdotool", "openbox"))), reason="needs Xvfb, xdotool and openbox"
)


@contextmanager
def own_screen() -> Iterator[dict[str, str]]:
    """An environment with a screen of its own; nothing of it is left afterwards."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}"}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield environment
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def xdotool(screen: dict[str, str], *words: str) -> str:
    """What xdotool answers."""
    done = subprocess.run(["xdotool", *words], env=screen, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def found_window(screen: dict[str, str]) -> str:
    """The number of repcount's window, once it is there."""
    return until(lambda: xdotool(screen, "search", "--name", "^repcount$").splitlines())[0]
