"""``repcount checkin``: asked at a pseudo-terminal, on which a person types; and the advice it gives."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from repcount.cli import pain
from repcount.cli.pain import load_warnings
from repcount.config import Settings
from repcount.core.history_records import KeptSession
from repcount.core.phrases import english
from repcount.exercises import languages
from repcount.history.location import find_place
from repcount.history.store import History
from repcount.history.writing import keep
from repcount.pipeline.programme import ProgrammeRequest, blocks_of, planned_by
from repcount.sources.feeds import list_cameras
from tests.cli.conftest import Command
from tests.keeping import a_session
from tests.waiting import PATIENCE_S
from tests.words import foreign

pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")


def typed(words: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Run repcount on a terminal, answer each prompt in turn, and return the exit code and all it showed."""
    here, there = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "repcount", *words],
        stdin=there,
        stdout=there,
        stderr=there,
        env=dict(os.environ, XDG_DATA_HOME=str(folder), DISPLAY="", WAYLAND_DISPLAY=""),
    )
    os.close(there)
    shown = b""
    try:
        while True:
            part = os.read(here, 4096)
            if not part:
                break
            shown += part
            if shown.rstrip().endswith((b" 10:", b"[yes/no]:", b"[ja/nein]:")) and answers:
                os.write(here, answers.pop(0).encode() + b"\n")
    except OSError:  # how Linux says that the other end was closed
        pass
    finally:
        os.close(here)
    return program.wait(timeout=PATIENCE_S), shown.decode()


def test_the_question_for_pain_comes_again_until_the_answer_is_a_number_from_0_to_10(tmp_path: Path) -> None:
    code, shown = typed(["checkin"], ["much", "11", "3"], tmp_path)

    assert code == 0, shown
    assert "Traceback" not in shown
    assert shown.count("How much does it hurt this morning") == 3
    assert "from 0 to 10, please" in shown
    assert "green" in shown


LIVE = ["live", "--exercise", "wall-squat", "--camera"]
FILM = str(Path(__file__).parents[2] / "sample_videos" / "wall_squat.mp4")


def test_much_pain_before_a_session_asks_to_stop_and_one_key_does_it(tmp_path: Path) -> None:
    code, shown = typed([*LIVE, FILM], ["6", ""], tmp_path)
    assert code == 0, shown
    assert "Stop for today?" in shown
    assert "screen" not in shown, "nothing is opened any more"


@pytest.mark.parametrize(("camera", "code"), [("none.mp4", 1), ("0", 0)])
def test_a_camera_that_is_not_there_is_the_first_word(camera: str, code: int, tmp_path: Path) -> None:
    if camera == "0" and list_cameras():
        pytest.skip("there is a camera here")
    ended, shown = typed([*LIVE, camera], ["6", ""], tmp_path)
    assert ended == code, shown
    assert f"{camera}: " in shown.split("How much")[0]
    assert ("How much" in shown) == (code == 0)


def test_yes_and_no_are_asked_for_and_understood_in_the_language(tmp_path: Path) -> None:
    code, shown = typed([*LIVE, FILM, "--language", "de"], ["6", "vielleicht", "J"], tmp_path)
    assert code == 0, shown
    assert shown.count("Für heute aufhören? [ja/nein]:") == 2
    assert foreign(shown.split("rot: ")[1], "de") == []


def test_some_pain_offers_the_smaller_session_with_one_key(tmp_path: Path) -> None:
    code, shown = typed([*LIVE, FILM], ["4", ""], tmp_path)
    assert code == 1
    assert "Do less: Wall squat 3 × 6 to 40°?" in shown  # noqa: RUF001
    assert "there is no screen here" in shown


NOW = datetime.now().astimezone()


def kept(*sessions: KeptSession) -> None:
    """Put sessions of Anna into the history."""
    with History(find_place(None)) as history:
        keep(history, sessions, "import")


def done(days_ago: float, sets: int = 1, **pain: int) -> KeptSession:
    """A session of four leg raises a set, so many days ago."""
    return a_session("anna", sets=sets, started_at=NOW - timedelta(days=days_ago), **pain)


def test_a_load_that_rose_by_more_than_a_tenth_is_pointed_out(repcount: Command) -> None:
    kept(done(10, sets=5), done(1, sets=5))
    assert "take it slower" not in repcount("checkin", "--pain", "1", "--person", "anna").stdout
    kept(done(2))
    told = " ".join(repcount("checkin", "--pain", "1", "--person", "anna").stdout.split())
    assert "Straight leg raise: 24 repetitions in the last seven days, 20 % more" in told
    assert "take it slower [rule of thumb from running: more pain in runners who rose" in told


@pytest.mark.parametrize(
    ("level", "before", "light", "advice"),
    [
        (3, 3, "green", "go on like this"),
        (3, 1, "amber", "Worse next morning than before: do less"),
        (5, 5, "amber", "Do less next time"),
        (6, 6, "red", "Stop until it is 3 or less"),
    ],
)
def test_the_answer_next_morning_is_a_traffic_light_with_its_source(
    level: int, before: int, light: str, advice: str, repcount: Command
) -> None:
    kept(done(0.5, pain_before=before))
    told = " ".join(repcount("checkin", "--pain", str(level), "--person", "anna").stdout.split())
    assert told.startswith(f"{light}: ")
    assert advice in told
    assert ".org" in told
    assert "not a diagnosis" in told
    assert f"{before} – {level}" in repcount("history").stdout  # noqa: RUF001


def test_before_a_session_what_is_planned_counts_too(repcount: Command) -> None:
    """36 a leg are planned: with the 20 of this week, 92 against 40."""
    blocks = blocks_of(ProgrammeRequest("straight-leg-raise"), Settings())
    kept(done(10, sets=10), done(1, sets=5))
    with History(find_place(None)) as history:
        assert list(load_warnings(history, "anna", NOW, languages.load())) == []
        (line,) = load_warnings(history, "anna", NOW, languages.load(), planned_by(blocks, NOW))
    assert "92 repetitions in the last seven days, with what is planned now, 130 % more" in line
    assert planned_by(blocks_of(ProgrammeRequest("auto"), Settings()), NOW) is None


def test_a_plan_of_holds_counts_repetitions_and_seconds() -> None:
    planned = planned_by(blocks_of(ProgrammeRequest("hamstring-curl"), Settings()), NOW)
    assert planned is not None
    assert sum(each.reps for each in planned.sets) == 3
    assert sum(each.hold_s for each in planned.sets) == 45.0


def test_after_a_session_pain_that_does_not_settle_sends_to_a_doctor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pain, "ask_pain", lambda question, phrases: 5)
    last = done(0)
    kept(done(5, pain_after=5), done(3, pain_after=5), last)
    with History(find_place(None)) as history:
        pain.keep_after(history, "anna", last.id, english())
    told = " ".join(capsys.readouterr().out.split())
    assert "amber: Do less next time" in told
    assert "red: It has not settled over 3 sessions: stop, and see a doctor." in told


def test_pain_that_does_not_settle_sends_to_a_doctor(repcount: Command) -> None:
    kept(done(5, pain_after=5), done(3, pain_after=5), done(0.5, pain_after=5))
    told = " ".join(repcount("checkin", "--pain", "5", "--person", "anna").stdout.split())
    assert "red: It has not settled over 3 sessions: stop, and see a doctor." in told
