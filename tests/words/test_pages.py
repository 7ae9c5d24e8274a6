"""Pages in other languages: no English word of the interface is left, and every word of the dossier is."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

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


class Translated(NamedTuple):
    """A page in a language: its text as it is shown, and all that its readers see or hear."""

    page: Page
    shown: str
    heard: str


Translate = Callable[[str], Sequence[Translated]]


@pytest.fixture(scope="module")
def translate(dossier: Dossier) -> Translate:
    """Makes the dossier's pages in a language, once for all tests."""
    return cache(lambda language: tuple(_translated(dossier, language)))


def _translated(dossier: Dossier, language: str) -> Iterator[Translated]:
    settings = dossier.settings.model_copy(update={"language": language})
    made = replace(dossier, settings=settings)
    for page in pages(Edition(made, link(made))):
        tree = reading.parse(reading.by_python_markdown(page.body))
        heard = [e.get(name, "") for e in tree.iter() for name in ("aria-label", "alt", "title")]
        meta = [str(page.meta.get(name, "")) for name in ("title", "description", "label")]
        crumbs = [text for text, _ in page.meta["crumbs"]]
        texts = [*(e.text for e in tree.iter() if "{" in str(e.tag)), *(e.tail for e in tree.iter())]
        yield Translated(
            page, reading.text_of(tree), " ".join(filter(None, [*texts, *heard, *meta, *crumbs]))
        )


@pytest.mark.parametrize("language", OTHERS)
def test_pages_have_no_english_words_of_the_interface(
    translate: Translate, own: set[str], language: str
) -> None:
    left = {
        page.path: words
        for page, _, heard in translate(language)
        if (words := {*_LATIN.findall(heard)} - own - _NAMES)
    }
    assert left == {}


def test_english_pages_have_such_words(translate: Translate, own: set[str]) -> None:
    left = {word for _, _, heard in translate(DEFAULT) for word in _LATIN.findall(heard)} - own
    assert len(left) > 100


@pytest.mark.parametrize("language", OTHERS)
def test_pages_have_the_same_addresses_and_links(translate: Translate, language: str) -> None:
    english, other = (
        {page.path: _links(page) for page, *_ in translate(each)} for each in (DEFAULT, language)
    )
    assert other == english


def _links(page: Page) -> list[str]:
    return sorted(re.findall(r"\]\(([^)\s]+)\)", page.body))


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_the_dossier_are_not_translated(
    dossier: Dossier, translate: Translate, language: str
) -> None:
    shown = {page.path: text for page, text, _ in translate(language)}
    assert str(dossier.settings.question) in shown["index.md"]
    for key, article in dossier.articles.items():
        for paragraph in article.paragraphs:
            assert reading.plain(paragraph.text) in shown[f"articles/{key}.md"]
