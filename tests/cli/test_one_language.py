"""Whoever asks for a language hears and reads no other one, in any command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import repcount as package
from bench.stick import Course, film, squatting
from repcount.config import Settings
from repcount.core.guide import Command as Order
from repcount.core.guide import Surroundings, Tempo
from repcount.core.records import Frame, Snapshot
from repcount.exercises import catalog, languages, limits
from repcount.io.fault_pictures import EvidenceSink
from repcount.io.live_events import EventWords, end_event, events_of
from repcount.overlay.annotate import Overlay
from repcount.overlay.canvas import Font
from repcount.pipeline.programme import ProgrammeRequest, blocks_of
from repcount.session.guided.trainer import Trainer, TrainerOptions
from repcount.voice.utterances import Utterances
from tests.cli.conftest import POSES, Command
from tests.words import foreign, tokens, vocabulary

GERMAN = "de"
RECORDINGS = {name: f"{name.replace('-', '_')}.npz" for name in catalog.names()}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No word is cut by the edge of a terminal."""
    monkeypatch.setenv("COLUMNS", "80")


def test_the_test_can_tell_the_languages_apart() -> None:
    assert foreign("Nothing was counted", GERMAN) == ["counted", "nothing"]
    assert foreign("Nichts wurde gezählt", GERMAN) == []
    assert len(vocabulary("en") - vocabulary(GERMAN)) > 300
    assert tokens("`--json` of wall-squat, knee_deg, nhs.uk/conditions") == {"of", "wall", "squat"}


@pytest.mark.parametrize("name", catalog.names())
def test_the_results_of_analyze(repcount: Command, name: str) -> None:
    for words in (("-e", name), ()):
        done = repcount("analyze", POSES / RECORDINGS[name], *words, "--language", GERMAN, "--explain")
        assert done.exit_code == 0
        assert languages.load(GERMAN).exercises[name].title in done.stdout
        assert foreign(done.stdout, GERMAN) == []


@pytest.mark.parametrize("words", [("-e", "calf-raise"), ("-e", "leg-press", "--side", "left"), ()])
def test_why_nothing_was_counted(repcount: Command, words: tuple[str, ...]) -> None:
    done = repcount("analyze", POSES / "standing_about.npz", *words, "--language", GERMAN)
    assert "Nichts wurde gezählt: " in done.stdout
    assert foreign(done.stdout, GERMAN) == []


def test_many_files_side_by_side(repcount: Command, squat: Path) -> None:
    calf = POSES / "calf_raise.npz"
    done = repcount("analyze", squat, calf, "--jobs", "2", "--csv", "a.csv", "--language", GERMAN)
    assert foreign(done.stdout, GERMAN) == []


@pytest.mark.parametrize("name", [*catalog.names(), "safety"])
def test_what_explain_tells(repcount: Command, name: str) -> None:
    for words in ((), ("--details",)):
        done = repcount("explain", name, *words, "--language", GERMAN)
        assert done.exit_code == 0
        assert foreign(done.stdout, GERMAN) == []


def test_what_there_is_to_choose_from(repcount: Command) -> None:
    for words in (("exercises",), ("plans",), ("plans", "knee")):
        done = repcount(*words, "--language", GERMAN)
        assert done.exit_code == 0
        assert foreign(done.stdout, GERMAN, {"knee"}) == []


def test_the_signals_and_what_a_score_looks_at(repcount: Command) -> None:
    for words in (("signals",), ("signals", "--features")):
        done = repcount(*words, "--language", GERMAN)
        assert done.exit_code == 0
        assert foreign(done.stdout, GERMAN, {"visibility"}) == []  # a signal's name is typed


def test_the_history_and_its_weeks(repcount: Command, squat: Path) -> None:
    assert "Nichts Passendes" in repcount("history", "--language", GERMAN).stdout
    for day, dose in (("2025-01-06", ()), ("2026-03-01", ("--sets", "1", "--reps", "5"))):
        for name in ("wall-squat", "hamstring-curl", "straight-leg-raise"):
            words = ("-e", name, "--save", "--done-at", day, "--person", "Jo", *dose)
            assert repcount("analyze", POSES / RECORDINGS[name], *words).exit_code == 0
        assert repcount("checkin", "--person", "Jo", "--pain", "3").exit_code == 0
    for words in (("history",), ("history", "--last", "2"), ("stats",), ("stats", "--since", "2025-01-01")):
        done = repcount(*words, "--language", GERMAN)
        assert done.exit_code == 0
        ids = {word for line in repcount("history", "--all").stdout.splitlines() for word in tokens(line[:8])}
        dates = {"datum"}
        assert foreign(done.stdout, GERMAN, {"jo"} | ids | dates) == [], words
    assert "Kniebeuge an der Wand: Wiederholungen" in repcount("stats", "--language", GERMAN).stdout


