"""A large dossier: no page is heavy, and filters are those of whole lists, not of the page on which they are."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.invent import write_dossier
from tests.serving import serving

ARTICLES = 300
# Bytes of one page, uncompressed: of any, and of the first.
MOST, HOME = 300_000, 200_000


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_dossier(folder, ARTICLES)
    (folder / "docs").mkdir()
    return folder


@pytest.fixture(scope="module")
def large_site(root: Path) -> Path:
    command = [sys.executable, "-m", "generator", "-C", str(root), "-q", "build"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ)
    return root / "site"


@pytest.fixture(scope="module")
def large_url(large_site: Path) -> Iterator[str]:
    with serving(large_site) as url:
        yield url


@pytest.fixture(scope="module")
def most_named(large_site: Path) -> str:
    """The address of the person whose mentions fill most pages."""
    further = large_site.glob("people/*/mentions-*")
    return f"people/{max(further, key=lambda path: int(path.name.partition('-')[2])).parent.name}/"


@pytest.mark.slow
def test_no_page_is_heavy(large_site: Path) -> None:
    weights = {
        path.relative_to(large_site).as_posix(): path.stat().st_size for path in large_site.rglob("*.html")
    }
    assert len(weights) > 2 * ARTICLES
    assert not {path: weight for path, weight in weights.items() if weight > MOST}
    assert weights["index.html"] < HOME


@pytest.mark.slow
def test_a_long_index_is_filtered_as_a_whole(page: Page, root: Path, large_url: str) -> None:
    texts = [path.read_text("utf-8") for path in (root / "seeds/articles").iterdir()]
    outlets = [re.findall(r"^outlet: \"?([\w-]+)", text, re.MULTILINE)[0] for text in texts]
    outlet = min(set(outlets), key=outlets.count)
    rows = page.locator(".entry .table tbody tr")
    page.goto(f"{large_url}articles/")
    assert rows.count() == 100
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.locator(".facet summary", has_text="Outlet").click()
    page.locator(f'input[value="{outlet}"]').check()
    expect(page.locator(".facets__status")).to_have_text(f"{outlets.count(outlet)} of {ARTICLES} shown")
    assert rows.count() == min(200, outlets.count(outlet))
    # The pages of the years are the data, each of which is fetched once.
    pages = [url for url in fetched if "/articles/by-year/" in url]
    assert len(pages) == len(set(pages)) > 3
    # Rows from there lead where they led there, and look like those of the page.
    link = rows.first.locator('a[href^="article-"]')
    assert link.evaluate("link => link.href").startswith(f"{large_url}articles/article-")
    page.reload()
    expect(page.locator(".facets__status")).to_have_text(f"{outlets.count(outlet)} of {ARTICLES} shown")
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(ARTICLES)
    dates = page.locator("tbody .d").evaluate_all("all => all.map(date => date.dataset.sort)")
    assert dates == sorted(dates, reverse=True)


@pytest.mark.slow
def test_bars_filter_the_mentions_on_all_pages(page: Page, large_url: str, most_named: str) -> None:
    page.goto(large_url + most_named)
    bar = page.locator(".bars [data-choice]").first
    value, title = (
        (bar.get_attribute("data-choice") or "").removeprefix("date="),
        bar.get_attribute("title") or "",
    )
    number = int(re.findall(r"(\d+) article", title)[0])
    bar.click()
    expect(page).to_have_url(re.compile(rf"\?date={value}$"))
    items = page.locator("li:has(> [data-of])")
    expect(items).to_have_count(number)
    assert all(str(value) in text for text in items.locator("> .quiet").all_text_contents())
    expect(bar).to_have_attribute("aria-current", "true")
    # A second filter narrows it, on what is printed.
    page.locator(".facet summary", has_text="As printed").click()
    counts = page.locator(".facet[open] .facet__count").all_text_contents()
    assert sum(map(int, counts)) >= number
    bar.click()
    expect(items).to_have_count(25)


@pytest.mark.slow
def test_without_scripts_bars_lead_to_where_articles_begin(
    plain_page: Page, large_url: str, most_named: str
) -> None:
    plain_page.goto(large_url + most_named)
    bar = plain_page.locator(".bars [data-choice]").first
    value = (bar.get_attribute("data-choice") or "").removeprefix("date=")
    bar.click()
    expect(plain_page).to_have_url(re.compile(r"/mentions-\d+/$"))
    assert str(value) in plain_page.locator("li:has(> [data-of]) > .quiet").last.inner_text()
    # The pages lead to each other above and below the list.
    assert plain_page.locator("p:has(> .letters) [aria-current=page]").count() == 2
