"""Every family of pages in a browser, in two windows: wide and light, and as narrow as a phone's and dark."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Page

from tests.families import MISSING, families
from tests.serving import POLICY
from tests.web.heard import listen

# Families are shared out, so that several processes can test them.
PARTS = 8
# No rule of axe-core is off, best practices included.
RULES: dict[str, Any] = {"resultTypes": ["violations"]}
# Whether the page's ground is nearer to white than to black.
_IS_LIGHT = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part > 127)"


class Window(NamedTuple):
    """A reader's window."""

    width: int
    scheme: Literal["light", "dark"]


WINDOWS = (Window(1280, "light"), Window(390, "dark"))


@pytest.fixture(scope="module")
def axe(node_packages: Path) -> str:
    """The source of axe-core."""
    return (node_packages / "axe-core/axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_family_has_a_fault(page: Page, site_url: str, built_site: Path, axe: str, part: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    heard = listen(page)
    faults = []
    for path in families(built_site)[part::PARTS]:
        answer = page.goto(site_url + path)
        assert answer
        assert answer.headers["content-security-policy"] == POLICY
        faults += [f"{path}: {fault}" for fault in (*structure(page), *drawings(page))]
        page.evaluate(axe)
        for window in WINDOWS:
            page.set_viewport_size({"width": window.width, "height": 900})
            page.emulate_media(color_scheme=window.scheme)
            faults += [f"{path} at {window}: {fault}" for fault in (*layout(page, window), *violations(page))]
        faults += [f"{path}: {said}" for said in heard.complaints if path != MISSING or "404" not in said]
        heard.complaints.clear()
    assert not faults, "\n".join(faults[:20])
    assert heard.is_at_home(site_url)


def structure(page: Page) -> Iterator[str]:
    """A page has its language, one heading of its own, its landmarks, and no level of headings is left out."""
    if page.locator("html").get_attribute("lang") != "en":
        yield "no language"
    for landmark in ("main", "body > header", "body > footer", "main h1"):
        if page.locator(landmark).count() != 1:
            yield f"not one {landmark}"
    levels = page.locator("main :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
        "all => all.map(h => +h.tagName[1])"
    )
    # Headings beside the text begin again at a higher level.
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield f"a level of headings is left out: {levels}"


def drawings(page: Page) -> Iterator[str]:
    """A drawing has a name and a description, and no style of its own, which a strict policy forbids."""
    for figure in page.locator(".entry svg[role]").all():
        for attribute in ("aria-labelledby", "aria-describedby"):
            named = figure.get_attribute(attribute)
            if not page.locator(f"#{named}").text_content():
                yield f"a drawing without {attribute}"
    if page.locator(".fig [style], .fig style, .side svg [style]").count():
        yield "a drawing with a style of its own"


def layout(page: Page, window: Window) -> Iterator[str]:
    """A page fits its window and follows the reader's colors."""
    if page.evaluate("document.documentElement.scrollWidth") > window.width:
        yield "scrolls sideways"
    # Scripts are told of the colors a little later than style sheets.
    page.wait_for_function(_IS_LIGHT if window.scheme == "light" else f"!({_IS_LIGHT})")


def violations(page: Page) -> list[str]:
    """The rules of axe-core, which the page has loaded, that a page violates."""
    found = page.evaluate("options => axe.run(options)", RULES)["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in found
        for node in one["nodes"]
    ]


def test_families_include_the_page_of_a_missing_address(built_site: Path) -> None:
    assert {"", "people/", "timeline/", "network/", "map/", "charts/", MISSING} <= {*families(built_site)}


def test_what_opens_violates_no_rule(page: Page, site_url: str, axe: str) -> None:
    """Panels of filters, and previews."""
    page.goto(f"{site_url}events/")
    page.evaluate(axe)
    page.locator(".facet summary").first.click()
    assert violations(page) == []
    page.goto(f"{site_url}people/armen-khachatrian/")
    page.evaluate(axe)
    page.locator('.entry p a[href*="/organizations/"]').first.hover()
    page.get_by_role("tooltip").wait_for()
    for window in WINDOWS:
        page.emulate_media(color_scheme=window.scheme)
        # Colors may take a frame to follow.
        page.wait_for_function(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)"
        )
        page.get_by_role("tooltip").wait_for()
        assert violations(page) == [], window


def test_a_paragraph_from_below_violates_no_rule(page: Page, site_url: str, axe: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site_url}people/armen-grigorian/")
    page.evaluate(axe)
    citation = page.locator('blockquote a[href*="#p"]').first
    citation.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    citation.dispatch_event("click", {"bubbles": True, "cancelable": True})
    page.locator(".peek .preview__text").wait_for()
    assert violations(page) == []


def test_a_violation_is_found(page: Page, axe: str) -> None:
    page.set_content("<html><body><img src=x><p style='color: #aaa'>pale</p></body></html>")
    page.evaluate(axe)
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found
