"""``repcount explain --details``: every figure of an exercise with its source, and what a score looks at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repcount.core.phrases import Phrases
    from repcount.exercises.rules import FaultRule, TempoRule
    from repcount.exercises.spec import Condition, Exercise, Requirement
    from repcount.session.explanation import FeatureWeight

MOST_TOLD = 6
"""Features of a score that are told: those that can move it most."""
MODEL_CARD = "repcount/exercises/models/README.md"


def details(exercise: Exercise, phrases: Phrases) -> Iterator[tuple[str, list[str]]]:
    """Sections: the key of a heading, and lines."""
    yield "explain.how", [f"{n}. {step}" for n, step in enumerate(exercise.how, 1)]
    if exercise.source:
        yield "explain.sources", [phrases.source(exercise.source)]
    yield "explain.camera", [exercise.camera]
    yield "explain.counts", [*_counting(exercise, phrases), *_limits(exercise, phrases)]
    yield "explain.score", list(_score(exercise, phrases))
    yield "explain.ranges", list(_ranges(exercise, phrases))
    yield "explain.dose", list(_dose(exercise, phrases))
    yield "explain.faults", [*_faults(exercise, phrases), *_tempo_faults(exercise, phrases)]


def source_text(text: str, phrases: Phrases) -> str:
    """A source in brackets; nothing where the author names none."""
    return f" [{phrases.source(text)}]" if text else ""


def span_text(span: tuple[float, float], phrases: Phrases) -> str:
    """``1 to 3``."""
    return phrases.say("explain.span", low=_number(span[0], phrases), high=_number(span[1], phrases))


def _number(value: float, phrases: Phrases) -> str:
    return f"{value:g}".replace(".", phrases.say("decimal_mark"))


def _counting(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    drive, say = exercise.drive, phrases.say
    rests = [span_text(span, phrases) for span in (drive.rest, drive.rest_also) if span is not None]
    yield "- " + say(
        "explain.drive",
        signal=drive.signal,
        legs=say(f"explain.{drive.legs.value}"),
        direction=say(f"explain.{drive.direction.value}"),
        rest=say("explain.or_span").join(rests),
    )
    if drive.count_at.value == "peak":
        yield "- " + say("explain.at_peak")
    yield "- " + say("explain.safe", span=span_text(drive.safe, phrases)) + source_text(drive.source, phrases)
    for key, conditions in (("start", exercise.start), ("stay", exercise.stay)):
        for at in conditions:
            yield "- " + say(f"explain.{key}", **_condition(at, phrases)) + source_text(at.source, phrases)
    for key, needs in (
        ("require", exercise.require),
        ("on_both", drive.on_both),
        ("recognise", exercise.recognise),
    ):
        for need in needs:
            yield "- " + say(f"explain.{key}", need=_need(need, phrases))


def _condition(at: Condition, phrases: Phrases) -> dict[str, str]:
    return {"signal": at.signal, "span": span_text(at.span, phrases)}


def _need(need: Requirement, phrases: Phrases) -> str:
    signal: str = need.signal
    if need.leg.value == "other":
        signal = phrases.say("explain.of_other", signal=signal)
    what = phrases.say(f"explain.{need.measure.value}", signal=signal)
    when = phrases.say(f"explain.when.{need.at.value}")
    text = phrases.say("explain.need", when=when, what=what, span=span_text(need.span, phrases))
    return text + source_text(need.source, phrases)


def _limits(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    short, hold = exercise.short, exercise.hold
    if short.below_target_deg is not None:
        deg = f"{_number(short.below_target_deg, phrases)}°"
        limit = phrases.say("explain.short_of_target", code=short.code, deg=deg)
    else:
        share = f"{100 * (short.own_best_share or 0):.0f}"
        limit = phrases.say("explain.short_of_best", code=short.code, percent=share)
    yield f"- {limit}{_sight(short.view, phrases, short.seen)}{source_text(short.source, phrases)}"
    if exercise.beyond is not None:
        beyond = exercise.beyond
        deg = f"{_number(beyond.above_target_deg, phrases)}°"
        limit = phrases.say("explain.beyond_asked", code=beyond.code, deg=deg)
        yield f"- {limit}{_sight(short.view, phrases)}. {beyond.why}{source_text(beyond.source, phrases)}"
    seconds, deg = _number(hold.min_hold_s, phrases), f"{_number(hold.band_deg, phrases)}°"
    text = phrases.say("explain.hold", seconds=seconds, deg=deg)
    yield f"- {text}{source_text(hold.source, phrases)}"


def _score(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    """What the score looks at most."""
    from repcount.counting.scoring import model_of
    from repcount.session.explanation import spans_chances, strongest

    model = model_of(exercise)
    if not model.learned:
        inside, outside = (f"{100 * each:.0f}" for each in spans_chances((0.0, 1.0)))
        yield "- " + phrases.say("explain.unlearned", inside=inside, outside=outside)
        return
    for each in strongest(model, MOST_TOLD):
        yield f"- {_weight(each, phrases)}"
    yield "- " + phrases.say("explain.learned", card=MODEL_CARD)
    yield "- " + phrases.say("explain.said")


def _weight(each: FeatureWeight, phrases: Phrases) -> str:
    from repcount.features.wording import values_text, words_of

    return phrases.say(
        "explain.weight",
        feature=words_of(each.feature, phrases),
        best=values_text(*each.best, each.unit, phrases),
        worst=values_text(*each.worst, each.unit, phrases),
        by=phrases.number(each.log_odds, 1),
    )


def _ranges(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    for name, preset in exercise.presets.items():
        text = phrases.say(
            "explain.default_preset" if name == exercise.default_preset else "explain.preset",
            name=name,
            deg=f"{_number(preset.target_deg, phrases)}°",
            least=f"{_number(preset.min_rom_deg, phrases)}°",
        )
        least = phrases.say("explain.at_least") if preset.at_least and exercise.beyond is not None else ""
        note = "".join(f"; {remark}" for remark in (least, preset.note) if remark)
        yield f"- {text}{note}{source_text(preset.source, phrases)}"


def _dose(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    dose, tempo, ways = exercise.dose, exercise.tempo, exercise.named_ways(phrases)
    work = phrases.say(
        "explain.work",
        sets=phrases.count("count.set", dose.sets),
        reps=phrases.count("count.repetition", dose.reps),
        holds=phrases.count("count.hold", dose.holds),
        hold_s=_number(dose.hold_s, phrases),
        rest_s=_number(dose.rest_s, phrases),
        count=phrases.say(f"explain.{dose.count.value}"),
    )
    yield f"- {work}{source_text(dose.source, phrases)}"
    pace = phrases.say(
        "explain.tempo",
        out_way=ways.out,
        out=span_text(tempo.up_s, phrases),
        back_way=ways.back,
        back=span_text(tempo.down_s, phrases),
        least=_number(tempo.min_rep_s, phrases),
    )
    yield f"- {pace}{source_text(tempo.source, phrases)}"


def _faults(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    for rule in exercise.faults:
        how = _rule(rule, phrases) if rule.judged else phrases.say("explain.unjudged")
        yield _fault(rule, how, phrases)


def _tempo_faults(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    ways = exercise.named_ways(phrases)
    for rule in exercise.tempo_faults:
        part = phrases.say(f"explain.part.{rule.part}", out_way=ways.out, back_way=ways.back)
        below = phrases.say("explain.part_below", part=part, seconds=_number(rule.below, phrases))
        yield _fault(rule, below + _sight(rule.view, phrases), phrases)


def _fault(rule: FaultRule | TempoRule, how: str, phrases: Phrases) -> str:
    text = phrases.say("explain.fault", code=rule.code, name=rule.name, how=how, why=rule.why)
    return f"- {text}{source_text(rule.source, phrases)}"


def _rule(rule: FaultRule, phrases: Phrases) -> str:
    say = phrases.say
    above = rule.above is not None
    limit = _number((rule.above if above else rule.below) or 0.0, phrases)
    measure = "change" if rule.change else "sag" if rule.from_top else "value"
    text = say(
        "explain.beyond" if rule.beyond_target else "explain.rule",
        signal=say(f"explain.{measure}", signal=rule.signal),
        limit=say("explain.above" if above else "explain.below", limit=limit),
        seconds=_number(rule.lasts_s, phrases),
        when=say(f"explain.when.{rule.when.value}"),
    )
    return text + _sight(rule.view, phrases, rule.seen)


def _sight(span: tuple[float, float] | None, phrases: Phrases, least: float = 0.0) -> str:
    """From where a fault can be seen, and how well the leg must be."""
    view = "" if span is None else phrases.say("explain.seen_from", span=span_text(span, phrases))
    return view + (phrases.say("explain.seen_well", least=_number(least, phrases)) if least else "")
