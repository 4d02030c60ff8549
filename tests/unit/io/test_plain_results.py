from __future__ import annotations

from dataclasses import replace

import pytest

from repcount.core.kinds import NothingCounted
from repcount.core.phrases import english
from repcount.core.records import NAN, InputSummary, SetSummary, Side, Status
from repcount.exercises import catalog, languages
from repcount.exercises.limits import AskedRange
from repcount.io.plain_results import PlainWords, exercise_lines, nothing_line, set_line, summary_parts
from tests.unit.overlay.snapshots import fault, hold, rep, summary


def words(code: str = "en", preset: str | None = None) -> PlainWords:
    language = languages.load(code)
    known = {name: languages.in_language(catalog.get(name), language) for name in catalog.names()}
    asked = {
        name: AskedRange(one, one.presets[preset or one.default_preset], named=preset is not None)
        for name, one in known.items()
        if preset is None or preset in one.presets
    }
    return PlainWords(known, language.words, asked)


def lines(done: InputSummary, code: str = "en") -> list[str]:
    (found,) = [told for _, told in summary_parts(done, words(code))]
    return [line.replace("\u00a0", " ") for line in found]


def test_a_set_of_squats_is_told_in_the_words_of_a_squat() -> None:
    done = summary((rep(1, peak_deg=82.0, up_s=1.3, hold_s=1.6, down_s=1.2), rep(2, peak_deg=84.0)))
    (first, *_) = lines(done)
    assert first.startswith("left leg · 2 repetitions · 83° deep (usual 60°) · ")
    assert " s down, " in first
    assert first.endswith(" s up")


def test_going_further_than_asked_is_told_with_how_far_and_by_its_name_in_every_language() -> None:
    far = tuple(
        rep(n, peak_deg=94.0, faults=(fault(code="deeper_than_asked", worst=worst, time_s=n),))
        for n, worst in ((1, 94.0), (2, 92.0))
    )
    done = summary(far).exercises[0]
    first, *rest = exercise_lines(done, words("en", "gentle"))
    assert "94° deep (asked 40°)" in first
    assert "Faults: deeper than asked (94° of 40°) ×2." in rest  # noqa: RUF001
    first, *rest = exercise_lines(done, words("de", "gentle"))
    assert "94° tief (verlangt 40°)" in first
    assert "Fehler: tiefer als verlangt (94° von 40°) ×2." in rest  # noqa: RUF001


@pytest.mark.parametrize(("code", "told"), [("en", "to 5° (usual 12°)"), ("de", "bis 5° (üblich 12°)")])
def test_where_an_exercise_has_no_word_for_its_range_its_peak_is_no_range(code: str, told: str) -> None:
    press = catalog.get("leg-press")
    preset = press.presets["standard"].model_copy(update={"target_rom_deg": None})
    own = press.model_copy(update={"ways": None})
    done = replace(summary((rep(1, rom_deg=88.0, peak_deg=5.0),)).exercises[0], exercise=own.name)
    asked = {own.name: AskedRange(own, preset)}
    (first, *_) = exercise_lines(done, PlainWords({own.name: own}, languages.load(code).words, asked))
    assert told in first.replace("\u00a0", " ")


def test_a_press_is_measured_from_where_it_is_straight() -> None:
    bent = rep(1, rom_deg=88.0, peak_deg=12.0, faults=(fault(code="deeper_than_asked", worst=102.0),))
    done = replace(summary((bent,)).exercises[0], exercise="leg-press")
    first, *rest = exercise_lines(done, words("en", "gentle"))
    assert "88° of travel (asked 60°)" in first
    assert "Faults: bent further than asked (90° of 60°) ×1." in rest  # noqa: RUF001


def test_of_a_heel_its_range_is_told_and_nothing_was_asked_for() -> None:
    exercise = replace(summary((rep(1, rom_deg=22.0),)).exercises[0], exercise="calf-raise")
    (first, *_) = exercise_lines(exercise, words())
    assert "22° high · " in first
    assert "asked" not in first


