"""Texts that are written from right to left, as a browser lays them out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator import build
from tests.build import write_files
from tests.rtl import FILES
from tests.serving import serving

DESK, PHONE = 1280, 390
# The edges of a text as it is laid out, whatever the element around it.
_EDGES = """(element, sign) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node; (node = walker.nextNode()); ) {
        const at = node.data.indexOf(sign)
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + sign.length)
        const { left, right } = range.getBoundingClientRect()
        return [left, right]
    }
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dossier's site."""
    root: Path = write_files(tmp_path_factory.mktemp("rtl"), FILES)
    with serving(build.build(root, root / "site", check_links=True).site) as address:
        yield address


def _edges(element: Locator, sign: str) -> tuple[float, float]:
    left, right = element.evaluate(_EDGES, sign)
    return left, right


def _paragraph(page: Page, number: int) -> Locator:
    return page.locator(".entry > p", has=page.locator(f"#p{number}"))


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_paragraph_begins_at_the_right_beside_its_number(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{url}articles/he/")
    first = _paragraph(page, 1)
    said, year, stop = (_edges(first, sign) for sign in ("אמר", "(2024)", ")."))
    assert stop[0] <= year[0] < year[1] < said[0]
    box, number = first.bounding_box(), page.locator("#p1").bounding_box()
    assert box
    assert number
    assert abs(box["x"] + box["width"] - said[1]) < 2
    assert box["x"] + box["width"] < number["x"]
    assert number["x"] + number["width"] <= width
    # By the article's language, though most of its letters are others.
    expect(_paragraph(page, 2)).to_have_attribute("dir", "rtl")
    title = page.locator("h1")
    expect(title).to_have_attribute("dir", "rtl")
    assert _edges(title, "כותרת")[0] > _edges(title, "2")[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_byline_keeps_the_order_of_the_interface(page: Page, url: str) -> None:
    page.goto(f"{url}articles/he/")
    byline = page.locator(".entry p", has_text="1 March 2024").first
    name, date = _edges(byline, "דבר"), _edges(byline, "March")
    assert name[1] < date[0]
    page.goto(f"{url}people/lavi/")
    citation = page.locator('.entry a[href*="#p1"]').first
    assert _edges(citation, "דבר")[1] < _edges(citation, "Mar")[0]


def test_the_bar_of_a_statement_stands_where_it_begins(page: Page, url: str) -> None:
    page.goto(f"{url}people/lavi/")
    widths = page.locator("blockquote").evaluate(
        "quote => { const { borderLeftWidth, borderRightWidth } = getComputedStyle(quote)"
        " ; return [borderLeftWidth, borderRightWidth] }"
    )
    assert widths == ["0px", "3px"]


def test_a_cell_begins_with_the_words_of_its_head_on_a_phone(page: Page, url: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.goto(f"{url}questions/how-many/")
    cell = page.locator('td[data-head="Answer"]').first
    assert cell.evaluate("cell => getComputedStyle(cell).direction") == "ltr"
    assert cell.locator('[dir="rtl"]').inner_text() == "שנים עשר (12)."


def test_previews_have_direction_and_language(page: Page, url: str) -> None:
    page.goto(f"{url}people/lavi/")
    page.locator('.entry a[href*="articles/he/#p1"]').first.hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator(".preview__text")).to_have_attribute("dir", "rtl")
    expect(preview.locator(".preview__text")).to_have_attribute("lang", "he")
    expect(preview.locator(".preview__label")).to_have_attribute("dir", "rtl")
    page.goto(f"{url}articles/he/")
    page.locator('.entry a[href$="people/haddad/"]').first.focus()
    expect(preview.locator(".preview__name")).to_have_attribute("dir", "auto")
    assert preview.locator(".preview__name").evaluate("name => getComputedStyle(name).direction") == "ltr"


def test_search_hits_have_direction(page: Page, url: str) -> None:
    page.goto(f"{url}search/?q=שלום")
    hit = page.locator(".hit--passage").filter(has_text="כותרת").first
    expect(hit.locator(".hit__name")).to_have_attribute("dir", "rtl")
    expect(hit.locator(".hit__text")).to_have_attribute("dir", "rtl")
    page.goto(f"{url}search/?q=Observers")
    plain = page.locator(".hit__name").filter(has_text="Observers arrive").first
    expect(plain).to_be_visible()
    assert plain.get_attribute("dir") is None
