"""Stands in the browser where platformdirs stands elsewhere: no user has folders there."""

from __future__ import annotations

from pathlib import Path


def user_data_dir(name: str, appauthor: bool) -> str:
    """A folder beside this file, for what was packed with the page; there need not be one."""
    return str(Path(__file__).parent / "own" / name)
