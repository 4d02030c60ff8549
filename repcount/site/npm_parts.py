"""The parts of the page that others made: fetched by npm, by name and version, and checked by their hash."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repcount.core.errors import MissingDependencyError, OutputError

PATIENCE_S: Final = 300.0


@dataclass(frozen=True)
class NpmPart:
    """A package of npm and the files that the page takes of it.

    Attributes
    ----------
    integrity : SHA-512 of the package as npm delivers it, in Base64.
    files : path in the package by path in the page.
    """

    name: str
    version: str
    integrity: str
    files: Mapping[str, str]


_LITERT: Final = ("litert_wasm_internal", "litert_wasm_compat_internal")
_PYODIDE: Final = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
PARTS: Final = (
    NpmPart(
        "pyodide",
        "314.0.7",
        "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
        {f"pyodide/{name}": name for name in _PYODIDE},
    ),
    NpmPart(
        "@litertjs/core",
        "2.5.3",
        "PlGmbMOq9WitX7FO0jhbdJw9GthatsyuCQXjTt/wJZo0FLaw48q4tz8IwqgqCIkviYGr9OFDL1kCnN4nzWoyJQ==",
        {
            "litert/index.js": "dist/index.js",
            **{f"litert/{name}.{kind}": f"wasm/{name}.{kind}" for name in _LITERT for kind in ("js", "wasm")},
        },
    ),
    NpmPart(
        "@litertjs/wasm-utils",
        "2.5.3",
        "4fJiw6tBQnIs+0jH/OQ16nYOiSl8/+zZnn5h2ul8aTKHi05sVqZW580Tmk78pC2kT39A9OYBVdFawteZ/sI1kQ==",
        {"litert/wasm-utils.js": "dist/index.js"},
    ),
)


def fetch_part(part: NpmPart, folder: Path) -> dict[str, bytes]:
    """Have npm deliver a part into an empty ``folder``, and return the files of the page by their paths.

    Raises
    ------
    MissingDependencyError
        There is no npm.
    OutputError
        npm cannot deliver it, or it is not what it was when this release was made.
    """
    packed = _delivered(part, folder)
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != part.integrity:
        raise OutputError(
            f"{part.name} {part.version}: npm delivered another package than this release was made with "
            "(its SHA-512 differs); nothing of it is used"
        )
    with tarfile.open(packed) as archive:
        return {path: _member(archive, inside) for path, inside in part.files.items()}


def _delivered(part: NpmPart, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise MissingDependencyError("the page is made of parts that npm delivers; install Node.js with npm")
    quiet = ("--silent", "--no-update-notifier")
    words = [npm, "pack", f"{part.name}@{part.version}", "--prefer-offline", *quiet]
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise OutputError(f"{part.name} {part.version}: npm took too long; {_REMEDY}") from error
    found = sorted(folder.glob("*.tgz"))
    if done.returncode or not found:
        raise OutputError(f"{part.name} {part.version}: npm cannot deliver it ({_why(done)}); {_REMEDY}")
    return found[0]


_REMEDY: Final = "the building needs a network once, the page does not"


def _why(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.removeprefix("npm error ").strip() for line in done.stderr.splitlines() if line.strip()]
    codes = [line for line in lines if line.startswith("code ")]
    return (codes or lines or [f"exit code {done.returncode}"])[0]


def _member(archive: tarfile.TarFile, inside: str) -> bytes:
    file = archive.extractfile(f"package/{inside}")
    assert file is not None, inside
    return file.read()
