"""Tables brought up to date, after a copy; what cannot be used is left as it is, and a line says why."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import create_engine, inspect, text

from repcount.core.errors import HistoryError
from repcount.history import people
from repcount.history.database import BACKUP_SCHEMA, migrate
from repcount.history.location import HistoryLocation, make_private
from repcount.history.store import History
from repcount.history.tables import REVISION


def an_old_one(place: HistoryLocation) -> None:
    """A database as the first version made it, with somebody in it."""
    if place.file is not None:
        make_private(place.file)
    engine = create_engine(place.url)
    with engine.begin() as connection:
        migrate(connection, "0001")
        connection.execute(text("INSERT INTO person (name) VALUES ('anna')"))
    engine.dispose()


def test_an_old_database_is_copied_and_brought_up_to_date(place: HistoryLocation) -> None:
    an_old_one(place)
    with History(place) as history:
        assert [known.name for known in people.known(history)] == ["anna"]
        with history.database.reading() as connection:
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            assert revision == REVISION
            if place.file is not None:
                (copy,) = place.backups.iterdir()
                with closing(sqlite3.connect(copy)) as kept:
                    assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
                    assert kept.execute("SELECT name FROM person").fetchall() == [("anna",)]
                assert copy.stat().st_mode & 0o077 == 0
            else:
                schemas = inspect(connection).get_schema_names()
                (schema,) = [name for name in schemas if name.startswith(BACKUP_SCHEMA)]
                assert connection.execute(text(f"SELECT name FROM {schema}.person")).scalar() == "anna"
        people.forget(history, "anna")
        with history.database.reading() as connection:
            schemas = inspect(connection).get_schema_names()
            assert not [name for name in schemas if name.startswith(BACKUP_SCHEMA)]
    assert list(place.backups.glob("*")) == []


def test_a_second_opening_changes_and_copies_nothing(place: HistoryLocation) -> None:
    for _ in range(2):
        with History(place):
            pass
    assert not place.backups.exists()


def test_a_copy_that_cannot_be_made_leaves_the_old_tables(file_place: HistoryLocation) -> None:
    an_old_one(file_place)
    file_place.backups.write_text("a file where the folder should be", encoding="utf-8")
    before = file_place.file.read_bytes() if file_place.file else b""
    with pytest.raises(HistoryError, match="cannot be written"):
        History(file_place)
    file_place.backups.unlink()
    assert file_place.file is not None
    with closing(sqlite3.connect(file_place.file)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert before


def test_a_newer_database_is_left_as_it_is(place: HistoryLocation) -> None:
    with History(place):
        pass
    engine = create_engine(place.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with left_alone(place), pytest.raises(HistoryError, match="newer repcount and is left as it is; update"):
        History(place)


@pytest.mark.parametrize(
    "revision", ["0000", "1f2e3d4c5b6a", "", "2", "\u0661\u0662\u0663\u0664", "x" * 9000]
)
def test_a_migration_that_nobody_knows_is_one_line_and_changes_nothing(
    file_place: HistoryLocation, revision: str
) -> None:
    with History(file_place):
        pass
    assert file_place.file is not None
    with closing(sqlite3.connect(file_place.file)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    with left_alone(file_place), pytest.raises(HistoryError, match="left as it is") as caught:
        History(file_place)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 500


@contextmanager
def left_alone(place: HistoryLocation) -> Iterator[None]:
    """Checks that the block changes neither a byte of the file nor who may read it; a server's passes."""
    if place.file is None:
        yield
        return
    place.file.chmod(0o640)

    def state() -> tuple[bytes, int, list[str]]:
        assert place.file is not None
        names = sorted(path.name for path in place.file.parent.iterdir())
        return place.file.read_bytes(), place.file.stat().st_mode, names

    before = state()
    yield
    assert state() == before


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" + b"\x07" * 4080])
def test_a_damaged_file_is_left_as_it_is(content: bytes, file_place: HistoryLocation) -> None:
    assert file_place.file is not None
    make_private(file_place.file)
    file_place.file.write_bytes(content)
    with (
        left_alone(file_place),
        pytest.raises(HistoryError, match="the file is damaged and is left as it is"),
    ):
        History(file_place)


def test_a_file_cut_off_is_told_as_damaged(file_place: HistoryLocation) -> None:
    assert file_place.file is not None
    with History(file_place):
        pass
    with file_place.file.open("rb+") as file:
        file.truncate(3 * 4096)
    with pytest.raises(HistoryError, match="damaged"), History(file_place) as history:
        history.sessions()


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_of_another_program_is_left_as_it_is(file_place: HistoryLocation, journal: str) -> None:
    assert file_place.file is not None
    make_private(file_place.file)
    with closing(sqlite3.connect(file_place.file)) as other:
        other.execute(f"PRAGMA journal_mode={journal}")
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    with left_alone(file_place), pytest.raises(HistoryError, match="database of another program"):
        History(file_place)


@pytest.mark.extra("psycopg")
def test_a_server_that_is_not_there_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    from repcount.history.location import find_place

    folder = tmp_path_factory.mktemp("nobody")
    place = find_place(f"postgresql://anna:secret@/repcount?host={folder}")
    with pytest.raises(HistoryError, match="cannot be reached") as caught:
        History(place)
    assert "secret" not in str(caught.value)
    shutil.rmtree(folder)
