"""The network files: fetched in the mediapipe wheel, each one checked, and changed to fit the bundle."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import flatbuffers
import numpy as np

from repcount.core.errors import ModelError
from repcount.pose.mediapipe import Schemas

NETWORK_MARK = b"TFL3"
METADATA_MARK = b"M001"
METADATA_NAME = "TFLITE_METADATA"  # under which MediaPipe looks for it
Progress = Callable[[str, float], None]
"""Takes what is being done, in words, and how much of all is done, 0..1."""
REQUIREMENT: Final = "mediapipe==0.10.21"
"""The last release whose wheel carries the networks. It is only unpacked; what is installed and
runs them is 0.10.33, see "Privacy" in README.md."""
WHEEL_BYTES: Final = 35_627_340
FETCHING: Final = "fetching the pose model (36 MB, once)"
FETCH_SHARE: Final = 0.9  # of the whole work of building a model
POLL_S: Final = 0.2
MODEL_URL: Final = (
    "https://storage.googleapis.com/mediapipe-models/pose_landmarker/"
    "pose_landmarker_full/float16/latest/pose_landmarker_full.task"
)
REMEDY: Final = (
    "give a model with --model PATH or REPCOUNT_MODEL, build one from a wheel brought from another machine "
    f"(see models/README.md), or download {MODEL_URL}"
)


@dataclass(frozen=True)
class Normalisation:
    """How pixels 0..255 become the input of a network: (pixel - mean) / std."""

    mean: float
    std: float


def unpack(schemas: Schemas, data: bytes) -> Any:
    """Return the network in ``data`` as an object of the schema."""
    return schemas.network.ModelT.InitFromObj(schemas.network.Model.GetRootAsModel(data, 0))


def pack(network: Any) -> bytes:
    """Return the network as the bytes of a file."""
    return _file_bytes(network, NETWORK_MARK)


def add_normalisation(schemas: Schemas, network: Any, norm: Normalisation) -> None:
    """Add the metadata without which MediaPipe's Tasks refuse a network."""
    entry = schemas.network.MetadataT()
    entry.name = METADATA_NAME
    entry.buffer = _add_buffer(schemas, network, _metadata(schemas, norm, len(network.subgraphs[0].outputs)))
    network.metadata = [*(network.metadata or []), entry]


def drop_output(schemas: Schemas, network: Any, name: bytes) -> None:
    """Take out all that feeds nothing but the output ``name``, which becomes a constant 0.

    The output itself stays, because MediaPipe asks for every output of the original. The operators that
    remain, and their order, are untouched, so the other outputs stay the same to the last bit.
    """
    graph = network.subgraphs[0]
    needed = _needed_operators(graph, [int(t) for t in graph.outputs if graph.tensors[t].name != name])
    graph.operators = [operator for i, operator in enumerate(graph.operators) if i in needed]
    for tensor in (graph.tensors[t] for t in graph.outputs):
        if tensor.name == name:
            zeros = np.zeros(int(np.prod(tensor.shape)), dtype=np.float32)
            tensor.buffer = _add_buffer(schemas, network, zeros.tobytes())


def _needed_operators(graph: Any, outputs: list[int]) -> set[int]:
    maker = {int(t): i for i, operator in enumerate(graph.operators) for t in operator.outputs}
    tensors = list(outputs)
    needed: set[int] = set()
    while tensors:
        operator = maker.get(tensors.pop())
        if operator is not None and operator not in needed:
            needed.add(operator)
            tensors += [int(t) for t in graph.operators[operator].inputs if t >= 0]  # -1: left out
    return needed


def _add_buffer(schemas: Schemas, network: Any, data: bytes) -> int:
    buffer = schemas.network.BufferT()
    buffer.data = np.frombuffer(data, dtype=np.uint8)
    network.buffers.append(buffer)
    return len(network.buffers) - 1


def _metadata(schemas: Schemas, norm: Normalisation, outputs: int) -> bytes:
    meta = schemas.metadata
    graph = meta.SubGraphMetadataT()
    graph.inputTensorMetadata = [_image_input(meta, norm)]
    graph.outputTensorMetadata = [_named_tensor(meta, f"out{i}") for i in range(outputs)]
    model = meta.ModelMetadataT()
    model.name, model.subgraphMetadata = "pose", [graph]
    return _file_bytes(model, METADATA_MARK)


