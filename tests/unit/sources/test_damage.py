from repcount.sources.container import DamageReport


def report() -> DamageReport:
    return DamageReport("legs.mp4")


def test_a_sound_file_has_nothing_to_tell() -> None:
    damage = report()
    damage.ended(end_s=10.0, expected_s=10.0, frames_missing=0, interval_s=0.1)
    assert damage.text is None


def test_an_early_end_is_told_with_its_time() -> None:
    damage = report()
    damage.ended(end_s=6.0, expected_s=10.0, frames_missing=40, interval_s=0.1)
    assert damage.text == "legs.mp4: the file breaks off at 6.00 s (it should last 10.00 s)"


def test_a_last_picture_shown_for_long_is_no_early_end() -> None:
    damage = report()
    damage.ended(end_s=6.0, expected_s=10.0, frames_missing=0, interval_s=0.1)
    assert damage.text is None


def test_sound_that_runs_on_a_little_is_no_early_end() -> None:
    damage = report()
    damage.ended(end_s=9.3, expected_s=10.0, frames_missing=None, interval_s=0.1)
    assert damage.text is None


def test_without_a_known_length_no_end_is_early() -> None:
    damage = report()
    damage.ended(end_s=1.0, expected_s=None, frames_missing=None, interval_s=0.1)
    assert damage.text is None


def test_damaged_pictures_are_counted_and_the_earliest_is_named() -> None:
    damage = report()
    damage.lost(None, "bad data")
    damage.lost(5.2, "bad data")
    damage.lost(5.1, "decoded with errors")
    assert damage.text == "legs.mp4: damaged pictures: 3, the first at 5.10 s (bad data)"


def test_a_break_and_damaged_pictures_share_one_line() -> None:
    damage = report()
    damage.lost(5.0, "bad data")
    damage.broke_off(7.0, "read error")
    assert damage.text is not None
    assert damage.text.count("\n") == 0
    assert "breaks off at 7.00 s" in damage.text
    assert "damaged pictures: 1" in damage.text
