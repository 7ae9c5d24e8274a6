"""What is around a page's text: the header in reach, the contents of long pages, facts below the title."""

import re

import pytest
from playwright.sync_api import Page, expect

PERSON = "people/nikol-pashinyan/"
ARTICLE = "articles/rferl-2022-09-16/"
GUIDE = "guide/records/"
# The widths of a phone, a tablet and a desk, and the greatest height of the header on each.
WINDOWS = {390: 56, 820: 62, 1280: 62}
_TOP = "one => one.getBoundingClientRect().top"
_LEFT = "one => one.getBoundingClientRect().left"


def _open(page: Page, url: str, width: int, height: int = 800) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(url)


@pytest.mark.parametrize("width", WINDOWS)
def test_the_header_is_in_reach_everywhere(page: Page, site_url: str, width: int) -> None:
    _open(page, site_url + PERSON, width)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    header = page.locator("header.top")
    box = header.bounding_box()
    assert box
    assert box["y"] == 0
    assert box["height"] <= WINDOWS[width]
    for target in (".find", ".colours"):
        size = page.locator(target).bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 24, target
    sections = page.locator("nav.top__sections a")
    if width < 1264:
        expect(sections.first).to_be_hidden()
        summary = page.locator(".menu > summary")
        expect(summary).to_have_text("Menu")
        summary.press("Enter")
        expect(sections.first).to_be_visible()
        page.keyboard.press("Escape")
        expect(sections.first).to_be_hidden()
        expect(summary).to_be_focused()
        summary.click()
    sections.filter(has_text="Events").click()
    page.wait_for_url(f"{site_url}events/")


def test_the_header_is_in_line_with_the_content(page: Page, site_url: str) -> None:
    _open(page, site_url + PERSON, 1920)
    lefts = [page.locator(name).first.evaluate(_LEFT) for name in (".top__name", "h1", ".foot > *")]
    assert len({*map(round, lefts)}) == 1, lefts


@pytest.mark.parametrize("path", [PERSON, ARTICLE, GUIDE])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_say_where_one_is(page: Page, site_url: str, path: str, width: int) -> None:
    _open(page, site_url + path, width)
    contents = page.locator("nav.contents")
    summary = contents.locator("summary")
    headings = page.locator(".text > h2").all_text_contents()
    assert contents.locator("a").all_text_contents() == ["Top of page", *headings]
    links = contents.locator("a")
    middle = len(headings) // 2
    for number in (middle, len(headings), 0):
        if width == 390:
            summary.click()
        links.nth(number).click()
        current = contents.locator("[aria-current]")
        expect(current).to_have_text(links.nth(number).text_content() or "")
        expect(links.nth(number)).to_be_visible(visible=width > 390)
        if width == 390:
            expect(contents.locator(".contents__here")).to_have_text(headings[number - 1] if number else "")
    assert page.evaluate("scrollY") == 0
    # A section that is led to is below what stays in sight.
    if width == 390:
        summary.click()
    links.nth(1).click()
    covering = contents if width == 390 else page.locator("header.top")
    box = covering.bounding_box()
    assert box
    assert page.locator(".text > h2").first.evaluate(_TOP) >= box["y"] + box["height"]


def test_short_pages_have_no_contents(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}people/aza-babayan/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("nav.contents")).to_have_count(0)


def test_without_scripts_the_contents_are_a_list_of_links(plain_page: Page, site_url: str) -> None:
    _open(plain_page, site_url + PERSON, 1280)
    links = plain_page.locator("nav.contents a")
    expect(links.last).to_be_visible()
    _open(plain_page, site_url + PERSON, 390)
    expect(links.last).to_be_hidden()
    plain_page.locator("nav.contents summary").click()
    links.last.click()
    plain_page.wait_for_url(re.compile("#"))
    expect(plain_page.locator(".text > h2").last).to_be_in_viewport()


@pytest.mark.parametrize("path", [PERSON, "events/video-summit-2022-09-13/", "organizations/csto/"])
def test_on_small_screens_facts_are_below_the_summary(page: Page, site_url: str, path: str) -> None:
    _open(page, site_url + path, 390)
    facts = page.locator("aside.side").evaluate(_TOP)
    assert page.locator(".head > p").last.evaluate(_TOP) < facts
    assert facts < page.locator(".text > h2").first.evaluate(_TOP)
