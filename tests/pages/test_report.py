"""The whole dossier as one document: nothing left out, whole in its own links, in volumes where it is long."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator import build
from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import PAGE_KINDS, Kind
from generator.pages.across import report
from generator.pages.writing.page import Page
from tests.build import dossier
from tests.pages import reading


def pages_of(found: Dossier) -> Iterator[Page]:
    edition = Edition(found, link(found))
    return (report.page(edition, path) for path in report.paths(edition))


def _report(root: Path) -> dict[str, str]:
    found = build.check(root).dossier
    return {page.path: page.body for page in pages_of(found)}


@pytest.fixture(scope="module")
def whole(toy: Path) -> dict[str, str]:
    return _report(toy)


def test_every_record_stands_in_it_once(toy: Path, whole: Mapping[str, str]) -> None:
    assert list(whole) == ["report/index.md"]
    text = whole["report/index.md"]
    for key, record in build.check(toy).dossier.records.items():
        anchor = f"entry-{key}" if record.kind_of in PAGE_KINDS else f"said-{key}"
        assert text.count(f'id="{anchor}"') == 1, key


def test_links_stay_within_it(whole: Mapping[str, str]) -> None:
    page = reading.parse(reading.by_python_markdown(whole["report/index.md"]))
    ids = reading.ids(page)
    assert len(ids) == len({*ids})
    hrefs = [a.get("href", "") for a in reading.find(page, "a")]
    within = [href.removeprefix("#") for href in hrefs if href.startswith("#")]
    assert {*within} <= {*ids}
    assert all(re.match("https?:", href) for href in hrefs if not href.startswith("#"))
    # Citations lead to the copy of the paragraph that stands here.
    assert [href for href in within if re.fullmatch(r"p\d+-[\w-]+", href)]


def test_every_paragraph_of_every_article_is_there(toy: Path, whole: Mapping[str, str]) -> None:
    for article in build.check(toy).dossier.articles.values():
        for paragraph in article.paragraphs:
            assert f'id="p{paragraph.number}-{article.id}"' in whole["report/index.md"]


def test_a_long_one_is_cut_into_volumes(
    toy: Path, whole: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "LIMIT", 8)
    cut = _report(toy)
    assert {f"report/{kind.section}-1.md" for kind in PAGE_KINDS} <= {*cut}
    together = "\n".join(cut.values())
    entries = re.findall(r'id="(entry-[^"]+)"', whole["report/index.md"])
    assert sorted(re.findall(r'id="(entry-[^"]+)"', together)) == sorted(entries)
    for path, text in cut.items():
        assert text.count('id="entry-') <= 4, path
        # Each is in the contents.
        name = path.removeprefix("report/")
        assert name == "index.md" or f"]({name})" in cut["report/index.md"], path


def test_an_empty_dossier_has_one_too() -> None:
    found = dossier()
    (page,) = pages_of(found)
    assert page.body.startswith("# Some Dossier")
    assert Kind.EVENT.section not in page.body
