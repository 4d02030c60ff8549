"""``repcount learn``: an exercise of one's own from films of it, or from one set at the camera."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.analyze_options import LanguageOption, ModelFile, TurnOption
from repcount.cli.learn_camera import (
    REPS,
    Beat,
    Camera,
    FilmingWishes,
    Headless,
    Mute,
    NoGestures,
    SavePoses,
    filmed,
)
from repcount.cli.terminal import how_many, paragraph, say, show_model_progress, show_progress, table, warn
from repcount.core.errors import SettingError

if TYPE_CHECKING:
    from repcount.config import Settings
    from repcount.learning.drives import DriveSignal
    from repcount.learning.film import Film
    from repcount.learning.lesson import Lesson

Films = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILM", help="Videos or landmark recordings (.npz) that show it."),
]
Title = Annotated[
    str, typer.Option("--name", metavar="NAME", help="What it is called, such as `Glute bridge`.")
]
Reps = Annotated[int | None, typer.Option(min=2, help="How many repetitions there are; with --camera 6.")]
Not = Annotated[
    list[Path] | None, typer.Option("--not", metavar="FILM", help="A film of what must not be counted.")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write it here instead of the folder of exercises."),
]
Force = Annotated[bool, typer.Option("--force", help="Take the place of an exercise of the same name.")]


def learn(
    name: Title,
    films: Films = None,
    camera: Camera = None,
    reps: Reps = None,
    not_: Not = None,
    out: Out = None,
    force: Force = False,
    tempo: Beat = None,
    headless: Headless = False,
    mute: Mute = False,
    no_gestures: NoGestures = False,
    save_poses: SavePoses = None,
    turn: TurnOption = None,
    language: LanguageOption = None,
    model: ModelFile = None,
) -> None:
    """Learn an exercise of your own from one film of it, from several, or at the camera.

    Film one person alone, the whole body in the picture, doing 4 to 8 slow repetitions from the start
    posture and back to it; with --camera you are led through such a set. The exercise is then known by its
    name to every command.

    \b
    Examples:
      repcount learn demo.mp4 --name "Glute bridge" --reps 6
      repcount learn --camera 0 --name "Glute bridge" --reps 6
      repcount learn anna.mp4 ben.mp4 --name "Heel slide" --reps 5
      repcount learn demo.mp4 --name "Sit to stand" --reps 6 --not squat.mp4
      repcount analyze clip.mp4 --exercise glute-bridge
    """
    from repcount import config
    from repcount.core.files import write_text
    from repcount.learning.document import name_of, text_of
    from repcount.learning.film import other_films
    from repcount.learning.lesson import learn as learned

    wishes = FilmingWishes(tempo, headless, mute, no_gestures, save_poses, turn, language)
    _check_source(films, camera, wishes)
    code = name_of(name)
    path = _place(code, out, force)
    options = {**wishes.settings(), "model": model}
    settings = config.load(options).settings
    reader = FilmReader(settings)
    none = [reader.read(film) for film in not_ or ()]  # a bad one costs nobody a set
    if camera is None:
        shown = [reader.read_alone(film) for film in films or ()]
    else:
        reps = reps or REPS
        shown = [filmed(code, name, reps, settings, wishes.look(camera, settings))]
    numbers = _numbers(shown, reps)
    lesson = learned(code, shown, numbers, other_films(), none)
    if lesson is None or not lesson.is_sure:
        raise SettingError(_unsure(shown, lesson))
    text = text_of(name, lesson)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
    _tell(name, lesson, shown, none)
    say(f"written to {path}")
    use = f"--exercise {code}" if out is None else f"--exercise-file {path}"
    say(f"try it: repcount analyze CLIP {use}")


def _check_source(films: Sequence[Path] | None, camera: str | None, wishes: FilmingWishes) -> None:
    """Either films or a camera; what goes with a camera alone is refused with films."""
    if bool(films) == (camera is not None):
        raise typer.BadParameter("give films, or --camera; one of the two", param_hint="FILM")
    if camera is None and wishes.given():
        raise typer.BadParameter("goes with --camera", param_hint=wishes.given()[0])


def _place(code: str, out: Path | None, force: bool) -> Path:
    """Where the file goes; refused before any film is read."""
    from repcount.exercises import catalog, own_exercises

    if code in catalog.names():
        raise SettingError(f"--name: `{code}` comes with the program; choose another name")
    path = out or own_exercises.folder() / f"{code}{own_exercises.SUFFIX}"
    if path.exists() and not force:
        raise SettingError(f"{path}: exists; choose another --name, or say --force to take its place")
    return path


class FilmReader:
    """Reads films; the pose model is looked for once."""

    def __init__(self, settings: Settings) -> None:
        from repcount.pose.estimator import ModelLoader

        self._progress = settings.progress
        self._model = ModelLoader(settings.model, lambda: show_model_progress(settings.progress))

    def read(self, path: Path) -> Film:
        """What a film shows.

        Raises
        ------
        InputError
            It cannot be read, or shows nobody.
        """
        from repcount.learning.film import watch
        from repcount.learning.unfit import check_person
        from repcount.pipeline.parallel_video import read_track

        track = read_track(path, self._model, lambda source: show_progress(source, self._progress))
        film = watch(path.name, track)
        check_person(film)
        return film

    def read_alone(self, path: Path) -> Film:
        """As :meth:`read`; one with other people in it is refused too."""
        from repcount.learning.unfit import refuse_crowd
        from repcount.pipeline.parallel_video import people_in

        refuse_crowd(path.name, people_in(path, self._model))
        return self.read(path)


def _numbers(films: Sequence[Film], reps: int | None) -> list[int]:
    """How many repetitions each film shows; asked for where nobody has said so."""
    from repcount.learning.unfit import check_repetitions, when

    numbers = []
    for film in films:
        found = check_repetitions(film, reps)
        if reps is None:
            _ask(film, found, when(found))
        numbers.append(found.count)
    return numbers


def _ask(film: Film, found: DriveSignal, when: str) -> None:
    summary = f"{film.name}: {how_many(found.count, 'repetition')} found, {when}"
    if not sys.stdin.isatty():
        raise SettingError(f"{summary}; run it again with --reps {found.count} if that is right")
    if not typer.confirm(f"{summary}. Is that right?", default=True, err=True):
        raise SettingError(f"{film.name}: say how many there are with --reps")


def _unsure(films: Sequence[Film], lesson: Lesson | None) -> str:
    from repcount.learning.unfit import remedy

    names = ", ".join(film.name for film in films)
    if lesson is None:
        return f"{names}: no signal repeats in the same way; {remedy(films)}"
    summary = ", ".join(
        f"{counted} of {found.count}" for counted, found in zip(lesson.counted, lesson.drives, strict=True)
    )
    return f"{names}: what was learned counts {summary}; {remedy(films)}"


def _tell(title: str, lesson: Lesson, films: Sequence[Film], none: Sequence[Film]) -> None:
    """How sure it is."""
    from repcount.core.signal_names import SIGNALS
    from repcount.learning.document import view_of, views
    from repcount.learning.film import other_films
    from repcount.learning.lesson import count, false_positives

    drive = lesson.drive
    meaning = next(info.doc.split(";")[0] for info in SIGNALS if info.name == drive.signal)
    legs = "both sides together" if drive.legs.value == "together" else "each side on its own"
    say(f"{title} ({lesson.exercise.name})")
    paragraph(f"counted by: {meaning}, {legs}, from {drive.rest_deg:.0f}° to {drive.top_deg:.0f}°", "  ")
    for film, counted, found in zip(films, lesson.counted, lesson.drives, strict=True):
        paragraph(f"{film.name}: counts {counted} of {found.count}", "  ")
    low, high = views(films)
    paragraph(f"works from the {view_of(films)} (camera at {low:.0f} to {high:.0f}°; 0 is the front)", "  ")
    for film in none:
        counted = count(lesson.exercise, film)
        if counted:
            warn(f"{film.name}: {counted} would still be counted; it looks too like {title}")
    also = [each for each in false_positives(lesson, other_films()) if each.counted]
    if not also:
        paragraph("counts none of the films of other exercises that come with the program", "  ")
        return
    say("a film of these would count too:")
    table(
        ["  what", "films", ""],
        [
            (
                f"  {each.shows}",
                f"{each.counted} of {each.films}",
                "looks the same" if each.is_same else "another exercise? add `--not FILM` of it",
            )
            for each in also
        ],
    )
