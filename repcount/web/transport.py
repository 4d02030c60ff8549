"""The talk with a page over a WebSocket, or with a POST for each picture where the WebSocket is blocked."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from fastapi import HTTPException

from repcount.core.errors import InputError
from repcount.web.access import MOST_A_SECOND, RateLimit
from repcount.web.page_requests import key_of, read_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.websockets import WebSocket

    from repcount.web.shared_session import Answer, SharedSession


POST_SILENT_S: Final = 30.0
PICTURE: Final = "image/jpeg"
HELLO_S: Final = 5.0
SOCKET_SILENT_S: Final = 60.0
MOST_WATCHERS: Final = 8
POLICY, FULL, REPLACED = 1008, 1013, 4001


class Posts:
    """Knows a page by the headers of its posts: the phone's key, and a word of its own for each page."""

    def __init__(self, shared: SharedSession) -> None:
        self._shared = shared
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
            return await self._shared.picture(body)
        text = body.decode("utf-8", "replace")
        word = read_order(text)["do"]
        if word == "camera" and self._shared.take_camera(key, page, lambda: None):
            self._heard(page)
        if word in ("camera", "state"):
            is_camera = self._shared.is_camera(page)
            if is_camera:
                self._heard(page)
            return {"role": "camera" if is_camera else "watch", **self._shared.state()}
        self._must_be_camera(key, page)
        return await self._shared.order(text)

    def expire(self) -> None:
        """Let the camera go that has said nothing for too long; its session waits."""
        if self._page is not None and time.monotonic() - self._heard_s > POST_SILENT_S:
            self._shared.release_camera(self._page)
            self._page = None

    def _must_be_camera(self, key: str, page: str) -> None:
        """A page that was silent for too long comes back by itself, unless another has taken its place."""
        shared = self._shared
        if not shared.is_camera(page) and (
            shared.has_camera or not shared.take_camera(key, page, lambda: None)
        ):
            raise HTTPException(409, "409: another page is the camera now")
        self._heard(page)

    def _heard(self, page: str) -> None:
        self._page, self._heard_s = page, time.monotonic()


async def converse(websocket: WebSocket, shared: SharedSession) -> None:
    """Talk to one page until it goes; whatever it says, the server stays up."""
    from starlette.websockets import WebSocketDisconnect

    try:
        hello = read_order(await asyncio.wait_for(_text(websocket), HELLO_S))
        if hello["do"] == "camera":
            await _camera(websocket, shared, key_of(hello.get("key")))
        elif hello["do"] == "watch":
            await _watch(websocket, shared)
        else:
            raise InputError("a page begins with `camera` and its key, or with `watch`")
    except WebSocketDisconnect:
        return
    except asyncio.TimeoutError:
        await _shut(websocket, POLICY, "nothing was said for too long")
    except InputError as error:
        await _shut(websocket, POLICY, str(error))


async def _camera(websocket: WebSocket, shared: SharedSession, key: str) -> None:
    closing: list[asyncio.Task[None]] = []

    def replace() -> None:
        closing.append(asyncio.create_task(_shut(websocket, REPLACED, "another page is the camera now")))

    if not shared.take_camera(key, websocket, replace):
        await _watch(websocket, shared)
        return
    pace = RateLimit(MOST_A_SECOND)
    try:
        await _send(websocket, {"role": "camera", **shared.state()})
        while shared.is_camera(websocket):
            message = await asyncio.wait_for(websocket.receive(), SOCKET_SILENT_S)
            if message["type"] == "websocket.disconnect":
                return
            if not pace.allows(time.monotonic()):
                raise InputError(f"more than {MOST_A_SECOND} messages in a second")
            data, text = message.get("bytes"), message.get("text")
            await _send(
                websocket, await shared.picture(data) if data is not None else await shared.order(text or "")
            )
    finally:
        shared.release_camera(websocket)
        if closing:
            await asyncio.wait(closing)


async def _watch(websocket: WebSocket, shared: SharedSession) -> None:
    """Send what the camera is told, the newest only; nothing that a watcher says is obeyed."""
    from starlette.websockets import WebSocketDisconnect

    if len(shared.watchers) >= MOST_WATCHERS:
        await _shut(websocket, FULL, "too many are watching")
        return
    newest: asyncio.Queue[Any] = asyncio.Queue(1)

    def forward(answer: Any) -> None:
        if newest.full():
            newest.get_nowait()
        newest.put_nowait(answer)

    async def send() -> None:
        with suppress(WebSocketDisconnect):  # whoever receives is told as well
            while True:
                await _send(websocket, await newest.get())

    shared.watchers.add(forward)
    sending = asyncio.create_task(send())
    try:
        await _send(websocket, {"role": "watch", **shared.state()})
        await _text(websocket)
        raise InputError("who watches says nothing")
    finally:
        shared.watchers.discard(forward)
        sending.cancel()


async def _text(websocket: WebSocket) -> str:
    """The next text message.

    Raises
    ------
    InputError
        Something else came.
    """
    from starlette.websockets import WebSocketDisconnect

    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1000)
    text = message.get("text")
    if not isinstance(text, str):
        raise InputError("a text is expected here")
    return text


async def _send(websocket: WebSocket, answer: Any) -> None:
    with suppress(RuntimeError, OSError):  # it was closed meanwhile; the next receive raises
        await websocket.send_json(answer)


async def _shut(websocket: WebSocket, code: int, why: str) -> None:
    from starlette.websockets import WebSocketDisconnect

    with suppress(RuntimeError, OSError, WebSocketDisconnect):  # it may have gone already
        await websocket.close(code, why[:120])
