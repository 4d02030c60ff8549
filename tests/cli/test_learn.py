"""``repcount learn`` and ``fit`` as a person runs them: what is written, refused, and known."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from repcount.cli.app import app
from repcount.learning.document import text_of
from tests.models import model_or_skip
from tests.unit.learning.lessons import peaks, write
from tests.unit.learning.test_lesson import lesson


@pytest.fixture(scope="module")
def model() -> Path:
    return model_or_skip().path.resolve()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("repcount.exercises.own_exercises.folder", lambda: tmp_path / "exercises")
    return tmp_path


def _write_exercise(path: Path) -> None:
    path.write_text(text_of("Bridge", lesson("bridge")), encoding="utf-8")


def _run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def test_what_is_learned_is_known_by_its_name_everywhere(home: Path) -> None:
    demo, other = write("learn-bridge", home), write("bridge-1", home)
    code, told = _run("learn", demo, "--name", "Glute bridge", "--reps", 6)
    assert code == 0, told
    assert "learn-bridge.npz: counts 6 of 6" in told
    assert "looks the same" in told
    assert str(home / "exercises" / "glute-bridge.toml") in _run("exercises")[1]
    named = _run("analyze", other, "--exercise", "glute-bridge", "--json", "-")[1]
    assert f'"counted": {len(peaks("bridge-1"))}' in named
    auto = _run("analyze", other, "--json", "-")[1]
    assert '"exercise": "glute-bridge"' in auto
    assert "as shown in learn-bridge.npz" in _run("explain", "glute-bridge")[1]


def test_nothing_is_written_where_the_number_is_wrong(home: Path) -> None:
    demo = write("learn-bridge", home)
    code, told = _run("learn", demo, "--name", "Bridge", "--reps", 9)
    assert code == 1
    assert "6 repetitions were found, not 9" in told
    assert not (home / "exercises").exists()


def test_a_film_that_breaks_off_teaches_nothing(model: Path, home: Path) -> None:
    whole = Path(__file__).parents[2] / "sample_videos" / "wall_squat.mp4"
    cut = home / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    code, told = _run("learn", cut, "--name", "Bridge", "--reps", 5, "--model", model)
    assert code == 1
    assert "breaks off" in told
    assert not (home / "exercises").exists()


def test_without_a_number_it_says_what_it_found(home: Path) -> None:
    code, told = _run("learn", write("learn-bridge", home), "--name", "Bridge")
    assert code == 1
    assert "6 repetitions found, peaks at" in told
    assert "--reps 6" in told


def test_films_and_a_camera_are_one_or_the_other(home: Path) -> None:
    film = write("learn-bridge", home)
    assert _run("learn", "--name", "Bridge")[0] == 2
    assert _run("learn", film, "--camera", 0, "--name", "Bridge")[0] == 2
    code, told = _run("learn", film, "--headless", "--name", "Bridge")
    assert code == 2
    assert "--headless" in told
    assert "--camera" in told


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--tempo", "slowly"), "--tempo slowly: say seconds"),
        (("--not", "none.mp4"), "none.mp4: no such file"),
        (("--save-poses", "poses.csv"), "name it poses.npz"),
        (("--camera", "none.mp4"), "none.mp4"),
    ],
)
def test_before_anybody_moves_it_says_what_is_wrong(home: Path, option: tuple[str, str], told: str) -> None:
    camera = () if "--camera" in option else ("--camera", home / "there.mp4")
    code, output = _run("learn", "--name", "Bridge", "--headless", *camera, *option)
    assert code == 1
    assert told in output
    assert not (home / "exercises").exists()


def test_an_exercise_that_is_there_is_not_lost(home: Path) -> None:
    mine = home / "exercises" / "bridge.toml"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    demo = write("learn-bridge", home)
    assert _run("learn", demo, "--name", "Bridge", "--reps", 6)[0] == 1
    assert mine.read_text(encoding="utf-8") == "mine"
    assert _run("learn", demo, "--name", "Wall squat", "--reps", 6)[0] == 1


def test_fit_shows_the_counts_and_keeps_a_right_file(home: Path) -> None:
    film_names = ("bridge-1", "bridge-2", "crunch-1")
    rows = ["file,count"]
    for name in film_names:
        write(name, home)
        rows.append(f"{name}.npz,{len(peaks(name)) if 'bridge' in name else 0}")
    (home / "counts.csv").write_text("\n".join(rows), encoding="utf-8")
    _write_exercise(home / "b.toml")
    before = (home / "b.toml").read_text(encoding="utf-8")
    code, told = _run("fit", home / "b.toml", home)
    assert code == 0, told
    assert "right left out: 3 of 3" in told
    assert (home / "b.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("table", ["", "a.npz,two\n", "a.npz\n", "a.npz,2\nb.npz,3\n"])
def test_fit_refuses_a_table_that_is_none(home: Path, table: str) -> None:
    (home / "counts.csv").write_text(table, encoding="utf-8")
    _write_exercise(home / "b.toml")
    code, told = _run("fit", home / "b.toml", home / "counts.csv")
    assert code == 1
    assert "counts.csv" in told
