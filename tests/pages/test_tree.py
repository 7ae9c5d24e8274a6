"""The Markdown tree of a dossier: as it was last read and found good, whole in its links, no page without end.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/pages` writes `golden/` anew: read the
difference as a reader of the site would.
"""

import difflib
import html
import json
import os
import posixpath
import re
import shutil
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator import build
from generator.edition import Edition
from generator.export import atom
from generator.link import link
from generator.model.dossier import Dossier
from generator.model.kinds import PAGE_KINDS, Kind
from generator.pages.across import matrix
from generator.pages.book import pages
from generator.pages.figures import timeline as drawing
from generator.pages.indexes import indexes
from tests.build import article, dossier, record
from tests.pages import reading

GOLDEN = Path(__file__).parent / "golden"


def _tree(found: Dossier) -> dict[str, str]:
    return {page.path: page.text for page in pages(Edition(found, link(found)))}


@pytest.fixture(scope="module")
def tree(toy: Path) -> dict[str, str]:
    """The toy dossier's pages, by path."""
    return _tree(build.check(toy).dossier)


def test_pages_match_the_golden_files(tree: Mapping[str, str]) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in tree.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text, encoding="utf-8", newline="\n")
    golden = {p.relative_to(GOLDEN).as_posix(): p.read_text("utf-8") for p in GOLDEN.rglob("*.md")}
    changed = [path for path in sorted({*golden, *tree}) if golden.get(path) != tree.get(path)]
    diff = "".join(line for path in changed[:5] for line in _difference(path, golden, tree))
    if changed:
        pytest.fail(
            f"{len(changed)} pages have changed; if that is intended: "
            f"UPDATE_GOLDEN=1 pytest tests/pages/test_tree.py\n{diff}",
            pytrace=False,
        )


