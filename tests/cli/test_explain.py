"""``repcount analyze --explain``, and what ``signals`` and ``explain`` tell of the score."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from repcount.core.kinds import Doubt, Why
from repcount.core.phrases import english
from repcount.core.records import Side
from repcount.exercises import catalog, languages
from repcount.features.describe import feature_names
from tests.cli.conftest import POSES, Command

ROW = re.compile(r"^\d+:\d\d\.\d ")
ROOT = Path(__file__).parent.parent.parent


def rows(output: str) -> list[list[str]]:
    """The first line of each candidate, in its words."""
    return [line.split() for line in output.splitlines() if ROW.match(line)]


def judged(text: str) -> dict[str, Any]:
    (found,) = json.loads(text)["inputs"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("clip", ["wall_squat", "standing_about"])
def test_every_repetition_is_listed_as_counted(repcount: Command, clip: str) -> None:
    done = repcount("analyze", POSES / f"{clip}.npz", "-e", "wall-squat", "--explain", "--json", "a.json")
    assert done.exit_code == 0
    (exercise,) = judged(Path("a.json").read_text(encoding="utf-8"))["exercises"]
    candidates, shown = exercise["candidates"], rows(done.stdout)
    assert [c["peak_s"] for c in candidates if c["counted"]] == [r["peak_s"] for r in exercise["repetitions"]]
    assert len(shown) == len(candidates)
    assert [row[4] for row in shown] == ["yes" if c["counted"] else "no" for c in candidates]
    assert [row[1] for row in shown] == [c["side"] for c in candidates]
    assert "log-odds" in " ".join(done.stdout.splitlines()[-3:])


def test_what_is_no_repetition_is_told_with_what_spoke_against_it(repcount: Command) -> None:
    done = repcount(
        "analyze", POSES / "standing_about.npz", "-e", "wall-squat", "--explain", "--json", "a.json"
    )
    (exercise,) = judged(Path("a.json").read_text(encoding="utf-8"))["exercises"]
    rejected = [each for each in exercise["candidates"] if not each["counted"]]
    assert rejected
    for each in rejected:
        assert each["why"]
        assert 0 < len(each["reasons"]) <= 3
        assert all(reason["log_odds"] < 0 for reason in each["reasons"])
    assert "against: " in done.stdout


def test_json_is_the_same_but_for_the_candidates(repcount: Command, squat: Path) -> None:
    plain = judged(repcount("analyze", squat, "-e", "wall-squat", "--json", "-").stdout)
    asked = judged(repcount("analyze", squat, "-e", "wall-squat", "--json", "-", "--explain").stdout)
    assert "candidates" not in plain
    assert asked["exercises"][0].pop("candidates")
    assert asked == plain


def test_the_keys_of_a_candidate_are_documented(repcount: Command, squat: Path) -> None:
    told = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    asked = judged(repcount("analyze", squat, "-e", "wall-squat", "--json", "-", "--explain").stdout)
    candidate = asked["exercises"][0]["candidates"][0]
    example = json.loads(told.split("```json\n")[2].split("```")[0])
    assert list(example) == list(candidate)
    assert list(example["reasons"][0]) == list(candidate["reasons"][0])
    for key in (*candidate, *candidate["reasons"][0], *(why.value for why in Why)):
        assert f"`{key}`" in told


def test_without_a_name_only_what_was_recognised_is_listed(repcount: Command, squat: Path) -> None:
    done = repcount("analyze", squat, "--explain", "--json", "a.json")
    found = judged(Path("a.json").read_text(encoding="utf-8"))
    assert "candidates" not in found
    assert {c["exercise"] for e in found["exercises"] for c in e["candidates"]} == {"wall-squat"}
    assert len(rows(done.stdout)) == len(found["exercises"][0]["candidates"])


def test_side_by_side_each_file_has_its_list(repcount: Command, squat: Path) -> None:
    other = POSES / "standing_about.npz"
    done = repcount("analyze", squat, other, "-e", "wall-squat", "--explain", "--jobs", "2", "--csv", "a.csv")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert str(squat) in lines
    assert str(other) in lines
    assert rows(done.stdout)
    again = repcount(
        "analyze", squat, other, "-e", "wall-squat", "--explain", "--jobs", "2", "--csv", "a.csv"
    )
    assert rows(again.stdout) == rows(done.stdout)


def test_without_the_option_nothing_is_listed(repcount: Command, squat: Path) -> None:
    assert not rows(repcount("analyze", squat, "-e", "wall-squat").stdout)


def test_the_list_of_features_is_complete(repcount: Command) -> None:
    lines = repcount("signals", "--features").stdout.splitlines()
    names = [line.split()[0] for line in lines[1 : lines.index("")]]
    assert names == list(feature_names(Side.LEFT))


def test_the_explanation_says_what_the_score_looks_at(repcount: Command) -> None:
    text = " ".join(repcount("explain", "wall-squat", "--details").stdout.split())
    assert "learned" in text
    assert "repcount/exercises/models/README.md" in text


def test_an_exercise_without_a_model_is_told_by_its_spans(
    repcount: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = catalog.get("wall-squat").model_copy(update={"model": None})
    monkeypatch.setattr(catalog, "get", lambda name, also=(): bare)
    text = " ".join(repcount("explain", "wall-squat", "--details").stdout.split())
    assert "no score was learned for it: the spans of its file decide, softly" in text
    assert "models/README.md" not in text


@pytest.mark.parametrize("code", languages.languages())
@pytest.mark.parametrize("name", catalog.names())
def test_an_exercise_is_explained_on_one_screen(
    repcount: Command, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = repcount("explain", name, "--language", code).stdout.splitlines()
    told = languages.in_language(catalog.get(name), languages.load(code))
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    whole = " ".join(" ".join(lines).split())
    for words in (told.summary, *told.how, told.camera):
        assert words in whole


def test_an_own_exercise_claims_no_source_that_nobody_wrote(repcount: Command, tmp_path: Path) -> None:
    text = (ROOT / "repcount" / "exercises" / "calf_raise.toml").read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(re.sub(r'source = ".*"', 'source = "my own"', text), "utf-8")
    told = repcount("explain", "--exercise-file", path, "--details").stdout
    assert set(re.findall(r"\[([^]]*)\]", " ".join(told.split()))) == {"my own"}


def test_an_own_exercise_is_told_no_dose_that_nobody_wrote(repcount: Command) -> None:
    text = (ROOT / "docs" / "exercises.md").read_text("utf-8")
    Path("own.toml").write_text(
        text.split("### A whole file")[1].split("```toml")[1].split("```")[0], "utf-8"
    )
    assert "3 sets of 10 repetitions, 60 s of rest" in (
        told := " ".join(repcount("explain", "--exercise-file", "own.toml").stdout.split())
    )
    assert "Or " not in told
    once = Path("own.toml").read_text("utf-8").replace("sets = 3", "sets = 1")
    Path("own.toml").write_text(once, "utf-8")
    told = " ".join(repcount("explain", "--exercise-file", "own.toml").stdout.split())
    assert "1 set of 10 repetitions. " in told, "there is no rest between one set"


def test_every_reason_is_documented_in_its_words() -> None:
    page = " ".join((ROOT / "docs" / "commands.md").read_text(encoding="utf-8").split())
    for why in Why:
        words = english().texts.get(f"candidates.{why.value}", "")
        assert f"| `{why.value}` | {words}" in page
        assert words or why is Why.UNLIKELY


def test_explain_says_when_a_body_was_passed_over(repcount: Command, squat: Path) -> None:
    """From 5 s on another body, two trunks away, walks across the picture for 1.2 s."""
    with np.load(squat) as recording:
        arrays = dict(recording)
    passing = (arrays["time_s"] >= 5.0) & (arrays["time_s"] < 6.2)
    arrays["landmarks_px"][passing, :, 0] += 300.0 * arrays["time_s"][passing, None] - 1200.0
    np.savez("passing.npz", **arrays)
    done = repcount("analyze", "passing.npz", "-e", "wall-squat", "--explain", "--json", "a.json")
    text = " ".join(done.stdout.split())
    assert "since the person walked or somebody else was in the picture: 0:05.0 to 0:06." in text
    ((start_s, end_s),) = judged(Path("a.json").read_text(encoding="utf-8"))["passed_over"]
    assert 5.0 <= start_s <= 5.1
    assert 6.0 <= end_s <= 6.7
    plain = repcount("analyze", "passing.npz", "-e", "wall-squat")
    assert "Not looked at" not in plain.stdout


def test_explain_says_why_a_repetition_is_uncertain(repcount: Command, squat: Path) -> None:
    """The film begins in the middle of the first squat."""
    whole = judged(repcount("analyze", str(squat), "-e", "wall-squat", "--json", "-").stdout)
    begins_s = whole["exercises"][0]["repetitions"][0]["start_s"] + 0.4
    with np.load(squat) as recording:
        rest = recording["time_s"] >= begins_s
        arrays = {k: a[rest] if len(a) == len(rest) else a for k, a in recording.items() if a.ndim}
    np.savez("begun.npz", **arrays)
    done = repcount("analyze", "begun.npz", "-e", "wall-squat", "--explain", "--json", "a.json")
    assert "uncertain: its start was not seen" in " ".join(done.stdout.split())
    (exercise,) = judged(Path("a.json").read_text(encoding="utf-8"))["exercises"]
    first, *others = (c["doubt"] for c in exercise["candidates"] if c["counted"])
    assert first == "start_unseen"
    assert set(others) == {None}
    assert [rep["status"] for rep in exercise["repetitions"]] == ["uncertain", *["ok"] * len(others)]


def test_every_doubt_is_documented() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for doubt in Doubt:
        assert f"`{doubt.value}`" in page
        assert f"candidates.{doubt.value}" in english().texts
