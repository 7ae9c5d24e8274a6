"""Two speakers on an issue and two outlets on an event, side by side, as the address says."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.heard import listen

ISSUE = "compare/?issue=alliance-response&speakers=nikol-pashinyan,armen-grigorian"
EVENT = "compare/?event=appeal-2022-09-13"


@pytest.fixture(scope="module")
def axe(node_packages: Path) -> str:
    """The source of axe-core."""
    return (node_packages / "axe-core/axe.min.js").read_text("utf-8")


def _violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    return [one["id"] for one in page.evaluate("axe.run()")["violations"]]


def test_two_speakers_are_side_by_side(page: Page, site_url: str, axe: str) -> None:
    heard = listen(page)
    page.goto(site_url + ISSUE)
    result = page.locator(".compare__result")
    expect(result.locator("h2")).to_contain_text("Nikol Pashinyan and Armen Grigorian")
    left, right = (result.locator(f".compare__cell[data-side='{side}']") for side in "01")
    expect(left).to_have_count(5)
    expect(right).to_have_count(3)
    # Each with its stance and its citations, which lead where they led.
    for cell in (*left.all(), *right.all()):
        expect(cell.locator(".chip")).to_have_count(1)
        expect(cell.locator('a[href^="../articles/"]').first).to_have_attribute("href", re.compile("#p[0-9]"))
    lefts, rights = left.first.bounding_box(), right.first.bounding_box()
    assert lefts
    assert rights
    assert lefts["x"] + lefts["width"] < rights["x"]
    assert lefts["y"] < rights["y"]
    assert _violations(page, axe) == []
    # Another choice is another address, and the way back leads to the first.
    page.get_by_label("Second speaker").select_option("stanislav-zas")
    expect(page).to_have_url(re.compile(r"speakers=nikol-pashinyan,stanislav-zas$"))
    expect(result.locator("h2")).to_contain_text("Stanislav Zas")
    page.go_back()
    expect(result.locator("h2")).to_contain_text("Armen Grigorian")
    page.get_by_label("Issue or event").select_option("")
    expect(result).to_be_hidden()
    expect(page.locator(".entry table").first).to_be_visible()
    assert heard.complaints == []


def test_two_outlets_are_side_by_side(page: Page, site_url: str, axe: str) -> None:
    heard = listen(page)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site_url}events/appeal-2022-09-13/")
    page.get_by_role("link", name="Compare two outlets").click()
    page.wait_for_url(site_url + EVENT)
    result = page.locator(".compare__result")
    expect(result.locator("h2")).to_contain_text("RFE/RL and Unidentified outlet")
    numbers = result.locator(".compare__number")
    expect(numbers.first).to_have_text("¶2")
    expect(result.locator("h4")).to_have_text(
        ["Cited from RFE/RL only", "Cited from Unidentified outlet only", "Cited from both"]
    )
    both = result.locator(".compare__facts > div").last
    expect(both.locator("a", has_text="Decision on a fact-finding mission")).to_have_count(1)
    only = result.locator(".compare__only").all_text_contents()
    assert "hostilities" in only
    assert "asked" not in only
    page.get_by_label("Underline the words").check()
    expect(page).to_have_url(re.compile(r"words=only$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert _violations(page, axe) == []
    numbers.first.click()
    page.wait_for_url(f"{site_url}articles/rferl-2022-09-16/#p2")
    assert heard.complaints == []


def test_what_cannot_be_compared_is_said(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}compare/?issue=arms-sales")
    expect(page.get_by_text("There is only one side here")).to_be_visible()
    page.goto(f"{site_url}compare/?issue=no-such-issue")
    expect(page.get_by_text("could not be loaded")).to_be_visible()


def test_without_scripts_pages_with_both_are_listed(plain_page: Page, site_url: str) -> None:
    plain_page.goto(site_url + ISSUE)
    expect(plain_page.locator(".compare")).to_be_hidden()
    row = plain_page.locator("tr", has=plain_page.locator("[data-subject='issue alliance-response']"))
    row.get_by_role("link", name="Armen Grigorian").click()
    plain_page.wait_for_url(f"{site_url}issues/alliance-response/#by-armen-grigorian")
