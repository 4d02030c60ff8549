"""The picture: bodies and boxes under one shadowed lamp, drawn by OpenGL without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from tools.figure.body import Skin
from tools.figure.camera import Camera, look_at, parallel
from tools.figure.gpu import Actor, box_rows, context, noise, shader, write
from tools.figure.rotation import Array
from tools.figure.scenery import BodyLook, Lamps, RoomLook
from tools.figure.solids import Box

if TYPE_CHECKING:
    import moderngl

Picture = NDArray[np.uint8]
Region = tuple[int, int, int, int]

SHADOW_PX: Final = (1024, 512)
REACH_M: Final = (2.6, 2.2)
"""Half the width that the key light's and the overhead light's shadows cover."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What moves from frame to frame.

    Attributes
    ----------
    bones : rest to world of every body, shape (19, 4, 4) each.
    offsets : where the groups of moving boxes are, shape (4, 3), metres; group 0 stands still.
    region : the rectangle (x0, y0, x1, y1) in pixels that can have changed; None for all of it.
    """

    bones: tuple[Array, ...]
    offsets: Array
    camera: Camera
    region: Region | None = None


class Renderer:
    """Draws one room with its people.

    Parameters
    ----------
    size_px : width and height of the pictures.
    people : skin and colours of every body.
    boxes : everything else, each with its group (0 stands still).
    fine : smooth edges, at twice the cost.
    """

    def __init__(
        self,
        size_px: tuple[int, int],
        people: Sequence[tuple[Skin, BodyLook]],
        boxes: Sequence[tuple[Box, int]],
        room: RoomLook,
        lamps: Lamps,
        fine: bool = False,
    ) -> None:
        import moderngl

        self._gl, self.size_px = moderngl, size_px
        self._ctx = ctx = context()
        self._lamps = lamps
        self._programs = programs = self._compile()
        self._actors = [Actor(ctx, programs, skin) for skin, _ in people]
        self._looks = [look for _, look in people]
        boxes = sorted(boxes, key=lambda pair: pair[0].backdrop)  # what is nearer first: less to paint twice
        solid = [pair for pair in boxes if not pair[0].backdrop]
        self._room = self._box_array("room", boxes, "3f 3f 1f 1f", ("in_pos", "in_nrm", "in_mat", "in_group"))
        self._blocks = (
            self._box_array("room_shadow", solid, "3f 16x 1f", ("in_pos", "in_group")) if solid else None
        )
        self._maps = [ctx.depth_texture((n, n)) for n in SHADOW_PX]
        for texture in self._maps:
            texture.compare_func, texture.filter = "", (moderngl.NEAREST, moderngl.NEAREST)
            texture.repeat_x = texture.repeat_y = False
        self._map_buffers = [ctx.framebuffer(depth_attachment=texture) for texture in self._maps]
        self._noise = noise(ctx)
        self._out = ctx.framebuffer([ctx.renderbuffer(size_px, 4)], ctx.depth_renderbuffer(size_px))
        self._smooth = None
        if fine:
            colour = ctx.renderbuffer(size_px, 4, samples=4)
            self._smooth = ctx.framebuffer([colour], ctx.depth_renderbuffer(size_px, samples=4))
        ctx.enable(moderngl.DEPTH_TEST)
        self._paint(room)

    def _compile(self) -> dict[str, moderngl.Program]:
        ctx, light = self._ctx, shader("light")
        nothing = shader("nothing")
        return {
            "skin": ctx.program(vertex_shader=shader("skin"), varyings=("o_pos", "o_nrm")),
            "body": ctx.program(vertex_shader=shader("body_vertex"), fragment_shader=light + shader("body")),
            "room": ctx.program(vertex_shader=shader("room_vertex"), fragment_shader=light + shader("room")),
            "body_shadow": ctx.program(vertex_shader=shader("body_shadow"), fragment_shader=nothing),
            "room_shadow": ctx.program(vertex_shader=shader("room_shadow"), fragment_shader=nothing),
        }

    def _box_array(
        self, program: str, boxes: Sequence[tuple[Box, int]], layout: str, names: tuple[str, ...]
    ) -> moderngl.VertexArray:
        buffer = self._ctx.buffer(box_rows(boxes).tobytes())
        return self._ctx.vertex_array(self._programs[program], [(buffer, layout, *names)])

    def _paint(self, room: RoomLook) -> None:
        """Set what stays the same from frame to frame."""
        program, lamps = self._programs["room"], self._lamps
        for name, colour in (
            ("wallC", room.wall),
            ("floorC", room.floor),
            ("matC", room.mat),
            ("paintC", room.paint),
        ):
            write(program, name, np.array(colour))
        write(program, "floorKind", room.floor_kind)
        for program in (self._programs["room"], self._programs["body"]):
            for name, value in (("keyC", lamps.key), ("skyC", lamps.sky), ("groundC", lamps.ground)):
                write(program, name, np.array(value))
            for name, number in (("fillK", lamps.fill), ("exposure", lamps.exposure)):
                write(program, name, number)
            for i, name in enumerate(("keyMap", "topMap", "noiseT")):
                write(program, name, i)
            write(program, "keyDir", lamps.direction)

    def _dress(self, look: BodyLook) -> None:
        colours = (look.skin, look.hair, look.shirt, look.bottoms, look.shoes)
        for name, colour in zip(("skinC", "hairC", "shirtC", "bottomC", "shoeC"), colours, strict=True):
            write(self._programs["body"], name, np.array(colour))
        write(self._programs["body"], "hemY", float(look.hem_m))
        write(self._programs["body"], "sleeveT", float(look.sleeve))

    def _cast_shadows(self, moment: Moment) -> tuple[Array, Array]:
        """Fill the shadow maps; returns the two lights' world-to-clip matrices."""
        centre = moment.camera.target * [1, 0, 1] + [0, 0.5, 0]
        key = parallel(REACH_M[0], 9.0) @ look_at(centre + self._lamps.direction * 4.5, centre)
        top = parallel(REACH_M[1], 6.0) @ look_at(centre + np.array([0, 3.5, 0.001]), centre, (0, 0, -1))
        for buffer, view in zip(self._map_buffers, (key, top), strict=True):
            buffer.use()
            buffer.clear(depth=1.0)
            for name in ("body_shadow", "room_shadow"):
                write(self._programs[name], "view", view)
            write(self._programs["room_shadow"], "offsets", moment.offsets)
            for actor in self._actors:
                actor.shading.render()
            if self._blocks:
                self._blocks.render()
        return key, top

    def draw(self, moment: Moment) -> Picture:
        """One picture, shape (height, width, 3), RGB."""
        ctx, gl = self._ctx, self._gl
        self._out.use()  # transform feedback writes nothing before a framebuffer is bound
        for actor, bones in zip(self._actors, moment.bones, strict=True):
            write(self._programs["skin"], "bones", bones)
            actor.skinning.transform(actor.moved, gl.POINTS, actor.count)
        key, top = self._cast_shadows(moment)
        width, height = self.size_px
        x0, y0, x1, y1 = moment.region or (0, 0, width, height)
        target = self._smooth or self._out
        target.use()
        target.scissor = (x0, height - y1, x1 - x0, y1 - y0)
        target.clear(0.75, 0.76, 0.78, 1.0, viewport=(x0, height - y1, x1 - x0, y1 - y0))
        for program in (self._programs["room"], self._programs["body"]):
            for name, matrix in (("view", moment.camera.matrix()), ("keyVP", key), ("topVP", top)):
                write(program, name, matrix)
            write(program, "eye", moment.camera.eye)
        write(self._programs["room"], "offsets", moment.offsets)
        for i, texture in enumerate(self._maps):
            texture.use(i)
        self._noise.use(2)
        self._draw_all()
        target.scissor = None  # type: ignore[assignment, unused-ignore]
        if self._smooth:
            ctx.copy_framebuffer(self._out, self._smooth)
        pixels = np.frombuffer(self._out.read(components=3), np.uint8)
        return np.asarray(pixels.reshape(height, width, 3)[::-1])

    def _draw_all(self) -> None:
        self._ctx.enable(self._gl.CULL_FACE)
        for actor, look in zip(self._actors, self._looks, strict=True):
            self._dress(look)
            actor.drawing.render()
        self._ctx.disable(self._gl.CULL_FACE)
        self._room.render()

    def close(self) -> None:
        """Give the context back; may be called twice."""
        self._ctx.release()
