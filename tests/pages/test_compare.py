"""What can be compared is listed: issues with several speakers, events that several outlets report."""

import pytest

from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.across import compare
from generator.pages.book import pages
from tests.build import article, dossier, record


def _made(found: Dossier) -> dict[str, str]:
    return {page.path: page.body for page in pages(Edition(found, link(found)))}


@pytest.fixture
def found() -> Dossier:
    def said(number: int, speaker: str, issue: str) -> Record:
        return record(Kind.STATEMENT, f"s-{number}", speaker=speaker, issue=issue)

    def event(key: str, *articles: str) -> Record:
        return record(Kind.EVENT, key, evidence=[f"{name}#p1" for name in articles])

    return dossier(
        *(record(Kind.PERSON, f"p-{n}", name=f"Person {chr(65 + n)}") for n in range(9)),
        *(record(Kind.ORGANIZATION, key, name=key.title(), kind="outlet") for key in ("post", "times")),
        *(record(Kind.ISSUE, key, title=key.title()) for key in ("shared", "lone")),
        *(said(n, f"p-{n}", "shared") for n in range(9)),
        said(9, "p-0", "lone"),
        event("told-twice", "some-article", "other-article"),
        event("told-once", "some-article"),
        article("some-article", "Words.", outlet="post", published="2022-01-01"),
        article("other-article", "Words.", outlet="times", published="2022-01-02"),
    )


def test_what_has_two_sides_is_listed(found: Dossier) -> None:
    body = _made(found)["compare/index.md"]
    assert 'data-subject="issue shared"' in body
    assert 'data-subject="event told-twice"' in body
    assert "Post and Times" in body
    assert "lone" not in body
    assert "told-once" not in body
    # Without scripts a speaker leads to what was said, and many are cut.
    assert "(../issues/shared.md#by-p-0)" in body
    assert "and 3 more" in body


def test_pages_with_two_sides_lead_to_the_comparison(found: Dossier) -> None:
    made = _made(found)
    assert "(../compare/index.md?issue=shared)" in made["issues/shared.md"]
    assert "compare/index.md" not in made["issues/lone.md"]
    assert "(../compare/index.md?event=told-twice)" in made["events/told-twice.md"]
    assert "compare/index.md" not in made["events/told-once.md"]
    assert "(compare/index.md)" in made["who-said-what.md"]


def test_page_of_comparisons_does_not_grow(found: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "MOST", 0)
    assert "data-subject" not in _made(found)["compare/index.md"]


def test_no_comparison_is_said_to_be_none() -> None:
    body = _made(dossier(article("some-article", "Words.")))["compare/index.md"]
    assert "No issue has several speakers yet" in body
