"""The model that the pose network runs on: found, built once, verified each time."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Final

from repcount.core.errors import ModelError, OutputError
from repcount.core.files import AtomicFile
from repcount.core.input_files import file_sha256
from repcount.core.scratch import ScratchFolder
from repcount.pose.mediapipe import schemas
from repcount.pose.network_files import (
    FETCH_SHARE,
    NETWORKS,
    REMEDY,
    REQUIREMENT,
    Progress,
    add_normalisation,
    drop_output,
    fetch_wheel,
    pack,
    read_network,
    unpack,
)

FILE_NAME: Final = "pose_full_0.10.21_landmarks_1.task"  # the last number grows when the recipe changes
KEPT_SHA256: Final = frozenset(
    {
        "6e59401b60b271feca60d5cc138a6f2023eaf2954afb1a4c34afa3a0724caa96",  # built with flatbuffers 25.12.19
        "c163649961aa86e8ef64d619271792bf716452c08afc54945b630194dddcafac",  # with 25.9.23
    }
)
"""Of the bundle that is kept. They stand here, since whoever changes a file can change one beside it."""
BUILDING: Final = "building the pose model"
MENDING: Final = "the kept pose model is damaged: building it again"

ALIGN_BYTES: Final = 64  # networks are read where they lie in the file, so they must lie well
PADDING_MARK: Final = 0xD935  # the mark of padding in a zip, as Android's zipalign writes it
LOCAL_HEADER_BYTES: Final = 30  # of a zip member, before its name


class ModelKind(str, Enum):
    """Whose model it is."""

    BUILT = "built"  # full, without the segmentation head, from the wheel
    OWN = "own"  # a bundle that the user named


@dataclass(frozen=True)
class ModelBundle:
    """A bundle that has the form MediaPipe asks for.

    Attributes
    ----------
    origin : where it came from, in words.
    sha256 : of the whole file.
    """

    path: Path
    origin: str
    sha256: str
    kind: ModelKind


def find_model(explicit: Path | None, progress: Progress, cache_dir: Path | None = None) -> ModelBundle:
    """Return the model named by the user, else the one kept in the cache, else one built now.

    Parameters
    ----------
    explicit : the user's own bundle, from an option or the environment.
    progress : told what is being done while a model is built; not called where none has to be.
    cache_dir : where built models are kept; the user's own cache by default.

    Raises
    ------
    ModelError
        Where the named file is no bundle, or none can be built.
    """
    if explicit is not None:
        return own_model(explicit)
    return kept_model(cache_dir) or _build_kept(_kept_path(cache_dir), progress)


def own_model(path: Path) -> ModelBundle:
    """Return the bundle at ``path`` after a look inside.

    Raises
    ------
    ModelError
        Where there is none, or it lacks a network.
    """
    needed = {network.in_bundle for network in NETWORKS}
    if not path.exists():
        raise ModelError(f"{path}: no such model; check --model and REPCOUNT_MODEL")
    try:
        with zipfile.ZipFile(path) as files:
            missing = sorted(needed - set(files.namelist()))
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: not a .task bundle of MediaPipe; see models/README.md") from error
    if missing:
        raise ModelError(f"{path}: not a pose bundle, it lacks {missing[0]}; see models/README.md")
    return ModelBundle(path, "named by --model or REPCOUNT_MODEL", file_sha256(path), ModelKind.OWN)


def kept_model(cache_dir: Path | None = None) -> ModelBundle | None:
    """Return the model in the cache, or None where there is none or it is damaged. Builds nothing."""
    path = _kept_path(cache_dir)
    try:
        digest = file_sha256(path)
    except OSError:
        return None
    return _built(path, digest) if digest in KEPT_SHA256 else None


def known_sha256(path: Path) -> Collection[str]:
    """The checksums that a bundle may have: known of the one in the user's cache, of no other."""
    return KEPT_SHA256 if path == _kept_path(None) else ()


def build_kept(wheel: Path, out: Path) -> ModelBundle:
    """As ``build_from_wheel``, for the bundle that is kept.

    Raises
    ------
    ModelError
        What was built is another one than this release was tried with; nothing is kept then.
    """
    model = build_from_wheel(wheel, out)
    if model.sha256 not in KEPT_SHA256:
        out.unlink()
        raise ModelError(
            "the pose model came out another one than was tried: pip install flatbuffers==25.12.19"
        )
    return model


def build_from_wheel(wheel: Path, out: Path, prune: bool = True) -> ModelBundle:
    """Build a bundle from the wheel of mediapipe 0.10.21 and write it to ``out``.

    Parameters
    ----------
    prune : take out the segmentation head; landmarks stay the same to the last bit, and come sooner.

    Raises
    ------
    ModelError
        Where the wheel is damaged or another one, or ``out`` cannot be written.
    """
    loaded = schemas()
    members: list[tuple[str, bytes]] = []
    for network in NETWORKS:
        model = unpack(loaded, read_network(wheel, network))
        if prune and network.unused_output is not None:
            drop_output(loaded, model, network.unused_output)
        add_normalisation(loaded, model, network.norm)
        members.append((network.in_bundle, pack(model)))
    _make_folder(out.parent)
    try:
        return _write(out, members)
    except (OSError, OutputError) as error:
        raise ModelError(f"the model cannot be kept: {error}; {REMEDY}") from error


def _build_kept(path: Path, progress: Progress) -> ModelBundle:
    if path.exists():
        progress(MENDING, 0.0)
    _make_folder(path.parent)  # before 36 MB are fetched for nothing
    with ScratchFolder() as scratch:
        wheel = fetch_wheel(scratch.path, progress)
        progress(BUILDING, FETCH_SHARE)
        model = build_kept(wheel, path)
    progress(BUILDING, 1.0)
    return model


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"{folder}: no model can be kept here ({error.strerror}); {REMEDY}") from error


def _write(out: Path, members: list[tuple[str, bytes]]) -> ModelBundle:
    bundle = AtomicFile(out)
    try:
        with bundle.part.open("wb") as file:
            _write_aligned(file, members)
        bundle.keep()
    finally:
        bundle.discard()
    return _built(out, file_sha256(out))


def _write_aligned(file: IO[bytes], members: list[tuple[str, bytes]]) -> None:
    """Write a zip without compression whose bytes depend on nothing but the members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as files:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            info.extra = _padding(file.tell() + LOCAL_HEADER_BYTES + len(name.encode()))
            files.writestr(info, data)


def _padding(offset: int) -> bytes:
    """Return an extra field after which the offset is a multiple of ``ALIGN_BYTES``."""
    head_bytes = struct.calcsize("<HH")
    gap = -(offset + head_bytes) % ALIGN_BYTES
    return struct.pack("<HH", PADDING_MARK, gap) + bytes(gap)


def _built(path: Path, digest: str) -> ModelBundle:
    return ModelBundle(path, f"built from the wheel of {REQUIREMENT}", digest, ModelKind.BUILT)


def _kept_path(cache_dir: Path | None) -> Path:
    if cache_dir is None:
        from platformdirs import user_cache_dir

        cache_dir = Path(user_cache_dir("repcount", appauthor=False))
    return cache_dir / FILE_NAME
