"""What the doctor makes of machines that this one is not."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from repcount.checkup import (
    State,
    cameras,
    checkup,
    loads,
    opencv_versions,
    pose_model,
    python_version,
    screen,
)

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /dev and the display")


def test_an_old_python_is_broken_and_an_untried_one_a_note() -> None:
    states = [python_version(version).state for version in ((3, 9), (3, 10), (3, 13), (3, 14))]
    assert states == [State.BROKEN, State.OK, State.OK, State.NOTE]


@pytest.mark.parametrize(
    ("plain", "contrib", "state"),
    [
        ("5.0", "5.0", State.OK),
        ("4.9", "5.0", State.BROKEN),
        (None, "5.0", State.BROKEN),
        (None, None, State.BROKEN),
    ],
)
def test_both_opencv_packages_must_be_of_one_version(
    plain: str | None, contrib: str | None, state: State
) -> None:
    check = opencv_versions({"opencv-python": plain, "opencv-contrib-python": contrib})
    assert check.state is state
    assert (check.remedy == "") == (state is State.OK)


def test_the_remedy_for_two_opencv_versions_takes_both_off_first() -> None:
    check = opencv_versions({"opencv-python": "4.9.0", "opencv-contrib-python": "5.0.0"})
    away, _, back = check.remedy.partition(" && ")
    assert away == "pip uninstall -y opencv-python opencv-contrib-python"
    assert re.fullmatch(r"pip install opencv-python==(\S+) opencv-contrib-python==\1", back)


def test_a_module_that_does_not_load_is_broken_and_says_why() -> None:
    check = loads("no_such_module", "no-such-package")
    assert check.state is State.BROKEN
    assert "no_such_module" in check.found
    assert check.remedy == "pip install --force-reinstall no-such-package"


@linux
def test_a_camera_is_a_device_of_the_system(tmp_path: Path) -> None:
    assert cameras(tmp_path).state is State.NOTE
    (tmp_path / "video0").touch()
    assert cameras(tmp_path).state is State.OK


@linux
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything is allowed to root")
def test_a_camera_that_is_not_allowed_names_the_group(tmp_path: Path) -> None:
    (tmp_path / "video0").touch(mode=0)
    assert "group `video`" in cameras(tmp_path).remedy


@linux
def test_a_screen_is_what_the_environment_says() -> None:
    assert screen({}).state is State.NOTE
    assert screen({"DISPLAY": ":0"}).state is State.OK


def test_a_model_that_is_none_is_broken(tmp_path: Path) -> None:
    fake = tmp_path / "x.task"
    fake.write_text("no model")
    assert pose_model(fake).state is State.BROKEN


def test_whatever_is_not_ok_says_what_to_do() -> None:
    checks = list(checkup(None, {}))
    assert [check.name for check in checks if check.state is not State.OK and not check.remedy] == []
