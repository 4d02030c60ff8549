"""Files that are read: text, TOML and JSON of strangers within limits, what an input is called, checksums.

The limits are size, depth, length of numbers and texts, and finite numbers. What is beyond them is a
``FormError``; whoever reads turns it into the error of its own kind with the file's name.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from repcount.core.errors import InputError, RepcountError
from repcount.core.shown_text import masked_url, printable

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TOML_BYTES: Final = 256 << 10
"""The largest of our own has seven thousand."""
IMPORT_BYTES: Final = 256 << 20
DEEPEST: Final = 32
LARGEST_NUMBER: Final = 1e15
LONGEST_TEXT: Final = 100_000
_BLOCK_BYTES: Final = 1 << 20
_ADDRESS: Final = re.compile(r"([a-z][a-z0-9+.-]+):/+", re.IGNORECASE)
UTF_16: Final = "utf-16"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_LINE: Final = 300
_LONG_KEY: Final = re.compile(rf"^[^=\"'#\n]*(?:\.[^=\"'#\n.]*){{{DEEPEST},}}", re.MULTILINE)


class FormError(ValueError):
    """What a file holds is not what it should be, or is beyond a limit; the text is the reason."""


def read_text(path: Path, most_bytes: int, also: Sequence[str] = ()) -> str:
    """The UTF-8 text of a file, or of a pipe; a mark at its beginning is left out.

    Parameters
    ----------
    also : other codes that are tried; ``utf-16`` only where its mark is there.

    Raises
    ------
    FormError
        It is too large, or no UTF-8.
    OSError
        It cannot be read.
    """
    if "\0" in str(path):
        raise FormError("is no name of a file")
    with path.open("rb") as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise FormError(f"is larger than {_size(most_bytes)}")
    codes = ["utf-8-sig", *(code for code in also if code != UTF_16 or data[:2] in _UTF_16_MARKS)]
    for code in codes:
        with suppress(UnicodeDecodeError):
            return data.decode(code)
    raise FormError("is not UTF-8 text; save it as UTF-8")


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a TOML file, within the limits.

    Raises
    ------
    FormError
        It is no TOML, or beyond a limit.
    OSError
        It cannot be read.
    """
    text = read_text(path, TOML_BYTES)
    if _LONG_KEY.search(text):
        raise FormError(f"is not valid TOML for us (a key of more than {DEEPEST} parts)")
    try:
        found = tomllib.loads(text)
    except RecursionError as error:
        raise FormError("is nested too deeply") from error
    except ValueError as error:  # of numbers with thousands of digits, too
        raise FormError(f"is not valid TOML ({in_short(error)})") from error
    check_limits(found)
    return found


def parse_json(text: str) -> Any:
    """The value of a JSON text, within the limits.

    Raises
    ------
    FormError
        It is no JSON, or beyond a limit.
    """
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise FormError("is nested too deeply") from error
    except ValueError as error:
        raise FormError(f"is not valid JSON ({in_short(error)})") from error
    check_limits(found)
    return found


def check_limits(value: Any) -> None:
    """Check depth, numbers and texts of what was read.

    Raises
    ------
    FormError
        Something is beyond a limit.
    """
    level = [value]
    for _ in range(DEEPEST):
        deeper: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                deeper += [*each.keys(), *each.values()]
            elif isinstance(each, list):
                deeper += each
            else:
                _check_plain(each)
        if not deeper:
            return
        level = deeper
    raise FormError("is nested too deeply")


def check_text(text: str, most: int = LONGEST_TEXT) -> str:
    """Return a text that every file and database can hold.

    Raises
    ------
    FormError
        It is too long, or holds half a character or a zero byte.
    """
    if len(text) > most:
        raise FormError(f"holds a text of {len(text)} letters; at most {most} are read")
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise FormError("holds a character that no text has")
    return text


def form_error(
    kind: type[RepcountError], path: Path, error: FormError | OSError, remedy: str
) -> RepcountError:
    """The error of that kind for a file that could not be read."""
    if isinstance(error, FormError):
        return kind(f"{path}: {in_short(error)}; {remedy}")
    return kind(f"{path}: cannot be read ({error.strerror}); check the path")


def in_short(said: object) -> str:
    """What went wrong, in one line that holds no more than a bit of the file."""
    text = printable(str(said))
    return text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}..."


def _check_plain(value: Any) -> None:
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, (int, float)) and not abs(value) <= LARGEST_NUMBER:  # NaN is not
        raise FormError("holds a number that is not finite or too large")


def _size(most_bytes: int) -> str:
    return f"{most_bytes >> 20} MB" if most_bytes >= 1 << 20 else f"{most_bytes >> 10} kB"


def input_name(path: Path) -> str:
    """What messages and results call an input: its path; of an address no more than may be seen."""
    name = str(path)
    found = _ADDRESS.match(name)
    if found is None or path.exists():
        return name
    return masked_url(f"{found[1].lower()}://{name[found.end() :]}", keep_user=False)


def refuse_no_file(path: Path) -> None:
    """Check that an input is meant as a file: neither standard input nor an address.

    Raises
    ------
    InputError
        It is one of these.
    """
    if str(path) == "-":
        raise InputError("-: standard input is not read; save it to a file and name that (or ./-)")
    if input_name(path) != str(path):
        raise InputError(
            f"{input_name(path)}: is an address, not a file; download it and name the file, "
            "or watch a camera with `repcount live --camera ADDRESS`"
        )


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex; an ``OSError`` where it cannot be read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            found.update(block)
    return found.hexdigest()


def content_hash(path: Path) -> str:
    """The SHA-256 of an input, in hex.

    Raises
    ------
    InputError
        It cannot be read.
    """
    refuse_no_file(path)
    try:
        return file_sha256(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
