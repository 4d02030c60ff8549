"""A film counted by the page that needs no computer in Firefox, which is driven over its Marionette port."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Final

from bench.timing.browsing import in_webm

FIREFOX: Final = shutil.which("firefox-esr")
PORT: Final = 2828
PATIENCE_S: Final = 300.0
LOOK_S: Final = 0.2
COUNTED: Final = (
    "return document.querySelector('#summary').hidden ? '' : document.querySelector('#rows').innerText"
)
READY: Final = "return document.querySelector('#start')?.disabled === false"


class Marionette:
    """A session with a Firefox that listens."""

    def __init__(self) -> None:
        self._socket, self._asked = _connected(), 0
        self._heard = self._socket.makefile("rb")
        self._read()
        self.ask("WebDriver:NewSession", {})

    def ask(self, what: str, more: dict[str, Any]) -> Any:
        """The answer to a command."""
        self._asked += 1
        text = json.dumps([0, self._asked, what, more]).encode()
        self._socket.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, value = self._read()
        if error:
            raise RuntimeError(f"{what}: {error}")
        return value.get("value", value) if isinstance(value, dict) else value

    def until(self, script: str) -> Any:
        """Wait for an answer of the page that is not empty."""
        end_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < end_s:
            if found := self.ask("WebDriver:ExecuteScript", {"script": script, "args": []}):
                return found
            time.sleep(LOOK_S)
        raise TimeoutError(script)

    def _read(self) -> Any:
        digits = b""
        while (one := self._heard.read(1)) != b":":
            digits += one
        return json.loads(self._heard.read(int(digits)))


def _connected() -> socket.socket:
    end_s = time.monotonic() + PATIENCE_S
    while True:
        try:
            return socket.create_connection(("127.0.0.1", PORT), timeout=PATIENCE_S)
        except ConnectionRefusedError:
            if time.monotonic() > end_s:
                raise
            time.sleep(LOOK_S)


def count_in_firefox(scratch: Path, address: str, clip: Path, exercise: str) -> None:
    """Open the page, count a film, and print what it says."""
    if FIREFOX is None:
        raise SystemExit("there is no firefox-esr")
    film = in_webm(clip, scratch / f"{clip.stem}.webm")
    words = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(scratch / "profile")]
    (scratch / "profile").mkdir()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            there = Marionette()
            began_s = time.monotonic()
            there.ask("WebDriver:Navigate", {"url": address})
            there.until(READY)
            print(f"Firefox {there.until('return navigator.userAgent').rpartition('/')[2]}", flush=True)
            print(f"ready after {time.monotonic() - began_s:.0f} s", flush=True)
            script = f"document.querySelector('input[value=\"exercise:{exercise}\"]').click(); return 1"
            there.until(script)
            field = there.ask("WebDriver:FindElement", {"using": "css selector", "value": "#film"})
            began_s = time.monotonic()
            there.ask("WebDriver:ElementSendKeys", {"id": next(iter(field.values())), "text": str(film)})
            told = there.until(COUNTED)
            print(f"{clip.stem}: after {time.monotonic() - began_s:.0f} s {' '.join(told.split())}")
        finally:
            program.terminate()
