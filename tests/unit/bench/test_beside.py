"""Our figures beside those of others: of real people only those of scores that have not seen them."""

import json

from bench.metrics import per_minute, share
from bench.page.beside import side_by_side
from bench.page.kept import RIVALS, kept_left_out, kept_record
from bench.report import plain

HEAD = "real people, left out"


def _found():
    return json.loads(RIVALS.read_text(encoding="utf-8"))


def _left_out(clips, negatives):
    figures = {
        "exact": share([True] * (clips - 3) + [False] * 3),
        "within_one": share([True] * clips),
        "false": per_minute([1] * negatives, [2.0] * negatives),
    }
    return {"people": {"named": plain(figures)}}


def _sizes():
    total = next(iter(_found().values()))["parts"]["people"]["default"]["total"]
    return total["exact"]["n"], total["false"]["n"]


def test_real_people_are_those_who_were_left_out():
    clips, negatives = _sizes()
    text = side_by_side(_found(), kept_record(), _left_out(clips, negatives))
    table = text[text.index(HEAD) :].split("\n\n")[0]
    assert f"{clips - 3} of {clips} | 0 | 0.50" in table.split("**repcount**")[1]


def test_ways_measured_on_other_clips_are_not_held_against_ours():
    clips, negatives = _sizes()
    assert HEAD not in side_by_side(_found(), kept_record(), _left_out(clips + 1, negatives))
    assert HEAD not in side_by_side(_found(), kept_record(), {})


def test_the_page_shows_the_people_that_are_kept():
    assert HEAD in side_by_side(_found(), kept_record(), kept_left_out())
