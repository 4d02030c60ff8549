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
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    server = subprocess.Popen([*command, "-noreset"], pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}"}
    manager = _window_manager(environment)
    try:
        yield environment
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


def _window_manager(screen: dict[str, str]) -> subprocess.Popen[bytes]:
    """One that has the screen: a busy machine's server refuses the first that ask."""

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen(["openbox"], env=screen, stderr=subprocess.DEVNULL)

    manager = started()

    def has_it() -> bool:
        nonlocal manager
        if manager.poll() is not None:
            manager = started()
        return xdotool(screen, "get_num_desktops").isdigit()

    until(has_it)
    return manager


def xdotool(screen: dict[str, str], *words: str) -> str:
    """What xdotool answers."""
    done = subprocess.run(["xdotool", *words], env=screen, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def found_window(screen: dict[str, str]) -> str:
    """The number of repcount's window, once it is there."""
    return until(lambda: xdotool(screen, "search", "--name", "^repcount$").splitlines())[0]
