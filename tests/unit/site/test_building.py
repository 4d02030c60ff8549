"""The page is built of parts that are what they were, into a folder that is its own."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sys
import tarfile
import threading
import urllib.error
import urllib.request
from dataclasses import replace
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from repcount.core.errors import InputError, MissingDependencyError, OutputError, SettingError
from repcount.exercises import catalog
from repcount.site import build
from repcount.site.engine_files import read_added
from repcount.site.npm_parts import PARTS, NpmPart, fetch_part
from repcount.site.static_server import HEADERS, PageHandler, serve_site

DELIVERS = """#!{python}
import pathlib, shutil, sys
assert sys.argv[1:3] == ["pack", "thing@1.0.0"], sys.argv
shutil.copy({packed!r}, pathlib.Path.cwd() / "thing-1.0.0.tgz")
"""
FAILS = """#!{python}
import sys
sys.exit("npm error code ENOTFOUND\\nnpm error network it is not there")
"""


def npm(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called npm, the only one that is found."""
    (folder / "npm").write_text(text)
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A package with one file."""
    path = tmp_path / "packed.tgz"
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("package/dist/a.js")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    return path


@pytest.fixture
def part(packed: Path) -> NpmPart:
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    return NpmPart("thing", "1.0.0", digest, {"thing/a.js": "dist/a.js"})


needs_scripts = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


@needs_scripts
def test_a_part_is_taken_only_if_it_is_what_it_was(
    packed: Path, part: NpmPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm(tmp_path, DELIVERS.format(python=sys.executable, packed=str(packed)), monkeypatch)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert fetch_part(part, tmp_path / "one") == {"thing/a.js": b"abc"}
    with pytest.raises(OutputError, match=r"thing 1\.0\.0: npm delivered another package"):
        fetch_part(replace(part, integrity="AAAA"), tmp_path / "two")


@needs_scripts
def test_without_a_network_a_line_says_so(
    part: NpmPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm(tmp_path, FAILS.format(python=sys.executable), monkeypatch)
    with pytest.raises(
        OutputError, match=r"cannot deliver it \(code ENOTFOUND\); the building needs a network"
    ):
        fetch_part(part, tmp_path)


def test_without_npm_a_line_says_so(part: NpmPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependencyError, match=r"install Node\.js with npm"):
        fetch_part(part, tmp_path)


def test_every_part_has_a_fixed_version_and_a_whole_hash() -> None:
    for each in PARTS:
        assert len(base64.b64decode(each.integrity)) == hashlib.sha512().digest_size
        assert each.version.count(".") == 2


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds other files"):
        build.build_site(tmp_path, tmp_path / "bundle.task")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


PLAN = """format = 1
name = "short"
title = "Short"
summary = "Two exercises."

[[exercises]]
exercise = "wall-squat"

[[exercises]]
{second}
"""


def test_a_plan_of_ones_own_is_on_the_page_and_in_its_archive(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PLAN.format(second='exercise = "calf-raise"'))
    added = read_added([], [tmp_path / "mine.toml"])
    assert [*added.packed()] == ["repcount/exercises/plans/short.toml"]
    found = json.loads(build._choices("en", added))["plans"]
    assert found[-1] == {"name": "short", "title": "Short", "exercises": ["wall-squat", "calf-raise"]}


def test_what_cannot_be_added_to_a_page_is_refused(tmp_path: Path) -> None:
    known = Path(catalog.__file__).parent
    with pytest.raises(SettingError, match=r"calf_raise\.toml: there is a `calf-raise` already"):
        read_added([known / "calf_raise.toml"], [])
    with pytest.raises(SettingError, match=r"knee\.toml: there is a `knee` already"):
        read_added([], [known / "plans" / "knee.toml"])
    path = tmp_path / "mine.toml"
    path.write_text(PLAN.format(second='file = "arms.toml"'))
    arms = (known / "calf_raise.toml").read_text().replace('"calf-raise"', '"arms"', 1)
    (tmp_path / "arms.toml").write_text(arms)
    with pytest.raises(SettingError, match=r"mine\.toml: `arms\.toml` is not on the page; add it by"):
        read_added([], [path])


def test_the_page_is_that_of_the_server_with_a_policy_and_nothing_of_elsewhere() -> None:
    files = dict(build._own_files())
    page = files["index.html"].decode()
    assert "'wasm-unsafe-eval'" in page
    assert "'unsafe-eval'" not in page.replace("'wasm-unsafe-eval'", "")
    for name, data in files.items():
        if name.endswith((".js", ".css", ".html", ".webmanifest")):
            assert b"://" not in data.replace(b"http://www.w3.org/2000/svg", b""), name
    assert {"app.js", "set.js", "link.js", "sw.js"} <= set(files)
    assert b"WebSocket" not in files["link.js"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_choices_of_the_page_are_ready_in_each_language(language: str) -> None:
    found = json.loads(build._choices(language))
    assert [one["name"] for one in found["exercises"]] == list(catalog.names())
    assert found["language"] == language
    assert found["words"]["privacy"] == found["words"]["alone_privacy"]


def test_only_a_page_is_served(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no page"):
        serve_site(tmp_path, 0, print)


def test_the_server_sends_the_headers_of_safety_and_the_kinds_that_browsers_ask_for(tmp_path: Path) -> None:
    (tmp_path / "a.mjs").write_text("export {}")
    (tmp_path / "a.wasm").write_bytes(b"\0asm")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(PageHandler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        there = f"http://127.0.0.1:{server.server_address[1]}/"
        for name, kind in (("a.mjs", "text/javascript"), ("a.wasm", "application/wasm")):
            with urllib.request.urlopen(there + name) as answer:
                assert answer.headers["Content-Type"] == kind
                assert {key: answer.headers[key] for key in HEADERS} == HEADERS
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(there + "../secret")
        server.shutdown()
