"""The record of people who were left out, on recordings that are made up."""

import pytest

from bench import leftout
from bench.learning.people import Counted
from bench.learning.record import (
    CURVE,
    DRAWS,
    NO_CANDIDATE,
    SCORED,
    TRACKING,
    Chance,
    curve_record,
    draw_record,
    left_out_record,
    reliability,
    with_candidate,
)
from bench.page.kept import kept_left_out
from repcount.exercises import catalog

SQUAT = "wall-squat"


def counted(clip, exercise=SQUAT, reps=(2.0, 5.0), found=2, chances=(), **more):
    """A clip of one minute whose chances are (peak, probability)."""
    row = {
        "clip": clip,
        "shown": clip,
        "exercise": exercise,
        "acceptable_reps": [len(reps) if exercise else 0],
        "peaks_s": list(reps if exercise else ()),
        "group": more.pop("group", clip),
        **more,
    }
    names = catalog.names()
    each = {name: [(p, chance, chance > 0.4) for p, chance in chances if name == SQUAT] for name in names}
    named = {name: found if name == SQUAT else 0 for name in names}
    return Counted(row, 1.0, named, {SQUAT: found} if found else {}, each)


MADE_UP = [
    counted("right", chances=((2.1, 0.95), (5.2, 0.8), (7.0, 0.2)), group="a"),
    counted("low", found=1, chances=((2.0, 0.9), (5.0, 0.35)), group="a"),
    counted("uncut", found=1, chances=((2.0, 0.9), (5.6, 0.35))),
    counted("untracked", found=0, tracking="bad before 5 s, then good"),
    counted("none", None, found=1, chances=((1.0, 0.6),)),
    counted("spared", None, found=3, chances=((1.0, 0.99),), not_judged_for=[SQUAT]),
]


def test_the_bins_tell_how_many_were_said_and_how_many_are():
    said = [Chance(0.05, False), Chance(0.1, False), Chance(0.2, True), Chance(0.9, True), Chance(1.0, True)]
    rows = {(row["low"], row["high"]): row for row in reliability(said)}
    assert [row["true"].n for row in rows.values()] == [1, 2, 0, 0, 0, 2]
    assert rows[0.1, 0.3]["mean"] == pytest.approx(0.15)
    assert rows[0.1, 0.3]["true"].value == pytest.approx(0.5)
    assert rows[0.9, 1.0]["true"].hits == 2
    assert rows[0.5, 0.7]["mean"] != rows[0.5, 0.7]["mean"]


def test_a_repetition_has_a_candidate_within_half_a_second_or_while_it_is_held():
    assert with_candidate(MADE_UP[0]) == [True, True]
    assert with_candidate(MADE_UP[2]) == [True, False]
    held = counted("held", reps=(5.0,), chances=((6.5, 0.9),), holds_s=[[4.8, 7.0]])
    assert with_candidate(held) == [True]


def test_the_record_has_each_figure():
    found = left_out_record(MADE_UP)
    assert found["material"]["clips"] == 4
    assert found["material"]["negative_clips"] == 2
    assert found["material"]["groups"] == 5
    assert (found["named"]["exact"]["hits"], found["named"]["exact"]["n"]) == (1, 4)
    assert found["named"]["within_one"]["hits"] == 3
    assert found["named"]["false"]["hits"] == found["auto"]["false"]["hits"] == 1
    assert found["named"]["minutes"] == 2 * len(catalog.names()) - 1
    assert found["auto"]["minutes"] == 2
    assert list(found["exercises"]) == [SQUAT, "total"]
    assert (found["candidates"][SQUAT]["hits"], found["candidates"][SQUAT]["n"]) == (5, 8)
    said = {(row["low"], row["high"]): row["true"] for row in found["reliability"]}
    assert sum(true["n"] for true in said.values()) == 8
    assert (said[0.9, 1.0]["hits"], said[0.9, 1.0]["n"]) == (3, 3)
    assert (said[0.3, 0.5]["hits"], said[0.3, 0.5]["n"]) == (1, 2)


def test_each_clip_that_came_out_wrong_has_its_limit():
    found = left_out_record(MADE_UP)
    assert {m["clip"]: m["limit"] for m in found["wrong"]} == {
        "low": SCORED,
        "uncut": NO_CANDIDATE,
        "untracked": TRACKING,
        "none": SCORED,
    }
    assert found["limits"][SCORED] == {"done": 1, "none": 1}


def test_the_tables_show_it():
    record = {"people": left_out_record(MADE_UP)}
    text = leftout.tables(record)
    assert "| exact, exercise named | 1 of 4: 25.0 % (4.6 to 69.9) |" in text
    assert "| uncut | uncut | wall-squat 1 of 2 | no candidate |" in leftout.weak(record)


def test_the_learning_curve_has_a_row_for_each_number_of_groups():
    text = leftout.curve({CURVE: [curve_record(10, MADE_UP), curve_record(40, MADE_UP)]})
    assert [line.split("|")[1:3] for line in text.splitlines()[2:]] == [
        [" 10 ", " 1 of 4 "],
        [" 40 ", " 1 of 4 "],
    ]
    assert leftout.curve({}) == ""


def test_the_first_page_says_how_much_hangs_on_the_draw_of_the_folds():
    record = {DRAWS: [draw_record(0, MADE_UP), draw_record(1, MADE_UP[1:])]}
    assert [line.split("|")[1:3] for line in leftout.draws(record).splitlines()[2:]] == [
        [" 0 ", " 1 of 4 "],
        [" 1 ", f" {leftout.of(record[DRAWS][1]['named']['exact'])} "],
    ]
    assert "2 draws: 0 to 1 of 4 exact" in leftout.spread(record)
    assert leftout.draws({}) == leftout.spread({}) == ""


def test_no_landmark_is_kept():
    kept = kept_left_out()
    for part in (kept[name] for name in leftout.TITLES if name in kept):
        for row in part["wrong"]:
            assert set(row) == {"clip", "shown", "exercise", "counted", "acceptable", "limit"}


def test_the_page_says_what_the_best_score_could_reach():
    """Bad landmarks and what was not cut out are beyond any score: ``uncut`` and ``untracked``."""
    text = leftout.weak({"people": left_out_record(MADE_UP)})
    assert "2 of 4 clips (50 %) exact, 3 of 4 clips (75 %) within one" in text
