import pytest

from bench.accuracy import kept_record
from bench.document import DOCUMENT, document
from bench.pools import LATE, PARTS
from bench.tables import TARGETS, dig, percent, table


def test_the_page_is_what_the_last_run_measured():
    assert DOCUMENT.read_text(encoding="utf-8") == document(kept_record())


@pytest.mark.parametrize("part", PARTS)
def test_everything_that_must_hold_has_its_figure(part):
    record = kept_record()["parts"].get(part)
    if part == LATE and record is None:
        pytest.skip("it has not been looked at yet")
    for title, _, path, _ in TARGETS:
        assert dig(record, path)["n"] > 0, title


def test_a_share_is_shown_with_its_interval():
    figure = {"value": 0.975, "low": 0.9, "high": 1.0, "n": 40, "clips": 40, "hits": 39}
    assert percent(figure) == "97.5 % (90.0 to 100.0)"
    assert percent({**figure, "value": None}) == "-"


def test_a_table_is_markdown():
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |\n"
