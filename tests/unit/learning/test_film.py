"""The films that come with the program hold what would be measured of them today."""

from __future__ import annotations

from bench.learning.labelled import rendered
from repcount.core.signal_names import BODY_NAMES, SIGNALS
from repcount.learning.film import other_films, watch

TITLES = {"none-bridge-1": "bridge", "none-lunge-1": "lunge"}


def test_they_are_measured_as_now() -> None:
    """Made anew with ``python -m bench.taught --others``."""
    for labelled in rendered("build"):
        title = TITLES.get(labelled.name)
        if title is None:
            continue
        kept = next(film for film in other_films() if film.name == title)
        now = watch(title, labelled.track)
        assert len(kept.moments) == len(now.moments)
        for (time_s, old, _), (now_s, new, _) in zip(kept.moments, now.moments, strict=True):
            assert abs(time_s - now_s) < 1e-4
            assert (old is None) == (new is None)
            if old is None or new is None:
                continue
            for info in SIGNALS:
                grain = 0.3 if info.unit == "deg" else 0.01
                pairs = (
                    [(getattr(old.body, info.name), getattr(new.body, info.name))]
                    if info.name in BODY_NAMES
                    else [
                        (getattr(a, info.name), getattr(b, info.name))
                        for a, b in ((old.left, new.left), (old.right, new.right))
                    ]
                )
                for a, b in pairs:
                    assert (a != a and b != b) or abs(a - b) <= max(grain, 0.002 * abs(b)), info.name
