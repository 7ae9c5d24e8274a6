"""Every fact has one anchor on its record's page."""

from pathlib import Path

import pytest

from generator import build
from generator.edition import Edition
from generator.link import link
from generator.model.facts import fact_ids
from generator.model.kinds import PAGE_KINDS
from generator.pages.book import pages
from tests.pages import reading


@pytest.mark.parametrize("dossier", [".", "tests/toy"])
def test_every_fact_has_one_anchor(root: Path, dossier: str) -> None:
    found = build.check(root / dossier).dossier
    made = {page.path: page.body for page in pages(Edition(found, link(found)))}
    facts = 0
    for key, record in found.records.items():
        if record.kind_of not in PAGE_KINDS:
            continue
        body = made[f"{record.kind_of.section}/{key}.md"]
        ids = reading.ids(reading.parse(reading.by_python_markdown(body)))
        wanted = sorted(fact_ids(record).values())
        assert sorted(i for i in ids if i.startswith("fact-")) == wanted, key
        facts += len(wanted)
    assert facts > 20
    # They are nowhere else: an address means one place of the site.
    told = sum(body.count('id="fact-') for body in made.values())
    assert told == facts
