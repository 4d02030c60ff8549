"""Looks whether this machine has what ``analyze`` needs, and says what to do about what it lacks."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from pathlib import Path

from repcount.core.errors import PACKAGES, REMEDY, ModelError

TRIED = ((3, 10), (3, 13))
"""First and last Python that the tests were run with."""

LOAD_LIMIT_S = 120.0
OPENCV = ("opencv-python", "opencv-contrib-python")


class State(str, Enum):
    """How a check came out."""

    OK = "ok"
    NOTE = "note"  # analyze works without it
    BROKEN = "broken"  # analyze does not work


@dataclass(frozen=True)
class Check:
    """One thing looked at; ``remedy`` is empty where nothing is to be done."""

    name: str
    state: State
    found: str
    remedy: str = ""


def checkup(model: Path | None, environment: Mapping[str, str] | None = None) -> Iterator[Check]:
    """Yield one check after the other; nothing is changed, built or fetched.

    Parameters
    ----------
    model : the user's own bundle, None where there is none.
    environment : ``os.environ`` where not given.
    """
    environ = os.environ if environment is None else environment
    yield python_version(sys.version_info[:2])
    yield system_libraries()
    yield opencv_versions({name: _version(name) for name in OPENCV})
    for module, package in (("cv2", "opencv-python"), ("av", "av"), ("mediapipe", "mediapipe")):
        yield loads(module, package)
    yield pose_model(model)
    yield cameras()
    yield screen(environ)
    yield from write_access()


def python_version(version: tuple[int, ...]) -> Check:
    """Whether this Python is one that the tests were run with."""
    text = ".".join(str(part) for part in version)
    if version < TRIED[0]:
        return Check("Python", State.BROKEN, text, "install Python 3.10 or later")
    if version > TRIED[1]:
        return Check("Python", State.NOTE, f"{text}, untried", "if anything fails, use Python 3.13")
    return Check("Python", State.OK, text)


def system_libraries() -> Check:
    """Whether the libraries that OpenCV and MediaPipe load are on a Linux system."""
    name = "system libraries"
    if not sys.platform.startswith("linux"):
        return Check(name, State.OK, f"none needed on {platform.system()}")
    missing = [library for library in PACKAGES if not _can_load(library)]
    if missing:
        return Check(name, State.BROKEN, f"missing: {', '.join(missing)}", REMEDY)
    return Check(name, State.OK, "all there")


def opencv_versions(versions: Mapping[str, str | None]) -> Check:
    """Whether the two OpenCV packages, which share one folder, are of one version."""
    present = {name: version for name, version in versions.items() if version is not None}
    found = ", ".join(f"{name} {version or 'missing'}" for name, version in versions.items())
    if len(present) == len(versions) and len(set(present.values())) == 1:
        return Check("OpenCV", State.OK, found)
    # whichever came last has overwritten parts of the other, so both have to go first
    remedy = f"pip uninstall -y {' '.join(versions)} && pip install {' '.join(_pinned(versions))}"
    return Check("OpenCV", State.BROKEN, found, remedy)


def loads(module: str, package: str) -> Check:
    """Whether a compiled module can be loaded; tried in a process of its own, which may die of it."""
    name = f"{package} loads"
    try:
        tried = subprocess.run(
            [sys.executable, "-c", f"import {module}"], capture_output=True, timeout=LOAD_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return Check(
            name, State.BROKEN, f"not within {LOAD_LIMIT_S:g} s", f"pip install --force-reinstall {package}"
        )
    if tried.returncode == 0:
        return Check(name, State.OK, _version(package) or "yes")
    lines = tried.stderr.decode(errors="replace").strip().splitlines()
    why = lines[-1] if lines else f"the process ended with {tried.returncode}"
    remedy = (
        REMEDY
        if ".so" in why
        else f"pip install --force-reinstall {package}=={_version(package) or ''}".rstrip("=")
    )
    return Check(name, State.BROKEN, why, remedy)


def pose_model(path: Path | None) -> Check:
    """Which pose model would be used; a missing one is only a note, since the first analysis builds it."""
    from repcount.pose.bundle import kept_model, own_model

    try:
        model = kept_model() if path is None else own_model(path)
    except ModelError as error:
        return Check(
            "pose model", State.BROKEN, str(error), "give another with --model, or none to have it built"
        )
    if model is None:
        return Check("pose model", State.NOTE, "not built yet", "repcount models build (36 MB, once)")
    return Check("pose model", State.OK, f"{model.path}, {model.origin}")


def cameras(folder: Path = Path("/dev")) -> Check:
    """Which cameras the system has; videos are analysed without."""
    if not sys.platform.startswith("linux"):
        return Check("camera", State.NOTE, f"not looked for on {platform.system()}")
    devices = sorted(folder.glob("video[0-9]*"))
    if not devices:
        return Check("camera", State.NOTE, "none", "plug one in; recorded videos need none")
    closed = [device for device in devices if not os.access(device, os.R_OK | os.W_OK)]
    found = ", ".join(str(device) for device in devices)
    if closed:
        return Check(
            "camera", State.NOTE, f"{found}; not allowed: {closed[0]}", "add yourself to the group `video`"
        )
    return Check("camera", State.OK, found)


def screen(environ: Mapping[str, str]) -> Check:
    """Whether a window could be opened; none is needed to analyse a file."""
    if not sys.platform.startswith("linux"):
        return Check("screen", State.OK, platform.system())
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if environ.get(name):
            return Check("screen", State.OK, f"{name}={environ[name]}")
    return Check("screen", State.NOTE, "none", "use --video to get the picture as a file")


def write_access() -> Iterator[Check]:
    """Whether files can be written where the model is kept, where temporary ones go, and here."""
    from platformdirs import user_cache_dir

    yield _writable(
        "model folder",
        Path(user_cache_dir("repcount", appauthor=False)),
        "set XDG_CACHE_HOME, or use --model",
    )
    yield _writable(
        "temporary folder", Path(tempfile.gettempdir()), "set TMPDIR to a folder that can be written"
    )
    here = _writable("this folder", Path.cwd(), "name outputs in another folder")
    yield here if here.state is State.OK else Check(here.name, State.NOTE, here.found, here.remedy)


def _writable(name: str, folder: Path, remedy: str) -> Check:
    present = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=present):
            return Check(name, State.OK, f"{folder}" + ("" if present == folder else " (will be made)"))
    except OSError as error:
        return Check(name, State.BROKEN, f"{folder}: {error.strerror}", remedy)


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _pinned(names: Iterable[str]) -> list[str]:
    """The given packages with the versions that this package asks for."""
    wanted = {re.split(r"[=<>~!; ]", line)[0]: line for line in metadata.requires("repcount") or ()}
    return [wanted.get(name, name) for name in names]
