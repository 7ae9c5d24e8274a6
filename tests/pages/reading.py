"""Markdown and HTML as a reader of any sort reads them: the text, and the elements around it."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import markdown
from markdown_it import MarkdownIt

_HTML = "{http://www.w3.org/1999/xhtml}"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def by_python_markdown(text: str) -> str:
    """As MkDocs renders it, with the extensions that the project switches on."""
    return markdown.markdown(text, extensions=["tables", "toc"])


def by_commonmark(text: str) -> str:
    """As forges and other builders render it."""
    return str(MarkdownIt("commonmark").enable("table").render(text))


RENDERERS: dict[str, Callable[[str], str]] = {
    "python-markdown": by_python_markdown,
    "commonmark": by_commonmark,
}


def body_of(text: str) -> str:
    """A Markdown file without its front matter."""
    return _FRONT.sub("", text)


def parse(html: str) -> Element:
    """The tree that a browser makes of a page."""
    tree: Any = html5lib.parse(html, treebuilder="etree")
    assert isinstance(tree, Element)
    return tree


def plain(text: str) -> str:
    """A text with its white space made single spaces."""
    return " ".join(text.split())


def text_of(tree: Element) -> str:
    """All that a tree says, its white space aside."""
    return plain("".join(tree.itertext()))


def elements(tree: Element) -> list[tuple[str, str]]:
    """The elements of a tree, in order, with what they look like and where they lead; without those of a direction."""
    found = (e for e in tree.iter() if _name(e) not in ("", "bdi") and not e.get("dir"))
    return [(_name(e), e.get("class", "") + e.get("href", "")) for e in found]


def find(tree: Element, name: str) -> Iterator[Element]:
    """All elements of a name."""
    return tree.iter(_HTML + name)


def ids(tree: Element) -> list[str]:
    """The ids of a page, in order."""
    return [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]


def _name(element: Element) -> str:
    """Its name; none for a comment, whose tag is no text."""
    return str(element.tag).removeprefix(_HTML) if _HTML in str(element.tag) else ""


def texts(tree: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a page that is shown, but for code, with the language that it is marked as."""
    if _name(tree) in ("", "head", "script", "style", "template", "code"):
        return
    own = tree.get("lang", language)
    if tree.text:
        yield plain(tree.text), own
    for child in tree:
        yield from texts(child, own)
        if child.tail:
            yield plain(child.tail), own
