"""Pages in other languages: no English word of the interface is left, and every word of the dossier is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator import build
from generator.edition import Edition
from generator.link import link
from generator.model.dossier import Dossier
from generator.pages.book import pages
from generator.pages.writing.page import Page
from generator.words import DEFAULT, languages
from tests.pages import reading

OTHERS = [language for language in languages() if language != DEFAULT]
# Names of standards and sources are the same in all languages.
_NAMES = {"EDTF", "Wikidata", "Natural", "Earth"}
# Words, not letters of an index.
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


@pytest.fixture(scope="module")
def dossier(toy: Path) -> Dossier:
    return build.check(toy).dossier


@pytest.fixture(scope="module")
def own(toy: Path) -> set[str]:
    """The words of the toy dossier's seeds."""
    texts = (path.read_text("utf-8") for path in (toy / "seeds").rglob("*") if path.is_file())
    return {word for text in texts for word in _LATIN.findall(text)}


def _made(dossier: Dossier, language: str) -> Iterator[tuple[Page, str]]:
    """The dossier's pages in a language, each with all that its readers see or hear."""
    settings = dossier.settings.model_copy(update={"language": language})
    made = replace(dossier, settings=settings)
    for page in pages(Edition(made, link(made))):
        tree = reading.parse(reading.by_python_markdown(page.body))
        heard = [e.get(name, "") for e in tree.iter() for name in ("aria-label", "alt", "title")]
        meta = [str(page.meta.get(name, "")) for name in ("title", "description", "label")]
        crumbs = [text for text, _ in page.meta["crumbs"]]
        texts = [*(e.text for e in tree.iter() if "{" in str(e.tag)), *(e.tail for e in tree.iter())]
        yield page, " ".join(filter(None, [*texts, *heard, *meta, *crumbs]))


@pytest.mark.parametrize("language", OTHERS)
def test_pages_have_no_english_words_of_the_interface(dossier: Dossier, own: set[str], language: str) -> None:
    left = {
        page.path: words
        for page, text in _made(dossier, language)
        if (words := {*_LATIN.findall(text)} - own - _NAMES)
    }
    assert left == {}


def test_english_pages_have_such_words(dossier: Dossier, own: set[str]) -> None:
    left = {word for _, text in _made(dossier, DEFAULT) for word in _LATIN.findall(text)} - own
    assert len(left) > 100


@pytest.mark.parametrize("language", OTHERS)
def test_pages_have_the_same_addresses_and_links(dossier: Dossier, language: str) -> None:
    english = {page.path: _links(page) for page, _ in _made(dossier, DEFAULT)}
    assert {page.path: _links(page) for page, _ in _made(dossier, language)} == english


def _links(page: Page) -> list[str]:
    return sorted(re.findall(r"\]\(([^)\s]+)\)", page.body))


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_the_dossier_are_not_translated(dossier: Dossier, language: str) -> None:
    shown = {
        page.path: reading.text_of(reading.parse(reading.by_python_markdown(page.body)))
        for page, _ in _made(dossier, language)
    }
    assert str(dossier.settings.question) in shown["index.md"]
    for key, article in dossier.articles.items():
        for paragraph in article.paragraphs:
            assert reading.plain(paragraph.text) in shown[f"articles/{key}.md"]
