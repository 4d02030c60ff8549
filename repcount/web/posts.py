"""The talk where the WebSocket is blocked: a POST for each picture or order, answered with what it shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from fastapi import HTTPException

from repcount.web.guard import MOST_A_SECOND, Pace
from repcount.web.wire import key_of, order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from repcount.web.room import Answer, Room

SILENT_S: Final = 30.0
PICTURE: Final = "image/jpeg"


class Posts:
    """Knows a page by the headers of its posts: the phone's key, and a word of its own for each page."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pace = Pace(MOST_A_SECOND)
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
        word = order(text)["do"]
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
        if self._page is not None and time.monotonic() - self._heard_s > SILENT_S:
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
