"""The web server: the page's files, what can be chosen, the table at the end, and its orderly end.

FastAPI resolves annotations when a route is made, so its names are imported here at the top; this file is
loaded by ``running.py`` alone, when a server is about to run.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from fastapi import (
    APIRouter,
    Depends,
    FastAPI,
    HTTPException,
    Request,
    Response,
    WebSocket,
    WebSocketException,
)
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from repcount.core.errors import InputError
from repcount.web.access import HEADERS, Connections, Peer, own_origin, same_token
from repcount.web.page_requests import LARGEST_BYTES
from repcount.web.transport import POLICY, Posts, converse

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from uvicorn import Config, Server

    from repcount.web.shared_session import SharedSession, SiteFolder

KINDS: Final = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
FILES: Final = {one.name: one for one in resources.files("repcount.web").joinpath("page").iterdir()}
EXPIRE_EVERY_S: Final = 5.0
WRONG: Final = (
    "403: this address is not valid any more; scan the code, or open the address, that is shown now"
)


def application(
    token: str, shared: SharedSession, connections: Connections, site: SiteFolder | None = None
) -> FastAPI:
    """The server's application: everything lies under ``/token/``, anywhere else is 403.

    Parameters
    ----------
    connections : are told which of them know the token.
    site : the page that needs no computer; it lies under ``/token/alone/``.
    """
    posts = Posts(shared)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        works = (shared.warm_up(), _expire_now_and_then(shared, posts, connections))
        tasks = [asyncio.create_task(work) for work in works]
        yield
        for task in tasks:
            task.cancel()
        await shared.close()

    def right_token(request: Request) -> None:
        if not same_token(request.path_params["token"], token):
            raise HTTPException(403, WRONG)
        connections.know(_peer(request))

    app = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.add_exception_handler(AnyHTTPException, _refused)
    app.add_middleware(_Headers)
    pages = _pages(shared, posts, site is not None)
    if site is not None:
        app.include_router(_site_files(site), prefix="/{token}/alone", dependencies=[Depends(right_token)])
    app.include_router(pages, prefix="/{token}", dependencies=[Depends(right_token)])

    @app.websocket("/{token}/socket")
    async def socket(websocket: WebSocket) -> None:
        own = own_origin(websocket.headers.get("origin"), websocket.headers.get("host"))
        if not own or not same_token(websocket.path_params["token"], token):
            raise WebSocketException(POLICY)  # before it is accepted: HTTP 403
        connections.know(_peer(websocket))
        await websocket.accept()
        await converse(websocket, shared)

    @app.api_route("/{path:path}", methods=["GET", "HEAD", "POST"])
    async def other_addresses() -> None:
        raise HTTPException(403, WRONG)

    return app


def _pages(shared: SharedSession, posts: Posts, has_site: bool) -> APIRouter:
    """What lies behind the token; ``has_site`` says that the page that needs no computer does too."""
    pages = APIRouter()

    @pages.get("/choices")
    async def choices() -> dict[str, Any]:
        return {**shared.choices(), "alone": has_site}

    @pages.get("/summary.csv")
    async def table() -> Response:
        rows = shared.csv()
        if rows is None:
            raise HTTPException(404, "404: the session has not ended yet")
        named = {"Content-Disposition": 'attachment; filename="repcount.csv"'}
        return Response(rows, headers=named, media_type="text/csv")

    @pages.post("/talk")
    async def talk(request: Request) -> dict[str, Any]:
        if not own_origin(request.headers.get("origin"), request.headers.get("host")):
            raise HTTPException(403, "403: only this server's own page may talk to it")
        try:
            return await posts.answer(request.headers, await _body(request))
        except InputError as error:
            raise HTTPException(400, str(error)) from error

    @pages.get("/")
    @pages.get("/{name}")
    async def file(name: str = "index.html") -> Response:
        found = FILES.get(name)
        if found is None:
            raise HTTPException(404, "404: there is no such page")
        return Response(found.read_bytes(), media_type=KINDS["." + name.rpartition(".")[2]])

    return pages


def _site_files(site: SiteFolder) -> APIRouter:
    """The page that needs no computer."""
    pages = APIRouter()

    @pages.get("/{name:path}")
    async def built(name: str) -> Response:
        found = site.find(name)
        if found is None:
            raise HTTPException(404, "404: there is no such page")
        return FileResponse(found[0], headers=dict(site.headers), media_type=found[1])

    return pages


async def _body(request: Request) -> bytes:
    """What a page has posted, read no further than is allowed."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BYTES:
            raise HTTPException(413, f"413: a message has at most {LARGEST_BYTES} bytes")
    return bytes(body)


async def _refused(request: Request, error: Exception) -> Response:
    """Tell what is wrong in a plain line."""
    if not isinstance(error, AnyHTTPException):
        raise error
    return PlainTextResponse(str(error.detail), error.status_code)


def _peer(connection: HTTPConnection) -> Peer | None:
    client = connection.client
    return None if client is None else (client.host, client.port)


async def _expire_now_and_then(shared: SharedSession, posts: Posts, connections: Connections) -> None:
    while True:
        await asyncio.sleep(EXPIRE_EVERY_S)
        connections.expire()
        posts.expire()
        await shared.expire()


class _Headers:
    """Puts the headers of safety on every answer that has not its own, those of errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in self._headers if name not in own]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def tidy_server(config: Config) -> Server:
    """A server that always ends its application; where uvicorn does not, a traceback is printed.

    uvicorn does not if it is asked to end while it starts, or is asked twice. Ctrl-C is obeyed only once the
    event loop runs: a loop that is half made prints a complaint when it is thrown away.
    """
    from uvicorn import Server

    class Tidy(Server):  # type: ignore[misc, unused-ignore]  # without the extra it has no types
        def run(self, sockets: list[socket.socket] | None = None) -> None:
            with self.capture_signals():
                super().run(sockets)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.should_exit:
                await self.lifespan.shutdown()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await super().shutdown(sockets)
            if self.force_exit:
                await self.lifespan.shutdown()

    return Tidy(config)
