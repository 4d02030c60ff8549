from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest

from bench.stick import Course, film, squatting
from repcount.core.kinds import CandidateSummary, Why
from repcount.core.phrases import english
from repcount.core.records import ExerciseSummary, Side
from repcount.counting.decision import Decision, DecisionLog, Scores, SetDecision, set_weights
from repcount.counting.movement import LIKE_NAMES, Movement
from repcount.counting.recognition import ExerciseSegment, RecognisedRep
from repcount.counting.scoring import Curve, Model, model_of
from repcount.exercises import catalog
from repcount.features.candidate import Shape
from repcount.features.describe import feature_names
from repcount.features.wording import feature_rows, feature_text, unit_of, words_of
from repcount.session.auto_session import AutoSession
from repcount.session.explanation import MOST_LOOSE, belonging, reasons, recognised_why, strongest
from repcount.session.session import Session, SessionOptions
from tests.unit.overlay.snapshots import rep

EXPLAINED = SessionOptions(explain=True)
SURE, HOPELESS = 8.0, -8.0
SQUATS = Course(reps=3)
INFINITE = float("inf")


def movement(peak_s: float, log_odds: float = SURE, too_small: bool = False) -> Movement:
    shape = Shape(peak_s - 1, peak_s - 0.2, peak_s, peak_s + 0.2, peak_s + 1, 0.8, 0.8, peak_s, 0.4)
    return Movement(
        side=Side.LEFT,
        shape=shape,
        rest=0.0,
        peak=60.0,
        rom=60.0,
        held=None,
        visibility=1.0,
        ended_s=peak_s + 1,
        log_odds=log_odds,
        features=dict.fromkeys(LIKE_NAMES, 0.0),
        too_small=too_small,
    )


def whys(*movements: Movement) -> list[Why | None]:
    log = DecisionLog()
    decided = SetDecision(log=log)
    for each in movements:
        decided.update(each)
    return [each.why for each in log.decisions]


def session_of(options: SessionOptions) -> Session:
    session, time_s = Session(catalog.get("wall-squat"), options), 0.0
    for time_s, seen in film(SQUATS, squatting):
        session.step(time_s, seen)
    session.finish(time_s)
    return session


def auto_of(options: SessionOptions, scores: Scores | None = None) -> AutoSession:
    session = AutoSession([(catalog.get(name), options) for name in catalog.names()], scores)
    time_s = 0.0
    for time_s, seen in film(SQUATS, squatting):
        session.step(time_s, seen)
    session.finish(time_s)
    return session


def counted(summary: ExerciseSummary) -> list[tuple[float, Side]]:
    assert summary.candidates is not None
    return [(each.peak_s, each.side) for each in summary.candidates if each.counted]


def done(*peaks_s: float) -> list[RecognisedRep]:
    return [
        RecognisedRep(rep(start_s=s - 1, peak_s=s, end_s=s + 1, side=Side.LEFT), None, 1.0) for s in peaks_s
    ]


def test_each_movement_has_its_reason() -> None:
    small, rival, unlikely = movement(5.0, too_small=True), movement(20.3), movement(100.0, HOPELESS)
    assert whys(small, movement(20.0), rival, unlikely) == [Why.TOO_SMALL, None, Why.TAKEN, Why.UNLIKELY]


def test_what_counts_in_hindsight_is_written_down_as_counted() -> None:
    weights = replace(set_weights(), base=-4.0, own=0.1, like=0.0, support=20.0, own_in_set=0.0, least=0.0)
    log = DecisionLog()
    decided = SetDecision(weights, log)
    decided.update(movement(5.0))
    assert [each.counted for each in log.decisions] == [False]
    decided.update(movement(8.0))
    assert [each.counted for each in log.decisions] == [True, True]
    assert all(each.set_log_odds > 0.0 for each in log.decisions)


def test_what_does_not_count_is_told_at_its_likeliest() -> None:
    log = DecisionLog()
    decided = SetDecision(log=log)
    lone = movement(5.0, HOPELESS)
    decided.update(lone)
    before = log.decisions[0].log_odds
    for i in range(20):
        decided.update(movement(20.0 + i * 5, HOPELESS))
    assert log.decisions[0].movement is lone
    assert log.decisions[0].log_odds >= before


def test_an_hour_is_forgotten_where_nobody_asks() -> None:
    decided, seen = SetDecision(), []
    for i in range(720):
        each = movement(5.0 * i, SURE if i % 2 else HOPELESS)
        seen.append(weakref.ref(each))
        decided.update(each)
    del each
    gc.collect()
    assert sum(ref() is not None for ref in seen) <= 10


def test_a_session_has_no_candidates_where_nobody_asked() -> None:
    session = session_of(SessionOptions())
    assert session.summary().candidates is None
    with pytest.raises(RuntimeError, match="explain"):
        _ = session.candidates


def test_every_repetition_is_among_the_candidates() -> None:
    session = session_of(EXPLAINED)
    summary = session.summary()
    assert counted(summary) == [(rep.peak_s, rep.side) for rep in summary.repetitions]
    assert len(session.candidates) == len(summary.candidates or ())
    assert session.loose_candidates() is None


