import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from repcount.core.errors import InputError
from repcount.sources.video import VideoSource
from tests.videos import quarters, reading, set_matrix, write_sound, write_video


def times(path: Path) -> list[float]:
    with VideoSource(path) as source:
        return [frame.time_s for frame in source]


def half_of(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_variable_frame_times_come_out_exactly(tmp_path: Path, suffix: str) -> None:
    path = write_video(tmp_path / f"v.{suffix}", [0, 33, 100, 101, 400])
    assert times(path) == [0.0, 0.033, 0.1, 0.101, 0.4]


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_times_count_from_the_start_of_the_file_as_in_a_player(tmp_path: Path, suffix: str) -> None:
    path = write_video(tmp_path / f"late.{suffix}", [5000, 5100, 5200])
    with VideoSource(path) as source:
        assert [frame.time_s for frame in source] == [0.0, 0.1, 0.2]
        assert source.duration_s == pytest.approx(0.3)
        assert source.damage is None


def test_stamps_that_repeat_or_run_backward_are_mended(tmp_path: Path) -> None:
    got = times(write_video(tmp_path / "r.mkv", [0, 100, 100, 50, 200]))
    assert got[:2] == [0.0, 0.1]
    assert 0.1 < got[2] < got[3] < 0.11
    assert got[4] == 0.2


def test_a_stream_without_stamps_runs_at_its_nominal_rate(tmp_path: Path) -> None:
    got = times(write_video(tmp_path / "bare.h264"))
    assert got[0] == 0.0
    assert len(got) == 10
    assert np.ptp(np.diff(got)) < 1e-9


@pytest.mark.parametrize(
    ("matrix", "size_px", "expected"),
    [
        ((1, 0, 0, 1), (64, 48), "RGBK"),
        ((0, 1, -1, 0), (48, 64), "BRKG"),  # 90 degrees clockwise
        ((-1, 0, 0, -1), (64, 48), "KBGR"),  # 180
        ((0, -1, 1, 0), (48, 64), "GKRB"),  # 270
        ((-1, 0, 0, 1), (64, 48), "GRKB"),  # mirrored
    ],
)
def test_a_camera_held_any_way_gives_upright_frames(
    tmp_path: Path, matrix: tuple[int, int, int, int], size_px: tuple[int, int], expected: str
) -> None:
    with VideoSource(set_matrix(write_video(tmp_path / "turned.mp4"), *matrix)) as source:
        assert source.size_px == size_px
        for frame in source:
            assert frame.image is not None
            assert frame.image.shape == (size_px[1], size_px[0], 3)
            assert reading(frame.image) == expected


@pytest.mark.parametrize(("aspect", "size_px"), [(Fraction(2), (128, 48)), (Fraction(1, 2), (64, 96))])
def test_pixels_that_are_not_square_are_made_so(
    tmp_path: Path, aspect: Fraction, size_px: tuple[int, int]
) -> None:
    with VideoSource(write_video(tmp_path / "wide.mp4", pixel_aspect=aspect)) as source:
        frame = next(iter(source))
        assert source.size_px == size_px
        assert frame.image is not None
        assert frame.image.shape == (size_px[1], size_px[0], 3)
        assert reading(frame.image) == "RGBK"


def test_non_square_pixels_are_widened_before_the_picture_is_turned(tmp_path: Path) -> None:
    path = set_matrix(write_video(tmp_path / "w.mp4", pixel_aspect=Fraction(2)), 0, 1, -1, 0)
    with VideoSource(path) as source:
        assert source.size_px == (48, 128)


def test_frames_are_contiguous_rgb_bytes(tmp_path: Path) -> None:
    with VideoSource(write_video(tmp_path / "a.mp4")) as source:
        image = next(iter(source)).image
    assert image is not None
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous


def test_the_container_tells_length_and_number_of_frames(tmp_path: Path) -> None:
    with VideoSource(write_video(tmp_path / "a.mp4")) as source:
        assert source.duration_s == 1.0
        assert source.frame_count == 10


def test_a_still_picture_is_a_single_frame(tmp_path: Path) -> None:
    import av

    path = tmp_path / "still.png"
    av.VideoFrame.from_ndarray(quarters(64, 48), format="rgb24").save(str(path))
    with VideoSource(path) as source:
        frames = list(source)
    assert [frame.time_s for frame in frames] == [0.0]
    assert frames[0].image is not None
    assert reading(frames[0].image) == "RGBK"


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_file_that_breaks_off_ends_quietly_and_says_where(tmp_path: Path, suffix: str) -> None:
    path = half_of(write_video(tmp_path / f"cut.{suffix}", range(0, 4000, 100), grain=True))
    with VideoSource(path) as source:
        assert source.damage is None
        last_s = [frame.time_s for frame in source][-1]
        assert 1.0 < last_s < 3.0
        assert source.damage is not None
        assert "should last 4.00 s" in source.damage
        assert source.damage.startswith(f"{path}: the file breaks off at {last_s + 0.1:.2f} s")


def test_after_damage_in_the_middle_the_rest_is_read(tmp_path: Path) -> None:
    path = write_video(tmp_path / "hole.mp4", range(0, 4000, 100), grain=True)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4000] = bytes(4000)
    path.write_bytes(data)
    with VideoSource(path) as source:
        assert [frame.time_s for frame in source][-1] == 3.9
        assert source.damage is not None
        assert "damaged pictures" in source.damage
        assert "\n" not in source.damage


