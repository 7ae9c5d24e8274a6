"""Whether two sites are the same: file by file, pages by the document that a browser makes of them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import html5lib

# Around these, white space is not seen.
_BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "main",
        "header",
        "footer",
        "nav",
        "section",
        "article",
        "aside",
        "div",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "figure",
        "figcaption",
        "details",
        "summary",
        "pre",
        "blockquote",
        "hr",
        "form",
        "svg",
        "g",
        "path",
        "title",
        "desc",
    ]
)
_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_NAME = re.compile(r"</?([^\s/>]*)")
# With the name of its element, and whether that ends at once.
_ATTRIBUTE = re.compile(r"""/>|</?[^\s/>]+|[^\s/>=<]+(?:="[^"]*")?""")
_SPACE = re.compile(r"\s+")
# Files that say when they were made, and those that no plain build makes.
_OWN = ("search/data/", "feed.xml", ".nojekyll")


def files(site: Path) -> dict[str, bytes]:
    """All files of a site by their paths."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The files that one of two sites has alone, and those that are not the same document in both."""
    alone = {path for path in one.keys() ^ other.keys() if not path.startswith(_OWN)}
    both = (path for path in one.keys() & other.keys() if one[path] != other[path])
    different = {p for p in both if not p.endswith(".html") or not is_same_document(one[p], other[p])}
    return sorted(alone | different)


def is_same_document(one: bytes, other: bytes) -> bool:
    """Whether a browser makes the same document of two pages, white space between blocks aside."""
    # Pages of the same tags and texts are the same document; to parse a page takes ten times as long.
    return _tokens(one.decode()) == _tokens(other.decode()) or document(one) == document(other)


def _tokens(page: str) -> list[object]:
    """A page's tags, with their attributes in order, and its texts, white space between blocks aside."""
    parts = _TAG.split(page)
    blocks = [False, *(_NAME.match(tag)[1] in _BLOCKS for tag in parts[1::2]), False]  # type: ignore[index]
    tokens: list[object] = []
    for place, text in enumerate(parts[::2]):
        shown = _SPACE.sub(" ", text)
        shown = shown.lstrip() if blocks[place] or not place else shown
        tokens.append(unescape(shown.rstrip() if blocks[place + 1] or 2 * place + 1 == len(parts) else shown))
    tokens.extend(sorted(_ATTRIBUTE.findall(tag)) for tag in parts[1::2])
    return tokens


def document(html: bytes) -> list[Any]:
    """A page's tree as a list of its tags and texts, white space between blocks aside."""
    root = html5lib.parse(html.decode(), treebuilder="etree", namespaceHTMLElements=False)
    told: list[Any] = []
    for item in _walk(root):
        if isinstance(item, str) and told and isinstance(told[-1], str):
            told[-1] += item
        else:
            told.append(item)
    return [*_seen(told)]


def _walk(element: Any) -> Iterator[Any]:
    # A comment has a function in place of a tag.
    tag = element.tag if isinstance(element.tag, str) else "!"
    yield ("<", tag, sorted(element.attrib.items()))
    yield element.text or ""
    for child in element:
        yield from _walk(child)
        yield child.tail or ""
    yield (">", tag)


def _seen(told: list[Any]) -> Iterator[Any]:
    for place, item in enumerate(told):
        if not isinstance(item, str):
            yield item
            continue
        text = re.sub(r"\s+", " ", item)
        if place == 0 or told[place - 1][1] in _BLOCKS:
            text = text.lstrip()
        if place == len(told) - 1 or told[place + 1][1] in _BLOCKS:
            text = text.rstrip()
        if text:
            yield text