def test_what_was_taken_back_is_told_so() -> None:
    session = session_of(EXPLAINED)
    before = len(session.summary().repetitions)
    session.undo()
    candidates = session.summary().candidates or ()
    assert sum(each.counted for each in candidates) == before - 1
    assert [each.why for each in candidates if each.why is Why.TAKEN_BACK] == [Why.TAKEN_BACK]


def test_explaining_changes_no_count() -> None:
    assert replace(session_of(EXPLAINED).summary(), candidates=None) == session_of(SessionOptions()).summary()


def test_without_a_name_the_recognised_exercise_has_its_candidates() -> None:
    session = auto_of(EXPLAINED)
    (summary,) = session.summaries()
    assert counted(summary) == [(rep.peak_s, rep.side) for rep in summary.repetitions]
    assert {each.exercise for each in summary.candidates or ()} == {"wall-squat"}
    assert session.loose_candidates() is None
    assert set(session.candidates) == set(catalog.names())


def test_where_nothing_is_recognised_the_likeliest_of_all_are_told() -> None:
    hopeless = Scores({name: Model(-30.0, {}) for name in catalog.names()})
    session = auto_of(EXPLAINED, hopeless)
    assert session.summaries() == ()
    loose = session.loose_candidates()
    assert loose
    assert len(loose) <= MOST_LOOSE
    assert not any(each.counted for each in loose)
    assert [each.peak_s for each in loose] == sorted(each.peak_s for each in loose)
    assert auto_of(SessionOptions(), hopeless).loose_candidates() is None


def test_an_exercise_that_is_not_named_says_why() -> None:
    decision = Decision(movement(5.0), 2.0, counted=True)
    mine, other = ExerciseSegment("a", done(5.0)), ExerciseSegment("b", done(5.0))
    assert recognised_why(decision, "a", [mine]) is None
    assert recognised_why(decision, "a", [other]) is Why.OTHER_EXERCISE
    assert recognised_why(decision, "a", []) is Why.NOT_NAMED


def test_candidates_of_an_exercise_done_twice_belong_to_one_stretch_each() -> None:
    first, between, second = (
        ExerciseSegment("a", done(5.0, 9.0)),
        ExerciseSegment("b", done(30.0)),
        ExerciseSegment("a", done(60.0)),
    )
    found = [Decision(movement(s), 0.0, counted=False) for s in (1.0, 20.0, 50.0, 90.0)]
    parts = [belonging(found, stretch, [first, between, second]) for stretch in (first, second)]
    assert parts == [tuple(found[:2]), tuple(found[2:])]


def test_the_strongest_reasons_come_first_and_only_those_of_one_kind() -> None:
    curves = {
        "movement.rom": Curve((10.0,), (-2.0, 1.0), 0.0),
        "movement.up_s": Curve((1.0,), (-1.0, 3.0), 0.0),
        "movement.hold_s": Curve((1.0,), (-0.5, 0.5), -0.1),
    }
    features = {"movement.rom": 50.0, "movement.up_s": 2.0, "movement.hold_s": 0.0}
    decision = Decision(replace(movement(5.0), features=features), 0.0, counted=True)
    model = Model(0.0, curves)
    assert [each.feature for each in reasons(decision, model, counted=True)] == [
        "movement.up_s",
        "movement.rom",
    ]
    assert [each.feature for each in reasons(decision, model, counted=False)] == ["movement.hold_s"]
    (first, *_) = strongest(model, 2)
    assert (first.feature, first.log_odds) == ("movement.up_s", 4.0)
    assert (first.best, first.worst) == ((1.0, INFINITE), (-INFINITE, 1.0))


@pytest.mark.parametrize("name", catalog.names())
def test_every_feature_of_every_model_has_words_and_a_unit(name: str) -> None:
    for feature in model_of(catalog.get(name)).names:
        assert unit_of(feature)
        assert words_of(feature)
        for value in (0.0, 1.5, float("nan")):
            assert words_of(feature) in feature_text(feature, value) or feature.startswith("spans.")


def test_all_features_are_listed_with_words_of_their_own() -> None:
    rows = feature_rows(english())
    names = {name for name, *_ in rows}
    assert names == {*feature_names(Side.LEFT), *feature_names(Side.BOTH)}
    assert len({words_of(name) for name in names}) == len(names)
    assert all(unit and meaning for _, unit, meaning in rows)


@pytest.mark.parametrize(
    ("feature", "value", "text"),
    [
        ("other.knee_flexion_deg.change", 27.4, "the other leg's knee flexion, change +27°"),
        ("active.hip_height_ratio.change", -0.001, "height of the hip, change 0.00 leg lengths"),
        ("body.trunk_tilt_deg.peak", float("nan"), "tilt of the trunk, at the peak not seen"),
        ("movement.start_held", 0.0, "start posture held before: no"),
        ("movement.down_s", 0.62, "way back: 0.6 s"),
        ("spans.require", 0.0, "inside all that its file asks of a repetition"),
        ("spans.require", 1.2, "outside what its file asks of a repetition, by 1.2 margins"),
    ],
)
def test_a_feature_is_said_plainly(feature: str, value: float, text: str) -> None:
    assert feature_text(feature, value) == text


def test_a_candidate_is_a_plain_record() -> None:
    first, *_ = session_of(EXPLAINED).summary().candidates or ()
    assert isinstance(first, CandidateSummary)
    assert 0.0 <= first.probability <= 1.0
    assert first.start_s < first.peak_s < first.end_s
