"""Pieces of OpenGL: a context without a screen, shaders, buffers and textures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from repcount.core.errors import MissingDependencyError
from tools.figure.body import Skin
from tools.figure.rotation import Array
from tools.figure.solids import Box

if TYPE_CHECKING:
    import moderngl


def context() -> moderngl.Context:
    """A drawing context without a screen.

    Raises
    ------
    MissingDependencyError
        moderngl or the system's EGL is not installed.
    """
    try:
        import moderngl
    except ImportError:
        raise MissingDependencyError("the figure needs moderngl: pip install -e .[figure]") from None
    try:
        return moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type, unused-ignore]
    except Exception as error:  # moderngl raises bare Exception
        text = "EGL cannot be opened ({}): apt install libegl1 libgl1-mesa-dri".format(
            str(error).split("\n")[0]
        )
        raise MissingDependencyError(text) from None


def shader(name: str) -> str:
    """The text of a shader, from its version line on."""
    text = (Path(__file__).parent / "shaders" / f"{name}.glsl").read_text(encoding="utf-8")
    return text[text.index("#version") :] if "#version" in text else text


def box_rows(boxes: Sequence[tuple[Box, int]]) -> NDArray[np.float32]:
    """Triangles of boxes, each with its group, as rows of the room's buffer."""
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    order = np.array([i for a, b, c, d in quads for i in (a, b, c, a, c, d)])
    rows = []
    for box, group in boxes:
        points = box.corners()[order]
        edges = points.reshape(-1, 3, 3)
        normals = np.cross(edges[:, 1] - edges[:, 0], edges[:, 2] - edges[:, 0])
        normals = np.repeat(normals / np.linalg.norm(normals, axis=1, keepdims=True), 3, 0)
        rows.append(np.c_[points, normals, np.full(36, int(box.material)), np.full(36, group)])
    return np.concatenate(rows).astype(np.float32)


def noise(ctx: moderngl.Context, cells: int = 64) -> moderngl.Texture3D:
    """Red: one octave of value noise; green, blue and alpha: independent sums of three octaves."""
    import moderngl
    from scipy.ndimage import zoom

    rng = np.random.default_rng(1)

    def octave(n: int) -> Array:
        padded = np.pad(rng.random((n,) * 3), 2, mode="wrap")
        grown = zoom(padded, cells / n, order=1, grid_mode=True, mode="nearest")
        skip = 2 * cells // n
        return np.asarray(grown[skip : skip + cells, skip : skip + cells, skip : skip + cells])

    sums = [0.53 * octave(16) + 0.29 * octave(32) + 0.14 * octave(64) for _ in range(3)]
    values = (np.stack([octave(32), *sums], -1) * 255).clip(0, 255).astype(np.uint8)
    texture = ctx.texture3d((cells,) * 3, 4, np.ascontiguousarray(values).tobytes())
    texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
    return texture


def write(program: moderngl.Program, name: str, value: Array | float | int) -> None:
    """Set a uniform if the program has kept it."""
    if name not in program:
        return
    if isinstance(value, int):
        program[name].value = value  # type: ignore[union-attr, unused-ignore]
        return
    data = np.asarray(value, dtype="f4")
    data = np.swapaxes(data, -1, -2) if data.ndim >= 2 and data.shape[-1] == 4 else data
    program[name].write(np.ascontiguousarray(data).tobytes())  # type: ignore[union-attr, unused-ignore]


class Actor:
    """A body's buffers and its programs' inputs."""

    def __init__(self, ctx: moderngl.Context, programs: dict[str, moderngl.Program], skin: Skin) -> None:
        rows = np.concatenate(
            [skin.points, skin.normals, skin.bones, skin.weights, skin.sculpted, skin.material[:, None]], 1
        )
        self.count = len(rows)
        home = ctx.buffer(rows.astype(np.float32).tobytes())
        faces = ctx.buffer(skin.triangles.astype(np.int32).tobytes())
        self.moved = ctx.buffer(reserve=self.count * 24)
        self.skinning = ctx.vertex_array(
            programs["skin"], [(home, "3f 3f 4f 4f 16x", "in_pos", "in_nrm", "in_idx", "in_w")]
        )
        self.drawing = ctx.vertex_array(
            programs["body"],
            [(self.moved, "3f 3f", "o_pos", "o_nrm"), (home, "56x 3f 1f", "in_sculpted", "in_mat")],
            faces,
        )
        self.shading = ctx.vertex_array(programs["body_shadow"], [(self.moved, "3f 12x", "o_pos")], faces)
