"""On paper: the page alone, citations as numbered notes, addresses in full, nothing cut."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

PERSON = "people/nikol-pashinyan/"
EVENT = "events/yerevan-summit-2022-11-23/"
ARTICLE = "articles/rferl-2022-09-16/"
A4_MM = (210, 297)
MARGIN_MM = 18


def _print(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


@pytest.mark.parametrize("path", [PERSON, EVENT])
def test_citations_are_numbered_notes(page: Page, site_url: str, path: str) -> None:
    page.goto(site_url + path)
    citation = page.locator('.entry p a[href*="/articles/"][href*="#p"]').first
    words = (citation.text_content() or "").strip()
    # Without the record that cites the paragraph, which does not matter on paper.
    address = re.sub(r"(#p\d+)-.*", r"\1", citation.evaluate("link => link.href"))
    _print(page)
    expect(citation).to_be_hidden()
    number = citation.locator("xpath=following-sibling::*[1]")
    expect(number).to_have_text("1")
    notes = page.locator(".notes li")
    expect(notes.first).to_have_text(f"{words} {address}")
    # Each number has its note, each note its number.
    numbers = page.locator("sup.note").all_text_contents()
    assert {*map(int, numbers)} == {*range(1, notes.count() + 1)}
    # All are raised and of one size, also those that a cell begins with.
    raised = page.locator("sup.note").evaluate_all(
        "all => all.map(one => getComputedStyle(one)).map(style => [style.verticalAlign, style.fontSize].join())"
    )
    assert len({*raised}) == 1
    assert raised[0].startswith("super")
    assert re.search(r"\d+\s\w+\s\d{4}, ¶\d+", words)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(citation).to_be_visible()
    assert page.locator(".notes, sup.note, .noted").count() == 0


@pytest.mark.parametrize("path", ["", PERSON, EVENT, ARTICLE, "people/"])
def test_on_paper_there_is_no_furniture_and_nothing_is_cut(page: Page, site_url: str, path: str) -> None:
    width = round((A4_MM[0] - 2 * MARGIN_MM) * 96 / 25.4)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site_url + path, wait_until="networkidle")
    _print(page)
    for furniture in ("header.top", ".md-skip", ".crumbs", "form.facets", ".near"):
        assert page.locator(f"{furniture}:visible").count() == 0, furniture
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The address of the page stands at its end.
    expect(page.locator(".foot__address")).to_have_text(site_url + path)
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_notes_and_foot_name_the_published_address(page: Page, site_url: str) -> None:
    for canonical, start in ((f"https://example.org/x/{PERSON}", "https://example.org/x/"), (None, site_url)):
        page.route(site_url + PERSON, partial(_answer, canonical))
        page.goto(site_url + PERSON)
        _print(page)
        expect(page.locator(".foot__address")).to_have_text(f"{start}{PERSON}")
        for address in page.locator(".notes__address").all_text_contents():
            assert address.startswith(f"{start}articles/"), address
        page.unroute_all()


def _answer(canonical: str | None, route: Route) -> None:
    """Gives a page another canonical address, or none."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    html = re.sub(r'<link rel="canonical"[^>]*>', link, route.fetch().text())
    route.fulfill(body=html, content_type="text/html")


def test_the_report_says_when_and_where_it_was_printed(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}report/")
    _print(page)
    expect(page.locator(".printed")).to_contain_text(f"{site_url}report/")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".printed")).to_have_count(0)


def test_records_beside_paragraphs_are_parted(page: Page, site_url: str) -> None:
    page.goto(site_url + ARTICLE)
    _print(page)
    notes = page.locator("details.backs:has(li:not(.again) ~ li:not(.again))")
    parted = notes.first.locator("li:visible").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    assert parted[0] == "none"
    assert {*parted[1:]} == {'" · "'}


def test_addresses_of_other_sites_are_printed(page: Page, site_url: str) -> None:
    page.goto(site_url + ARTICLE)
    page.locator(".entry p").first.evaluate(
        "p => p.append(Object.assign(document.createElement('a'), {href: 'https://example.org/x', textContent: 'there'}))"
    )
    _print(page)
    shown = page.locator('.entry a[href="https://example.org/x"]').evaluate(
        "a => getComputedStyle(a, '::after').content"
    )
    assert "https://example.org/x" in shown


def test_a_heading_stays_with_its_statements(page: Page, site_url: str) -> None:
    """Where every break were to be avoided, a browser would break anywhere."""
    page.goto(site_url + PERSON)
    _print(page)
    after = "all => [...new Set(all.map(one => getComputedStyle(one).breakAfter))]"
    assert page.locator(".entry h3").evaluate_all(after) == ["avoid"]
    assert page.locator(".entry blockquote p:has(> .meta)").evaluate_all(after) == ["auto"]
