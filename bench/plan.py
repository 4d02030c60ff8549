"""``python -m bench.plan``: write the scenes of the benchmark. They are data and stand in the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from bench.command_line import take_no_options
from bench.filming.counting import deal_counting, deal_rates
from bench.filming.deck import Deck
from bench.filming.faulty import deal_blind, deal_faults, deal_later
from bench.filming.late import deal_late
from bench.filming.lifelike import deal_lifelike
from bench.filming.lots import SEEDS, deal_by_lot
from bench.filming.motion import deal_motion
from bench.filming.other import deal_disturbed, deal_negatives, deal_sessions
from bench.filming.pools import ASIDE, LATE, LIFELIKE, MOTION, PARTS, TAUGHT, Values
from bench.filming.taught import deal_taught
from repcount.core.errors import InputError

SCENES: Final = Path(__file__).with_name("scenes")


def plan(part: str) -> dict[str, Values]:
    """The scenes of a part, by name.

    Raises
    ------
    InputError
        The part plays recordings of motion, and they are not there.
    """
    if part in ASIDE:
        return {MOTION: deal_motion, LIFELIKE: deal_lifelike, TAUGHT: deal_taught}[part]()
    deck = Deck(part)
    if part in SEEDS:
        (deal_late if part == LATE else deal_by_lot)(deck)
        return deck.scenes
    for deal in (
        deal_counting,
        deal_faults,
        deal_negatives,
        deal_disturbed,
        deal_blind,
        deal_sessions,
        deal_rates,
        deal_later,
    ):
        deal(deck)
    return deck.scenes


def _value(value: object) -> str:
    """A value in TOML; tables within arrays are written inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value)


def _table(head: str, table: Values) -> str:
    """A table; those within it follow under heads of their own."""
    flat = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [head, *(f"{key} = {_value(value)}" for key, value in flat.items())]
    name = head.strip("[]")
    deeper = [
        _table(f"[{name}.{key}]" if name else f"[{key}]", value)
        for key, value in table.items()
        if isinstance(value, dict)
    ]
    return "\n".join([line for line in lines if line] + ["", *deeper])


def to_toml(scene: Values) -> str:
    """A scene as the text of its file."""
    rows = {key: value for key, value in scene.items() if key in ("part", "fault", "disturbance")}
    text = _table("", {key: value for key, value in scene.items() if key not in rows})
    for key, tables in rows.items():
        assert isinstance(tables, tuple | list)
        text += "".join("\n" + _table(f"[[{key}]]", table) for table in tables)
    return text.strip() + "\n"


def main() -> None:
    """Write every scene anew, and take away those that are planned no more."""
    take_no_options("bench.plan", __doc__)
    for part in (*PARTS, *ASIDE):
        try:
            scenes = plan(part)
        except InputError as error:
            print(f"{part}: left as it is: {error}")
            continue
        folder = SCENES / part
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.toml"):
            if path.stem not in scenes:
                path.unlink()
        for name, scene in scenes.items():
            (folder / f"{name}.toml").write_text(to_toml(scene), encoding="utf-8")
        print(f"{part}: {len(scenes)} scenes")


if __name__ == "__main__":
    main()
