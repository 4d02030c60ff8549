"""Whether a session can be judged at all: pictures a second, light, distance, and whether anyone is there."""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from repcount.core.guide import Surroundings
from repcount.core.records import Pose
from repcount.form.form_checker import JUDGED_PER_S
from repcount.session.guided.framing import FINE, FramingAdvice, framing_advice

WINDOW_S: Final = 4.0
MOSTLY: Final = 0.5
"""A session of which more than this share could not be judged says so where nothing was counted."""
FEW_PICTURES: Final = FramingAdvice("few_pictures")
LOST: Final = "lost"
_TOLD: Final = ("more_light", "come_closer")
_ANY_VIEW: Final = ((0.0, 90.0),)


class ConditionWatch:
    """Streams frames in, tells what keeps the session from being judged."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque()
        self._began_s: float | None = None
        self._seen: Counter[str] = Counter()
        self._frames = 0

    def update(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        """Take one frame; return what is to be told now, nothing where all is well."""
        found = self._look(time_s, pose, around)
        self._frames += 1
        self._seen[LOST if pose is None and not found.code else found.code] += 1
        return found

    @property
    def reason(self) -> str:
        """Code of what kept most of the session from being judged; empty where nothing did."""
        told = {code: count for code, count in self._seen.items() if code}
        if not told or sum(told.values()) <= MOSTLY * self._frames:
            return ""
        return max(told, key=lambda code: told[code])

    def _look(self, time_s: float, pose: Pose | None, around: Surroundings) -> FramingAdvice:
        if self._is_slow(time_s):
            return FEW_PICTURES
        advice = framing_advice(pose, around, float("nan"), _ANY_VIEW)
        return advice if advice.code in _TOLD else FINE

    def _is_slow(self, time_s: float) -> bool:
        times_s = self._times_s
        self._began_s = time_s if self._began_s is None else self._began_s
        times_s.append(time_s)
        while time_s - times_s[0] > WINDOW_S:
            times_s.popleft()
        return time_s - self._began_s >= WINDOW_S and len(times_s) - 1 < JUDGED_PER_S * WINDOW_S
