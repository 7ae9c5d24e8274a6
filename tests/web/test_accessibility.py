"""Every family of pages under axe-core's rules, best practices included, on screens of two sizes, light and dark."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.families import MISSING, families

# No rule is off. A colour scheme changes colours alone, so that the dark one is asked for contrast alone.
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
# Families are shared out, so that several processes can test them.
PARTS = 8
CONTRAST = ALL | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for one in found
        for node in one["nodes"]
    ]


@pytest.fixture(scope="module")
def axe(node_packages: Path) -> str:
    """The source of axe-core."""
    return (node_packages / "axe-core/axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_family_violates_a_rule(
    page: Page, site_url: str, built_site: Path, axe: str, part: int
) -> None:
    wrong = []
    for path in families(built_site)[part::PARTS]:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site_url + path)
        page.evaluate(axe)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="light")
            wrong += [f"{path} at {width}: {said}" for said in _violations(page, ALL)]
        page.emulate_media(color_scheme="dark")
        wrong += [f"{path} in the dark: {said}" for said in _violations(page, CONTRAST)]
    assert not wrong, "\n".join(wrong[:20])


def test_what_opens_violates_no_rule(page: Page, site_url: str, axe: str) -> None:
    """Panels of filters, and previews."""
    page.goto(f"{site_url}events/")
    page.evaluate(axe)
    page.locator(".facet summary").first.click()
    assert _violations(page, ALL) == []
    page.goto(f"{site_url}people/nikol-pashinyan/")
    page.evaluate(axe)
    page.locator('.entry p a[href*="/organizations/"]').first.hover()
    page.get_by_role("tooltip").wait_for()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        # Colours may take a frame to follow.
        page.wait_for_function(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)"
        )
        page.get_by_role("tooltip").wait_for()
        assert _violations(page, ALL) == [], scheme


def test_a_violation_is_found(page: Page, axe: str) -> None:
    page.set_content("<html><body><img src=x><p style='color: #aaa'>pale</p></body></html>")
    page.evaluate(axe)
    found = " ".join(_violations(page, ALL))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_every_page_has_its_landmarks_and_headings_in_order(
    page: Page, site_url: str, built_site: Path
) -> None:
    for path in families(built_site):
        page.goto(site_url + path)
        assert page.locator("main").count() == 1, path
        assert page.locator("body > header").count() == 1, path
        assert page.locator("body > footer").count() == 1, path
        levels = page.locator("main :is(h1, h2, h3, h4, h5, h6)").evaluate_all(
            "all => all.map(h => +h.tagName[1])"
        )
        assert levels.count(1) == 1, path
        # Beside the text headings begin anew; nowhere is a level left out.
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
            path,
            levels,
        )
    assert MISSING in families(built_site)
