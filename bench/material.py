"""The clips of the benchmark: what was filmed, what is true, and how each is to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.recording import (
    RECORDINGS,
    TRUE_JOINTS,
    Json,
    Recording,
    read,
    read_scene,
    recording_path,
    scene_digest,
    scene_paths,
)
from repcount.core.records import Pose, Side
from repcount.core.signal_names import Signals
from repcount.core.skeleton import INDEX
from repcount.exercises import catalog
from repcount.exercises.spec import Direction, Exercise
from repcount.features.measure import measure

DIP: Final = 0.25
"""How far a double bump sinks where a scene does not say it."""
TOP_S: Final = 0.1
"""A repetition is as good as at its top so long before and after."""
ROW: Final = {name: i for i, name in enumerate(TRUE_JOINTS)}


@dataclass(frozen=True)
class TrueFault:
    """A fault that a repetition carries, as the figure committed it."""

    code: str
    severity: float


@dataclass(frozen=True)
class TrueRep:
    """One repetition as it was done; see the figure's truth."""

    exercise: str
    side: Side
    start_s: float
    top_s: float
    peak_s: float
    leave_s: float
    end_s: float
    rom_deg: float
    peak_deg: float
    faults: tuple[TrueFault, ...]
    dips: bool = False


@dataclass(frozen=True)
class Act:
    """A stretch of time in which one thing is done; ``exercise`` is None for what is none of the five."""

    label: str
    exercise: str | None
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Clip:
    """One recorded scene."""

    part: str
    name: str
    scene: Json
    recording: Recording

    @property
    def full_name(self) -> str:
        """Part and name."""
        return f"{self.part}/{self.name}"

    @property
    def kind(self) -> str:
        """What the scene is for, from its name: counting, fault, blind, none, disturbed, session or rate."""
        if self.name.endswith("fps"):
            return "rate"
        for word, kind in (("none", "none"), ("session", "session"), ("fault", "fault"), ("blind", "blind")):
            if word in self.name.split("-"):
                return kind
        return "counting" if self.name[-1].isdigit() else "disturbed"

    @property
    def minutes(self) -> float:
        """How long it is."""
        times = self.recording.time_s
        return float(times[-1] - times[0]) / 60

    @property
    def azimuth_deg(self) -> float:
        """The camera's angle from the side."""
        return float(self.scene["camera"]["azimuth_deg"])

    @property
    def view_deg(self) -> float:
        """The camera's angle to the body as the engine says it: 0 front, 90 side."""
        return 90.0 - abs(self.azimuth_deg) if abs(self.azimuth_deg) <= 90 else abs(self.azimuth_deg) - 90.0

    @cached_property
    def parts(self) -> tuple[Json, ...]:
        """What the scene asks for, one table for each doing."""
        return tuple(self.scene["part"]) if "part" in self.scene else (self.scene,)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises that are done in it, each once."""
        names = (part["exercise"] for part in self.parts)
        return tuple(dict.fromkeys(name for name in names if name in catalog.names()))

    @property
    def negative_for(self) -> tuple[str, ...]:
        """The exercises of which nothing in it may be counted."""
        return tuple(self.recording.truth["negative_for"])

    def motion(self, exercise: str) -> Json:
        """The motion table of an exercise's first part."""
        return next((p.get("motion", {}) for p in self.parts if p["exercise"] == exercise), {})

    def preset(self, exercise: str) -> str:
        """The preset by which an exercise in it is judged."""
        return preset_for(catalog.get(exercise), self.motion(exercise).get("range", "standard"))

    @cached_property
    def reps(self) -> tuple[TrueRep, ...]:
        """What was done, in order."""
        return tuple(self._rep(row) for row in self.recording.truth["reps"])

    def _rep(self, row: Json) -> TrueRep:
        motion = self.motion(row["exercise"])
        dips = row["number"] in motion.get("double_bumps", ())
        if dips:
            row = _before_the_dip(row, motion.get("dip", DIP))
        return TrueRep(
            exercise=row["exercise"],
            side=Side(row["side"]),
            faults=tuple(TrueFault(f["code"], float(f["severity"])) for f in row["faults"]),
            dips=dips,
            **{
                name: float(row[name])
                for name in (
                    "start_s",
                    "top_s",
                    "peak_s",
                    "leave_s",
                    "end_s",
                    "rom_deg",
                    "peak_deg",
                )
            },
        )

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What is done when."""
        rows = self.recording.truth["acts"]
        return tuple(Act(r["label"], r["exercise"], r["start_s"], r["end_s"]) for r in rows)

    def true_signals(self, i: int) -> Signals:
        """The signals of the true joint centres in the picture of one frame, read as from the side."""
        landmarks = np.full((33, 3), np.nan, np.float32)
        for name, row in ROW.items():
            landmarks[INDEX[name], :2] = self.recording.true_px[i, row]
        seen, world = np.ones(33, np.float32), np.full((33, 3), np.nan, np.float32)
        return measure(Pose(landmarks, seen, world, self.recording.size_px))

    @cached_property
    def true_roms(self) -> dict[TrueRep, float]:
        """By repetition, how far the exercise's own drive signal went in the true picture."""
        return {rep: self._true_rom(rep) for rep in self.reps if rep.exercise in self.exercises}

    def _true_rom(self, rep: TrueRep) -> float:
        times, signal = self.recording.time_s, catalog.get(rep.exercise).drive.signal
        start = int(np.argmin(np.abs(times - rep.start_s)))
        top = np.flatnonzero((times >= rep.top_s - TOP_S) & (times <= rep.leave_s + TOP_S))
        rest = self.true_signals(start).value(signal, rep.side)
        return max(abs(self.true_signals(int(i)).value(signal, rep.side) - rest) for i in top)

    def true_px(self, time_s: float) -> dict[str, np.ndarray[Any, Any]]:
        """The true joint centres in the picture at a time."""
        i = int(np.argmin(np.abs(self.recording.time_s - time_s)))
        return {name: self.recording.true_px[i, row].astype(float) for name, row in ROW.items()}


def _before_the_dip(row: Json, dip: float) -> Json:
    """Range and peak of a repetition that sinks at its top; the truth has them in mid-dip."""
    rom = row["rom_deg"] / (1 - dip)
    falling = catalog.get(row["exercise"]).drive.direction is Direction.FALLING
    more = rom - row["rom_deg"]
    return {**row, "rom_deg": rom, "peak_deg": row["peak_deg"] + (-more if falling else more)}


def preset_for(exercise: Exercise, asked: str | float) -> str:
    """The preset of an exercise that a scene's range was meant for: by name, or the furthest it reaches."""
    if isinstance(asked, str):
        return asked if asked in exercise.presets else exercise.default_preset
    margin = exercise.short.below_target_deg or 0.0
    rising = exercise.drive.direction is Direction.RISING
    targets = {name: preset.target_deg for name, preset in exercise.presets.items()}
    reached = [name for name, target in targets.items() if not rising or asked >= target - margin]
    if reached:
        return max(reached, key=lambda name: targets[name])
    return min(targets, key=lambda name: targets[name])


def load_clips(part: str, folder: Path = RECORDINGS) -> list[Clip]:
    """Every clip of a part whose recording is there and was made from the scene as it is now."""
    clips = []
    for scene in scene_paths(part):
        path = recording_path(scene, folder)
        if path.exists():
            recording = read(path)
            if recording.digest == scene_digest(scene):
                clips.append(Clip(part, scene.stem, read_scene(scene), recording))
    return clips
