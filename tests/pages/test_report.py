"""The whole dossier as one document: nothing left out, and no link out of it; a page of sites that are not too large."""

import re
from pathlib import Path

import pytest

from generator import build
from generator.edition import Edition, coverage
from generator.export.report import report as exported
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import PAGE_KINDS, Kind
from generator.pages.across import report
from generator.pages.book import pages
from tests.build import article, dossier
from tests.pages import reading


def _export(found: Dossier) -> str:
    return "".join(exported(found, link(found)))


@pytest.fixture(scope="module")
def text(toy: Path) -> str:
    return _export(build.check(toy).dossier)


def test_report_has_every_record_once(toy: Path, text: str) -> None:
    # The story is a way into the records, and all of them are here.
    records = build.check(toy).dossier.records.items()
    for key, record in ((key, record) for key, record in records if record.kind_of is not Kind.STORY):
        anchor = f"entry-{key}" if record.kind_of in PAGE_KINDS else f"said-{key}"
        assert text.count(f'id="{anchor}"') == 1, key


def test_links_lead_to_places_in_the_report(text: str) -> None:
    page = reading.parse(reading.by_python_markdown(text))
    ids = reading.ids(page)
    assert len(ids) == len({*ids})
    hrefs = [a.get("href", "") for a in reading.find(page, "a")]
    within = [href.removeprefix("#") for href in hrefs if href.startswith("#")]
    assert {*within} <= {*ids}
    assert all(re.match("https?:", href) for href in hrefs if not href.startswith("#"))
    # Citations lead to the copy of the paragraph in the report.
    assert [href for href in within if re.fullmatch(r"p\d+-[\w-]+", href)]


def test_report_has_every_paragraph(toy: Path, text: str) -> None:
    for key, found in build.check(toy).dossier.articles.items():
        for paragraph in found.paragraphs:
            assert f'id="p{paragraph.number}-{key}"' in text


def test_export_is_the_page_without_front_matter(toy: Path, text: str) -> None:
    checked = build.check(toy)
    (page,) = report.pages(Edition(checked.dossier, checked.links))
    assert page.text.partition("\n---\n\n")[2] == text


def test_site_has_no_report_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    # Three paragraphs, and a record that counts as two.
    found = dossier(article("some", "One.", "Two.", "Three."))
    home = "[The whole dossier](report/index.md)"
    for limit, is_there in ((5, True), (4, False)):
        monkeypatch.setattr(coverage, "REPORT_LIMIT", limit)
        made = {page.path: page.text for page in pages(Edition(found, link(found)))}
        assert ("report/index.md" in made, home in made["index.md"]) == (is_there, is_there)
    assert "Three." in _export(found)


def test_empty_dossier_has_a_report() -> None:
    text = _export(dossier())
    assert text.startswith("# Some Dossier")
    assert Kind.EVENT.section not in text
