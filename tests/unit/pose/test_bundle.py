import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from repcount.core.errors import ModelError
from repcount.pose.bundle import FILE_NAME, ModelKind, build_from_wheel, find_model, kept_model, own_model
from repcount.pose.estimator import open_estimator, open_people_counter
from repcount.pose.network_files import NETWORKS
from tests.models import model_or_skip

WHEEL = "mediapipe-0.10.21-cp312-cp312-manylinux_2_28_x86_64.whl"


def silent(stage: str, fraction: float) -> None:
    pass


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def bundle(path: Path) -> Path:
    return zipped(path, {network.in_bundle: b"a network" for network in NETWORKS})


def other_wheel(folder: Path) -> Path:
    """A wheel that pip takes for the right one, with other networks in it."""
    info = "mediapipe-0.10.21.dist-info"
    members = {network.in_wheel: b"another network" for network in NETWORKS}
    members[f"{info}/METADATA"] = b"Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n"
    members[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nTag: cp312-cp312-manylinux_2_28_x86_64\n"
    members[f"{info}/RECORD"] = b""
    folder.mkdir(exist_ok=True)
    return zipped(folder / WHEEL, members)


def keep(folder: Path) -> Path:
    """A cache that holds the bundle that is built."""
    built = model_or_skip()
    if built.kind is not ModelKind.BUILT:
        pytest.skip("REPCOUNT_MODEL names another model")
    return Path(shutil.copy(built.path, folder / FILE_NAME))


@pytest.fixture
def pip_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Pip without an index: what it gets is in the folder returned, which is not there yet."""
    folder = tmp_path / "wheels"
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_named_bundle_comes_before_the_kept_one(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"kept")
    named = bundle(tmp_path / "mine.task")
    model = find_model(named, silent, tmp_path)
    assert (model.path, model.kind) == (named, ModelKind.OWN)
    assert model.sha256 == hashlib.sha256(named.read_bytes()).hexdigest()


def test_a_kept_bundle_is_used_without_any_work(tmp_path: Path) -> None:
    path = keep(tmp_path)
    told: list[str] = []
    model = find_model(None, lambda stage, fraction: told.append(stage), tmp_path)
    assert (model.path, model.kind) == (path, ModelKind.BUILT)
    assert told == []


def test_a_kept_bundle_that_changed_is_not_used(tmp_path: Path) -> None:
    path = keep(tmp_path)
    assert kept_model(tmp_path) is not None
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert kept_model(tmp_path) is None


def test_a_kept_bundle_that_was_changed_together_with_a_checksum_beside_it_is_not_used(
    tmp_path: Path,
) -> None:
    path = bundle(tmp_path / FILE_NAME)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n")
    assert kept_model(tmp_path) is None


def test_the_bytes_that_are_loaded_are_those_that_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "repcount").mkdir()
    path = keep(tmp_path / "repcount")
    model = kept_model()
    assert model is not None
    open_estimator(model.path).close()
    bundle(path)  # changed after it was found to be sound
    with pytest.raises(ModelError, match="has changed since it was built"):
        open_estimator(model.path)
    with pytest.raises(ModelError, match="has changed since it was built"):
        open_people_counter(model.path)


def test_a_damaged_bundle_is_built_again(tmp_path: Path, pip_offline: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"half a fi")
    told: list[str] = []
    with pytest.raises(ModelError, match="cannot be fetched"):
        find_model(None, lambda stage, fraction: told.append(stage), tmp_path)
    assert "damaged" in told[0]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "none.task", "no such model"),
        (lambda folder: folder, "not a .task bundle"),
        (lambda folder: zipped(folder / "a.task", {"pose_detector.tflite": b""}), "it lacks pose_landmarks"),
    ],
)
def test_a_named_file_that_is_no_bundle_is_one_line(tmp_path: Path, make, words: str) -> None:
    path = make(tmp_path)
    with pytest.raises(ModelError, match=words) as caught:
        own_model(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_text_file_is_no_bundle(tmp_path: Path) -> None:
    path = tmp_path / "t.task"
    path.write_text("not a model")
    with pytest.raises(ModelError, match=r"not a \.task bundle"):
        own_model(path)


def test_without_a_network_the_ways_out_are_told_in_one_line(tmp_path: Path, pip_offline: Path) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(ModelError, match="the pose model cannot be fetched") as caught:
        find_model(None, silent, cache)
    text = str(caught.value)
    assert "\n" not in text
    for remedy in ("--model", "REPCOUNT_MODEL", "models/README.md", "pose_landmarker_full.task"):
        assert remedy in text
    assert list(cache.iterdir()) == []


def test_pip_takes_the_wheel_from_a_folder_and_other_networks_are_refused(
    tmp_path: Path, pip_offline: Path
) -> None:
    other_wheel(pip_offline)
    cache = tmp_path / "cache"
    told: list[float] = []
    with pytest.raises(ModelError, match=r"the checksum of .*pose_detection\.tflite is wrong"):
        find_model(None, lambda stage, fraction: told.append(fraction), cache)
    assert told == sorted(told)
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_made_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told: list[str] = []
    with pytest.raises(ModelError, match="no model can be kept here"):
        find_model(None, lambda stage, fraction: told.append(stage), tmp_path / "file" / "cache")
    assert told == []


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / WHEEL, "no such file"),
        (
            lambda folder: zipped(folder / WHEEL, {"something": b"else"}),
            "not the wheel of mediapipe==0.10.21",
        ),
        (other_wheel, "the checksum of"),
    ],
)
def test_a_wheel_that_will_not_do_is_one_line_and_leaves_nothing(tmp_path: Path, make, words: str) -> None:
    wheel = make(tmp_path / "in") if make is other_wheel else make(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(ModelError, match=words) as caught:
        build_from_wheel(wheel, out / "m.task")
    assert str(caught.value).startswith(f"{wheel}: ")
    assert list(out.iterdir()) == []
