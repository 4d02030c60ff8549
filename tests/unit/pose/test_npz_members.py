"""The arrays of a stranger's ``.npz``: held against their headers, and never unpacked beyond a bound."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.pose import npz_members
from repcount.pose.npz_members import read_members

KEYS = ("a", "b")
FORM = "write it anew"


def header(text: str, version: bytes = b"\x01\x00") -> bytes:
    line = text.encode("latin-1") + b"\n"
    return b"\x93NUMPY" + version + len(line).to_bytes(2 if version[0] == 1 else 4, "little") + line


def packed(path: Path, data: bytes, how: int = zipfile.ZIP_DEFLATED, name: str = "a.npy") -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr(name, data)
    return path


def shaped(shape: str, dtype: str = "'<f4'") -> str:
    return f"{{'descr': {dtype}, 'fortran_order': False, 'shape': {shape}}}"


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(3, dtype=">i2"),
        np.array(1.5),
        np.zeros((0, 33, 3), np.float32),
    ],
    ids=["rows", "columns", "big end first", "one number", "empty"],
)
def test_what_numpy_wrote_is_read_as_it_was(tmp_path: Path, save: object, array: np.ndarray) -> None:
    save(tmp_path / "x.npz", a=array, other=np.arange(3))  # type: ignore[operator]
    found = read_members(tmp_path / "x.npz", KEYS, FORM)
    assert list(found) == ["a"]
    assert np.array_equal(found["a"], array)
    assert found["a"].dtype == array.dtype


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x93NUMPY",
        header(shaped("(3, 3")),
        header(shaped("(4,)")) + b"x" * 12,
        header(shaped("(2,)")) + b"x" * 12,
        header(shaped("(99999999999999999999999,)")),
        header(shaped("(-1,)")),
        header(shaped("(1.5,)")),
        header(shaped("(1,)", "'|O'")) + b"x" * 8,
        header(shaped("(1,)", "[('x', '<f4')]")) + b"x" * 4,
        header(shaped("(1,)", "'nonsense'")),
        header("[" * 9000),
        header("{'descr': '<f4'}"),
        header("1" * 5000),
        header(shaped("(1,)"), b"\x09\x00") + b"x" * 4,
        header(shaped("(1,)"), b"\x02\x00")[:12],
    ],
    ids=range(16),
)
def test_a_wrong_header_is_one_line(tmp_path: Path, data: bytes) -> None:
    path = packed(tmp_path / "x.npz", data)
    with pytest.raises(InputError, match="damaged") as caught:
        read_members(path, KEYS, FORM)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("how", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_another_packing_is_refused_before_anything_is_unpacked(tmp_path: Path, how: int) -> None:
    with pytest.raises(InputError, match="packed in a way"):
        read_members(packed(tmp_path / "x.npz", header(shaped("(0,)")), how), KEYS, FORM)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.npz", header(shaped("(0,)")))
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="encrypted"):
        read_members(path, KEYS, FORM)


def test_a_small_file_that_would_become_huge_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path, zeros = tmp_path / "x.npz", bytes(1 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.npy", "w") as member:
        member.write(header(shaped(f"({(1100 << 20) // 4},)")))
        for _ in range(1100):
            member.write(zeros)
    tracemalloc.start()
    with pytest.raises(InputError, match="would take more than 1024 MB"):
        read_members(path, KEYS, FORM)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_file_of_very_many_arrays_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npz_members, "MOST_MEMBERS", 1)
    np.savez(tmp_path / "x.npz", a=np.arange(3), other=np.arange(3))
    with pytest.raises(InputError, match="has 2 arrays"):
        read_members(tmp_path / "x.npz", KEYS, FORM)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_no_change_of_bytes_gives_anything_but_arrays_or_one_line(tmp_path: Path, save: object) -> None:
    save(tmp_path / "x.npz", a=np.arange(60.0), b=np.arange(5))  # type: ignore[operator]
    whole = (tmp_path / "x.npz").read_bytes()
    chance = random.Random(18)
    for _ in range(1500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        (tmp_path / "y.npz").write_bytes(data)
        with suppress(InputError):
            read_members(tmp_path / "y.npz", KEYS, FORM)
