"""What is known of people, and that nothing is left of them when they are forgotten."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from repcount.core.errors import HistoryError
from repcount.core.files import AtomicFile
from repcount.core.history_records import Filter, SavedFile
from repcount.core.records import PersonalRange, Side
from repcount.history import people, writing
from repcount.history.location import HistoryLocation
from repcount.history.store import History
from repcount.history.writing import keep, keep_files
from tests.keeping import a_session

NAME = "Zoë Quarx-Ñandú"


def test_ranges_and_limits_are_kept_with_a_person(history: History) -> None:
    people.keep_ranges(history, "anna", "wall-squat", {Side.BOTH: PersonalRange(3.0, 61.5)})
    people.keep_ranges(history, "anna", "calf-raise", {Side.LEFT: PersonalRange(1.0, 20.0)})
    people.keep_ranges(history, "anna", "calf-raise", {Side.LEFT: PersonalRange(2.0, 22.0)})
    people.keep_limits(history, "anna", {"knee": 60.0, "hip": 80.0})
    people.keep_limits(history, "anna", {"knee": 55.0})
    (anna,) = people.known(history)
    assert (anna.name, anna.sessions, anna.limits) == ("anna", 0, {"knee": 55.0})
    assert people.ranges(history, "anna") == {
        "wall-squat": {Side.BOTH: PersonalRange(3.0, 61.5)},
        "calf-raise": {Side.LEFT: PersonalRange(2.0, 22.0)},
    }
    assert people.ranges(history, "ben") == {}


def test_forgetting_leaves_the_others_and_drops_all_of_one(history: History) -> None:
    anna, ben = a_session("anna", pain_before=2), a_session("ben")
    keep(history, [anna], "video")
    keep(history, [ben], "video")
    people.keep_limits(history, "anna", {"knee": 60.0})
    writing.remove(history, anna.id)
    done = people.forget(history, "anna")
    assert done.sessions == 1
    assert [known.name for known in people.known(history)] == ["ben"]
    assert [session.id for session in history.sessions()] == [ben.id]
    assert history.pains() == ()
    with pytest.raises(HistoryError, match="anna: is not known"):
        people.forget(history, "anna")


def _bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_name_is_nowhere_in_the_data_folder_after_forgetting(
    file_place: HistoryLocation, tmp_path: Path
) -> None:
    folder = file_place.folder
    elsewhere = tmp_path / "elsewhere.png"
    with History(file_place) as history:
        sessions = [a_session(NAME, day, source=f"{NAME}.mp4") for day in range(40)]
        keep(history, [*sessions, a_session("ben")], "import")
        people.keep_limits(history, NAME, {"knee": 60.0})
        picture = folder / "evidence" / sessions[0].id / "knee.png"
        journals = [folder / "journals" / name for name in ("one.jsonl", "two.jsonl")]
        backup = file_place.backups / "history-0001-20260101T000000.db"
        for path in (picture, *journals, backup):
            path.parent.mkdir(parents=True, exist_ok=True)
        for path in (picture, elsewhere, backup):
            path.write_text(f"a picture of {NAME}", encoding="utf-8")
        journals[0].write_text(json.dumps({"event": "start", "person": NAME}) + "\n", encoding="utf-8")
        journals[1].write_text(json.dumps({"event": "start", "person": "ben"}) + "\n", encoding="utf-8")
        files = [SavedFile("evidence", str(picture)), SavedFile("video", str(elsewhere))]
        keep_files(history, sessions[0].id, files)
        assert any(NAME.encode() in content for content in _bytes_of(folder).values())
        done = people.forget(history, NAME)
        assert done.elsewhere == (elsewhere,)
        signs = (NAME.encode(), b"Quarx", json.dumps(NAME).strip('"').encode(), sessions[0].id.encode())
        left = [path for path, content in _bytes_of(folder).items() if any(s in content for s in signs)]
        assert left == []
    assert [path for path, content in _bytes_of(folder).items() if any(s in content for s in signs)] == []
    assert journals[1].exists()
    assert elsewhere.exists()


def test_the_name_is_not_in_the_files_of_a_server_s_dump(history: History, place: HistoryLocation) -> None:
    keep(history, [a_session(NAME), a_session("ben")], "import")
    people.forget(history, NAME)
    if place.file is not None:
        return
    dump = subprocess.run(
        ["pg_dump", place.url.replace("+psycopg", "")], capture_output=True, text=True, check=True
    )
    assert "ben" in dump.stdout
    assert "Quarx" not in dump.stdout


def test_rows_are_scrubbed_even_where_a_file_cannot_be_removed(
    file_place: HistoryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(paths: object) -> None:
        raise HistoryError("could not be removed, do it by hand")

    monkeypatch.setattr(people, "remove_files", refuse)
    with History(file_place) as history:
        keep(history, [a_session(NAME) for _ in range(40)], "import")
        with pytest.raises(HistoryError, match="by hand"):
            people.forget(history, NAME)
        assert [path for path, held in _bytes_of(file_place.folder).items() if b"Quarx" in held] == []


def test_files_are_for_their_owner_only(file_place: HistoryLocation) -> None:
    with History(file_place) as history:
        keep(history, [a_session()], "video")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file_place.folder.iterdir()}
        assert set(modes.values()) == {0o600}
        assert "history.db" in modes
    assert stat.S_IMODE(file_place.folder.stat().st_mode) == 0o700


FORMS = ("Zo\u00eb Stra\u00dfe", "Zoe\u0308 Stra\u00dfe", "ZO\u00cb STRASSE")
"""One name: composed, decomposed, in capitals."""


@pytest.mark.parametrize("asked", FORMS)
def test_one_name_in_several_forms_is_one_person_as_first_typed(
    asked: str, file_place: HistoryLocation
) -> None:
    with History(file_place) as history:
        for day, name in enumerate(FORMS):
            keep(history, [a_session(name, day, content="the same film")], "import")
        people.keep_limits(history, FORMS[1], {"knee": 60.0})
        (one,) = people.known(history)
        assert (one.name, one.sessions, one.limits) == (FORMS[0], 3, {"knee": 60.0})
        assert history.count(Filter(person=asked)) == 3
        assert people.limits(history, asked) == {"knee": 60.0}
        assert people.is_known(history, asked)
        assert history.kept_content("the same film", asked) is not None
        assert people.forget(history, asked).sessions == 3
        assert history.count() == 0


def test_capitals_and_forms_are_one_person_on_a_server_too(history: History) -> None:
    for day, name in enumerate(("Zo\u00eb", "zoe\u0308")):
        keep(history, [a_session(name, day)], "import")
    assert history.count(Filter(person="ZO\u00cb")) == 2
    assert people.forget(history, "zo\u00eb").sessions == 2


def test_two_rows_that_an_older_repcount_made_of_one_name_are_forgotten_together(
    file_place: HistoryLocation,
) -> None:
    with History(file_place) as history:
        with history.database.writing() as connection:
            connection.execute(
                text("INSERT INTO person (name) VALUES (:a), (:b)"), {"a": FORMS[0], "b": FORMS[1]}
            )
        assert [known.name for known in people.known(history)] == [FORMS[0]]
        people.forget(history, FORMS[1])
        assert people.known(history) == ()


def test_forgetting_leaves_no_empty_folder_and_no_unfinished_file(
    file_place: HistoryLocation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    films = tmp_path / "films"
    picture = file_place.folder / "evidence" / "anna" / "squats" / "knee.png"
    parts = [folder / ".repcount-0a1b2c3d4e5f.part" for folder in (films, file_place.folder, tmp_path)]
    films.mkdir()
    mine = AtomicFile(films / "under way.csv")
    for path in (picture, films / "anna.mp4", *parts):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("anna", encoding="utf-8")
    with History(file_place) as history:
        session = a_session("anna")
        keep(history, [session], "video")
        keep_files(
            history,
            session.id,
            [SavedFile("evidence", str(picture)), SavedFile("video", str(films / "anna.mp4"))],
        )
        done = people.forget(history, "anna")
    assert set(parts) < set(done.removed)
    assert not any(part.exists() for part in parts)
    assert not (file_place.folder / "evidence").exists()
    assert mine.part.exists()
    mine.discard()


def test_a_forgetting_that_could_not_end_is_ended_by_the_next_one(file_place: HistoryLocation) -> None:
    assert file_place.file is not None
    with History(file_place) as history:
        keep(history, [a_session("anna"), a_session("ben")], "import")
        with closing(sqlite3.connect(file_place.file)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM person").fetchall()
            with history.database.waiting(0.0), pytest.raises(HistoryError):
                people.forget(history, "anna")
        assert people.forget(history, "anna").sessions == 0
        with pytest.raises(HistoryError, match="anna: is not known"):
            people.forget(history, "anna")
