"""What was measured history: a window of time with both its ends."""

from __future__ import annotations

from repcount.core.signal_names import BodySignals, Signals
from repcount.features.signal_history import SignalHistory


def _filled(keep_s: float, seconds: int) -> SignalHistory:
    history = SignalHistory(keep_s)
    for time_s in range(seconds + 1):
        history.add(float(time_s), Signals(body=BodySignals(trunk_tilt_deg=float(time_s))))
    return history


def test_both_ends_of_a_window_belong_to_it() -> None:
    found = _filled(100.0, 20).between(3.0, 5.0)
    assert [(time_s, signals.body.trunk_tilt_deg) for time_s, signals in found] == [
        (3.0, 3.0),
        (4.0, 4.0),
        (5.0, 5.0),
    ]


def test_what_is_older_than_asked_for_is_forgotten() -> None:
    found = _filled(4.0, 20).between(0.0, 20.0)
    assert [time_s for time_s, _ in found] == [16.0, 17.0, 18.0, 19.0, 20.0]


def test_what_was_taken_is_not_there_any_more() -> None:
    history = _filled(4.0, 20)
    assert len(history.take()) == 5
    assert history.take() == []
