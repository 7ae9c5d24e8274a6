"""The cost of a search for readers and for the build: `python -m bench.search --articles N`, or `--dossier DIR`.

Builds the search of an invented dossier, without the other pages of its site, and runs queries in Chromium: each with
an empty browser cache, from a server without compression. Kilobytes are all that was fetched before the first record
and the first passage appeared, scripts included.
"""

import itertools
import json
import resource
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from bench.invent import write_dossier
from generator import theme
from generator.build import check
from generator.edition import Edition
from generator.folding.search import terms
from generator.mkdocs.plugin import search_texts
from generator.model.kinds import Kind
from generator.pages.search import searchable
from generator.search import SearchDelta, Text, write_search
from generator.words import Words
from tests import browser as browsers
from tests.serving import serving

# The most kilobytes to fetch before the first record and passage: the project's goals.
RECORD, PASSAGE = 300, 600
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<script type="module" src="../assets/javascripts/find.js"></script>
<article data-kind="search"><h1>Search</h1></article></html>"""
# Runs in the page before all other scripts: records what was fetched when each result first appeared.
_WATCH = """
window.kilobytes = () => performance.getEntriesByType("resource").reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000
window.shown = {}
performance.setResourceTimingBufferSize(5000)
new MutationObserver(() => {
  for (const name of ["records", "passages"]) {
    if (document.querySelector(`.search__${name} .hit`)) shown[name] ??= kilobytes()
  }
}).observe(document, { subtree: true, childList: true, attributes: true })
"""


def main() -> None:
    """Builds the search, runs the queries, and prints the table."""
    parser = ArgumentParser(prog="python -m bench.search", description="Measure the search.")
    parser.add_argument("--articles", type=int, default=2_000, metavar="N")
    parser.add_argument("--dossier", type=Path, metavar="DIR", help="an existing dossier")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to keep the search, for another run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as room:
        root, site = options.dossier or Path(room, "dossier"), options.keep or Path(room, "site")
        if not options.dossier:
            write_dossier(root, options.articles)
        asked = site / "queries.json"
        if not asked.is_file():
            asked.write_text(json.dumps(_make(root, site), ensure_ascii=False), "utf-8")
        _ask(site, json.loads(asked.read_text("utf-8")))


def _make(root: Path, site: Path) -> dict[str, str]:
    """Writes the search and a minimal page for it, and returns the queries by name."""
    checked = check(root)
    edition = Edition(checked.dossier, checked.links)
    found = searchable(edition)
    before = time.perf_counter()
    write_search(found, site)
    seconds = time.perf_counter() - before
    own = _gigabytes()
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6
    entries = found.changed.values()
    texts, names = sum(len(entry.texts) for entry in entries), sum(bool(entry.name) for entry in entries)
    print(f"{texts} texts, {names} names: {size:.0f} MB, written in {seconds:.1f} s")
    print(f"Peak memory with the dossier: {own:.2f} GB")
    shutil.copytree(Path(theme.__file__).parent / "assets", site / "assets", dirs_exist_ok=True)
    (site / "search/index.html").write_text(_PAGE, "utf-8")
    for path, text in search_texts(Words.for_language(found.language)).items():
        (site / path).write_text(text, "utf-8")
    return dict(_queries(found))


def _gigabytes() -> float:
    """The peak memory of this process."""
    unit = 1 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def _queries(found: SearchDelta) -> Iterator[tuple[str, str]]:
    """The name and text of each query: for each sort of query, the hardest one for these names and texts."""
    entries = list(found.changed.values())
    texts = [text for entry in entries for text in entry.texts]
    names = sorted((e.name for e in entries if e.name), key=lambda name: (-name.weight, name.id))
    people = [name for name in names if name.kind is Kind.PERSON]
    most, rare = people[0], people[-1]
    counted = Counter(
        term for text in texts for p in text.passages for word in p.text.split() for term in terms(word)
    )
    words = [word for word, _ in counted.most_common() if word.isalpha()]
    # A rare word.
    middle = words[len(words) // 2]
    text = next(t for t in texts if t.kind is Kind.ARTICLE)
    body = next(p.text for p in text.passages if p.anchor).split()
    yield "most named person", most.label
    yield "a short form of it", (most.short or (most.label,))[0]
    yield "rare name", rare.label
    yield "misspelt name", f"{rare.label[:-2]}x{rare.label[-1]}"
    yield "commonest word", words[0]
    yield "10th, 20th word", f"{words[9]} {words[19]}"
    yield "25th, 35th word", f"{words[24]} {words[34]}"
    yield "50th word", words[49]
    yield "name + commonest word", f"{most.label} {words[0]}"
    yield "name + 25th word", f"{most.label} {words[24]}"
    yield "commonest + rare word", f"{words[0]} {middle}"
    yield "rare word", middle
    yield "phrase", '"' + " ".join(body[3:6]) + '"'
    yield "phrase, commonest word", f'"{_beside(texts, words[0], words[200:])}"'


def _beside(texts: list[Text], word: str, others: list[str]) -> str:
    """A phrase of a text that consists of a word and one of some others."""
    wanted = set(others)
    for text in texts:
        for passage in text.passages:
            written = passage.text.split()
            for one, other in itertools.pairwise(written):
                if one == word and other in wanted:
                    return f"{one} {other}"
    return word


def _ask(site: Path, queries: dict[str, str]) -> None:
    with serving(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=list(browsers.FLAGS))
        print(f"\n{'query':24} {'':32} {'record':>8} {'passage':>8} {'all':>8}  kB")
        for name, query in queries.items():
            shown = _shown(browser, f"{url}search/?q={quote(query)}")
            record, passage = shown.get("records"), shown.get("passages")
            over = (record or 0) > RECORD or (passage or 0) > PASSAGE
            cells = " ".join(
                f"{value:8.0f}" if value else f"{'-':>8}" for value in (record, passage, shown["end"])
            )
            print(f"{name:24} {query[:32]:32} {cells}{'  over' if over else ''}")
        browser.close()


def _shown(browser: Browser, url: str) -> dict[str, float]:
    """The kilobytes fetched until records and passages appeared, and at the end."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url)
    page.locator(".search:not([aria-busy]) .search__status:not(:empty)").wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    shown: dict[str, float] = page.evaluate("({ ...shown, end: kilobytes() })")
    context.close()
    return shown


if __name__ == "__main__":
    main()
