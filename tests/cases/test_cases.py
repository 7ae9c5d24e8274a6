"""Small dossiers, one YAML file a case, and what the program must make of them.

A case has a `title`, `files` (path to text; `bytes`: path to base64), which are laid over a dossier
of nothing but a title, and what is expected, each only where the case is about it:

- `problems`: the lines that `dossier check` prints;
- `mentions`: `ARTICLE: TEXT -> RECORD` for each mention, in order, as `dossier export mentions` has them;
- `search`: for each query the addresses found, records first, then passages, as the site's own scripts
  show them in a browser; what is only a guess has `? ` before its address;
- `pages`: for each page's path, texts that its Markdown `has` and `lacks`.

`UPDATE_GOLDEN=1 pytest tests/cases` writes `problems`, `mentions` and `search` from the program's
output: read the difference before you keep it.
"""

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from generator.build import Checked, check
from generator.edition import Edition
from generator.mkdocs.plugin import search_texts
from generator.pages.book import pages
from generator.pages.search import searchable
from generator.search import write_search
from generator.words import Words
from tests.build import write_files
from tests.conftest import ROOT
from tests.serving import serving

CASES = [
    # What is expected of the search is read in a browser.
    pytest.param(
        path, id=path.stem, marks=[pytest.mark.slow] if "\nsearch:" in path.read_text("utf-8") else []
    )
    for path in sorted(Path(__file__).parent.glob("*.yml"))
]
_SCRIPTS = ROOT / "generator/theme/assets/javascripts"
_EMPTY = {"seeds/dossier.yml": "title: Base\n"}
_EXPECTED = ("problems", "mentions", "search", "pages")
# Asks the same code that readers use, and takes the addresses of what it shows.
_ASK = """async (query) => {
    const { View } = await import("./javascripts/search/view.js")
    const view = await View.of(new URL(".", location.href))
    document.body.replaceChildren(view.box)
    await view.set({ q: query })
    const base = new URL(".", location.href).href
    const guess = (hit) => (hit.closest(".search__similar, .search__guess") ? "? " : "")
    return [...view.results.querySelectorAll("a.hit")].map((hit) => guess(hit) + hit.href.slice(base.length))
}"""


def _read(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert case.keys() <= {"title", "files", "bytes", *_EXPECTED}
    assert case.keys() & {*_EXPECTED}, "nothing is expected"
    return case


@pytest.fixture(scope="module")
def www(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A served folder and its address."""
    folder = tmp_path_factory.mktemp("cases")
    with serving(folder) as url:
        yield folder, url


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", CASES)
def test_case_gives_what_it_must(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = _read(path)
    write_files(tmp_path, _EMPTY | case.get("files", {}))
    write_files(tmp_path, {name: base64.b64decode(data) for name, data in case.get("bytes", {}).items()})
    checked = check(tmp_path)
    found: dict[str, Any] = {}
    if "problems" in case:
        found["problems"] = "".join(f"{problem}\n" for problem in checked.problems)
    if "mentions" in case:
        links = checked.links.mentions
        found["mentions"] = [
            f"{m.article}: {m.text} -> {m.entity}" for key in sorted(links) for m in links[key]
        ]
    if "search" in case:
        found["search"] = _searched(checked, [*case["search"]], path.stem, request)
    if os.environ.get("UPDATE_GOLDEN"):
        _update(path, found)
    else:
        assert found == {key: case[key] for key in found}
    _hold_pages(checked, case.get("pages", {}))


def _searched(
    checked: Checked, queries: list[str], name: str, request: pytest.FixtureRequest
) -> dict[str, Any]:
    folder, url = request.getfixturevalue("www")
    tab: Page = request.getfixturevalue("tab")
    site = folder / name
    write_search(searchable(Edition(checked.dossier, checked.links)), site)
    for address, text in search_texts(Words.for_language("en")).items():
        (site / address).write_text(text, encoding="utf-8")
    (site / "index.html").write_text("<!doctype html><title>Case</title>", encoding="utf-8")
    shutil.copytree(_SCRIPTS, site / "javascripts")
    tab.goto(f"{url}{name}/index.html")
    return {query: tab.evaluate(_ASK, query) for query in queries}


def _hold_pages(checked: Checked, expected: dict[str, dict[str, list[str]]]) -> None:
    if not expected:
        return
    written = {page.path: page.body for page in pages(Edition(checked.dossier, checked.links))}
    for path, texts in expected.items():
        assert texts.keys() <= {"has", "lacks"}
        for text in texts.get("has", []):
            assert text in written[path]
        for text in texts.get("lacks", []):
            assert text not in written[path]


def _update(path: Path, found: dict[str, Any]) -> None:
    """Replaces the expectations of a case, each of which is a block that begins at the margin."""
    kept: list[str] = []
    is_replaced = False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        # The items of a list stand at the margin too.
        if line[:1].strip() and line[0] not in "#-":
            is_replaced = line.split(":")[0] in found
        if not is_replaced:
            kept.append(line)
    for key, value in found.items():
        if isinstance(value, str) and value:
            kept.append(f"{key}: |\n" + "".join(f"  {line}\n" for line in value.splitlines()))
        else:
            kept.append(yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=110))
    path.write_text("".join(kept), encoding="utf-8", newline="\n")
