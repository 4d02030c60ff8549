"""A process killed, two that write at once, a disk without room, a folder that cannot be written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from repcount.core.history_records import Filter
from repcount.history.location import HistoryLocation, find_place
from repcount.history.store import History
from repcount.history.writing import keep
from tests.keeping import a_session
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[3]
SQUAT = "tests/data/poses/wall_squat.npz"

LIVE = """
import sys
from dataclasses import replace
from repcount.history.writing import SessionKeeper
from repcount.history.location import find_place
from repcount.history.store import History
from tests.keeping import a_session, a_set, rep
url, person, count = sys.argv[1:]
with History(find_place(url)) as history:
    keeper = SessionKeeper(history, a_session(person, sets=0, ended_at=None))
    keeper.begin_set(replace(a_set(), repetitions=()))
    for number in range(1, int(count) + 1):
        keeper.add(rep(number), number)
        print(number, flush=True)
    if person == "killed":
        sys.stdin.read()
"""


def live(place: HistoryLocation, person: str, count: int, **options: object) -> subprocess.Popen[str]:
    """A process that keeps so many repetitions, saying each number when it is kept."""
    url = place.url.replace("+psycopg", "")
    command = [sys.executable, "-c", LIVE, url, person, str(count)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes, **options)  # type: ignore[call-overload, no-any-return]


def test_a_session_killed_in_mid_set_has_all_that_was_told(place: HistoryLocation) -> None:
    process = live(place, "killed", 7)
    assert process.stdout is not None
    while process.stdout.readline().strip() != "7":
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with History(place) as history:
        session = history.session("last")
    (kept,) = session.sets
    assert [rep.number for rep in kept.repetitions] == [1, 2, 3, 4, 5, 6, 7]
    assert (kept.reps, kept.counted, session.ended_at) == (7, 7, None)


def test_two_sessions_that_begin_and_write_at_once_lose_nothing(place: HistoryLocation) -> None:
    both = [live(place, person, 40) for person in ("anna", "ben")]
    for process in both:
        _, complaint = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, complaint
    with History(place) as history:
        for person in ("anna", "ben"):
            (session,) = history.details(Filter(person=person))
            assert [rep.number for rep in session.sets[0].repetitions] == list(range(1, 41))


FULL = """
import resource, sys
from repcount.core.errors import HistoryError
from repcount.history.writing import keep
from repcount.history.location import find_place
from repcount.history.store import History
from tests.keeping import a_session
with History(find_place(sys.argv[1])) as history:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        for day in range(10_000):
            keep(history, [a_session(days=day)], "video")
    except HistoryError as error:
        print(day, error)
"""


def test_a_disk_without_room_is_told_and_what_was_kept_stays(file_place: HistoryLocation) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, file_place.url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    number, _, words = done.stdout.partition(" ")
    assert "no room left" in words
    with History(file_place) as history:
        assert history.count() == int(number) > 5
        keep(history, [a_session()], "video")
        with history.database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


LOCKED = """
import os, sys
from repcount.core.errors import HistoryError
from repcount.history.location import find_place
from repcount.history.store import History
open_folder, locked_folder = sys.argv[1:]
os.environ["XDG_DATA_HOME"] = open_folder
with History(find_place(None)) as history:  # loads all that is needed while it may be read
    history.sessions()
os.chmod(locked_folder, 0o755)
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
os.environ["XDG_DATA_HOME"] = locked_folder
try:
    History(find_place(None))
except HistoryError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs root to become somebody else")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as locked:
        command = [sys.executable, "-c", LOCKED, str(tmp_path), locked]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert "the history cannot be written (Permission denied)" in done.stdout, done.stderr
        assert list(Path(locked).iterdir()) == []


WITHOUT_RIGHTS = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.getuid() == 0 else []
"""For root, who may otherwise write everything."""


@pytest.mark.skipif(bool(WITHOUT_RIGHTS) and not shutil.which("setpriv"), reason="root may write everything")
def test_a_history_that_cannot_be_written_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    place = find_place(None)
    with History(place) as history:
        keep(history, [a_session()], "video")
    assert place.file is not None
    before = place.file.read_bytes()
    place.file.chmod(0o444)
    place.file.parent.chmod(0o555)

    def told(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*WITHOUT_RIGHTS, sys.executable, "-m", "repcount", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    report = str(tmp_path / "report.html")
    try:
        for words in (("history",), ("show", "last"), ("stats",), ("export", "-"), ("report", report)):
            done = told(*words)
            assert (done.returncode, done.stderr) == (0, ""), words
            assert done.stdout
        assert "anna" in told("history").stdout
        for words in (("undo",), ("delete", "last"), ("analyze", SQUAT, "-e", "wall-squat", "--save")):
            done = told(*words)
            (line,) = done.stderr.splitlines()
            assert (done.returncode, "it cannot be written" in line) == (1, True), words
        live = told("live", "-e", "wall-squat", "--headless", "--camera", "nothing.mp4")
        assert "nothing of this session will be kept" in live.stderr.splitlines()[0]
        assert "nothing.mp4: no such file" in live.stderr.splitlines()[1]
    finally:
        place.file.parent.chmod(0o755)
    assert place.file.read_bytes() == before
    assert [path.name for path in place.file.parent.iterdir()] == ["history.db"]
