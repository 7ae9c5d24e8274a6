"""The project's own site, read in a browser: by keyboard, on a phone, on paper, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

PERSON = "people/nikol-pashinyan/"
EVENT = "events/video-summit-2022-09-13/"
ARTICLE = "articles/rferl-2022-09-16/"
PAGES = ("", PERSON, EVENT, ARTICLE)


@pytest.mark.parametrize("path", PAGES)
def test_the_first_tab_stop_skips_to_the_content(page: Page, site_url: str, path: str) -> None:
    page.goto(site_url + path)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_class(re.compile("md-skip"))
    page.keyboard.press("Enter")
    target = page.evaluate("document.querySelector(':target')?.tagName")
    assert target == "H1"


def test_a_citation_leads_to_its_paragraph(page: Page, site_url: str) -> None:
    page.goto(site_url + PERSON)
    citation = page.locator('.entry p > a[href*="/articles/"][href*="#p"]').first
    place = (citation.get_attribute("href") or "").rpartition("#")[2]
    citation.click()
    page.wait_for_url(re.compile(rf"{re.escape(site_url)}articles/.*#{place}$"))
    fragment = place.partition("-")[0]
    numbers = page.locator(".entry p:has(> .n)")
    aimed = page.locator(f"p:has(> #{fragment})")
    expect(aimed).to_be_in_viewport()
    colours = numbers.evaluate_all("all => all.map(p => getComputedStyle(p).backgroundColor)")
    place = numbers.evaluate_all(f"all => all.findIndex(p => p.querySelector('#{fragment}'))")
    assert [index for index, colour in enumerate(colours) if colour != "rgba(0, 0, 0, 0)"] == [place]


def test_back_leads_back(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.locator("nav.top__sections a", has_text="People").click()
    page.wait_for_url(f"{site_url}people/")
    page.go_back()
    page.wait_for_url(site_url)
    expect(page.locator("h1")).to_be_visible()


def test_without_scripts_all_is_there(plain_page: Page, site_url: str) -> None:
    for path in PAGES:
        plain_page.goto(site_url + path)
        expect(plain_page.locator("h1")).to_be_visible()
        expect(plain_page.locator(".entry p").first).to_be_visible()
    plain_page.locator("nav.top__sections a", has_text="Events").click()
    plain_page.wait_for_url(f"{site_url}events/")
    plain_page.locator(f'.entry a[href$="{EVENT.removeprefix("events/")}"]').first.click()
    plain_page.wait_for_url(site_url + EVENT)
    # What needs scripts does not show.
    expect(plain_page.locator(".top__palette")).to_be_hidden()


def test_on_paper_there_is_the_page_alone(page: Page, site_url: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site_url + ARTICLE)
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_an_address_that_is_none(page: Page, site_url: str) -> None:
    answer = page.goto(f"{site_url}people/nobody/at-all/")
    assert answer
    assert answer.status == 404
    page.locator(".entry a", has_text="People").click()
    page.wait_for_url(f"{site_url}people/")


@pytest.mark.parametrize("path", ["appeals/", "timeline/", "coverage/", "questions/article-2-duty/"])
def test_on_a_telephone_long_tables_stand_as_blocks(page: Page, site_url: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site_url + path)
    boxes = page.locator(".wide:has(.stacks)")
    assert boxes.evaluate_all("all => all.length && all.every(one => one.scrollWidth <= one.clientWidth)")
    told = page.locator("td[data-head]").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content).filter(said => said !== 'none')"
    )
    assert told
