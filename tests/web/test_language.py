"""A dossier's language chooses the interface's words, on the built site as a browser reads it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator import build
from generator.words import Words

Site = Callable[[str], Path]


@pytest.fixture(scope="module")
def site_in(toy: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Builds the toy dossier's site in a language."""

    def built(language: str) -> Path:
        folder = tmp_path_factory.mktemp(language)
        shutil.copytree(toy, folder, dirs_exist_ok=True)
        settings = folder / "seeds/dossier.yml"
        text = settings.read_text("utf-8")
        assert "\nlanguage: en\n" in text
        settings.write_text(text.replace("\nlanguage: en\n", f"\nlanguage: {language}\n"), "utf-8")
        return build.build(folder, folder / "site", check_links=True).site

    return built


def _open(page: Page, site: Path, address: str) -> None:
    page.goto((site / address / "index.html").as_uri())


def test_a_site_in_russian(site_in: Site, page: Page) -> None:
    words, site = Words.for_language("ru"), site_in("ru")
    _open(page, site, "people/ana-lima")
    assert page.locator("html").get_attribute("lang") == "ru"
    sections = [text.strip() for text in page.locator(".top__sections li").all_inner_texts()]
    groups = ["nav.sources", "nav.claims", "nav.compare", "nav.about"]
    pages = [
        "nav.explore",
        *(f"sections.{name}" for name in ("people", "organizations", "places", "events")),
    ]
    assert sections == [words(key) for key in (*pages, *groups)]
    assert page.locator(".crumbs li").first.inner_text() == "Люди"
    assert page.locator("article .label").inner_text().casefold() == "человек"
    assert page.locator(".md-skip").inner_text() == "Перейти к содержанию"
    # A script's words reach it too.
    assert page.locator("button.colours").get_attribute("aria-label") == words("theme.palette.auto")
    _open(page, site, "events/appeal-2019-03-03")
    assert page.locator("article b").first.inner_text() == "3\xa0марта\xa02019"
    missing = (site / "404.html").read_text("utf-8")
    assert words("theme.missing") in missing


def test_a_site_in_armenian(site_in: Site, page: Page) -> None:
    site = site_in("hy")
    _open(page, site, "events/appeal-2019-03-03")
    assert page.locator("html").get_attribute("lang") == "hy"
    assert page.locator("article b").first.inner_text() == "2019\xa0թ.\xa0մարտի\xa03"
    assert page.locator(".md-skip").inner_text() != "Skip to content"


def test_a_language_without_a_catalogue_is_marked_and_the_interface_too(site_in: Site, page: Page) -> None:
    _open(page, site_in("fr"), "people/ana-lima")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("article").get_attribute("lang") == "fr"
    assert page.locator("article .label").get_attribute("lang") == "en"
