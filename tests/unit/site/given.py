"""What the tests hand to the session in the browser: the sample videos' poses, in the page's form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from repcount.core.records import Pose
from repcount.site.phone_alone import PhoneAlone
from tests.samples import recorded

SIZE_PX = [640, 480]


def values(pose: Pose | None) -> list[float] | None:
    """A pose as the page's worker sends it."""
    if pose is None:
        return None
    rows = zip(pose.landmarks_px.tolist(), pose.visibility.tolist(), pose.world_m.tolist(), strict=True)
    return [number for px, seen, metres in rows for number in (*px, seen, *metres)]


def told(phone: PhoneAlone, clip: str) -> Iterator[dict[str, Any]]:
    """What the page is told of each picture of a clip."""
    for number, (time_s, pose) in enumerate(recorded(clip)):
        yield json.loads(phone.picture(number, 1 + time_s, SIZE_PX, values(pose), 0.5, 1))


def ordered(phone: PhoneAlone, word: str, **more: Any) -> dict[str, Any]:
    """The answer to an order."""
    answer: dict[str, Any] = json.loads(phone.order(json.dumps({"do": word, **more})))
    return answer
