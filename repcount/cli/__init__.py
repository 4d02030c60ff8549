"""The command line: related commands share a file. Each reads options, calls the rooms below and prints."""

import sys


def main() -> None:
    """Run ``repcount``; Ctrl-C while it starts is one line, as it is later."""
    try:
        from repcount.cli.app import app

        app(prog_name="repcount")
    except KeyboardInterrupt:
        sys.stderr.write("repcount: interrupted\n")
        sys.exit(130)
