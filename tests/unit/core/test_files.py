from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from repcount.core.errors import OutputError
from repcount.core.files import AtomicFile, refuse_overwrite, write_text


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_text(tmp_path / "out.csv", "Größe\r\n·\n")
    assert (tmp_path / "out.csv").read_bytes() == "Größe\r\n·\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_name_of_broken_bytes_can_be_written(tmp_path: Path) -> None:
    write_text(tmp_path / "out.json", "film\udcff.mp4")
    assert (tmp_path / "out.json").read_bytes() == rb"film\udcff.mp4"


def test_the_file_gets_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_text(tmp_path / "out", "x")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "out")
    write_text(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "out").read_text() == "x"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("missing/out", "there is no folder .*missing; create it"),
        ("file/out", "there is no folder .*file; create it"),
        ("folder", "is a folder; name a file in it"),
        ("socket", "is no ordinary file; name another"),
        ("x" * 300, "cannot be written .*; name another place"),
    ],
)
def test_a_place_that_cannot_be_written_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, remedy: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    door = socket.socket(socket.AF_UNIX)
    door.bind("socket")
    door.close()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match=remedy) as caught:
        write_text(tmp_path / name, "x")
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_was_kept_survives_a_late_discard(tmp_path: Path) -> None:
    beside = AtomicFile(tmp_path / "out")
    beside.keep()
    beside.discard()
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["film.mp4", "./film.mp4", "folder/../film.mp4", "soft.mp4", "hard.mp4"])
def test_an_input_is_known_by_any_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "film.mp4").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "soft.mp4").symlink_to("film.mp4")
    os.link(tmp_path / "film.mp4", tmp_path / "hard.mp4")
    with pytest.raises(OutputError, match="is an input and is not overwritten; name another file"):
        refuse_overwrite([tmp_path / "other.mp4", tmp_path / "film.mp4"], Path(name))


def test_another_file_may_be_overwritten(tmp_path: Path) -> None:
    for name in ("film.mp4", "old.mp4"):
        (tmp_path / name).write_bytes(b"x")
    refuse_overwrite([tmp_path / "film.mp4"], tmp_path / "old.mp4")
    refuse_overwrite([tmp_path / "film.mp4"], tmp_path / "new.mp4")


def test_a_pipe_is_written_through_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    listener.start()
    write_text(tmp_path / "link", "x" * 100_000)
    listener.join()
    assert heard == [b"x" * 100_000]
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_device_is_written_through() -> None:
    write_text(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
def test_what_stands_in_the_file_behind_the_standard_output_stays(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out.txt"
    out.write_text("before\n", encoding="utf-8")
    (tmp_path / "link").symlink_to("/dev/stdout")
    told = (
        f"print('said'); from repcount.core.files import write_text, Path; write_text(Path({name!r}), 'x\\n')"
    )
    with out.open("a") as file:
        subprocess.run([sys.executable, "-c", told], stdout=file, check=True, cwd=tmp_path)
    assert out.read_text() == "before\nsaid\nx\n"


def test_what_is_being_written_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    draft = AtomicFile(tmp_path / "out")
    assert draft.part.stat().st_mode & 0o777 == 0o600
    draft.discard()


def test_what_a_killed_program_left_is_removed_at_the_next_start_and_nothing_of_a_living_one(
    tmp_path: Path,
) -> None:
    told = (
        "import os, sys; from pathlib import Path; from repcount.core.files import AtomicFile\n"
        "draft = AtomicFile(Path('out')); print(draft.part.name, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", told]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        part = tmp_path / program.stdout.readline().strip()
        trial = (
            "from pathlib import Path; from repcount.core.files import write_text; write_text(Path('b'), 'x')"
        )
        subprocess.run([sys.executable, "-c", trial], cwd=tmp_path, check=True)
        assert part.exists()
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert part.exists()
    subprocess.run([sys.executable, "-c", trial], cwd=tmp_path, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
