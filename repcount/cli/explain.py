"""``repcount explain``: an exercise in words, with the source of every figure; and the rules of safety."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repcount.cli.terminal import exercise_names, heading, listed_exercises, paragraph, say

if TYPE_CHECKING:
    from repcount.exercises.rules import FaultRule
    from repcount.exercises.spec import Exercise, Requirement
    from repcount.session.explanation import FeatureWeight


NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="The exercise.", autocompletion=exercise_names, show_default=False),
]
FileOption = Annotated[
    Path | None, typer.Option("--exercise-file", metavar="FILE", help="An exercise of your own.")
]

MOST_TOLD = 6
"""Features of a score that are told: those that can move it most."""
MODEL_CARD = "repcount/exercises/models/README.md"

SAFETY = "safety"
"""In place of an exercise's name: the rules of pain and load."""
RED_FLAGS = (
    "The knee cannot carry you, gives way, or locks.",
    "It is hot, red or much swollen, or you have a fever with it.",
    "It swelled within hours of a twist or a fall, or you heard a pop.",
    "The calf is swollen, hot or tender; with breathlessness or pain in the chest, call for help at once.",
    "Pain at night or at rest that does not let you sleep, or numbness in leg or foot.",
)
BAKERS_CYST = (
    "A lump or tightness in the hollow of the knee may be a Baker's cyst. It always belongs to a doctor: it "
    "comes from something else in the knee, and a burst cyst looks like a clot in a vein, which is dangerous."
)


def explain(name: NameArgument = None, exercise_file: FileOption = None) -> None:
    """Tell how an exercise is done, what counts, what is a fault, and where each figure comes from.

    \b
    Examples:
      repcount explain wall-squat
      repcount explain safety
      repcount explain --exercise-file my_exercise.toml
    """
    if name == SAFETY and exercise_file is None:
        explain_safety()
        return
    if name is None and exercise_file is None:
        raise typer.BadParameter(f"say which one: {', '.join(listed_exercises())}", param_hint="NAME")
    from repcount.pipeline.assemble import choose_exercise

    exercise = choose_exercise(name, exercise_file)
    heading(f"{exercise.title} ({exercise.name})")
    paragraph(exercise.summary)
    for title, lines in _sections(exercise):
        say()
        heading(title)
        for line in lines:
            paragraph(line, indent="  ")


def _sections(exercise: Exercise) -> Iterator[tuple[str, list[str]]]:
    steps = [f"{number}. {step}" for number, step in enumerate(exercise.how, 1)]
    yield "How it is done", [*steps, _source(exercise.source)]
    yield "Where the camera stands", [exercise.camera]
    yield "What counts", [*_counting(exercise), *_limits(exercise)]
    yield "What tells it from other movements", list(_score(exercise))
    yield "Ranges (--range)", list(_ranges(exercise))
    yield "How much", list(_dose(exercise))
    yield "Faults", [*_faults(exercise), *_tempo_faults(exercise)]


def _counting(exercise: Exercise) -> Iterator[str]:
    drive = exercise.drive
    legs = "both legs together" if drive.legs.value == "together" else "each leg on its own"
    rest = " or ".join(_span(span) for span in (drive.rest, drive.rest_also) if span is not None)
    yield f"- {drive.signal}, {legs}, {drive.direction.value} from its rest ({rest}) and back"
    yield f"- whatever range is asked for, it stays within {_span(drive.safe)}"
    for at in exercise.start:
        yield f"- start posture: {at.signal} {_span(at.span)} {_source(at.source)}"
    for at in exercise.stay:
        yield f"- all along: {at.signal} {_span(at.span)} {_source(at.source)}"
    for need in exercise.require:
        yield f"- {_need(need)}"
    for need in drive.on_both:
        yield f"- where the other leg must go along, {_need(need)}"
    for need in exercise.recognise:
        yield f"- where the exercise is not named, {_need(need)}"


def _need(need: Requirement) -> str:
    return f"{_moment(need.at.value)}: {_what(need)} {_span(need.span)} {_source(need.source)}"


def _what(need: Requirement) -> str:
    whose = "the other leg's " if need.leg.value == "other" else ""
    if need.measure.value == "value":
        return f"{whose}{need.signal}"
    if need.measure.value == "share":
        return f"change of {whose}{need.signal}, over the range of the movement"
    return f"{need.measure.value} of {whose}{need.signal}"


def _limits(exercise: Exercise) -> Iterator[str]:
    short, hold = exercise.short, exercise.hold
    if short.below_target_deg is not None:
        limit = f"its peak stays more than {short.below_target_deg:g}° from the target"
    else:
        limit = f"its range is under {short.own_best_share:.0%} of the best of the first three"
    yield f"- `short`, {short.code}: {limit}{_sight(short.view, short.seen)} {_source(short.source)}"
    sag = f"the angle may sag {hold.band_deg:g}°"
    yield f"- a hold is reported from {hold.min_hold_s:g} s, {sag} {_source(hold.source)}"


