"""What a first visit weighs: bytes of all that the browser fetched, as a plain server sends them, uncompressed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

# Fonts included, search not, which loads when it is asked for.
MOST = 300_000
PERSON = "people/nikol-pashinyan/"


@pytest.mark.parametrize("path", ["", PERSON, "people/", "articles/rferl-2022-09-16/"])
def test_a_first_visit_is_light(fresh_page: Page, site_url: str, path: str) -> None:
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        sizes = request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    fresh_page.on("requestfinished", weigh)
    fresh_page.goto(site_url + path, wait_until="networkidle")
    fresh_page.evaluate("document.fonts.ready")
    assert sum(weights.values()) < MOST, sorted(weights.items(), key=lambda item: -item[1])
    # Had nothing been weighed, this were no test.
    assert {url.rpartition(".")[2] for url in weights} >= {"css", "js", "woff2"}
    assert len([url for url in weights if url.startswith(site_url)]) == len(weights)


def test_nothing_of_material_is_shipped_that_no_page_loads(built_site: Path) -> None:
    names = [path.name for path in built_site.rglob("*.*")]
    assert not [name for name in names if name.startswith(("bundle.", "main.", "palette.", "lunr"))]
