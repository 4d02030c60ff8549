from __future__ import annotations

import csv
import io
from datetime import datetime, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from repcount.io.result_tables import csv_text, read_csv
from repcount.io.spreadsheets import escape, unescape
from tests.unit.overlay.snapshots import fault, hold, rep, summary

MOMENT = datetime(2025, 3, 1, tzinfo=timezone.utc)
STARTS = "=+-@\t\r\n＝＋－＠'"  # noqa: RUF001
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.builds(str.__add__, st.sampled_from(STARTS), st.text("=+-@' \t\r\n\",;abcÜ")),
)


@given(TEXTS)
@example("''=1")
def test_unescaping_gives_the_text_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(TEXTS)
def test_no_escaped_text_begins_as_a_formula(text: str) -> None:
    assert escape(text)[:1] not in [*STARTS[:-1]]


@given(TEXTS, TEXTS)
def test_different_texts_stay_different(a: str, b: str) -> None:
    assert (escape(a) == escape(b)) == (a == b)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_a_whole_table_comes_back(sources: list[str], code: str) -> None:
    inputs = [summary((rep(faults=(fault(code),)),), (hold(),), source=source) for source in sources]
    text = csv_text(inputs, MOMENT)
    rows = read_csv(text)
    assert [row["source"] for row in rows] == [source for source in sources for _ in range(2)]
    assert [row["faults"] for row in rows[::2]] == [code] * len(sources)
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == 1 + 2 * len(sources)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_numbers_are_written_bare(peak_deg: float, start_s: float) -> None:
    row = next(
        csv.DictReader(io.StringIO(csv_text([summary((rep(peak_deg=peak_deg, start_s=start_s),))], MOMENT)))
    )
    assert float(row["peak_deg"]) == round(peak_deg, 2)
    assert float(row["start_s"]) == round(start_s, 3)
