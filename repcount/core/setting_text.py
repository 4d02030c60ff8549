"""Settings as they are written in a file, the environment or an option, checked and turned into values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from repcount.core.records import CountBy, Side

MOST_FPS: Final = 1000.0
LIMITED = ("knee", "hip", "trunk", "heel")


def _path(raw: Any, folder: Path) -> Path:
    if not isinstance(raw, str) or not raw:
        raise ValueError("give the path of a file in quotes")
    return folder / Path(raw).expanduser()


def _word(raw: Any, folder: Path) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError("give the name of a range, such as standard")
    return raw


def _language(raw: Any, folder: Path) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError("give the code of a language, such as en or de, or a file of words")
    return str(folder / Path(raw).expanduser()) if raw.endswith(".toml") else raw


def _limits(raw: Any, folder: Path) -> dict[str, float]:
    """Limits from ``knee=60 hip=80``, or from a table of the file."""
    if isinstance(raw, str):
        pairs = [word.partition("=")[::2] for word in raw.replace(",", " ").split()]
    elif isinstance(raw, dict):
        pairs = [(str(joint), str(value)) for joint, value in raw.items()]
    else:
        pairs = []
    found: dict[str, float] = {}
    for joint, value in pairs:
        if joint not in LIMITED or not value.replace(".", "", 1).isdigit() or not 0 < float(value) <= 180:
            pairs = []
            break
        found[joint] = min(float(value), found.get(joint, 180.0))
    if not pairs:
        raise ValueError(f"say joint=degrees, such as knee=60; the joints are {', '.join(LIMITED)}")
    return found


def _side(raw: Any, folder: Path) -> Side | None:
    choices = {"auto": None, "left": Side.LEFT, "right": Side.RIGHT}
    if not isinstance(raw, str) or raw not in choices:
        raise ValueError("say auto, left or right")
    return choices[raw]


def _count(raw: Any, folder: Path) -> CountBy:
    if raw not in [choice.value for choice in CountBy]:
        raise ValueError("say reps or holds")
    return CountBy(raw)


def _jobs(raw: Any, folder: Path) -> int | None:
    if raw == "auto":
        return None
    try:
        number = int(raw) if isinstance(raw, (int, str)) and not isinstance(raw, bool) else 0
    except ValueError:
        number = 0
    if number < 1:
        raise ValueError("give a number from 1 on, or auto")
    return number


def _fps(raw: Any, folder: Path) -> float:
    try:
        fps = 0.0 if isinstance(raw, bool) else float(raw)
    except (TypeError, ValueError):
        fps = 0.0
    if not 0.0 < fps <= MOST_FPS:
        raise ValueError(f"a number above 0, at most {MOST_FPS:g}")
    return fps


def _turn(raw: Any, folder: Path) -> int:
    if str(raw) not in ("0", "90", "180", "270"):
        raise ValueError("say 0, 90, 180 or 270")
    return int(raw)


def _switch(raw: Any, folder: Path) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if not isinstance(raw, str) or raw.lower() not in words:
        raise ValueError("say true or false")
    return words[raw.lower()]


def _name(raw: Any, folder: Path) -> str:
    if not isinstance(raw, str) or any(ord(letter) < ord(" ") for letter in raw):
        raise ValueError("give a name in one line")
    return raw.strip()


def _url(raw: Any, folder: Path) -> str:
    if not isinstance(raw, str) or "://" not in raw:
        raise ValueError("give a URL such as postgresql://USER:PASSWORD@HOST/DATABASE")
    return raw


PARSERS: Final[Mapping[str, Callable[[Any, Path], Any]]] = {
    "model": _path,
    "range": _word,
    "side": _side,
    "count": _count,
    "turn": _turn,
    "fps": _fps,
    "strict": _switch,
    "calibration": _path,
    "limit": _limits,
    "language": _language,
    "jobs": _jobs,
    "every_frame": _switch,
    "progress": _switch,
    "verbose": _switch,
    "person": _name,
    "database_url": _url,
}
"""By the name of a setting: takes what was written and the folder that paths are relative to."""
