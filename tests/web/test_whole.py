"""The whole dossier as one document, what changed, and addresses of facts, in a browser."""

import re
from xml.etree import ElementTree as ET

from playwright.sync_api import Page, expect

from tests.web.heard import listen

# As a PDF file has it: each page is an object of its own, each link within the document names a place.
_PAGE = re.compile(rb"/Type\s*/Page\b")
_PLACE = re.compile(rb"/Dest\s*[/(\[]")
NOTHING = "rgba(0, 0, 0, 0)"


def test_the_report_leads_within_itself(page: Page, site_url: str) -> None:
    heard = listen(page)
    page.goto(f"{site_url}report/")
    page.locator("#entry-csto-founding").scroll_into_view_if_needed()
    citation = page.locator('li:has-text("Source") a[href*="#p"]').first
    fragment = (citation.get_attribute("href") or "").partition("#")[2]
    citation.click()
    page.wait_for_url(f"{site_url}report/#{fragment}")
    paragraph = page.locator(f"p:has(> [id='{fragment}'])")
    expect(paragraph).to_be_in_viewport()
    assert paragraph.evaluate("element => getComputedStyle(element).backgroundColor") != NOTHING
    assert heard.complaints == []


def test_the_report_is_saved_as_a_document_of_pages_with_links(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}report/", wait_until="networkidle")
    saved = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(_PAGE.findall(saved)) > 20
    assert len(_PLACE.findall(saved)) > 100
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    breaks = page.locator("h2:has([id^='chapter-'])").evaluate_all(
        "all => all.map(heading => getComputedStyle(heading).breakBefore)"
    )
    assert len(breaks) == 8
    assert {*breaks} == {"auto"}


def test_what_changed_is_followed_as_a_feed(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.locator(".entry a", has_text="What changed").click()
    page.wait_for_url(f"{site_url}changes/")
    link = page.locator('.entry a[href$="feed.xml"]')
    offered = page.locator('link[type="application/atom+xml"]')
    assert link.evaluate("a => a.href") == offered.evaluate("link => link.href")
    answer = page.request.get(f"{site_url}feed.xml")
    assert answer.ok
    feed = ET.fromstring(answer.body())
    led = [e.get("href", "") for e in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert all(href.startswith(site_url) for href in led)
    # The newest entry leads to its place on the page.
    page.goto(next(href for href in led if "#" in href))
    expect(page.locator(":target")).to_have_count(1)


def test_a_facts_address_lights_what_states_it(page: Page, site_url: str) -> None:
    page.goto(
        f"{site_url}events/yerevan-summit-2022-11-23/#fact-participants-nikol-pashinyan-opening-speaker"
    )
    row = page.locator("tr:has(:target)")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Nikol Pashinyan")
    assert row.evaluate("element => getComputedStyle(element).backgroundColor") != NOTHING
