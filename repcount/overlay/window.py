"""The window: the live picture on a screen, and the keys. OpenCV's highgui; main thread only."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Final

import cv2

from repcount.core.errors import MissingDependencyError, OutputError
from repcount.core.guide import Command
from repcount.core.protocols import LiveStatus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from repcount.core.records import Frame, Snapshot
    from repcount.overlay.live_view import LivePicture

TITLE: Final = "repcount"
KEYS: Final = MappingProxyType(
    {" ": Command.TOGGLE_PAUSE, "u": Command.UNDO, "n": Command.NEXT, "q": Command.QUIT, "\x1b": Command.QUIT}
)
"""What the keys ask for; ``f`` is the window's own: full screen and back."""

_START_PX: Final = (1280, 720)
_OPENING: Final = LiveStatus(waiting="camera_opens")
_SETTLES_S: Final = 0.3  # until a new window has its place and size
_LEAST_PX: Final = 240
_MOST_PX: Final = 1080  # a finer picture would only take longer to paint
_PROBE: Final = """
import ctypes, glob, os, sys, cv2
for plugin in glob.glob(os.path.dirname(cv2.__file__) + "/qt/plugins/platforms/libqxcb.so"):
    ctypes.CDLL(plugin)
xcb = ctypes.CDLL("libxcb.so.1")
xcb.xcb_connect.restype = ctypes.c_void_p
sys.exit(xcb.xcb_connection_has_error(ctypes.c_void_p(xcb.xcb_connect(None, None))))
"""
"""Whether Qt's part for this kind of screen loads, and the screen lets us in. Shows no window of its own."""
_PUMP_MS: Final = 50
_PROBE_S: Final = 30.0
_QUIET: Final = "*.debug=false;*.info=false;*.warning=false;default.warning=false"

MakePicture = Callable[[tuple[int, int]], "LivePicture"]


class Window:
    """Shows live pictures and takes keys; a ``Screen`` of the live loop and a context manager.

    The picture is painted at the size of the window, so that text is sharp.

    Make it before anything loads PyAV: its wheel carries an X library of its own, and OpenCV's Qt hangs for
    good where that one was loaded first (PyAV issue 978).

    Parameters
    ----------
    make_picture : makes what paints, for (width, height); called anew when the window is resized.
    fullscreen : begin so.
    verbose : let Qt's own messages through.

    Raises
    ------
    OutputError
        There is no screen; the text offers ``--headless``.
    MissingDependencyError
        The OpenCV that is installed has no windows.
    """

    def __init__(self, make_picture: MakePicture, *, fullscreen: bool = False, verbose: bool = False) -> None:
        _check_screen(verbose)
        self._make = make_picture
        self._picture: tuple[tuple[int, int], LivePicture] | None = None
        self._asked: list[Command] = []
        self._full = False
        self._open = self._seen = False
        self._begin(fullscreen)

    def _begin(self, fullscreen: bool) -> None:
        try:
            cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL)
            cv2.resizeWindow(TITLE, *_START_PX)
        except cv2.error as error:
            raise MissingDependencyError(_no_windows()) from error
        self._open = True
        if fullscreen:
            self._toggle_full()
        until_s = time.monotonic() + _SETTLES_S
        while self._open and time.monotonic() < until_s:  # no white window while camera and network load
            self.show(None, None, _OPENING)
            self._listen()

    def show(self, frame: Frame | None, snapshot: Snapshot | None, status: LiveStatus) -> None:
        """Paint the newest picture, or that the camera is waited for, and show it."""
        if not self._open:
            return
        painted = self._painter().draw(None if frame is None else frame.image, snapshot, status)
        cv2.imshow(TITLE, cv2.cvtColor(painted, cv2.COLOR_RGB2BGR))

    def keep_until_key(self, paint: Callable[[tuple[int, int]], NDArray[np.uint8]]) -> None:
        """Show a picture, painted at the window's size, until a key is pressed or the window is closed."""
        while self._open:
            size_px = self._shown_size()
            painted = cv2.cvtColor(paint(size_px), cv2.COLOR_RGB2BGR)
            while self._open and self._shown_size() == size_px:
                cv2.imshow(TITLE, painted)
                if cv2.waitKey(_PUMP_MS) >= 0 or not _visible():
                    self._open = self._open and _visible()
                    return

    def commands(self) -> tuple[Command, ...]:
        """Let the window live for a moment and return what was asked for meanwhile."""
        if self._open:
            self._listen()
        request, self._asked = tuple(self._asked), []
        return request

    def _listen(self) -> None:
        code = cv2.waitKey(1)
        while code >= 0:
            self._press(chr(code & 0xFF).lower())
            code = cv2.pollKey()
        visible = _visible()
        if self._seen and not visible:
            self._open = False
            self._asked.append(Command.QUIT)
        self._seen = self._seen or visible

    def close(self) -> None:
        """Take the window away; may be called twice."""
        if self._open:
            self._open = False
            with suppress(cv2.error):  # the person was quicker
                cv2.destroyWindow(TITLE)
                cv2.waitKey(1)  # lets Qt do it

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _press(self, key: str) -> None:
        if key == "f":
            self._toggle_full()
        elif key in KEYS:
            self._asked.append(KEYS[key])

    def _toggle_full(self) -> None:
        self._full = not self._full
        state = cv2.WINDOW_FULLSCREEN if self._full else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN, state)

    def _shown_size(self) -> tuple[int, int]:
        """What to paint at, for the window as it is now."""
        _, _, width_px, height_px = cv2.getWindowImageRect(TITLE)
        return shown_size((max(1, width_px), max(1, height_px)))

    def _painter(self) -> LivePicture:
        """What paints at the window's size."""
        size_px = self._shown_size()
        if self._picture is None or self._picture[0] != size_px:
            self._picture = (size_px, self._make(size_px))
        return self._picture[1]


def shown_size(window_px: tuple[int, int]) -> tuple[int, int]:
    """Return the size to paint for a window: of its shape, the short side 240 to 1080."""
    short_px = min(window_px)
    scale = min(max(1.0, _LEAST_PX / short_px), _MOST_PX / short_px)
    return round(window_px[0] * scale), round(window_px[1] * scale)


def _visible() -> bool:
    try:
        return cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) > 0
    except cv2.error:  # Qt ended with its last window
        return False


def _check_screen(verbose: bool) -> None:
    """Look for a screen before Qt does: without one it ends the whole process."""
    if not verbose:
        os.environ.setdefault("QT_LOGGING_RULES", _QUIET)
    if not has_windows():
        raise MissingDependencyError(_no_windows())
    if not sys.platform.startswith("linux"):
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")  # the only one that the wheel carries
    named = os.environ.get("DISPLAY")
    if named and _probe():
        return
    which = f"the screen {named} cannot be used" if named else "there is no screen here (DISPLAY is not set)"
    raise OutputError(f"{which}; --headless counts without one")


def has_windows() -> bool:
    """Whether the OpenCV that is installed was built with windows."""
    line = next((row for row in cv2.getBuildInformation().splitlines() if row.strip().startswith("GUI:")), "")
    return line.split()[-1:] != ["NONE"]


def _probe() -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-c", _PROBE], capture_output=True, timeout=_PROBE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _no_windows() -> str:
    return (
        "this OpenCV was built without windows: pip uninstall opencv-python-headless, then "
        "pip install --force-reinstall opencv-python==5.0.0.93; or --headless counts without one"
    )
