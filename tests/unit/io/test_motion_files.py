from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.stick import pose, squatting
from repcount.core.geometry import lifted
from repcount.core.records import Pose
from repcount.core.skeleton import COCO17, COCO17_ROWS, INDEX, LANDMARKS
from repcount.io.motion_files import trc_text
from tests.unit.io.opensim import Markers, read_markers


def written(folder: Path, time_s: list[float], poses: list[Pose | None]) -> Markers:
    nobody = np.full((33, 3), np.nan, np.float32)
    world_m = np.array([nobody if each is None else each.world_m for each in poses])
    path = folder / "a.trc"
    path.write_text(trc_text(np.array(time_s), world_m), encoding="utf-8")
    return read_markers(path)


def test_markers_read_as_opensim_reads_them_in_metres_with_y_up(tmp_path: Path) -> None:
    seen = pose(squatting(40.0))
    world = np.array(lifted(seen.points_px), np.float32)
    seen = Pose(seen.landmarks_px, seen.visibility, world, seen.size_px)
    found = written(tmp_path, [0.0, 0.04, 0.08], [seen] * 3)
    assert found.keys["Units"] == "m"
    assert float(found.keys["DataRate"]) == pytest.approx(25.0)
    assert tuple(found.places) == LANDMARKS
    x, y, z = world[INDEX["nose"]].tolist()
    assert found.places["nose"][1] == pytest.approx((x, -y, -z), abs=1e-6)
    nose, ankle = found.places["nose"][0], found.places["left_ankle"][0]
    assert nose is not None
    assert ankle is not None
    assert nose[1] > 0.0 > ankle[1]  # the head above the hips, the feet below
    assert found.time_s == pytest.approx([0.0, 0.04, 0.08])


def test_a_frame_without_a_person_has_empty_cells(tmp_path: Path) -> None:
    found = written(tmp_path, [0.0, 0.1, 0.2], [pose(squatting(0.0)), None, pose(squatting(0.0))])
    assert [place is None for place in found.places["left_knee"]] == [False, True, False]


def test_markers_that_are_never_known_are_left_out(tmp_path: Path) -> None:
    seen = pose(squatting(0.0))
    of_coco = Pose.from_coco17(
        seen.landmarks_px[COCO17_ROWS, :2], seen.visibility[COCO17_ROWS], *seen.size_px
    )
    assert tuple(written(tmp_path, [0.0], [of_coco]).places) == tuple(n for n in LANDMARKS if n in COCO17)


def test_nobody_at_all_is_still_a_file(tmp_path: Path) -> None:
    found = written(tmp_path, [0.0, 0.1], [None, None])
    assert found.places == {}
    assert found.keys["NumFrames"] == "2"
