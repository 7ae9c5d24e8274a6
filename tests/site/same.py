"""Whether two sites are the same: file by file, pages by the document that a browser makes of them."""

import re
from collections.abc import Iterator
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
# Files that say when they were made, and those that no plain build makes.
_OWN = ("search/data/", "feed.xml", ".nojekyll")


def files(site: Path) -> dict[str, bytes]:
    """All files of a site by their paths."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    """The files that one of two sites has alone, and those that are not the same document in both."""
    left, right = files(one), files(other)
    alone = {path for path in left.keys() ^ right.keys() if not path.startswith(_OWN)}
    both = (path for path in left.keys() & right.keys() if left[path] != right[path])
    different = {p for p in both if not p.endswith(".html") or document(left[p]) != document(right[p])}
    return sorted(alone | different)


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
