"""The command line of a measurement without options: ``--help`` tells what it does instead of doing it."""

from __future__ import annotations

import argparse


def take_no_options(module: str, about: str | None) -> None:
    """Read the command line: nothing but ``--help`` is known.

    Parameters
    ----------
    module : the name by which it is called, after ``python -m``.
    about : the docstring of the module.
    """
    argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args()
