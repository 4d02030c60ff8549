"""Databases to test on: SQLite always, PostgreSQL where Debian's packages are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from repcount.history.location import HistoryLocation, find_place
from repcount.history.store import History


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_postgres() -> list[str]:
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database's name."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="repcount-pg"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    who = _as_postgres()
    start = [f"{programs}/pg_ctl", "-D", data, "-w", "-o", f"-k {folder} -c listen_addresses=''"]
    make = [f"{programs}/initdb", "-D", data, "-U", "repcount", "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        subprocess.run([*who, *make], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        subprocess.run([*who, *start, "-l", folder / "log", "start"], check=True, cwd=folder)
        try:
            yield f"postgresql://repcount@/DATABASE?host={folder}"
        finally:
            subprocess.run([*who, *start, "-m", "immediate", "stop"], check=True, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fresh_on(server: str) -> str:
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server.replace("DATABASE", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("DATABASE", name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.extra("psycopg"))])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HistoryLocation:
    """An empty database; each test runs on both."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    url = None if request.param == "sqlite" else _fresh_on(request.getfixturevalue("server"))
    return find_place(url)


@pytest.fixture
def file_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HistoryLocation:
    """An empty SQLite file."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return find_place(None)


@pytest.fixture
def history(place: HistoryLocation) -> Iterator[History]:
    """An open, empty history."""
    with History(place) as opened:
        yield opened
