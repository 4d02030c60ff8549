"""What answers the page in the browser, in place of the server: orders and poses in, answers out, as JSON.

The page's worker is its only caller. Landmarks come without numpy: :class:`LandmarkRows` has the few things
that the engine asks of an array of numbers. It loads under CPython as well, where the tests are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, overload

from repcount.config import Settings
from repcount.core.errors import InputError, RepcountError
from repcount.core.phrases import ENGLISH
from repcount.core.records import Pose
from repcount.core.skeleton import LANDMARKS
from repcount.exercises import languages
from repcount.site import kept_history
from repcount.site.alone_session import AloneSession, Keep, SeenPicture
from repcount.web.page_answers import advice_json, choices, snapshot_json
from repcount.web.page_requests import (
    COMMANDS,
    pain_level,
    read_order,
    session_request,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VALUES: Final = 7
"""Numbers of a landmark: x, y, z in pixels, visibility, x, y, z in metres."""
LONGEST_NAME: Final = 60


class PhoneAlone:
    """Holds at most one session.

    Parameters
    ----------
    language : its code.
    keep : takes each session as JSON whenever something was added to it.
    """

    def __init__(self, language: str, keep: Keep) -> None:
        known = language if language in languages.languages() else ENGLISH
        self._settings = replace(Settings(), language=known)
        self._keep = keep
        self._session: AloneSession | None = None

    def choices(self) -> str:
        """What can be chosen."""
        return _text(choices(self._settings))

    def picture(
        self,
        number: int,
        stamp_s: float,
        size_px: Sequence[int],
        values: Sequence[float] | None,
        brightness: float,
        people: int | None,
    ) -> str:
        """Take what was found in a picture.

        Parameters
        ----------
        number : of the picture; the answer has it too.
        size_px : width and height.
        values : ``VALUES`` of each landmark, one after the other; None where nobody was found.
        brightness : mean of the picture, 0 to 1.
        people : how many there are; None where nobody has looked.
        """
        session = self._session
        if session is None or session.summary is not None:
            return _text({"n": number, **self._state()})
        pose = None if values is None else pose_of(values, (size_px[0], size_px[1]))
        snapshot = session.step(SeenPicture(stamp_s, pose, brightness, people))
        answer = {"n": number, "snapshot": snapshot_json(snapshot, session.tone)}
        return _text(answer if session.summary is None else answer | self._state())

    def order(self, text: str, past: str = "[]") -> str:
        """Obey a message of the page.

        Parameters
        ----------
        past : the newest sessions that the page has kept, oldest first, as a JSON list.
        """
        try:
            order = read_order(text)
            if order["do"] == "start":
                self._start(order, past)
            elif order["do"] == "pain":
                return _text(self._keep_pain(order))
            else:
                self._obey(order["do"])
        except RepcountError as error:
            return _text({**self._state(), "error": str(error)})
        return _text(self._state())

    def csv(self) -> str | None:
        """The table of the session that has ended; None before."""
        session = self._session
        return None if session is None or session.summary is None else session.csv()

    def history(self, sessions: str) -> str:
        """What the page shows of all sessions: a line for each, the newest week, the load rule."""
        found = kept_history.sessions_of(sessions)
        language = languages.load(self._settings.language)
        return _text(kept_history.overview(found, datetime.now().astimezone(), language))

    def export(self, sessions: str, form: str) -> str:
        """All sessions as ``repcount import`` takes them: ``json``, or ``csv`` with a row for each set."""
        found = kept_history.sessions_of(sessions)
        return kept_history.as_csv(found) if form == "csv" else kept_history.as_json(found)

    def _start(self, order: dict[str, Any], past: str) -> None:
        if self._session is not None and self._session.summary is None:
            return
        wanted = session_request(order, self._settings, {})
        film = order.get("film")
        if not (film is None or (isinstance(film, str) and 0 < len(film) <= LONGEST_NAME)):
            raise InputError(f"`film` is the name of a file, {LONGEST_NAME} letters at most")
        self._session = AloneSession(wanted, self._keep, kept_history.sessions_of(past), film)

    def _keep_pain(self, order: dict[str, Any]) -> dict[str, Any]:
        level, session = pain_level(order), self._session
        if level is None or session is None or session.summary is None:
            return {}
        return {"advice": advice_json(session.keep_pain(level)), **session.summed_up()}

    def _obey(self, word: str) -> None:
        session = self._session
        if session is None or session.summary is not None or word == "state":
            return
        if word == "end":
            session.finish()
        elif word in COMMANDS:
            session.apply(COMMANDS[word])
        else:
            raise InputError(f"there is no `{word[:20]}`")

    def _state(self) -> dict[str, Any]:
        session = self._session
        if session is None:
            return {"state": "idle"}
        if session.summary is not None:
            return {"state": "done", **session.summed_up()}
        last = None if session.last is None else snapshot_json(session.last)
        return {"state": "running", "snapshot": last}


def pose_of(values: Sequence[float], size_px: tuple[int, int]) -> Pose:
    """The pose in a row of numbers, ``VALUES`` for each landmark."""
    rows = [values[i * VALUES : (i + 1) * VALUES] for i in range(len(LANDMARKS))]
    return Pose(
        _array([list(row[:3]) for row in rows]),
        _array([row[3] for row in rows]),
        _array([list(row[4:]) for row in rows]),
        size_px,
    )


def _array(rows: list[Any]) -> NDArray[np.float32]:
    return LandmarkRows(rows)  # type: ignore[return-value]


def _text(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


class Column:
    """Numbers, one for each landmark, for arithmetic with single numbers and with each other."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = list(values)

    def __iter__(self) -> Iterator[float]:
        return iter(self.values)

    def __add__(self, other: Column | float) -> Column:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Column | float) -> Column:
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, factor: float) -> Column:
        return self._with(factor, lambda a, b: a * b)

    __rmul__ = __mul__

    def _with(self, other: Column | float, do: Callable[[float, float], float]) -> Column:
        others = other.values if isinstance(other, Column) else [other] * len(self.values)
        return Column([do(a, b) for a, b in zip(self.values, others, strict=True)])