def test_reading_again_begins_at_the_start_and_forgets_the_damage_counted(tmp_path: Path) -> None:
    path = half_of(write_video(tmp_path / "cut.mp4", range(0, 4000, 100), grain=True))
    with VideoSource(path) as source:
        first = [frame.time_s for frame in source]
        damage = source.damage
        assert [frame.time_s for frame in source] == first
        assert source.damage == damage


def test_no_line_of_ffmpeg_reaches_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write_video(tmp_path / "hole.mp4", range(0, 4000, 100), grain=True)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4000] = bytes(4000)
    path.write_bytes(data)
    times(half_of(path))
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""


def test_closing_in_the_middle_ends_the_iteration(tmp_path: Path) -> None:
    source = VideoSource(write_video(tmp_path / "a.mp4"))
    frames = iter(source)
    next(frames)
    source.close()
    assert list(frames) == []


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "none.mp4", "no such file"),
        (lambda folder: folder, "a folder"),
        (lambda folder: write(folder / "e.mp4", b""), "the file is empty"),
        (lambda folder: write(folder / "t.mp4", b"Dear diary, today I squatted.\n" * 50), "not a video"),
        (lambda folder: write_sound(folder / "s.m4a"), "sound without pictures"),
        (lambda folder: write_sound(folder / "c.mp4", cover=True), "sound without pictures"),
        (
            lambda folder: write(folder / "x.mp4", write_video(folder / "y.mp4").read_bytes()[:64]),
            "before its index was written",
        ),
        (
            lambda folder: write(
                folder / "p.mp4",
                b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
            ),
            "not a video",
        ),
    ],
)
def test_what_is_no_video_is_one_line_with_name_and_remedy(tmp_path: Path, make, words: str) -> None:
    path = make(tmp_path)
    with pytest.raises(InputError, match=words) as caught:
        VideoSource(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    assert ";" in text


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_line(tmp_path: Path) -> None:
    path = write_video(tmp_path / "secret.mp4")
    path.chmod(0)
    with pytest.raises(InputError, match="check its permissions"):
        VideoSource(path)


def test_a_file_without_a_single_sound_picture_is_an_error(tmp_path: Path) -> None:
    path = write_video(tmp_path / "gone.mp4", range(0, 1000, 100), grain=True)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start:] = bytes(len(data) - start)
    path.write_bytes(data)
    with pytest.raises(InputError, match="no picture can be decoded") as caught:
        VideoSource(path)
    assert "\n" not in str(caught.value)
