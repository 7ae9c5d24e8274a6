"""Renders a generated page: to the HTML document that Python-Markdown would make, by a faster parser.

The generator writes only Markdown that both parse in the same way (see DESIGN.md): each value of the front matter is
JSON on a line of its own, signs that could be markup are character references, and `](` only opens the target of a link.
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
# The theme matches it as Python-Markdown writes it.
_ALIGNED = re.compile(r'(<t[hd] style="text-align: \w+)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SEPARATOR = "-"


class Rendered(NamedTuple):
    """A page, for the templates of the theme.

    Attributes:
        meta: Its front matter.
        content: HTML.
        first: The anchor of its first heading; empty if it has none.
        anchors: All its anchors.
    """

    meta: dict[str, Any]
    content: str
    first: str
    anchors: frozenset[str]


def split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter of a generated page, and its Markdown.

    Raises:
        ValueError: if it is not as the generator writes it.
    """
    opened, head, body = text.split(_FENCE, 2)
    if opened:
        raise ValueError(text[: len(_FENCE)])
    meta: dict[str, Any] = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        # The first value, the mark of the generator, is no JSON.
        meta[key] = json.loads(value) if meta else value
    return meta, body.lstrip("\n")


def render(text: str, resolve: Callable[[str], str]) -> Rendered:
    """Renders a generated page.

    Args:
        resolve: Gives the address for the target of a link.

    Raises:
        ValueError: if it is not as the generator writes it.
    """
    meta, body = split(text)
    body = _LINK.sub(lambda found: f"]({resolve(found[1])})", body)
    body = _HTML_HEADING.sub(r"<\1 >", body)
    content = _ALIGNED.sub(r'\1;"', pyromark.html(body, options=_OPTIONS))
    used: set[str] = set()
    counters: dict[str, int] = {}
    first = ""

    def with_anchor(found: re.Match[str]) -> str:
        nonlocal first
        level, inner = found.groups()
        anchor = unique(_slug(inner), used, counters)
        first = first or anchor
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    content = _HEADING.sub(with_anchor, content)
    return Rendered(meta, content, first, frozenset(_ID.findall(content)))


# Most pages of a kind have the same headings.
@lru_cache(maxsize=1 << 12)
def _slug(heading: str) -> str:
    name = html.unescape(" ".join(_TAG.sub("", heading).split()))
    return slugify(name, _SEPARATOR)
