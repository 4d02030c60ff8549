"""What stands in for pydantic and numpy in the browser does what they do, as far as the engine asks."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from repcount.exercises import catalog
from repcount.features.camera_roll import turned
from repcount.site import engine_files
from repcount.site.engine_files import NOTHING, AddedFiles, read_added
from repcount.site.phone_alone import LandmarkRows, PhoneAlone, pose_of
from repcount.tracking import leg_swap
from tests.samples import recorded
from tests.unit.site.given import values

READ = """
import json, sys
from enum import Enum
from repcount.exercises import catalog, languages, plans
def plain(value):
    value = value.model_dump() if hasattr(value, "model_dump") else value
    if isinstance(value, dict):
        return {str(getattr(key, "value", key)): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
found = {}
for name in languages.languages():
    language = found[name] = languages.load(name)
    found |= {name + each: languages.in_language(catalog.get(each), language) for each in catalog.names()}
found |= {name: [plans.get(name), list(plans.dosed_exercises(name))] for name in plans.names()}
print(json.dumps(plain(found), sort_keys=True))
"""
COUNT = """
import json, sys
from repcount.site.phone_alone import PhoneAlone
phone, kept = PhoneAlone("en", lambda text: kept.append(text)), []
phone.choices()
order = {"do": "start", "exercise": sys.argv[2], "sets": 1, "reps": 50}
print(json.loads(phone.order(json.dumps(order)))["state"])
for number, (time_s, row) in enumerate(json.load(open(sys.argv[1]))):
    told = json.loads(phone.picture(number, 1 + time_s, [640, 480], row, 0.5, None))
phone.order('{"do": "end"}')
sessions = "[" + kept[-1] + "]"
assert len(phone.csv()) > 100 and phone.export(sessions, "csv") and phone.history(sessions)
print(told["snapshot"]["count"], sorted({"numpy", "pydantic_core"} & set(sys.modules)))
"""


def unpacked(folder: Path, own: AddedFiles = NOTHING) -> Path:
    """The archive of the browser in a folder."""
    path = folder / "engine.zip"
    path.write_bytes(engine_files.engine_zip(own.packed()))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "engine")
    return folder / "engine"


def run(code: str, *words: str, path: Path | None = None) -> str:
    """What a Python prints; one without any package but those in ``path``, if that is given."""
    bare = [] if path is None else ["-S", "-I"]
    before = "" if path is None else f"import sys; sys.path.insert(0, {str(path)!r})\n"
    command = [sys.executable, *bare, "-c", before + code, *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


needs_toml = pytest.mark.skipif(sys.version_info < (3, 11), reason="its standard library reads no TOML")


@needs_toml
def test_the_files_read_without_checks_are_what_pydantic_makes_of_them(tmp_path: Path) -> None:
    assert json.loads(run(READ, path=unpacked(tmp_path))) == json.loads(run(READ))


@needs_toml
def test_the_archive_counts_alone_with_the_standard_library(tmp_path: Path) -> None:
    rows = [(time_s, values(pose)) for time_s, pose in recorded("wall_squat")]
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    known = (Path(catalog.__file__).parent / "wall_squat.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        known.replace('name = "wall-squat"', 'name = "my-squat"', 1), encoding="utf-8"
    )
    engine = unpacked(tmp_path, read_added([tmp_path / "mine.toml"], []))
    for name in ("wall-squat", "my-squat"):
        assert run(COUNT, str(tmp_path / "rows.json"), name, path=engine) == "running\n5 []\n"


def test_the_archive_is_the_same_each_time_and_has_no_file_that_nobody_needs() -> None:
    assert engine_files.engine_zip() == engine_files.engine_zip()
    rooms = {path.relative_to(engine_files.PACKAGE).parts[0] for path in engine_files.engine_modules()}
    assert not rooms & {"cli", "batch", "overlay", "sources"}


def test_rows_without_numpy_are_turned_blanked_and_exchanged_as_arrays_are() -> None:
    pose = next(pose for _, pose in recorded("straight_leg_raise") if pose is not None)
    plain = pose_of(values(pose) or [], pose.size_px)
    changes = (lambda given: turned(given, 7.0), leg_swap._exchanged, leg_swap._blank)
    for change in changes:
        wanted, found = change(pose), change(plain)
        for name in ("landmarks_px", "world_m", "visibility"):
            array = np.array(getattr(found, name).tolist())
            np.testing.assert_allclose(array, getattr(wanted, name), atol=1e-3)


def test_a_copy_of_rows_changes_alone() -> None:
    rows = LandmarkRows([[1.0, 2.0], [3.0, 4.0]])
    copy = rows.copy()
    copy[[0]] = float("inf")
    copy[:, 1] = copy[:, 1] + 1.0
    assert rows.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert copy.tolist() == [[float("inf"), float("inf")], [3.0, 5.0]]


def test_choices_are_those_of_the_server() -> None:
    assert {one["name"] for one in json.loads(PhoneAlone("en", print).choices())["exercises"]} >= {
        "wall-squat"
    }