def test_each_leg_has_a_line_and_short_ones_are_told() -> None:
    reps = (rep(1), rep(2, side=Side.RIGHT), rep(3, side=Side.RIGHT, status=Status.SHORT))
    told = lines(summary(reps))
    assert told[0].startswith("left leg · 1 repetition · ")
    assert told[1].startswith("right leg · 2 repetitions · 1 of them short · ")


def test_faults_are_told_by_name_once_for_a_repetition_and_its_hold() -> None:
    bent = fault(code="back_off_wall", time_s=5.0)
    told = lines(summary((rep(1, faults=(bent,)),), (hold(faults=(bent,)),)))
    assert "Faults: back off the wall ×1." in told  # noqa: RUF001
    assert "Not judged, since it could not be seen: knees caving in." in told
    german = lines(summary((rep(1, faults=(bent,)),)), "de")
    assert "Fehler: Rücken löst sich von der Wand ×1." in german  # noqa: RUF001


def test_a_code_that_no_file_has_any_more_is_put_into_words() -> None:
    assert "Faults: out of date ×1." in lines(summary((rep(1, faults=(fault(code="out_of_date"),)),)))  # noqa: RUF001


@pytest.mark.parametrize(
    ("range_fade", "tempo_fade", "told"),
    [
        (0.01, 0.0, "the last third was as deep as the first, and as quick"),
        (-0.12, 0.2, "the last third was less deep than the first, by 12 %, and 20 % slower"),
        (0.1, -0.06, "the last third was deeper than the first, by 10 %, and 6 % quicker"),
        (0.0, NAN, "the last third was as deep as the first"),
    ],
)
def test_a_trend_is_a_sentence(range_fade: float, tempo_fade: float, told: str) -> None:
    one = SetSummary(2, 0.0, 9.0, 12, 0, range_fade=range_fade, tempo_fade=tempo_fade)
    assert set_line(one, "wall-squat", words()) == f"Set 2: {told}."


def test_of_too_few_repetitions_no_trend_is_told() -> None:
    assert set_line(SetSummary(1, 0.0, 9.0, 2, 0), "wall-squat", words()) == ""


def test_holds_are_told_with_what_they_drifted() -> None:
    one = SetSummary(1, 0.0, 9.0, 0, 2, hold_drift_deg=-0.8, hold_tremor_deg=0.9)
    told = set_line(one, "hamstring-curl", words())
    assert told == "Set 1: in its holds the angle sank by 0.8° and trembled by 0.9°."
    german = set_line(one, "hamstring-curl", words("de"))
    assert german == "Satz 1: beim Halten sank der Winkel um 0,8° und zitterte um 0,9°."


def test_an_exercise_of_ones_own_without_words_is_told_by_there_and_back() -> None:
    bare = PlainWords(phrases=english())
    exercise = replace(summary((rep(1, rom_deg=50.0, up_s=1.0, hold_s=0.5, down_s=2.0),)).exercises[0])
    told = exercise_lines(replace(exercise, exercise="mine"), bare)
    assert (
        told[0].replace("\u00a0", " ")
        == "left leg · 1 repetition · 50° of range · 1.0 s there, 0.5 s hold, 2.0 s back"
    )


@pytest.mark.parametrize(
    ("nothing", "told"),
    [
        (NothingCounted("nobody"), "nobody was seen"),
        (
            NothingCounted("few_pictures", 4.0, 6.0),
            "there are only 4.0 pictures a second; it needs 6 and more",
        ),
        (NothingCounted("too_small", 5.6, 16.0), "too small: 6° at most, the smallest that counts is 16°"),
        (NothingCounted("too_fast", 0.42, 0.8), "too fast to judge: 0.4 s each; it needs 0.8 s and more"),
        (NothingCounted("other_exercise", exercise="calf-raise"), "another exercise (Calf raise)"),
    ],
)
def test_why_nothing_was_counted_is_one_line(nothing: NothingCounted, told: str) -> None:
    line = nothing_line(nothing, words())
    assert line.startswith("Nothing was counted: ")
    assert told in line
