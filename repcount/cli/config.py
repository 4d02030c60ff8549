"""``repcount config``: the settings in force and where each was set."""

from __future__ import annotations

from repcount.cli.screen import say, table


def config() -> None:
    """Show every setting, its value and where that comes from.

    Later wins: default, configuration file, environment (REPCOUNT_SIDE and so on), option.

    \b
    Examples:
      repcount config
      REPCOUNT_SIDE=left repcount config
    """
    from repcount import config as configuration

    path = configuration.config_file()
    lines = configuration.load().lines()
    table(
        ("setting", "value", "where from", "what it is"),
        [(line.name, line.value, line.origin, line.doc) for line in lines],
    )
    say(f"configuration file: {path}" + ("" if path.exists() else " (not there)"))
