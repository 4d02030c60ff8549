"""The session that all pages of a server share: who is its camera, who watches, how long a lost phone has."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError, RepcountError
from repcount.web.page_answers import advice_json, choices, snapshot_json
from repcount.web.page_requests import (
    COMMANDS,
    packet,
    pain_level,
    read_order,
    session_request,
)
from repcount.web.phone_session import PhoneSession, load_network

if TYPE_CHECKING:
    from pathlib import Path

    from repcount.config import Settings
    from repcount.pipeline.calibration import OwnRanges

KEPT_S: Final = 600.0

Answer = dict[str, Any]
Watcher = Callable[[Answer], None]


@dataclass(frozen=True)
class SiteFolder:
    """A built page.

    Attributes
    ----------
    headers : to send with each of its files.
    kinds : media types by suffix.
    """

    folder: Path
    headers: Mapping[str, str]
    kinds: Mapping[str, str]

    def find(self, name: str) -> tuple[Path, str] | None:
        """A file of the folder with its media type; None for anything else, above all outside of it."""
        path = (self.folder / (name or "index.html")).resolve()
        if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            return None
        return path, self.kinds.get(path.suffix, "application/octet-stream")


@dataclass(frozen=True)
class ServerSetup:
    """What sessions are held with: the model, the settings, and the person's own ranges.

    Attributes
    ----------
    site : the page that needs no computer, to be offered beside the server's own.
    """

    model: Path
    settings: Settings
    own: OwnRanges = field(default_factory=dict)
    site: SiteFolder | None = None


class SharedSession:
    """The one session of a server, which all its pages share: one is the camera, the others watch.

    All methods run on the event loop; the pose network works in a thread of its own.

    Parameters
    ----------
    kept_s : how long a session waits for a phone that was lost.
    """

    def __init__(self, setup: ServerSetup, kept_s: float = KEPT_S) -> None:
        self._setup, self._kept_s = setup, kept_s
        self._worker = ThreadPoolExecutor(1, "phone")
        self._lock = asyncio.Lock()
        self._session: PhoneSession | None = None
        self._key = ""
        self._camera: object | None = None
        self._on_replaced: Callable[[], None] | None = None
        self._left_s = 0.0
        self.watchers: set[Watcher] = set()

    def take_camera(self, key: str, page: object, on_replaced: Callable[[], None]) -> bool:
        """Whether ``page`` may be the camera: nobody else is, or it is the same phone come back.

        Parameters
        ----------
        on_replaced : is called where another page of the same phone takes its place.
        """
        if self._taken_by_another(key):
            return False
        if self._on_replaced is not None and not self.is_camera(page):
            self._on_replaced()
        if key != self._key:
            self._session = None  # another phone has ended it
        self._key, self._camera, self._on_replaced = key, page, on_replaced
        if self._session is not None:
            self._session.gap()
        return True

    def is_camera(self, page: object) -> bool:
        """Whether it is the camera now."""
        return self._camera is not None and self._camera == page

    @property
    def has_camera(self) -> bool:
        """Whether any page is the camera now."""
        return self._camera is not None

    def release_camera(self, page: object) -> None:
        """The camera is gone; its session waits."""
        if self.is_camera(page):
            self._camera, self._on_replaced, self._left_s = None, None, time.monotonic()

    def choices(self) -> Answer:
        """What can be chosen."""
        return choices(self._setup.settings)

    def state(self) -> Answer:
        """What a page that has just connected needs to know."""
        session = self._session
        if session is None:
            return {"state": "idle"}
        trouble = {"error": session.trouble} if session.trouble else {}
        if session.summary is not None:
            return {"state": "done", **session.summed_up(), **trouble}
        return {
            "state": "running",
            "snapshot": None if session.last is None else snapshot_json(session.last),
            **trouble,
        }

    def csv(self) -> str | None:
        """The table of the session that has ended; None before."""
        session = self._session
        return None if session is None or session.summary is None else session.csv()

    async def picture(self, data: bytes) -> Answer:
        """Take a picture, answer with what it shows.

        Raises
        ------
        InputError
            It is malformed.
        """
        stamp_s, number, jpeg = packet(data)
        async with self._lock:
            session = self._session
            if session is None or session.summary is not None:
                return {"n": number, **self.state()}
            snapshot = await self._in_thread(session.step, stamp_s, jpeg)
            answer = {"n": number, "snapshot": snapshot_json(snapshot, session.tone)}
            if session.summary is not None or session.trouble:
                answer |= self.state()
        self._tell_watchers(answer)
        return answer

    async def order(self, text: str) -> Answer:
        """Obey a text message.

        Raises
        ------
        InputError
            It is malformed.
        """
        request = read_order(text)
        async with self._lock:
            if request["do"] == "start":
                answer = await self._start(request)
            elif request["do"] == "pain":
                return await self._keep_pain(request)
            else:
                answer = await self._obey(request["do"])
        self._tell_watchers(answer)
        return answer

    async def warm_up(self) -> None:
        """Load the network once, so that the first session begins as soon as the others."""
        with suppress(RepcountError):  # whoever starts a session is told
            await self._in_thread(load_network, self._setup.model)

    async def close(self) -> None:
        """End what is under way; the history keeps it."""
        async with self._lock:
            await self._end()
        self._worker.shutdown()

    async def expire(self) -> None:
        """End a session whose phone has been away for too long."""
        async with self._lock:
            if self._camera is None and time.monotonic() - self._left_s >= self._kept_s:
                await self._end()
                self._session, self._key = None, ""

    def _taken_by_another(self, key: str) -> bool:
        if self._camera is not None:
            return key != self._key
        return key != self._key and self._session is not None and self._session.summary is None

    async def _start(self, request: Answer) -> Answer:
        if self._session is not None and self._session.summary is None:
            return self.state()
        try:
            wanted = session_request(request, self._setup.settings, self._setup.own)
            self._session = await self._in_thread(PhoneSession, wanted, self._setup.model)
        except InputError:
            raise
        except RepcountError as error:
            return {"state": "idle", "error": str(error)}
        return self.state()

    async def _keep_pain(self, request: Answer) -> Answer:
        level, session = pain_level(request), self._session
        if level is None or session is None or session.summary is None:
            return {}
        try:
            advice = advice_json(await self._in_thread(session.keep_pain, level))
            return {"advice": advice, **await self._in_thread(session.summed_up)}
        except RepcountError as error:
            return {"error": str(error)}

    async def _obey(self, word: str) -> Answer:
        session = self._session
        if session is None or session.summary is not None or word == "state":
            return self.state()
        if word == "end":
            await self._end()
        elif word in COMMANDS:
            session.apply(COMMANDS[word])
        else:
            raise InputError(f"there is no `{word[:20]}`")
        return self.state()

    async def _end(self) -> None:
        if self._session is not None and self._session.summary is None:
            await self._in_thread(self._session.finish)

    async def _in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work, *arguments)

    def _tell_watchers(self, answer: Answer) -> None:
        for watcher in tuple(self.watchers):
            watcher(answer)
