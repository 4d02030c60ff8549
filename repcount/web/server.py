"""The web server: the page's files, the socket of the camera and of those who watch, the table at the end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from repcount.core.errors import InputError
from repcount.web.guard import HEADERS, Pace, own_origin, same_token
from repcount.web.room import Room, choices
from repcount.web.wire import bones, order

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

FILES: Final = {
    "": ("index.html", "text/html; charset=utf-8"),
    "app.js": ("app.js", "text/javascript; charset=utf-8"),
    "draw.js": ("draw.js", "text/javascript; charset=utf-8"),
    "link.js": ("link.js", "text/javascript; charset=utf-8"),
    "style.css": ("style.css", "text/css; charset=utf-8"),
}
HELLO_S: Final = 10.0
SILENT_S: Final = 60.0
MOST_WATCHERS: Final = 8
MOST_A_SECOND: Final = 90
POLICY, FULL = 1008, 1013


def application(token: str, room: Room) -> Starlette:
    """The server's application: everything lies under ``/token/``."""
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route, WebSocketRoute

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        watch = asyncio.create_task(_expiring(room))
        yield
        watch.cancel()
        await room.close()

    def guarded(answer: Callable[[Request, Room], Response]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            if not same_token(request.path_params["token"], token):
                return Response("403: wrong address; scan the code again", 403, HEADERS, "text/plain")
            return answer(request, room)

        return handle

    async def socket(door: WebSocket) -> None:
        own = own_origin(door.headers.get("origin"), door.headers.get("host"))
        if not own or not same_token(door.path_params["token"], token):
            await door.close(POLICY)  # before it is accepted: HTTP 403
            return
        await door.accept()
        await _serve(door, room)

    async def elsewhere(request: Request) -> Response:
        return Response("403: wrong address; scan the code again", 403, HEADERS, "text/plain")

    routes = [
        Route("/{token}/summary.csv", guarded(_csv)),
        Route("/{token}/choices", guarded(_choices)),
        WebSocketRoute("/{token}/socket", socket),
        Route("/{token}/{name}", guarded(_file)),
        Route("/{token}/", guarded(_file)),
        Route("/{path:path}", elsewhere),
    ]
    return Starlette(routes=routes, lifespan=living)


async def _expiring(room: Room) -> None:
    while True:
        await asyncio.sleep(5)
        await room.expire()


def _file(request: Request, room: Room) -> Response:
    from starlette.responses import Response

    known = FILES.get(request.path_params.get("name", ""))
    if known is None:
        return Response("404: there is no such page", 404, HEADERS, "text/plain")
    name, kind = known
    content = resources.files("repcount.web").joinpath("page").joinpath(name).read_bytes()
    return Response(content, 200, {**HEADERS, "Content-Type": kind})


def _choices(request: Request, room: Room) -> Response:
    from starlette.responses import JSONResponse

    from repcount.exercises import plans

    found = {"exercises": choices(), "plans": list(plans.names()), "bones": bones()}
    return JSONResponse(found, headers=HEADERS)


def _csv(request: Request, room: Room) -> Response:
    from starlette.responses import Response

    table = room.csv()
    if table is None:
        return Response("404: the session has not ended yet", 404, HEADERS, "text/plain")
    named = {"Content-Disposition": 'attachment; filename="repcount.csv"'}
    return Response(table, 200, {**HEADERS, **named, "Content-Type": "text/csv; charset=utf-8"})


async def _serve(door: WebSocket, room: Room) -> None:
    """Talk to one page until it goes; whatever it says, the server stays up."""
    from starlette.websockets import WebSocketDisconnect

    try:
        hello = order(await asyncio.wait_for(_text(door), HELLO_S))
        key = hello.get("key")
        if hello["do"] == "camera" and isinstance(key, str) and 8 <= len(key) <= 64:
            await _camera(door, room, key)
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
    if not room.enter(key, door):
        await _watch(door, room)
        return
    pace = Pace(MOST_A_SECOND)
    try:
        await door.send_json({"role": "camera", **room.state()})
        while True:
            message = await asyncio.wait_for(door.receive(), SILENT_S)
            if message["type"] == "websocket.disconnect":
                return
            if not pace.allows(time.monotonic()):
                raise InputError(f"more than {MOST_A_SECOND} messages in a second")
            data, text = message.get("bytes"), message.get("text")
            answer = await room.picture(data) if data is not None else await room.order(text or "")
            await door.send_json(answer)
    finally:
        room.leave(door)


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
            await door.send_json(await newest.get())

    room.watchers.add(tell)
    sending = asyncio.create_task(send())
    try:
        await door.send_json({"role": "watch", **room.state()})
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


async def _shut(door: WebSocket, code: int, why: str) -> None:
    with suppress(RuntimeError):  # it may have gone already
        await door.close(code, why[:120])
