import pytest

from bench.filming.pools import LATE, PARTS
from bench.page.kept import DOCUMENT, kept_record
from bench.page.tables import TARGETS, dig, percent, table
from bench.page.writing import pages

WRITTEN = pages(kept_record())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_each_page_is_what_the_last_run_measured(path):
    assert path.read_text(encoding="utf-8") == WRITTEN[path]


def test_the_appendix_has_no_page_that_is_not_written():
    assert {path for path in WRITTEN if path != DOCUMENT} == set(DOCUMENT.with_suffix("").glob("*"))


def test_the_page_of_a_user_names_every_page_of_the_appendix():
    text = WRITTEN[DOCUMENT]
    assert all(f"(accuracy/{path.name})" in text for path in WRITTEN if path != DOCUMENT)
    assert (
        text.index("## Real people") < text.index("## Rendered people") < text.index("## What not to trust")
    )


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
