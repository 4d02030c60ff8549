"""Files of strangers, changed at random: every reader gives a result or one line.

What was taken in can be shown. The seed is fixed; REPCOUNT_FUZZ_SECONDS=3600 goes on for an hour with others.
"""

from __future__ import annotations

import io
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from repcount import config
from repcount.core.errors import RepcountError
from repcount.exercises import catalog, languages, plans
from repcount.history.csv_import import add_sessions, read_sessions
from repcount.history.json_records import document_of
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.io import history_csv
from repcount.pipeline import calibration
from repcount.pose.recording import Recording
from repcount.report.page import report
from repcount.report.progress import weeks_of
from repcount.report.sentences import in_words
from repcount.report.session_view import SessionMaterial
from tests.keeping import a_session

FOLDER = Path(catalog.__file__).parent
POSES = Path(__file__).parents[1] / "data" / "poses"
SEED, ROUNDS = 18, 150
NASTY: tuple[Any, ...] = (
    None, True, "", "x", "\0", "\ud800", "\x1b[2J", "nan", "0001-01-01T00:00:00", "9999-12-31T23:59:59",
    -1, 0, 11, 2**63, 10**30, 1e308, float("nan"), float("inf"), [], {}, [[]], {"a": None}, "9" * 5000,
)  # fmt: skip
WORDS = (
    "inf",
    "nan",
    "1e19",
    "-1",
    "[" * 2000,
    "9" * 5000,
    "\0",
    '"',
    "'",
    "\n",
    "=",
    ".",
    "{",
    "0001-01-01",
    ";",
)


def chances() -> Iterator[random.Random]:
    """One source of chance for each round; more of them for as long as was asked for."""
    end_s = time.monotonic() + float(os.environ.get("REPCOUNT_FUZZ_SECONDS", 0))
    number = 0
    while number < ROUNDS or time.monotonic() < end_s:
        yield random.Random(SEED * 1_000_003 + number)
        number += 1


def changed(text: str, chance: random.Random) -> str:
    """The text with a few places replaced, doubled or cut."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 12))
        text = text[:start] + chance.choice((*WORDS, "", text[start:end] * 3)) + text[end:]
    return text


def spoiled(value: Any, chance: random.Random) -> Any:
    """The value with something nasty at one place in it."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {name: each for name, each in value.items() if name != key}
        return {**value, key: spoiled(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], spoiled(value[at], chance), *value[at + 1 :]]
    return chance.choice(NASTY)


def taken(read: Callable[[], Any]) -> Any:
    """What a reader gives; None where it complains in one line, or in one for each of at most 31 points."""
    try:
        return read()
    except RepcountError as error:
        lines = getattr(error, "points", ()) or (str(error),)
        if "\n" in str(error) or len(lines) > 31 or max(map(len, lines)) > 2000:
            raise AssertionError(f"not one line: {str(error)[:300]}") from error
        return None


def configuration(path: Path) -> config.Configuration:
    return config.load({}, {"REPCOUNT_CONFIG": str(path)})


@pytest.mark.parametrize(
    ("origin", "read"),
    [
        (FOLDER / "wall_squat.toml", catalog.load),
        (FOLDER / "plans" / "knee.toml", plans.load),
        (FOLDER / "languages" / "de.toml", lambda path: languages.load(str(path))),
        ("[wall-squat.both]\nrest_deg = 5.0\npeak_deg = 90.0\n", calibration.load),
        (
            'person = "anna"\njobs = 2\nlimit = "knee=60"\n',
            lambda path: config.load({}, {"REPCOUNT_CONFIG": str(path)}),
        ),
    ],
    ids=["exercise", "plan", "language", "calibration", "configuration"],
)
def test_toml(tmp_path: Path, origin: Path | str, read: Callable[[Path], Any]) -> None:
    text = origin.read_text(encoding="utf-8") if isinstance(origin, Path) else origin
    path = tmp_path / "x.toml"
    for chance in chances():
        path.write_text(changed(text, chance), encoding="utf-8", errors="surrogatepass")
        taken(lambda: read(path))


def shown(history: History) -> None:
    """All that tells of the whole history."""
    sessions = history.sessions()
    in_words("", history.summed(), weeks_of(history.summed()), {})
    report(sessions, (SessionMaterial(each, ()) for each in sessions), "", datetime.now(timezone.utc))
    for write in (history_csv.write_document, history_csv.write_repetitions):
        write(io.StringIO(), history.details())
    history_csv.write_sets(io.StringIO(), history.set_lines())


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[History]:
    with History(find_place(f"sqlite:///{tmp_path}/history.db")) as history:
        yield history


def test_json_import_and_all_that_shows_it(tmp_path: Path, kept: History) -> None:
    document = document_of(a_session(pain_before=3))
    document["sets"][0]["holds"] = document_of(a_session())["sets"][0]["holds"]
    path, letters = tmp_path / "x.json", "abcdefghijklmnopqrstuvwxyz"
    for chance in chances():
        one = {**document, "id": "".join(chance.choices(letters, k=8))}
        path.write_text(json.dumps({"sessions": [spoiled(one, chance)]}), encoding="utf-8")
        sessions = taken(lambda: read_sessions(path))
        if sessions:
            taken(lambda new=sessions: add_sessions(kept, new))
        path.write_text(
            changed(json.dumps({"sessions": [one]}), chance), encoding="utf-8", errors="surrogatepass"
        )
        taken(lambda: read_sessions(path))
    shown(kept)


def test_csv_import_and_all_that_shows_it(tmp_path: Path, kept: History) -> None:
    add_sessions(kept, [a_session(pain_before=3, sets=1)])
    out = io.StringIO(newline="")
    history_csv.write_sets(out, kept.set_lines())
    path = tmp_path / "x.csv"
    for chance in chances():
        path.write_text(changed(out.getvalue(), chance), encoding="utf-8", errors="surrogatepass", newline="")
        sessions = taken(lambda: read_sessions(path))
        if sessions:
            taken(lambda new=sessions: add_sessions(kept, new))
    shown(kept)


def test_recordings(tmp_path: Path) -> None:
    whole = (POSES / "wall_squat.npz").read_bytes()
    path = tmp_path / "x.npz"
    for chance in chances():
        data = bytearray(whole)
        first = len(data) - 900 if chance.random() < 0.5 else 0  # the end has names, sizes and packings
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(first, len(data))] = chance.randrange(256)
        path.write_bytes(data)
        taken(lambda: Recording.load(path))
