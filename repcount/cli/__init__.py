"""The command line: related commands share a file. Each reads options, calls the rooms below and prints."""


def main() -> None:
    """Run ``repcount``."""
    from repcount.cli.app import app

    app(prog_name="repcount")
