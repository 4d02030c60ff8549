"""The talk with a page over a WebSocket, or with a POST for each picture where the WebSocket is blocked."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from fastapi import HTTPException

from repcount.core.errors import InputError
from repcount.web.access import MOST_A_SECOND, RateLimit
from repcount.web.page_messages import key_of, read_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.websockets import WebSocket

    from repcount.web.room import Answer, Room


POST_SILENT_S: Final = 30.0
PICTURE: Final = "image/jpeg"
HELLO_S: Final = 5.0
SOCKET_SILENT_S: Final = 60.0
MOST_WATCHERS: Final = 8
POLICY, FULL, OUSTED = 1008, 1013, 4001


class Posts:
    """Knows a page by the headers of its posts: the phone's key, and a word of its own for each page."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pace = RateLimit(MOST_A_SECOND)
        self._page: str | None = None
        self._heard_s = 0.0

    async def answer(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Take what a page has posted.

        Raises
        ------
        InputError
            It is malformed.
        HTTPException
            It comes too fast, or from a page that is not the camera.
        """
        key, page = key_of(headers.get("x-repcount-key")), key_of(headers.get("x-repcount-page"))
        if not self._pace.allows(time.monotonic()):
            raise HTTPException(429, f"429: more than {MOST_A_SECOND} messages in a second")
        if headers.get("content-type") == PICTURE:
            self._must_be_camera(key, page)
            return await self._room.picture(body)
        text = body.decode("utf-8", "replace")
        word = read_order(text)["do"]
        if word == "camera" and self._room.enter(key, page, lambda: None):
            self._heard(page)
        if word in ("camera", "state"):
            is_camera = self._room.is_camera(page)
            if is_camera:
                self._heard(page)
            return {"role": "camera" if is_camera else "watch", **self._room.state()}
        self._must_be_camera(key, page)
        return await self._room.order(text)

    def expire(self) -> None:
        """Let the camera go that has said nothing for too long; its session waits."""
        if self._page is not None and time.monotonic() - self._heard_s > POST_SILENT_S:
            self._room.leave(self._page)
            self._page = None

    def _must_be_camera(self, key: str, page: str) -> None:
        """A page that was silent for too long comes back by itself, unless another has taken its place."""
        room = self._room
        if not room.is_camera(page) and (room.has_camera or not room.enter(key, page, lambda: None)):
            raise HTTPException(409, "409: another page is the camera now")
        self._heard(page)

    def _heard(self, page: str) -> None:
        self._page, self._heard_s = page, time.monotonic()


async def converse(door: WebSocket, room: Room) -> None:
    """Talk to one page until it goes; whatever it says, the server stays up."""
    from starlette.websockets import WebSocketDisconnect

    try:
        hello = read_order(await asyncio.wait_for(_text(door), HELLO_S))
        if hello["do"] == "camera":
            await _camera(door, room, key_of(hello.get("key")))
        elif hello["do"] == "watch":
            await _watch(door, room)
        else:
            raise InputError("a page begins with `camera` and its key, or with `watch`")
    except WebSocketDisconnect:
        return
    except asyncio.TimeoutError:
        await _shut(door, POLICY, "nothing was said for too long")
    except InputError as error:
        await _shut(door, POLICY, str(error))


async def _camera(door: WebSocket, room: Room, key: str) -> None:
    ousting: list[asyncio.Task[None]] = []

    def oust() -> None:
        ousting.append(asyncio.create_task(_shut(door, OUSTED, "another page is the camera now")))

    if not room.enter(key, door, oust):
        await _watch(door, room)
        return
    pace = RateLimit(MOST_A_SECOND)
    try:
        await _send(door, {"role": "camera", **room.state()})
        while room.is_camera(door):
            message = await asyncio.wait_for(door.receive(), SOCKET_SILENT_S)
            if message["type"] == "websocket.disconnect":
                return
            if not pace.allows(time.monotonic()):
                raise InputError(f"more than {MOST_A_SECOND} messages in a second")
            data, text = message.get("bytes"), message.get("text")
            await _send(door, await room.picture(data) if data is not None else await room.order(text or ""))
    finally:
        room.leave(door)
        if ousting:
            await asyncio.wait(ousting)


async def _watch(door: WebSocket, room: Room) -> None:
    """Send what the camera is told, the newest only; nothing that a watcher says is obeyed."""
    from starlette.websockets import WebSocketDisconnect

    if len(room.watchers) >= MOST_WATCHERS:
        await _shut(door, FULL, "too many are watching")
        return
    newest: asyncio.Queue[Any] = asyncio.Queue(1)

    def tell(answer: Any) -> None:
        if newest.full():
            newest.get_nowait()
        newest.put_nowait(answer)

    async def send() -> None:
        with suppress(WebSocketDisconnect):  # whoever receives is told as well
            while True:
                await _send(door, await newest.get())

    room.watchers.add(tell)
    sending = asyncio.create_task(send())
    try:
        await _send(door, {"role": "watch", **room.state()})
        await _text(door)
        raise InputError("who watches says nothing")
    finally:
        room.watchers.discard(tell)
        sending.cancel()


async def _text(door: WebSocket) -> str:
    """The next text message.

    Raises
    ------
    InputError
        Something else came.
    """
    from starlette.websockets import WebSocketDisconnect

    message = await door.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1000)
    text = message.get("text")
    if not isinstance(text, str):
        raise InputError("a text is expected here")
    return text


async def _send(door: WebSocket, answer: Any) -> None:
    with suppress(RuntimeError, OSError):  # it was closed meanwhile; the next receive raises
        await door.send_json(answer)


async def _shut(door: WebSocket, code: int, why: str) -> None:
    from starlette.websockets import WebSocketDisconnect

    with suppress(RuntimeError, OSError, WebSocketDisconnect):  # it may have gone already
        await door.close(code, why[:120])
