"""The talk over a WebSocket: with the page that is the camera, and with those that watch."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.web.guard import MOST_A_SECOND, Pace
from repcount.web.wire import key_of, order

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from repcount.web.room import Room

HELLO_S: Final = 5.0
SILENT_S: Final = 60.0
MOST_WATCHERS: Final = 8
POLICY, FULL, OUSTED = 1008, 1013, 4001


async def converse(door: WebSocket, room: Room) -> None:
    """Talk to one page until it goes; whatever it says, the server stays up."""
    from starlette.websockets import WebSocketDisconnect

    try:
        hello = order(await asyncio.wait_for(_text(door), HELLO_S))
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
    pace = Pace(MOST_A_SECOND)
    try:
        await _send(door, {"role": "camera", **room.state()})
        while room.is_camera(door):
            message = await asyncio.wait_for(door.receive(), SILENT_S)
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
    if len(room.watchers) >= MOST_WATCHERS:
        await _shut(door, FULL, "too many are watching")
        return
    newest: asyncio.Queue[Any] = asyncio.Queue(1)

    def tell(answer: Any) -> None:
        if newest.full():
            newest.get_nowait()
        newest.put_nowait(answer)

    async def send() -> None:
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
    with suppress(RuntimeError):  # it was closed meanwhile; what it sends next will tell
        await door.send_json(answer)


async def _shut(door: WebSocket, code: int, why: str) -> None:
    with suppress(RuntimeError):  # it may have gone already
        await door.close(code, why[:120])
