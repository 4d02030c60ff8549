"""What a worker of a batch does: it judges one input, on this machine or on another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from repcount import __version__
from repcount.batch.executors import StopWorkError, report_progress
from repcount.config import Settings
from repcount.core.errors import RepcountError
from repcount.core.history_records import SignalCurve
from repcount.core.input_files import content_hash
from repcount.core.protocols import FrameSource
from repcount.core.records import Hold, InputSummary, Rep
from repcount.exercises.spec import Exercise
from repcount.io.signal_curves import CurveSink
from repcount.pipeline.assemble import Analyzer
from repcount.pipeline.calibration import Calibration
from repcount.pipeline.output_files import InputPlan


@dataclass(frozen=True)
class AnalysisResult:
    """What a worker answers: the result, and for the history the curves of its repetitions and holds."""

    summary: InputSummary
    curves: Mapping[Rep | Hold, SignalCurve] = field(default_factory=dict)


@dataclass(frozen=True)
class AnalysisJob:
    """What a worker does: it judges one input. It travels to the worker, which then keeps its judge ready."""

    settings: Settings
    exercises: tuple[Exercise, ...]
    own: Calibration = field(default_factory=dict)
    curves: bool = False
    explain: bool = False
    version: str = __version__

    def __call__(self, plan: InputPlan) -> AnalysisResult:
        """Judge one input; what goes wrong with it becomes its ``error``, so that it costs no other."""
        if self.version != __version__:
            text = f"the worker has repcount {__version__}, not {self.version}; install the same on both"
            return AnalysisResult(InputSummary(source=str(plan.path), error=f"{plan.path}: {text}"))
        keeper = CurveSink() if self.curves else None
        try:
            summary = _ready(self).judge(plan, _telling, () if keeper is None else (keeper,))
            return AnalysisResult(summary, {} if keeper is None else keeper.curves(summary.exercises))
        except StopWorkError:
            raise
        except Exception as error:
            text = f"{plan.path}: {error_line(error)}"
            return AnalysisResult(InputSummary(source=str(plan.path), error=text))

    def __hash__(self) -> int:
        return hash(tuple(exercise.name for exercise in self.exercises))

    def fingerprint(self, model_sha256: str | None) -> str:
        """All that a result depends on beside the input, in a few letters."""
        bare = replace(self.settings, jobs=None, model=None, calibration=None, progress=True, verbose=False)
        own = self.settings.calibration
        parts = (
            self.version,
            repr(bare),
            repr(self.own) if own is None else content_hash(own),
            *(exercise.model_dump_json() for exercise in self.exercises),
            model_sha256 or "",
            *(("explain",) if self.explain else ()),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def with_absolute_paths(settings: Settings) -> Settings:
    """The settings with absolute paths, for workers that run in other folders."""
    model, own, words = settings.model, settings.calibration, Path(settings.language)
    return replace(
        settings,
        model=None if model is None else model.absolute(),
        calibration=None if own is None else own.absolute(),
        language=str(words.absolute()) if words.is_file() else settings.language,
    )


@lru_cache(maxsize=1)
def _ready(work: AnalysisJob) -> Analyzer:
    """The judge of this worker; it finds and checks the model with its first video, and then no more."""
    return Analyzer(replace(work.settings, jobs=1), work.exercises, _unwatched, work.own, work.explain)


@contextmanager
def _unwatched() -> Iterator[Callable[[str, float], None]]:
    yield lambda text, share: None


@contextmanager
def _telling(source: FrameSource) -> Iterator[Callable[[int], None]]:
    total = source.frame_count or 0
    yield lambda frames: report_progress(min(1.0, frames / total) if total else 0.0)


def error_line(error: BaseException) -> str:
    """What went wrong, in one line."""
    text = str(error).splitlines()[0] if str(error) else ""
    return text if isinstance(error, RepcountError) else f"cannot be judged ({type(error).__name__}: {text})"