def _image_input(meta: Any, norm: Normalisation) -> Any:
    options = meta.NormalizationOptionsT()
    options.mean, options.std = [norm.mean], [norm.std]
    unit = meta.ProcessUnitT()
    unit.optionsType, unit.options = meta.ProcessUnitOptions.NormalizationOptions, options
    properties = meta.ImagePropertiesT()
    properties.colorSpace = meta.ColorSpaceType.RGB
    content = meta.ContentT()
    content.contentPropertiesType = meta.ContentProperties.ImageProperties
    content.contentProperties = properties
    tensor = _named_tensor(meta, "image")
    tensor.processUnits, tensor.content = [unit], content
    return tensor


def _named_tensor(meta: Any, name: str) -> Any:
    tensor = meta.TensorMetadataT()
    tensor.name = name
    return tensor


def _file_bytes(record: Any, mark: bytes) -> bytes:
    builder = flatbuffers.Builder(0)
    builder.Finish(record.Pack(builder), mark)
    return bytes(builder.Output())


@dataclass(frozen=True)
class Network:
    """One network of the wheel, and what becomes of it in the bundle.

    ``unused_output`` is an output that nobody here asks for; all that feeds only it is taken out.
    """

    in_wheel: str
    sha256: str
    in_bundle: str
    norm: Normalisation
    unused_output: bytes | None = None


NETWORKS: Final[tuple[Network, ...]] = (
    Network(
        in_wheel="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        in_bundle="pose_detector.tflite",
        norm=Normalisation(127.5, 127.5),
    ),
    Network(
        in_wheel="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        in_bundle="pose_landmarks_detector.tflite",
        norm=Normalisation(0.0, 255.0),
        unused_output=b"Identity_2",  # the segmentation mask, 256 x 256
    ),
)


def fetch_wheel(folder: Path, progress: Progress) -> Path:
    """Have pip download the wheel into an empty ``folder``; it honours the user's own pip settings.

    The platform is named, so that any system gets the same wheel: nothing of it is ever installed.

    Raises
    ------
    ModelError
        Where pip cannot get it.
    """
    log = folder / "pip.log"
    scratch = folder / "scratch"
    scratch.mkdir()
    with log.open("wb") as output:
        pip = subprocess.Popen(_command(folder), stdout=output, stderr=output, env=_environment(scratch))
        try:
            _follow(pip, folder, progress)
        finally:
            pip.kill()
            pip.wait()
    wheels = sorted(folder.glob("*.whl"))
    if pip.returncode or not wheels:
        reason = _reason(log.read_text(errors="replace"))
        raise ModelError(f"the pose model cannot be fetched: pip download {REQUIREMENT}: {reason}; {REMEDY}")
    return wheels[0]


def read_network(wheel: Path, network: Network) -> bytes:
    """Return the bytes of one network, which are those that this release was tried with.

    Raises
    ------
    ModelError
        Where the wheel cannot be read or holds another network.
    """
    try:
        with zipfile.ZipFile(wheel) as files:
            data = files.read(network.in_wheel)
    except FileNotFoundError as error:
        raise ModelError(f"{wheel}: no such file; see models/README.md for how to get the wheel") from error
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{wheel}: damaged, or not the wheel of {REQUIREMENT}; download it again") from error
    if hashlib.sha256(data).hexdigest() != network.sha256:
        raise ModelError(f"{wheel}: the checksum of {network.in_wheel} is wrong; download the wheel again")
    return data


def _command(folder: Path) -> list[str]:
    target = ["--python-version", "3.12", "--platform", "manylinux_2_28_x86_64"]
    options = [
        "--no-deps",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
        "--retries",
        "2",
    ]
    return [sys.executable, "-m", "pip", "download", *options, *target, "--dest", str(folder), REQUIREMENT]


def _environment(scratch: Path) -> dict[str, str]:
    """The variables for pip: its half-fetched file lies in ``scratch``, where its growth can be measured."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))}


def _follow(pip: subprocess.Popen[bytes], folder: Path, progress: Progress) -> None:
    while True:
        progress(FETCHING, FETCH_SHARE * min(1.0, _largest_bytes(folder) / WHEEL_BYTES))
        try:
            pip.wait(timeout=POLL_S)
        except subprocess.TimeoutExpired:
            continue
        return


def _largest_bytes(folder: Path) -> int:
    sizes = [0]
    for path in folder.rglob("*"):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:  # pip moved it meanwhile
            continue
    return max(sizes)


def _reason(log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    if any("Retrying (" in line for line in lines):
        return "no connection to the package registry"
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["it said nothing"])[-1].removeprefix("ERROR:").strip().rstrip(".")
