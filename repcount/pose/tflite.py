"""Changes to a TensorFlow Lite network: metadata added, an output that nobody reads taken out.

A network is a flatbuffer; mediapipe's generated schemas unpack it into objects and pack it again. The
same network and the same flatbuffers release give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import flatbuffers
import numpy as np

from repcount.pose.mediapipe import Schemas

NETWORK_MARK = b"TFL3"
METADATA_MARK = b"M001"
METADATA_NAME = "TFLITE_METADATA"  # under which MediaPipe looks for it


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
    return _packed(network, NETWORK_MARK)


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
    return _packed(model, METADATA_MARK)


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


def _packed(record: Any, mark: bytes) -> bytes:
    builder = flatbuffers.Builder(0)
    builder.Finish(record.Pack(builder), mark)
    return bytes(builder.Output())
