"""What a clip is made from: one small TOML file, read into frozen records."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from repcount.core.errors import InputError, SettingError
from tools.figure.body import Shape
from tools.figure.faults import FAULTS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Colour = str | tuple[float, float, float]
Heading = Literal["left", "right"]
Spread = float | tuple[float, ...]
"""One value for all repetitions, or one each (the last one repeats)."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BodyScene(_Record):
    """Who is seen. Colours are names of ``palette.py`` or red, green and blue, 0..1."""

    height_m: Annotated[float, Field(ge=1.3, le=2.1)] = 1.76
    build: Literal["slim", "average", "sturdy", "heavy"] = "average"
    sex: Literal["male", "female"] = "male"
    legs: Annotated[float, Field(ge=0.85, le=1.15)] = 1.0
    skin: Colour = "light"
    hair: Colour = "dark brown"
    hair_style: Literal["short", "long", "bun", "bald"] = "short"
    shirt: Colour = "blue"
    bottoms: Colour = "charcoal"
    shoes: Colour = "slate"
    clothes: Literal["shorts", "leggings", "trousers"] = "shorts"
    sleeves: Literal["none", "short", "long"] = "short"

    def shape(self) -> Shape:
        """The body under its colours."""
        hair, trousers = self.hair_style, self.clothes == "trousers"
        return Shape(self.height_m, self.build, self.sex, self.legs, hair, trousers)


class CameraScene(_Record):
    """Where the camera stands.

    ``azimuth_deg`` is 0 side on; positive towards the face of an upright person and the feet of a lying
    one, negative the other way. ``tilt_deg`` looks up, ``roll_deg`` turns the picture clockwise. A
    ``distance_m`` that is not given is chosen so that all of the exercise is in the picture.
    ``lens_deg`` is the angle of view along the picture's longer edge. ``nearer`` divides the distance that
    was chosen: above 1.3 or so feet or head are outside. ``handheld_m`` is how far the camera wanders in
    somebody's hand, ``pan_m`` how far it looks along the room and back.
    """

    distance_m: float | None = None
    height_m: float | None = None
    azimuth_deg: float = 0.0
    tilt_deg: float = 0.0
    roll_deg: float = 0.0
    lens_deg: Annotated[float, Field(gt=10, lt=110)] = 49.0
    nearer: Annotated[float, Field(ge=0.5, le=3)] = 1.0
    handheld_m: float = 0.0
    pan_m: float = 0.0


class LightScene(_Record):
    """How the room is lit: ``bright``, ``dim``, or from ``behind`` the person; strength multiplies it."""

    kind: Literal["bright", "dim", "behind"] = "bright"
    strength: float = 1.0


class RoomScene(_Record):
    """The room: a name of ``rooms.toml``, of which single values may be replaced."""

    name: str = "living"
    wall: Colour | None = None
    floor: Colour | None = None
    mat: Colour | None = None


class Pause(_Record):
    """A longer rest after a repetition."""

    after: int
    seconds: float


class Motion(_Record):
    """How the repetitions go. What is not given takes the exercise's own measure.

    Attributes
    ----------
    range : ``gentle``, ``standard``, ``full`` or degrees at the peak.
    amplitude : share of the range, per repetition.
    fade : how much smaller the last repetition is than the first, 0..1.
    double_bumps : numbers of repetitions that dip at the top by ``dip`` of their height and rise again.
    tremor_deg : shaking of the driven joint at about 5 Hz while it is away from rest.
    jitter : how unequal the repetitions' times are, 0..1.
    restless_deg : wandering of the driven joint that never stops, not even at rest.
    step : calf raises on the edge of a step.
    bench : hamstring curls on a bench as high as a machine's.
    free : squats away from the wall.
    arms : what the arms do instead.
    recording : a real person's motion to be played (see ``mocap.py``); the keys before this say nothing then.
    from_s, for_s : the stretch of the recording, in its own time.
    pace : how much faster than recorded.
    mirrored : left and right changed over.
    """

    reps: Annotated[int, Field(ge=0, le=60)] = 5
    range: str | float = "standard"
    amplitude: Spread = 1.0
    up_s: Spread | None = None
    hold_s: Spread | None = None
    down_s: Spread | None = None
    rest_s: Spread | None = None
    lead_s: float = 1.5
    tail_s: float = 1.2
    fade: float = 0.0
    pauses: tuple[Pause, ...] = ()
    double_bumps: tuple[int, ...] = ()
    dip: float = 0.25
    tremor_deg: float = 0.0
    jitter: float = 0.08
    restless_deg: float = 0.0
    step: bool = False
    bench: bool = False
    free: bool = False
    arms: (
        Literal["forward", "overhead", "folded", "swinging", "phone", "curling", "raising", "aside"] | None
    ) = None
    recording: str | None = None
    from_s: Annotated[float, Field(ge=0)] = 0.0
    for_s: Annotated[float, Field(gt=0)] | None = None
    pace: Annotated[float, Field(ge=0.3, le=3)] = 1.0
    mirrored: bool = False


