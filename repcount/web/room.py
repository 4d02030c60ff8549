"""The one session of the server: who is its camera, who watches, and how long it waits for a lost phone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError, RepcountError
from repcount.programme import AUTO, Wish, blocks_of
from repcount.web.session import PhoneSession, Place
from repcount.web.wire import COMMANDS, order, packet, told

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.core.model import Side

KEPT_S: Final = 600.0
MOST: Final = {"sets": 20, "reps": 200}

Answer = dict[str, Any]
Watcher = Callable[[Answer], None]


class Room:
    """Holds at most one session. All methods run on the event loop; the network works in a thread of its own.

    Parameters
    ----------
    kept_s : how long a session waits for a phone that was lost.
    """

    def __init__(self, settings: Settings, place: Place, kept_s: float = KEPT_S) -> None:
        self._settings, self._place, self._kept_s = settings, place, kept_s
        self._hands = ThreadPoolExecutor(1, "phone")
        self._turn = asyncio.Lock()
        self._session: PhoneSession | None = None
        self._key = ""
        self._camera: object | None = None
        self._left_s = 0.0
        self.watchers: set[Watcher] = set()

    def enter(self, key: str, door: object) -> bool:
        """Whether ``door`` may be the camera: nobody else is, or it is the same phone come back."""
        if self._taken_by_another(key):
            return False
        self._key, self._camera = key, door
        if self._session is not None:
            self._session.gap()
        return True

    def leave(self, door: object) -> None:
        """The camera is gone; its session waits."""
        if self._camera is door:
            self._camera, self._left_s = None, time.monotonic()

    def state(self) -> Answer:
        """What a page that has just connected needs to know."""
        session = self._session
        if session is None:
            return {"state": "idle"}
        if session.summary is not None:
            return {"state": "done", "summary": session.rows()}
        return {"state": "running", "snapshot": None if session.last is None else told(session.last)}

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
        async with self._turn:
            session = self._session
            if session is None or session.summary is not None:
                return {"n": number, **self.state()}
            snapshot = await self._do(session.step, stamp_s, jpeg)
            answer = {"n": number, "snapshot": told(snapshot)}
            if session.summary is not None:
                answer |= self.state()
        self._tell(answer)
        return answer

    async def order(self, text: str) -> Answer:
        """Obey a text message.

        Raises
        ------
        InputError
            It is malformed.
        """
        wish = order(text)
        async with self._turn:
            if wish["do"] == "start":
                answer = await self._start(wish)
            else:
                answer = await self._obey(wish["do"])
        self._tell(answer)
        return answer

    async def close(self) -> None:
        """End what is under way; the history keeps it."""
        async with self._turn:
            await self._end()
        self._hands.shutdown()

    async def expire(self) -> None:
        """End a session whose phone has been away for too long."""
        async with self._turn:
            if self._camera is None and time.monotonic() - self._left_s >= self._kept_s:
                await self._end()
                self._session, self._key = None, ""

    def _taken_by_another(self, key: str) -> bool:
        if self._camera is not None:
            return key != self._key
        running = self._session is not None and self._session.summary is None
        return running and key != self._key and time.monotonic() - self._left_s < self._kept_s

    async def _start(self, wish: Answer) -> Answer:
        if self._session is not None and self._session.summary is None:
            return self.state()
        wishes = self._wishes(wish)
        try:
            blocks = blocks_of(*wishes)
            self._session = await self._do(PhoneSession, blocks, self._place)
        except RepcountError as error:
            return {"state": "idle", "error": str(error)}
        return self.state()

    def _wishes(self, wish: Answer) -> tuple[Wish, Settings]:
        from repcount.core.model import Side

        side: Side | None = _one_of(wish, "side", {one.value: one for one in Side})
        settings = replace(self._settings, side=side, range=_text(wish, "range"))
        plan = _text(wish, "plan")
        if plan is not None:
            if plan.endswith(".toml"):
                raise InputError("a plan is chosen by its name")
            return Wish(plan=plan), settings
        exercise = _text(wish, "exercise") or AUTO
        return Wish(exercise, sets=_whole(wish, "sets"), reps=_whole(wish, "reps")), settings

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
            await self._do(self._session.finish)

    async def _do(self, work: Callable[..., Any], *what: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._hands, work, *what)

    def _tell(self, answer: Answer) -> None:
        for watcher in tuple(self.watchers):
            watcher(answer)


def _text(wish: Answer, name: str) -> str | None:
    value = wish.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > 60:
        raise InputError(f"`{name}` is a short text")
    return value


def _whole(wish: Answer, name: str) -> int | None:
    value = wish.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST[name]:
        raise InputError(f"`{name}` is a whole number from 1 to {MOST[name]}")
    return value


def _one_of(wish: Answer, name: str, known: dict[str, Any]) -> Any:
    value = _text(wish, name)
    if value is not None and value not in known:
        raise InputError(f"`{name}` is one of {', '.join(known)}")
    return None if value is None else known[value]


def choices() -> Sequence[Answer]:
    """The exercises that can be chosen, with their ranges."""
    from repcount.exercises import catalog

    return [
        {"name": name, "title": catalog.get(name).title, "ranges": list(catalog.get(name).presets)}
        for name in catalog.names()
    ]
