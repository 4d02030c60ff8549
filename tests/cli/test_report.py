"""``repcount report`` and ``stats`` on a history that ``analyze --save`` kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import POSES, Command
from tests.cli.test_history import rows


def _kept(repcount: Command) -> None:
    words = ("--exercise", "straight-leg-raise", "--save", "--person", "anna")
    assert repcount("analyze", POSES / "straight_leg_raise.npz", *words).exit_code == 0


def test_a_kept_session_is_told_with_its_curves(repcount: Command) -> None:
    _kept(repcount)
    done = repcount("report", "--session", "last")
    assert (done.exit_code, done.stdout) == (0, "written: report.html\n")
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.count('class="curve') == 5
    assert "5 repetitions in 1 set" in page


def test_a_report_over_the_weeks_is_about_the_person_asked_for(repcount: Command) -> None:
    _kept(repcount)
    assert repcount("report", "anna.html", "--person", "anna").exit_code == 0
    assert "anna exercised on 1 day in one week" in Path("anna.html").read_text(encoding="utf-8")
    other = repcount("report", "other.html", "--person", "otto")
    assert other.exit_code == 1
    assert "otto: is not known" in other.stderr
    assert not Path("other.html").exists()


def test_stats_tell_the_essentials(repcount: Command) -> None:
    assert repcount("stats").stdout == "Nothing is kept yet for this choice.\n"
    _kept(repcount)
    lines = repcount("stats").stdout.splitlines()
    assert lines[0] == "You exercised on 1 day in one week, 1 session in all."
    assert any(line.startswith("Straight leg raise: repetitions") and line.endswith("5") for line in lines)


def test_a_folder_that_is_not_there_is_one_line(repcount: Command) -> None:
    _kept(repcount)
    done = repcount("report", "no/such/report.html")
    assert done.exit_code == 1
    assert "there is no folder no/such" in done.stderr


def test_stats_are_of_the_newest_weeks_unless_told_otherwise(repcount: Command) -> None:
    for name, day in (("straight_leg_raise", "2025-01-06"), ("calf_raise", "2026-03-02")):
        words = ("--exercise", name.replace("_", "-"), "--save", "--done-at", day)
        assert repcount("analyze", POSES / f"{name}.npz", *words).exit_code == 0
    recent = repcount("stats").stdout
    assert "Straight leg raise" not in recent
    assert recent.splitlines()[-1] == "2 sessions are kept in all; --since DATE goes further back"
    assert "2 days in 61 weeks" in repcount("stats", "--since", "2025-01-01").stdout


def test_each_session_has_its_own_pictures_though_the_folder_is_the_same(repcount: Command) -> None:
    for name, limit in (("wall_squat", "knee=60"), ("straight_leg_raise", "hip=25")):
        words = ("--exercise", name.replace("_", "-"), "--limit", limit, "--evidence", "pictures", "--save")
        assert repcount("analyze", POSES / f"{name}.npz", *words, "--done-at", "2026-03-02").exit_code == 0
    assert len(list(Path("pictures").iterdir())) == 10
    squats, raises = (line.split()[0] for line in repcount("history").stdout.splitlines()[1:])
    for id_, words in ((squats, "beyond your limit at the knee"), (raises, "beyond your limit at the hip")):
        assert repcount("report", "one.html", "--session", id_).exit_code == 0
        page = Path("one.html").read_text(encoding="utf-8")
        assert page.count("<img ") == 5
        assert page.count(f"{words}</figcaption>") == 5


def test_without_a_dose_that_was_asked_for_there_is_no_adherence(repcount: Command) -> None:
    _kept(repcount)
    assert "adherence" not in repcount("stats").stdout
    assert repcount("report", "bare.html").exit_code == 0
    page = Path("bare.html").read_text(encoding="utf-8")
    assert "Adherence" not in page
    assert "of what was asked for" not in page
    assert rows(repcount("export", "-").stdout)[0]["target_reps"] == "0"


def test_adherence_is_of_the_dose_that_was_asked_for(repcount: Command) -> None:
    words = ("--exercise", "straight-leg-raise", "--save", "--sets", "2", "--reps", "5")
    assert repcount("analyze", POSES / "straight_leg_raise.npz", *words).exit_code == 0
    (line,) = [line for line in repcount("stats").stdout.splitlines() if line.startswith("adherence")]
    assert line.endswith("50 %")
    assert rows(repcount("export", "-").stdout)[0]["target_reps"] == "5"


def test_a_plan_names_what_was_asked_for(repcount: Command) -> None:
    words = ("--exercise", "hamstring-curl", "--save", "--plan", "knee")
    assert repcount("analyze", POSES / "hamstring_curl.npz", *words).exit_code == 0
    (row,) = rows(repcount("export", "-").stdout)
    assert (row["target_reps"], row["target_hold_s"]) == ("3", "15.0")


def test_without_a_browser_the_place_of_the_report_is_told(
    repcount: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kept(repcount)
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    done = repcount("report", "--open")
    assert done.exit_code == 0
    assert f"no browser could be opened; the report is {Path('report.html').resolve()}" in done.stderr


def test_curves_and_german_are_there_on_request(repcount: Command) -> None:
    _kept(repcount)
    assert repcount("report", "plain.html").exit_code == 0
    assert repcount("report", "curves.html", "--curves", "--language", "de").exit_code == 0
    assert 'class="curve' not in Path("plain.html").read_text(encoding="utf-8")
    page = Path("curves.html").read_text(encoding="utf-8")
    assert page.count('class="curve') == 5
    assert "Gestrecktes Beinheben" in page
    assert repcount("stats", "--language", "de").stdout.startswith("Du: geübt an 1 Tag in einer Woche")
