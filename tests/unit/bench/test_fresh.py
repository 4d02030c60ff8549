"""The sealed parts: judged only when asked for, in totals, and every look counted."""

import argparse

import pytest

from bench import accuracy
from bench.filming.pools import FRESH, LATE, PARTS, SEALED
from bench.judged import Outcome
from bench.material import load_clips
from bench.page.appendix import CHAPTERS
from bench.page.kept import words
from bench.report import SINGLE, fresh_report


@pytest.mark.parametrize("part", SEALED)
@pytest.mark.parametrize("option", ["--dry", "--failures"])
def test_no_look_at_a_sealed_part_stays_unwritten_or_goes_into_single_clips(part, option, capsys):
    with pytest.raises(SystemExit) as stopped:
        accuracy.main(["--part", part, option])
    assert stopped.value.code == 2
    assert f"{part} is looked at in totals only" in capsys.readouterr().err


def test_no_sealed_part_is_judged_unasked(monkeypatch, tmp_path):
    judged = []
    monkeypatch.setattr(accuracy, "judge_all", lambda part, _: judged.append(part) or [part])
    monkeypatch.setattr(accuracy, "part_report", lambda _: {})
    monkeypatch.setattr(accuracy, "unseen", lambda *_: {})
    kept = accuracy.kept_record()["parts"]
    record = accuracy.measure(argparse.Namespace(part=None, failures=False, recordings=None), tmp_path)
    assert judged == [part for part in PARTS if part not in SEALED]
    assert all(record["parts"].get(part) == kept.get(part) for part in SEALED)


def test_each_sealed_part_has_its_chapter():
    assert tuple(CHAPTERS) == SEALED
    assert set(CHAPTERS.values()) <= set(words())


def test_each_look_is_counted_and_nothing_of_single_clips_is_kept():
    none = [Outcome(clip) for clip in load_clips(FRESH) if not clip.exercises]
    first = fresh_report(none, {})
    assert first["looks"] == 1
    assert fresh_report(none, first)["looks"] == 2
    assert not set(SINGLE) & set(first)


def test_the_kept_record_says_how_often_it_was_looked_at():
    parts = accuracy.kept_record()["parts"]
    for kept in (parts[part] for part in SEALED if part in parts):
        assert kept["looks"] >= 1
        assert not set(SINGLE) & set(kept)


def test_the_part_rendered_last_is_looked_at_once():
    assert accuracy.kept_record()["parts"].get(LATE, {"looks": 0})["looks"] <= 1
