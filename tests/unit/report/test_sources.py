"""Where the rules of a report come from: each work once, in one short line."""

from __future__ import annotations

import pytest

from repcount.exercises import catalog
from repcount.report.page import linked, sources_of, works_in
from repcount.report.words import Words


@pytest.mark.parametrize(
    ("source", "works"),
    [
        ("3 x 10: PMC3445060, Table 1; 3 holds of 15 s: derived, fewer", ["PMC3445060, Table 1"]),
        ("derived: as in PubMed 23879248", []),
        ("0-60 degrees: load rises (Steinkamp via Powers 2014)", ["Steinkamp via Powers 2014"]),
        ("1-2 s: ACSM 2009, Progression (Med Sci 41:687)", ["ACSM 2009, Progression (Med Sci 41:687)"]),
        ("my physiotherapist", ["my physiotherapist"]),
    ],
)
def test_a_work_is_told_without_what_it_says(source: str, works: list[str]) -> None:
    assert works_in(source) == works


def test_each_work_is_one_short_line_with_all_that_rests_on_it() -> None:
    told = sources_of([catalog.get(name) for name in catalog.names()], Words())
    names = ["".join(part.text for part in each.name) for each in told]
    assert len(set(names)) == len(names) < 14
    assert max(map(len, names)) < 90
    uses = dict(zip(names, (each.used_for for each in told), strict=True))
    assert uses["PMC3445060, Table 1"] == "Straight leg raise; Wall squat"
    assert not any("derived" in name for name in names)


def test_articles_and_sites_that_a_source_names_are_links() -> None:
    parts = linked(
        "weeks 1-2: PMC3445060, Table 1; merckmanuals.com; PubMed 23879248; doi 10.2519/jospt.2014.5"
    )
    assert (
        "".join(part.text for part in parts)
        == "weeks 1-2: PMC3445060, Table 1; merckmanuals.com; PubMed 23879248; doi 10.2519/jospt.2014.5"
    )
    assert [part.link for part in parts if part.link] == [
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3445060/",
        "https://merckmanuals.com",
        "https://pubmed.ncbi.nlm.nih.gov/23879248/",
        "https://doi.org/10.2519/jospt.2014.5",
    ]
