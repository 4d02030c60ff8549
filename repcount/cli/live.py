"""``repcount live``: a guided session in front of a camera."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.analyze_options import (
    CalibrationFile,
    CountOption,
    ExerciseFile,
    ExerciseName,
    HoldOption,
    LanguageOption,
    LimitOption,
    ModelFile,
    PersonOption,
    PlanName,
    Range,
    RepsOption,
    SetsOption,
    SideOption,
    Strict,
    TurnOption,
    Verbose,
)
from repcount.cli.pain import asked_before, keep_after, load_warnings
from repcount.cli.results import show_summary
from repcount.cli.stopping import terminating
from repcount.cli.terminal import paragraph, say, say_exactly, show_model_progress, warn

if TYPE_CHECKING:
    from repcount.config import Raw, Settings
    from repcount.exercises.languages import Language
    from repcount.io.live_events import Event, EventWords
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.camera_loop import LiveResult
    from repcount.pipeline.live_outputs import LiveSettings
    from repcount.pipeline.programme import ProgrammeRequest
    from repcount.session.guided.exercise_sets import Block

INTERRUPTED = 130
TERMINATED = 143
"""The exit codes that shells expect after Ctrl-C and SIGTERM."""

Camera = Annotated[
    str,
    typer.Option(
        "--camera", "-c", metavar="WHICH", help="Index, device, http:// or rtsp:// address, or a video file."
    ),
]
RestOption = Annotated[
    float | None, typer.Option("--rest", min=0, metavar="SECONDS", help="Rest between sets.")
]
TempoOption = Annotated[
    str | None, typer.Option("--tempo", metavar="UP-HOLD-DOWN", help="A beat to move to, as 2-1-2 seconds.")
]
Headless = Annotated[bool, typer.Option("--headless", help="No window: events as lines.")]
JsonLines = Annotated[bool, typer.Option("--json-lines", help="With --headless: one JSON object a line.")]
Record = Annotated[
    Path | None, typer.Option("--record", metavar="OUT.mp4", help="Record the annotated picture.")
]
RecordRaw = Annotated[
    Path | None, typer.Option("--record-raw", metavar="OUT.mp4", help="Record the picture as it comes.")
]
SavePoses = Annotated[
    Path | None, typer.Option("--save-poses", metavar="OUT.npz", help="Keep the landmarks, for analyze.")
]
NoGestures = Annotated[bool, typer.Option("--no-gestures", help="Raised hands are no commands.")]
Mute = Annotated[bool, typer.Option("--mute", help="Say nothing aloud.")]
NoMirror = Annotated[bool, typer.Option("--no-mirror", help="Show the picture as the camera sees it.")]
Stats = Annotated[bool, typer.Option("--stats", help="Show frames a second and delay.")]
Save = Annotated[bool, typer.Option("--save", help="Keep it in the history though --camera is a video file.")]
NoPainCheck = Annotated[bool, typer.Option("--no-pain-check", help="Do not ask about pain.")]


def live(
    camera: Camera = "0",
    exercise: ExerciseName = None,
    exercise_file: ExerciseFile = None,
    plan: PlanName = None,
    sets: SetsOption = None,
    reps: RepsOption = None,
    hold: HoldOption = None,
    rest: RestOption = None,
    range_: Range = None,
    side: SideOption = None,
    count: CountOption = None,
    tempo: TempoOption = None,
    headless: Headless = False,
    json_lines: JsonLines = False,
    record: Record = None,
    record_raw: RecordRaw = None,
    save_poses: SavePoses = None,
    no_gestures: NoGestures = False,
    mute: Mute = False,
    no_mirror: NoMirror = False,
    stats: Stats = False,
    no_pain_check: NoPainCheck = False,
    save: Save = False,
    strict: Strict = None,
    limit: LimitOption = None,
    calibration: CalibrationFile = None,
    language: LanguageOption = None,
    person: PersonOption = None,
    model: ModelFile = None,
    turn: TurnOption = None,
    verbose: Verbose = None,
) -> None:
    """Guide a session in front of a camera: framing, sets, rests, to the end.

    \b
    Raise one hand for two seconds to pause and go on, both hands to end the set.
    Keys: space pause, u undo, n next exercise, f full screen, q end and keep.

    \b
    Examples:
      repcount live --exercise wall-squat
      repcount live --plan knee
      repcount live --exercise calf-raise --sets 2 --reps 10 --tempo 2-1-2
      repcount live --camera http://192.168.1.20:8080/video --exercise hamstring-curl --hold 15
      repcount live --camera squat.mp4 --exercise wall-squat --headless --json-lines
    """
    from repcount import config
    from repcount.exercises import languages
    from repcount.pipeline.live_outputs import LiveSettings
    from repcount.pipeline.programme import ProgrammeRequest
    from repcount.session.guided.exercise_sets import tempo_of

    if exercise is None and exercise_file is None and plan is None:
        exercise = "auto"
    if json_lines and not headless:
        raise typer.BadParameter("goes with --headless", param_hint="--json-lines")
    options: dict[str, Raw | None] = {
        "model": model,
        "range": range_,
        "side": None if side is None else side.value,
        "count": None if count is None else count.value,
        "strict": strict,
        "limit": " ".join(limit) if limit else None,
        "calibration": calibration,
        "language": language,
        "person": person,
        "turn": None if turn is None else str(turn),
        "verbose": verbose,
    }
    settings = config.load(options).settings
    request = ProgrammeRequest(exercise, exercise_file, plan, sets, reps, hold, rest)
    live_settings = LiveSettings(
        camera=camera,
        headless=headless,
        gestures=not no_gestures,
        tempo=None if tempo is None else tempo_of(tempo),
        mirror=not no_mirror,
        stats=stats,
        mute=mute,
        phrases=languages.load(settings.language).words,
        record=record,
        record_raw=record_raw,
        poses=save_poses,
        plan=plan,
        verbose=settings.verbose,
    )
    keeps_history = save or not Path(camera).is_file()
    asks_pain = not (headless or no_pain_check) and sys.stdin.isatty()
    _run(settings, request, live_settings, TerminalOptions(json_lines, asks_pain, keeps_history))


@dataclass(frozen=True)
class TerminalOptions:
    """How the terminal is used: events as JSON, whether pain is asked for, and whether a history is kept."""

    json_lines: bool
    asks_pain: bool
    keeps_history: bool = True


def _run(
    settings: Settings, request: ProgrammeRequest, live_settings: LiveSettings, terminal: TerminalOptions
) -> None:
    from repcount.cli.history_access import open_history, personal_settings
    from repcount.exercises import languages
    from repcount.pipeline.live_session import LiveSession
    from repcount.pipeline.programme import blocks_of, dose_words, lighter_programme, planned_by
    from repcount.sources.feeds import missing_camera

    def listen(event: Event) -> None:
        if live_settings.headless:
            _tell_event(event, None if terminal.json_lines else event_words)

    settings, own = personal_settings(settings)
    blocks = blocks_of(request, settings, own)
    live_session = LiveSession(settings, lambda: show_model_progress(settings.progress), warn, listen)
    language = languages.load(settings.language)
    event_words = _event_words(language, blocks)
    with open_history(settings) as history:
        now = datetime.now().astimezone()
        for line in load_warnings(history, settings.person, now, language, planned_by(blocks, now)):
            (warn if live_settings.headless else paragraph)(line)
        if not terminal.keeps_history:
            warn(f"{live_settings.camera}: a video file is not kept in the history; --save keeps it")
        elif history.is_read_only:
            warn(f"{history.place.shown}: cannot be written; nothing of this session will be kept")
        if terminal.asks_pain:
            if missing := missing_camera(live_settings.camera):
                warn(missing)
            answer = asked_before(
                dose_words(lighter_programme(blocks), language.screen_words()), language.words
            )
            if answer.stop:
                say(language.words.say("pain.rest_now"))
                return
            blocks = lighter_programme(blocks) if answer.less else blocks
            live_settings = replace(live_settings, pain_before=answer.level)
        with terminating() as terminated:
            kept = None if history.is_read_only or not terminal.keeps_history else history
            result = live_session.run(blocks, live_settings, kept)
        _show(result, _plain_words(language, blocks), live_settings.headless)
        if (
            terminal.asks_pain
            and live_session.session_id is not None
            and not (terminated or result.interrupted)
        ):
            keep_after(history, settings.person, live_session.session_id, language.words)
    _leave(result, terminated)


def _show(result: LiveResult, words: PlainWords, headless: bool) -> None:
    """Print what was done. Without a window the events have told it; what was not counted is still told."""
    from repcount.io.plain_results import remark_lines

    if not headless:
        show_summary(result.summary, words)
        return
    for line in remark_lines(result.summary, words):
        warn(line)


def _leave(result: LiveResult, terminated: list[int]) -> None:
    """End the program with the exit code that tells how the session ended."""
    if terminated:
        raise typer.Exit(TERMINATED)
    if result.interrupted:
        raise typer.Exit(INTERRUPTED)
    if result.complaints or result.summary.error:
        if result.summary.error:
            warn(result.summary.error)
        raise typer.Exit(1)


def _plain_words(language: Language, blocks: Sequence[Block]) -> PlainWords:
    """What puts the results of a session into words."""
    from repcount.io.plain_results import PlainWords
    from repcount.pipeline.assemble import asked_range

    known = {e.name: (e, options) for block in blocks for e, options in block.exercises}
    asked = {name: asked_range(e, options) for name, (e, options) in known.items()}
    return PlainWords({name: e for name, (e, _) in known.items()}, language.words, asked)


def _event_words(language: Language, blocks: Sequence[Block]) -> EventWords:
    """What puts the events of a session into words."""
    from repcount.io.live_events import EventWords

    known = [exercise for block in blocks for exercise, _ in block.exercises]
    titles = {exercise.name: exercise.title for exercise in known}
    faults = {(one.name, code): name for one in known for code, name in one.fault_names.items()}
    return EventWords(language.words, titles, faults)


def _tell_event(event: Event, words: EventWords | None) -> None:
    """Print an event in words, or as JSON where there are none."""
    from repcount.io.live_events import line_of

    if words is None:
        say_exactly(line_of(event))
    else:
        say(words.of(event))
    sys.stdout.flush()
