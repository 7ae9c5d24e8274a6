"""A generated page's Markdown to HTML: the document that Python-Markdown makes of it, by a faster parser.

The generator writes only what both read alike (see DESIGN.md): each front matter value is JSON on a line of
its own, text stands in character references where a sign could mean something, and `](` opens the target of
a link and nothing else. What is in doubt is left to MkDocs' own way.
"""

import html
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import pyromark
from markdown.extensions.toc import slugify, unique

_OPTIONS = pyromark.Options.ENABLE_TABLES
_FENCE = "---\n"
_LINK = re.compile(r"\]\(([^()\s]*)\)")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
# A heading that is HTML already gets no anchor.
_HTML_HEADING = re.compile(r"<(h[1-6])>")
_TAG = re.compile(r"<[^>]*>")
# As Python-Markdown writes it, which the theme looks for.
_ALIGNED = re.compile(r'(<t[hd] style="text-align: \w+)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SEPARATOR = "-"


class Rendered(NamedTuple):
    """A page as the theme shows it.

    Attributes:
        meta: Its front matter.
        content: HTML.
        first: The anchor of its first heading; empty where it has none.
        anchors: All places on it that links can lead to.
    """

    meta: dict[str, Any]
    content: str
    first: str
    anchors: frozenset[str]


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a generated page, and its Markdown.

    Raises:
        ValueError: if it is no generated page as the generator writes it.
    """
    opened, head, body = text.split(_FENCE, 2)
    if opened:
        raise ValueError(text[: len(_FENCE)])
    meta: dict[str, Any] = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        # The mark of the generator, first of all, is the one value that is no JSON.
        meta[key] = json.loads(value) if meta else value
    return meta, body.lstrip("\n")


def render(text: str, follow: Callable[[str], str]) -> Rendered:
    """Renders a generated page.

    Args:
        follow: Gives the address for the target of a link.

    Raises:
        ValueError: if it is no generated page as the generator writes it.
    """
    meta, body = split(text)
    body = _LINK.sub(lambda found: f"]({follow(found[1])})", body)
    body = _HTML_HEADING.sub(r"<\1 >", body)
    content = _ALIGNED.sub(r'\1;"', pyromark.html(body, options=_OPTIONS))
    used: set[str] = set()
    counters: dict[str, int] = {}
    first = ""

    def numbered(found: re.Match[str]) -> str:
        nonlocal first
        level, inner = found.groups()
        anchor = unique(_slug(inner), used, counters)
        first = first or anchor
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    content = _HEADING.sub(numbered, content)
    return Rendered(meta, content, first, frozenset(_ID.findall(content)))


# The same headings stand on most pages of a kind.
@lru_cache(maxsize=1 << 12)
def _slug(heading: str) -> str:
    name = html.unescape(" ".join(_TAG.sub("", heading).split()))
    return slugify(name, _SEPARATOR)
