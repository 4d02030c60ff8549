"""The page built into a folder: its own files, the engine, the networks, the parts of npm, what is cached."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from repcount import __version__
from repcount.config import Settings
from repcount.core.errors import OutputError
from repcount.core.files import write_error
from repcount.exercises import languages
from repcount.pose.network_files import NETWORKS
from repcount.site.engine_files import NOTHING, AddedFiles, engine_zip
from repcount.site.npm_parts import PARTS, NpmPart, fetch_part
from repcount.web.page_answers import choices

OWN: Final = Path(__file__).parent / "page"
SHARED: Final = Path(__file__).parents[1] / "web" / "page"
LEFT_OUT: Final = frozenset({"index.html", "link.js", "socket.js", "posts.js", "words.js"})
"""Of the page that talks to a server: what this one has in another form, or has no need of."""
MARK: Final = "repcount.json"
"""Stands in a folder that is a page of this program; only such a one, or an empty one, is written into."""
EITHER: Final = ("litert/litert_wasm_compat_internal", "litert/litert_wasm_internal")
"""Of these a browser needs one: the first where it has no relaxed SIMD."""
DIFFERENT: Final = ("connected", "privacy")
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; img-src 'self' data:; media-src 'self' blob: mediastream:; "
    "base-uri 'none'; form-action 'none'"
)
HEAD: Final = (
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    '<link rel="manifest" href="app.webmanifest">\n'
    '<link rel="icon" href="icon.svg">\n'
    '<link rel="apple-touch-icon" href="icon-192.png">\n'
    '<link rel="stylesheet" href="alone.css">\n'
    '<script type="module" src="alone.js"></script>'
)
_ICON: Final = '<link rel="icon" href="data:,">'

Tell = Callable[[str], None]


@dataclass(frozen=True)
class BuiltSite:
    """A page in a folder.

    Attributes
    ----------
    first_load_bytes : what a browser fetches to work from then on without a network, uncompressed.
    """

    folder: Path
    files: int
    first_load_bytes: int


def build_site(
    folder: Path, bundle: Path, tell: Tell = lambda line: None, added: AddedFiles = NOTHING
) -> BuiltSite:
    """Build the page into ``folder``.

    Parameters
    ----------
    bundle : of the pose networks, as ``find_model`` gives it.
    tell : takes a line before each step.
    added : what the page has beside what comes with the program.

    Raises
    ------
    OutputError
        The folder holds something else or cannot be written, or a part cannot be had.
    MissingDependencyError
        There is no npm.
    """
    _check_folder(folder)
    files = dict(_own_files())
    for part in PARTS:
        tell(f"fetching {part.name} {part.version}")
    with ThreadPoolExecutor(len(PARTS)) as together:
        for found in together.map(_fetched, PARTS):
            files |= found
    utils = files["litert/index.js"].replace(b'"@litertjs/wasm-utils"', b'"./wasm-utils.js"')
    files["litert/index.js"] = utils.partition(b"\n//# sourceMappingURL")[0]
    tell("packing the engine, the networks and the words")
    files |= dict(_networks(bundle))
    files["engine.zip"] = engine_zip(added.packed())
    files |= {f"choices-{name}.json": _choices(name, added) for name in languages.languages()}
    files["sw.js"] = _service_worker(files)
    files[MARK] = json.dumps({"repcount": __version__}).encode()
    tell(f"writing {len(files)} files")
    _write(folder, files)
    needed = [path for path in files if not path.startswith(EITHER[0]) and path != MARK]
    return BuiltSite(folder, len(files), sum(len(files[path]) for path in needed))


def _fetched(part: NpmPart) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="repcount-") as scratch:
        return fetch_part(part, Path(scratch))


def _check_folder(folder: Path) -> None:
    try:
        there = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise write_error(folder, error) from error
    if there and MARK not in there:
        raise OutputError(f"{folder}: holds other files; name an empty folder, or a new one")


def _own_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted(SHARED.iterdir()):
        if path.name not in LEFT_OUT:
            yield path.name, path.read_bytes()
    for path in sorted(OWN.iterdir()):
        yield path.name, path.read_bytes()
    page = (SHARED / "index.html").read_text(encoding="utf-8")
    assert _ICON in page
    yield "index.html", page.replace(_ICON, HEAD).encode()


def _networks(bundle: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(bundle) as archive:
        for network in NETWORKS:
            yield network.in_bundle, archive.read(network.in_bundle)


def _choices(language: str, added: AddedFiles = NOTHING) -> bytes:
    """What can be chosen, with the words of this page where they differ from those beside a computer."""
    found = choices(replace(Settings(), language=language), added.offered())
    words = found["words"]
    found["words"] = words | {key: words[f"alone_{key}"] for key in DIFFERENT}
    return json.dumps(found, ensure_ascii=False).encode()


def _service_worker(files: dict[str, bytes]) -> bytes:
    """The service worker with the list of what it keeps, each with its hash."""
    listed = {path: _hash(data) for path, data in sorted(files.items()) if path != "sw.js"}
    version = hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:16]
    head = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(listed, indent=1)};\n"
    return head.encode() + files["sw.js"]


def _hash(data: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(data).digest()).decode()


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        for path, data in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    except OSError as error:
        raise write_error(folder, error) from error