def _score(exercise: Exercise) -> Iterator[str]:
    """What the score looks at most."""
    from repcount.counting.scoring import model_of
    from repcount.session.explanation import spans_chances, strongest

    model = model_of(exercise)
    if not model.learned:
        inside, outside = spans_chances((0.0, 1.0))
        yield (
            "- no score was learned for it: the spans of its file decide, softly. A movement inside all of "
            f"them is {inside:.0%} sure, one margin outside {outside:.0%}; a margin is 10°, or 0.1 of a ratio"
        )
        return
    for each in strongest(model, MOST_TOLD):
        yield f"- {_leverage(each)}"
    yield f"- these move the score most; it was learned from recordings, and its model card is {MODEL_CARD}"
    yield "- what it said of each movement of a recording: `repcount analyze --explain`"


def _leverage(each: FeatureWeight) -> str:
    from repcount.features.wording import values_text, words_of

    best, worst = values_text(*each.best, each.unit), values_text(*each.worst, each.unit)
    return f"{words_of(each.feature)}: best {best}, worst {worst}; moves it by up to {each.log_odds:.1f}"


def _ranges(exercise: Exercise) -> Iterator[str]:
    for name, preset in exercise.presets.items():
        star = " (unless told otherwise)" if name == exercise.default_preset else ""
        figures = f"to {preset.target_deg:g}°, smallest movement {preset.min_rom_deg:g}°"
        note = f"; {preset.note}" if preset.note else ""
        yield f"- {name}{star}: {figures}{note} {_source(preset.source)}"


def _dose(exercise: Exercise) -> Iterator[str]:
    dose, tempo = exercise.dose, exercise.tempo
    work = f"{dose.sets} sets of {dose.reps} repetitions, or {dose.holds} holds of {dose.hold_s:g} s"
    yield f"- {work}, {dose.rest_s:g} s rest; {dose.count.value} move the set on {_source(dose.source)}"
    pace = f"up in {_span(tempo.up_s)} s, down in {_span(tempo.down_s)} s"
    yield f"- {pace}, {tempo.min_rep_s:g} s altogether at the least {_source(tempo.source)}"


def _faults(exercise: Exercise) -> Iterator[str]:
    for rule in exercise.faults:
        how = _rule(rule) if rule.judged else "no landmark can show it: never judged"
        yield f"- {rule.code}: {rule.name} ({how}). {rule.why} {_source(rule.source)}"


def _tempo_faults(exercise: Exercise) -> Iterator[str]:
    for rule in exercise.tempo_faults:
        how = f"{rule.part} below {rule.below:g} s{_sight(rule.view)}"
        yield f"- {rule.code}: {rule.name} ({how}). {rule.why} {_source(rule.source)}"


def _rule(rule: FaultRule) -> str:
    limit = f"above {rule.above:g}" if rule.above is not None else f"below {rule.below:g}"
    change = "change of " if rule.change else "sag from the top of " if rule.from_top else ""
    target = " from the target" if rule.beyond_target else ""
    when = _moment(rule.when.value)
    return (
        f"{change}{rule.signal} {limit}{target} for {rule.lasts_s:g} s {when}{_sight(rule.view, rule.seen)}"
    )


def _sight(span: tuple[float, float] | None, least: float = 0.0) -> str:
    """From where a fault can be seen, and how well the leg must be."""
    view = "" if span is None else f", seen from {_span(span)}° (0 front, 90 side)"
    return view + (f", if the leg's visibility is {least:g} or more" if least else "")


def _moment(when: str) -> str:
    return {
        "always": "at any time",
        "rep": "during a repetition",
        "out": "on the way out",
        "peak": "at the peak",
        "back": "on the way back",
    }[when]


def _span(span: tuple[float, float]) -> str:
    return f"{span[0]:g} to {span[1]:g}"


def _source(text: str) -> str:
    return f"[{text}]"


def explain_safety() -> None:
    """Tell the rules of pain and load with their sources."""
    from repcount.core import pain_advice

    heading("Pain and load")
    say()
    rules = (
        ("0 to 3, green: go on. Best is under 2.", pain_advice.LIGHT_SOURCE),
        ("4 to 5, amber: do less; a smaller range, fewer repetitions.", pain_advice.LIGHT_SOURCE),
        ("6 to 10, red: stop. Begin again with half when it is 3 or less.", pain_advice.LIGHT_SOURCE),
        ("It is as before within an hour, and no worse next morning; else do less.", pain_advice.KNEE_SOURCE),
        (
            f"It does not settle over {pain_advice.UNSETTLED_SESSIONS} sessions: see a doctor.",
            pain_advice.DOCTOR_SOURCE,
        ),
        ("Do not raise the load of a week by more than 10 %.", pain_advice.LOAD_SOURCE),
    )
    for text, source in rules:
        paragraph(f"- {text} [{source}]")
    say()
    heading("See a doctor first")
    say()
    paragraph(f"- {BAKERS_CYST} [project brief; the rest is common medical advice]")
    for flag in RED_FLAGS:
        paragraph(f"- {flag} [common medical advice]")
    say()
    paragraph(
        pain_advice.NOT_A_DIAGNOSIS.partition(";")[0] + ". If in doubt, ask a doctor or physiotherapist."
    )
