"""``python -m bench`` lists what there is."""

from __future__ import annotations

import pytest

from bench.__main__ import ARCHIVE, BENCH, commands, main

COMMANDS = list(commands())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_measurement_says_in_a_line_what_it_does(command):
    text = (BENCH.parent / f"{command.name.replace('.', '/')}").with_suffix(".py")
    path = text if text.exists() else text.with_suffix("") / "__main__.py"
    assert path.read_text(encoding="utf-8").startswith(f'"""``python -m {command.name}')
    assert 10 < len(command.does) < 100


def test_an_experiment_that_is_done_has_a_page_of_what_came_out():
    done = [command.page for command in COMMANDS if command.page is not None]
    assert done == sorted(ARCHIVE.glob("*.md"))


def test_what_can_be_called_is_printed(capsys):
    main()
    printed = capsys.readouterr().out
    assert all(f"python -m {command.name} " in printed for command in COMMANDS)
    assert {"bench.accuracy", "bench.learn", "bench.page"} <= {command.name for command in COMMANDS}