class LandmarkRows:
    """One row for each landmark: its numbers, or the one number where it has but one.

    Takes a row by its number, several by a list of numbers, a column by ``[:, number]``.
    """

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = [list(row) if isinstance(row, list | tuple) else row for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def copy(self) -> LandmarkRows:
        """A copy that may be changed."""
        return LandmarkRows(self._rows)

    def tolist(self) -> list[Any]:
        """The rows as plain lists."""
        return [list(row) if isinstance(row, list) else row for row in self._rows]

    @overload
    def __getitem__(self, key: int) -> Any: ...
    @overload
    def __getitem__(self, key: list[int]) -> LandmarkRows: ...
    @overload
    def __getitem__(self, key: tuple[slice, int]) -> Column: ...
    def __getitem__(self, key: int | list[int] | tuple[slice, int]) -> Any:
        if isinstance(key, int):
            return self._rows[key]
        if isinstance(key, list):
            return LandmarkRows([self._rows[row] for row in key])
        return Column([row[key[1]] for row in self._rows])

    def __setitem__(self, key: list[int] | tuple[slice, int], value: Any) -> None:
        if isinstance(key, list):
            for place, row in zip(key, self._as_rows(value, len(key)), strict=True):
                self._rows[place] = row
        else:
            for row, number in zip(self._rows, value, strict=True):
                row[key[1]] = number

    def _as_rows(self, value: Any, number: int) -> list[Any]:
        if isinstance(value, LandmarkRows):
            return value.tolist()
        wide = len(self._rows[0]) if isinstance(self._rows[0], list) else 0
        return [[value] * wide if wide else value for _ in range(number)]