class FaultScene(_Record):
    """A fault of some repetitions (numbers from 1; all where none are named)."""

    code: str
    severity: float | None = None
    reps: tuple[int, ...] = ()


class Part(_Record):
    """One exercise or other doing, at a place along the room."""

    exercise: str
    side: Literal["left", "right", "both"] = "both"
    heading: Heading = "left"
    at_m: float = 0.0
    motion: Motion = Motion()
    fault: tuple[FaultScene, ...] = ()

    @model_validator(mode="after")
    def _faults_exist(self) -> Part:
        for fault in self.fault:
            known = FAULTS.get(self.exercise, {})
            if fault.code not in known:
                raise ValueError(
                    f"{self.exercise} has no fault {fault.code}; choose {', '.join(known) or 'none'}"
                )
        return self


class Disturbance(_Record):
    """Something that gets in the way.

    Attributes
    ----------
    kind : walking in, lying down, getting up and walking out come before and after the parts; another
        person walks by (``passer_by``) or stands there (``bystander``); a ``chair`` or the person's own
        ``arm`` is before a joint; the camera gets a ``nudge``.
    at_s, seconds : when it begins and how long it stays, on the clip's clock.
    joint : what a chair or an arm hides.
    depth_m : how far another person is behind (negative) or before the person.
    place_m : where a bystander stands along the room.
    shift : how far a nudge moves the camera, metres; it turns by 20 degrees for each.
    """

    kind: Literal[
        "walks_in", "walks_out", "lies_down", "gets_up", "passer_by", "bystander", "chair", "arm", "nudge"
    ]
    at_s: float = 3.0
    seconds: float = 1.0
    joint: str = "knee"
    depth_m: float = -0.75
    place_m: float = 1.2
    shift: float = 0.06
    body: BodyScene = BodyScene(shirt="green", bottoms="sand", hair="black", skin="tan")


class Scene(_Record):
    """One clip. Either ``exercise`` and its companions at the top, or several ``[[part]]``.

    ``cut_s``: only what happens between these two times is filmed, be it in mid-repetition.
    """

    name: str
    seed: int = 0
    fps: Annotated[float, Field(gt=1, le=120)] = 15.0
    size: tuple[int, int] = (640, 480)
    noise: float = 1.2
    fine: bool = False
    cut_s: tuple[float, float] | None = None
    part: Annotated[tuple[Part, ...], Field(min_length=1)]
    body: BodyScene = BodyScene()
    camera: CameraScene = CameraScene()
    light: LightScene = LightScene()
    room: RoomScene = RoomScene()
    disturbance: tuple[Disturbance, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _single_part(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Let a scene of one exercise name it at the top."""
        mine = {key: data[key] for key in Part.model_fields if key in data}
        if not mine:
            return data
        if "part" in data:
            raise ValueError(f"give either [[part]] or {', '.join(mine)} at the top, not both")
        return {**{k: v for k, v in data.items() if k not in mine}, "part": [mine]}

    def digest(self) -> str:
        """A name for this scene as rendered by this code: changes when either does."""
        state = hashlib.sha256(_code())
        state.update(json.dumps(self.model_dump(), sort_keys=True).encode())
        return state.hexdigest()[:20]


@cache
def _code() -> bytes:
    """Hash of this folder's code, as it was when it was first asked for."""
    state = hashlib.sha256()
    files = (
        p for p in Path(__file__).parent.rglob("*") if p.suffix in (".py", ".glsl") or p.name == "rooms.toml"
    )
    for path in sorted(files):
        state.update(path.read_bytes())
    return state.digest()


def parse_scene(data: dict[str, Any], name: str) -> Scene:
    """A scene from TOML values.

    Raises
    ------
    SettingError
        Something in it is unknown or out of range; the text names the first such thing.
    """
    try:
        return Scene.model_validate({"name": name, **data})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "scene"
        raise SettingError(f"scene {name}: {where}: {first['msg']}") from None


def load_scene(path: Path) -> Scene:
    """A scene from its TOML file.

    Raises
    ------
    InputError
        The file cannot be read.
    SettingError
        It is not TOML, or something in it makes no sense.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give the path of a scene file"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: not a TOML file: {error}") from None
    return parse_scene(data, path.stem)
