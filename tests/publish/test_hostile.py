"""A dossier that means harm, built by MkDocs and opened in a browser: it is text on every page, and nothing else."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import pytest
import yaml
from playwright.sync_api import Page

from generator import build
from generator.model.kinds import Kind
from tests.build import write_files
from tests.hostile import PICKED
from tests.pages import reading
from tests.web.heard import listen

pytestmark = pytest.mark.slow

PROOF = ["the-article#p1"]
# Kinds with what is shown in their pages' headings, and what they must have besides.
TITLES: dict[Kind, tuple[str, dict[str, Any]]] = {
    Kind.PERSON: ("name", {}),
    Kind.ORGANIZATION: ("name", {"kind": "body"}),
    Kind.PLACE: ("name", {}),
    Kind.EVENT: ("title", {"kind": "other", "date": "2022"}),
    Kind.DOCUMENT: ("title", {"kind": "other"}),
    Kind.ISSUE: ("title", {}),
    Kind.QUESTION: ("asks", {"status": "open", "answers": [{"value": "x", "evidence": PROOF}]}),
}


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object, **kwargs: object) -> None:
        pass


class Hostile(NamedTuple):
    site: Path
    # The address of each page by the text that is its title.
    titled: dict[str, str]

    def page(self, path: str) -> Element:
        return reading.parse((self.site / path / "index.html").read_text("utf-8"))


def _slot(number: int) -> str:
    """Any of the picked texts, each in turn."""
    return PICKED[number % len(PICKED)]


def _seeds() -> tuple[dict[str, str | bytes], dict[str, str]]:
    kinds = [*TITLES, Kind.ARTICLE]
    records: dict[Kind, dict[str, dict[str, Any]]] = {kind: {} for kind in TITLES}
    titled = {}
    files: dict[str, str | bytes] = {}
    for number, text in enumerate(PICKED):
        kind, key = kinds[number % len(kinds)], f"record-{number}"
        titled[text] = f"{kind.section}/{key}/"
        if kind is Kind.ARTICLE:
            head = {"title": text, "authors": [_slot(number + 1)], "rights": _slot(number + 2)}
            files[f"seeds/articles/{key}.md"] = f"---\n{_yaml(head)}---\n\n{_body(_slot(number + 3))}\n"
            continue
        name, least = TITLES[kind]
        # A mark of prose that leads nowhere is an error.
        summary = _slot(number + 4).replace("[[x]]", "[[X]]")
        fields = {name: text, "summary": summary, "links": {_slot(number + 5): "https://a.example/?a&b"}}
        if kind in (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE):
            fields |= {
                "also": [f"{_slot(number + 6)} other"],
                "native": {"hy": f"{_slot(number + 7)} native"},
            }
        records[kind][key] = fields | least
    for kind, found in records.items():
        files[f"seeds/{kind.section}.yml"] = _yaml(found)
    paragraphs = "\n\n".join(map(_body, PICKED))
    files["seeds/articles/the-article.md"] = f"---\ntitle: The article\n---\n\n{paragraphs}\n"
    files["seeds/dossier.yml"] = _yaml({"title": "</title><b>Title</b>", "question": "*What* <i>is</i> it?"})
    return files, titled


def _yaml(value: object) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000))


def _body(text: str) -> str:
    return text.strip()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    root = tmp_path_factory.mktemp("hostile")
    files, titled = _seeds()
    write_files(root, files)
    build.build(root, root / "site", check_links=True)
    return Hostile(root / "site", titled)


def test_titles_are_text_in_head_heading_and_data(hostile: Hostile) -> None:
    for text, path in hostile.titled.items():
        tree, title = hostile.page(path), reading.plain(text)
        (heading,) = map(reading.text_of, reading.find(tree, "h1"))
        assert heading == title
        assert reading.text_of(next(reading.find(tree, "title"))) == reading.plain(
            f"{title} – </title><b>Title</b>"
        )
        metas = {e.get("property") or e.get("name"): e.get("content", "") for e in reading.find(tree, "meta")}
        assert metas["og:title"] == title
        assert metas["description"]
        (data,) = (e.text for e in reading.find(tree, "script") if e.get("type") == "application/ld+json")
        assert json.loads(data or "")["name"] == title


def test_paragraphs_are_text(hostile: Hostile) -> None:
    tree = hostile.page("articles/the-article/")
    paragraphs = [p for p in reading.find(tree, "p") if any(e.get("class") == "n" for e in p)]
    shown = [re.sub(r"^\d+ ", "", reading.text_of(p)) for p in paragraphs]
    assert shown == [reading.plain(text) for text in PICKED]


def test_no_value_makes_an_element(hostile: Hostile) -> None:
    for path in sorted(hostile.site.rglob("index.html")):
        tree = reading.parse(path.read_text("utf-8"))
        for name in (
            "img",
            "svg",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "iframe",
            "math",
            "input",
            "sup",
            "dl",
        ):
            made = [e for e in _content(tree) if e.tag.endswith(f"}}{name}") and not _is_figure(e)]
            assert not made, f"{name} on {path}"
        scripts = [reading.text_of(e) for e in _content(tree) if e.tag.endswith("}script")]
        assert not scripts, path
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not element.get("href", "").lower().startswith("javascript:"), path


# The attributes of drawings and of the drawings inside them.
_OF_DRAWINGS = {"viewBox", "width", "height", "x", "y", "class", "overflow", "preserveAspectRatio"} | {
    *("role", "aria-hidden", "aria-labelledby", "aria-describedby")
}


def _is_figure(element: Element) -> bool:
    """Whether it is a drawing of ours, or a sample in the words below one."""
    names = {*element.attrib}
    return element.tag.endswith("}svg") and bool(names & {"width", "class"}) and names <= _OF_DRAWINGS


def _content(tree: Element) -> Iterator[Element]:
    for part in tree.iter():
        if part.get("class", "").startswith("entry"):
            yield from part.iter()


def test_the_search_holds_text(hostile: Hostile) -> None:
    data = hostile.site / "search/data"
    manifest = json.loads((data / "manifest.json").read_text("utf-8"))
    names = [
        row for name in manifest["names"] for row in json.loads(gzip.decompress((data / name).read_bytes()))
    ]
    labels = {f"{manifest['sections'][kind]}/{key}/": label for kind, key, label, *_ in names}
    texts: dict[str, tuple[str, str]] = {}
    for file in sorted(data.glob("texts-*")):
        for title, _, _, address, passages in json.loads(gzip.decompress(file.read_bytes())):
            texts.setdefault(address, (title, " ".join(text for _, text in passages)))
    for titled, path in hostile.titled.items():
        address = f"{path.rstrip('/')}/"
        assert reading.plain(texts[address][0]) == reading.plain(titled)
        assert reading.plain(labels.get(address, titled)) == reading.plain(titled)
    body = texts["articles/the-article/"][1]
    for paragraph in PICKED:
        assert reading.plain(paragraph) in reading.plain(body)


def test_navigation_does_not_grow_with_the_dossier(hostile: Hostile, tmp_path: Path) -> None:
    write_files(tmp_path, {"seeds/articles/news.txt": "A headline\n\nA paragraph.\n"})
    build.build(tmp_path, tmp_path / "site")
    for path in ("", "people", "articles"):
        small = reading.parse((tmp_path / "site" / path / "index.html").read_text("utf-8"))
        assert _navigation(hostile.page(path)) == _navigation(small)


def _navigation(tree: Element) -> list[tuple[str, str]]:
    found = [
        (reading.text_of(a), a.get("href", ""))
        for nav in reading.find(tree, "nav")
        for a in reading.find(nav, "a")
    ]
    assert len(found) > 5
    return found


def test_a_browser_runs_none_of_it(hostile: Hostile, page: Page) -> None:
    heard = listen(page)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(hostile.site))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/"
        titles = [text for text in hostile.titled if "script" in text or "svg" in text or "img" in text]
        paths = ("", "articles/the-article/", "people/", "names/", *map(hostile.titled.__getitem__, titles))
        for path in paths:
            page.goto(url + path)
        page.keyboard.press("/")
        page.keyboard.type("alert")
        page.locator(".search-dialog .search__passages .hit").first.wait_for()
        assert page.locator(".search-dialog :is(img, svg, script, b)").count() == 0
        server.shutdown()
        thread.join()
    assert heard.complaints == []
    assert heard.is_at_home(url)