def _difference(path: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    before, after = (texts.get(path, "").splitlines(keepends=True) for texts in (old, new))
    return difflib.unified_diff(before, after, f"golden/{path}", path, n=0)


def test_every_link_has_a_target(tree: Mapping[str, str]) -> None:
    _check_links(tree)


def _check_links(tree: Mapping[str, str]) -> None:
    shown = {
        path: reading.parse(reading.by_python_markdown(reading.body_of(text))) for path, text in tree.items()
    }
    ids = {path: reading.ids(page) for path, page in shown.items()}
    pages_at = {_address(path): path for path in tree}
    followed = 0
    for path, page in shown.items():
        assert len(ids[path]) == len({*ids[path]}), f"{path} has an id twice"
        for a in reading.find(page, "a"):
            href, _, fragment = urllib.parse.unquote(a.get("href", "")).partition("#")
            if re.match("https?:", href):
                continue
            followed += 1
            href = href.partition("?")[0]
            # A Markdown link begins beside the file, and one in HTML at the page's address.
            beside = path if href.endswith(".md") else _address(path)
            place = posixpath.normpath(posixpath.join(posixpath.dirname(f"/{beside}"), href)).strip("/")
            target = place if href.endswith(".md") else pages_at.get(f"{place}/".lstrip("/"), place)
            target = target if href else path
            if target == atom.FILE:
                continue
            assert target in tree, f"{path}: {a.get('href')}"
            assert not fragment or fragment in ids[target], f"{path}: {a.get('href')}"
    assert followed > len(tree)


def _address(path: str) -> str:
    """The address of a page below the site: empty, or ending in a slash."""
    return re.sub(r"(^|/)index\.md$|\.md$", lambda found: "/" if found[0] != "index.md" else "", path)


def test_every_record_has_one_page_and_former_ids_redirect_there(tree: Mapping[str, str], toy: Path) -> None:
    for key, item in build.check(toy).dossier.records.items():
        own = f"{item.kind_of.section}/{key}.md"
        assert (own in tree) == (item.kind_of in PAGE_KINDS)
        own = "story.md" if item.kind_of is Kind.STORY else own
        for old in item.formerly:
            text = tree[f"{item.kind_of.section}/{old}.md"]
            assert f'redirect_to: "{own.removesuffix(".md")}/"' in text
            assert f"{own.rpartition('/')[2]})" in text


def test_long_indexes_are_split(toy: Path, tree: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "LIMIT", 2)
    split = _tree(build.check(toy).dossier)
    assert {*tree} < {*split}
    _check_links(split)
    for kind in PAGE_KINDS:
        records = [
            path for path in tree if path.startswith(f"{kind.section}/") and not path.endswith("index.md")
        ]
        lists = [text for path, text in split.items() if path.startswith(f"{kind.section}/by-")]
        if not lists:
            continue
        for text in lists:
            assert 1 <= text.count("data-of=") <= 2
        for path in records:
            name = path.removeprefix(f"{kind.section}/")
            listed = sum(text.count(f"(../{name})") for text in lists)
            assert listed or "redirect_to" in tree[path], f"{path} is in no list"


def test_many_mentions_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("edition.coverage", "pages.records.mentions"):
        monkeypatch.setattr(f"generator.{module}.MENTIONS_A_PAGE", 3)
    articles = (article(f"news-{n}", "Ana Lima spoke.", published=f"2022-01-0{n}") for n in range(1, 9))
    split = _tree(dossier(record(Kind.PERSON, "ana", name="Ana Lima"), *articles))
    paths = ["people/ana.md", "people/ana/mentions-2.md", "people/ana/mentions-3.md"]
    assert [path for path in split if "/ana" in path] == paths
    named = [re.findall(r"^- \[.*\]\(.*/(news-\d)\.md\)", split[path], re.MULTILINE) for path in paths]
    assert named == [["news-8", "news-7", "news-6"], ["news-5", "news-4", "news-3"], ["news-2", "news-1"]]
    _check_links(split)


def test_empty_dossier_has_all_lists() -> None:
    empty = _tree(dossier())
    assert {path for path in empty if "/" in path} >= {f"{kind.section}/index.md" for kind in PAGE_KINDS}
    for path, text in empty.items():
        shown = reading.parse(reading.by_python_markdown(reading.body_of(text)))
        assert list(reading.find(shown, "h1"))
        # No head of a table without rows; the ledger counts, be it nothing.
        assert path == "ledger.md" or not list(reading.find(shown, "table")), path


def test_long_index_has_its_first_rows_and_leads_to_the_rest(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "LIMIT", 2)
    monkeypatch.setattr(indexes, "FIRST", 1)
    split = _tree(build.check(toy).dossier)
    parts = {path: text for path, text in split.items() if path.startswith("events/by-year/")}
    top = split["events/index.md"]
    assert top.count("data-of=") == 1
    # Scripts read all rows from the pages that the links above and below the table lead to.
    head = json.loads(html.unescape(re.findall(r'data-index="([^"]*)"', top)[0]))
    assert head["repeat"]
    assert [f"events/{part}" for part in head["parts"]] == [f"{path.removesuffix('.md')}/" for path in parts]
    for text in (top, *parts.values()):
        above, below = (line.strip() for line in text.split("\n") if "letters" in line)
        assert above == below
        assert above.count("](") == len(parts) - (text != top)
        assert above.count('aria-current="page"') == (text != top)
    assert sum(text.count("data-of=") for text in parts.values()) == len(build.check(toy).dossier.events)


def test_long_timeline_keeps_filters_and_lanes(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST", 2)
    found = build.check(toy).dossier
    split = _tree(found)
    _check_links(split)
    top = split["timeline/index.md"]
    head = json.loads(html.unescape(re.findall(r'data-index="([^"]*)"', top)[0]))
    assert [key for key, *_ in head["facets"]] == ["kind", "person", "place", "date"]
    assert all(f"timeline/{part.rstrip('/')}.md" in split for part in head["parts"])
    # A bar for each kind and period leads to a page, and says how many events it has.
    counted: Counter[str] = Counter()
    for target, choice, number in re.findall(
        r'<a href="(by-year/[^"]+)/" data-choice="([^"]+)" title="[^"]*: (\d+) events?"', top
    ):
        kind = dict(urllib.parse.parse_qsl(html.unescape(choice)))["kind"]
        counted[kind] += int(number)
        assert f'data-kind="{kind}"' in split[f"timeline/{target}.md"]
    assert counted == Counter(event.kind for event in found.events.values())
    parts = [text for path, text in split.items() if path.startswith("timeline/by-year/")]
    assert sum(text.count("data-of=") for text in parts) == len(found.events)
    # The columns are those of the whole list on every page, so that rows fit each other.
    assert len({line for text in (top, *parts) for line in text.split("\n") if "stacks" in line}) == 1


def test_lists_begin_with_those_named_most_and_with_the_newest(tree: Mapping[str, str]) -> None:
    for path in ("people/index.md", "organizations/index.md", "places/index.md"):
        columns = re.findall(r"data-index=.*", tree[path])
        assert "-articles" in columns[0]
        place = {"people": 5, "organizations": 4, "places": 6}[path.partition("/")[0]]
        cells = [line.split(" | ") for line in tree[path].split("\n") if "data-of=" in line]
        counts = [int(re.sub(r"<.*", "", row[place - 1]).strip() or 0) for row in cells]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[-1]
    dates = re.findall(r'^\| <span class="d" data-sort="([\d-]+)"', tree["articles/index.md"], re.MULTILINE)
    assert dates == sorted(dates, reverse=True)
    assert len(dates) > 2


def test_matrix_shows_the_most_and_links_to_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    speakers = [record(Kind.PERSON, f"p-{n}", name=f"Person {chr(65 + n)}") for n in range(4)]
    issues = [record(Kind.ISSUE, f"i-{n}") for n in range(3)]
    said = [
        record(Kind.STATEMENT, f"s-{n}-{m}-{k}", speaker=f"p-{n}", issue=f"i-{m}")
        for n in range(4)
        for m in range(n)
        for k in range(n)
    ]
    found = dossier(*speakers, *issues, *said, article("some-article", "Words."))
    whole = _tree(found)["who-said-what.md"]
    assert "statements/index.md" not in whole
    monkeypatch.setattr(matrix, "SPEAKERS", 2)
    monkeypatch.setattr(matrix, "ISSUES", 2)
    cut = _tree(found)["who-said-what.md"]
    rows = [line for line in cut.split("\n") if line.startswith("| [Person")]
    assert [line.split("]")[0][-1] for line in rows] == ["D", "C"]
    assert all(line.count("|") == 4 for line in rows)
    assert "statements/index.md" in cut
