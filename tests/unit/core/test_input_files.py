from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from repcount.core.input_files import TOML_BYTES, FormError, parse_json, read_text, read_toml


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = " + "[" * 3000 + "]" * 3000, "nested too deeply"),
        ("a = " + "[" * 40 + "]" * 40, "nested too deeply"),
        ("a = " + "1" * 5000, "not valid TOML"),
        ("a = " + "1" * 400, "too large"),
        ("a = inf", "not finite"),
        ("a = nan", "not finite"),
        ('a = "\\u0000"', "no text has"),
        (".".join("a" * 40) + " = 1", "more than 32 parts"),
        ("[" + ".".join("a" * 60_000) + "]", "more than 32 parts"),
        ("".join(f"k{n} = 1\n" for n in range(60_000)), "larger than 256 kB"),
        ("a = 2026-13-41", "not valid TOML"),
        ("a", "not valid TOML"),
    ],
    ids=lambda value: value[:16],
)
def test_toml_beyond_a_limit_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError, match=reason) as caught:
        read_toml(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 40 + "]" * 40,
        "1" * 5000,
        "1e400",
        "NaN",
        "-Infinity",
        str(2**63),
        '"\\ud800"',
        "{",
    ],
    ids=lambda value: value[:16],
)
def test_json_beyond_a_limit_is_refused(text: str) -> None:
    with pytest.raises(FormError):
        parse_json(f'{{"a": {text}}}')


def test_what_is_within_the_limits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('\ufeffa.b = [1, 2.5]\nsay = "a. b. c. d..." # ' + "." * 99, encoding="utf-8")
    assert read_toml(path) == {"a": {"b": [1, 2.5]}, "say": "a. b. c. d..."}
    assert parse_json(json.dumps({"a": [None, True, "ü"]})) == {"a": [None, True, "ü"]}


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this machine has no /dev/zero")
def test_a_device_without_an_end_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(FormError, match="larger than"):
        read_text(Path("/dev/zero"), TOML_BYTES)


def test_a_name_with_a_zero_byte_is_none() -> None:
    with pytest.raises(FormError, match="no name"):
        read_text(Path("a\0b"), 1)


def test_a_folder_is_left_to_the_system() -> None:
    with pytest.raises(OSError, match="directory"):
        read_text(Path(os.curdir), 1)