def test_what_was_kept_and_what_pain_says(repcount: Command, squat: Path) -> None:
    calf, curl = POSES / "calf_raise.npz", POSES / "hamstring_curl.npz"
    assert repcount("analyze", squat, calf, curl, "--save", "--done-at", "2026-03-01T18:30").exit_code == 0
    for session in range(3):
        done = repcount("show", "last", "--language", GERMAN)
        assert done.exit_code == 0, session
        name, _, told = done.stdout.partition(": ")
        assert len(name) == 8
        assert foreign(told, GERMAN) == []
        assert repcount("delete", "last").exit_code == 0
    for level in (2, 5, 7):
        done = repcount("checkin", "--pain", level, "--language", GERMAN)
        assert foreign(done.stdout, GERMAN) == []


def guided() -> Iterator[Snapshot]:
    """A guided session with everything in it: framing, sets, a rest, a pause, faults, an undo, the end."""
    request = ProgrammeRequest("wall-squat", sets=2, reps=3, rest_s=8.0)
    phrases = languages.load(GERMAN).words
    trainer = Trainer(
        blocks_of(request, Settings(language=GERMAN)), TrainerOptions(tempo=Tempo(1, 1, 1), phrases=phrases)
    )
    orders = {160: Order.TOGGLE_PAUSE, 170: Order.TOGGLE_PAUSE, 200: Order.UNDO}
    frames = [(t, p) for t, p in film(Course(reps=9), lambda deg: squatting(deg, lean_deg=25.0), fps=15)]
    light = Surroundings(brightness=0.5, people=1)
    places = [Surroundings(brightness=0.05), Surroundings(0.5, people=2)]
    for number, (time_s, pose) in enumerate(frames):
        if number in orders:
            trainer.apply(orders[number])
        around = places[number // 20] if number < 20 * len(places) else light
        yield trainer.step(time_s, pose, around)
    trainer.apply(Order.NEXT)
    yield trainer.step(frames[-1][0] + 0.1, None, light)
    yield trainer.finish(frames[-1][0] + 0.2)


def test_the_trainer_the_voice_and_the_lines_of_live() -> None:
    language = languages.load(GERMAN)
    squat = languages.in_language(catalog.get("wall-squat"), language)
    faults = {(squat.name, rule.code): rule.name for rule in squat.rules}
    spoken, lines, shown = Utterances(), EventWords(language.words, {squat.name: squat.title}, faults), []
    happened = set()
    for snapshot in guided():
        shown += [said.text for said in spoken.update(snapshot)[0]]
        shown += [lines.of(event) for event in events_of(snapshot)]
        guide = snapshot.guide
        assert guide is not None
        happened |= {each.code for each in guide.happened}
        shown += [guide.instruction, guide.title, guide.next_up, guide.camera]
    shown.append(lines.of(end_event(1.0, [])))
    assert {"framing", "exercise", "set", "rest", "pause", "resume", "undo", "end"} <= happened
    assert foreign("\n".join(shown), GERMAN) == []


def test_each_phrase_of_framing_is_said_in_the_language() -> None:
    words = languages.load(GERMAN).words
    for code, text in words.group("framing").items():
        assert foreign(text, GERMAN) == [], code


def test_what_is_painted_on_videos_and_evidence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written: list[str] = []
    draw = Font.draw

    def spied(self: Font, image: object, text: str, *look: object, **more: object) -> None:
        written.append(text)
        draw(self, image, text, *look, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Font, "draw", spied)
    language = languages.load(GERMAN)
    exercise = limits.with_limits(languages.in_language(catalog.get("wall-squat"), language), {}, language)
    names = {(exercise.name, rule.code): rule.name for rule in exercise.rules}
    overlay = Overlay((320, 240), language.words)
    sink = EvidenceSink(tmp_path, (320, 240), names, overlay)
    image = np.zeros((240, 320, 3), np.uint8)
    for number, snapshot in enumerate(guided()):
        sink.write(Frame(snapshot.time_s, number, image), snapshot)
        if number % 5 == 0:
            overlay.draw(image, snapshot)
    assert list(tmp_path.glob("*.jpg"))
    assert any("Rücken" in text for text in written)
    assert foreign("\n".join(written), GERMAN) == []


def test_a_third_language_is_one_file(squat: Path, tmp_path: Path) -> None:
    copy = tmp_path / "package"
    shutil.copytree(Path(package.__file__).parent, copy / "repcount")
    folder = copy / "repcount" / "exercises" / "languages"
    text = (folder / "de.toml").read_text("utf-8")
    text = text.replace('language = "de"', 'language = "xx"').replace("Kniebeuge an der Wand", "Xniebeuge")
    (folder / "xx.toml").write_text(text, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(copy), "LANG": "xx_XX.UTF-8", "LC_ALL": ""}
    for words in (("--language", "xx"), ()):
        done = subprocess.run(
            [sys.executable, "-m", "repcount", "analyze", str(squat), "-e", "wall-squat", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=tmp_path,
            check=False,
        )
        assert "Xniebeuge" in done.stdout, done.stderr
        assert foreign(done.stdout, GERMAN, {"xniebeuge"}) == []
