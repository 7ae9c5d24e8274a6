"""Marks elements whose whole text is written from right to left, which Markdown cannot say.

The generator marks texts and names by spans with `dir`. An element that combines these with words of the interface,
such as a byline, keeps the direction of the page.
"""

import re

from generator.markup.direction import RTL, is_rtl

# Of elements of one name, one inside another, the innermost.
_BLOCK = re.compile(
    r"<(p|h[1-6]|li|t[dh]|d[dt]|figcaption|summary|caption)(?=[ >])([^>]*)>((?:(?!<\1[ >]).)*?)</\1>",
    re.DOTALL,
)
# Links to paragraphs, their numbers, and marks for scripts and style sheets.
_ASIDE = re.compile(r"<a [^>]*#p[0-9][^>]*>.*?</a>|<span[^>]*>[0-9]*</span>", re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")
_SPAN = re.compile(r"<(/?)span\b[^>]*>")
_MARKED = re.compile(r'<(span|bdi)\b(?: lang="[^"]*")?(?: dir="rtl")?>[^<]*</\1>')
_TAG = re.compile(r"<[^>]*>|&#?\w+;")
_DIRECTION = ' dir="rtl"'


def directed(html: str) -> str:
    """A page's HTML, with the direction of each element whose whole text is written from right to left."""
    return _BLOCK.sub(_directed, html) if RTL.search(html) else html


def _directed(found: re.Match[str]) -> str:
    name, attributes, content = found.groups()
    if " dir=" in attributes or not RTL.search(content):
        return found[0]
    if _BLOCK.search(content):
        return f"<{name}{attributes}>{_BLOCK.sub(_directed, content)}</{name}>"
    said = _ASIDE.sub("", content).strip()
    # A name in a list stays aligned with those above it; a heading that is a name has the direction of the name.
    whole = _LINK.sub("", said) if name.startswith("h") else said
    if not (_is_one_span(whole) or is_rtl(_TAG.sub("", _MARKED.sub("", said)))):
        return found[0]
    if name in ("td", "th"):
        # A cell stays aligned with its column, and on a phone begins with the words of the column's head.
        return (
            found[0]
            if _is_one_span(said)
            else f"<{name}{attributes}><span{_DIRECTION}>{content}</span></{name}>"
        )
    return f"<{name}{attributes}{_DIRECTION}>{content}</{name}>"


def _is_one_span(html: str) -> bool:
    """Whether the whole text is in one span with the direction from right to left."""
    depth = 0
    for tag in _SPAN.finditer(html):
        if not depth and (tag.start() or _DIRECTION not in tag[0]):
            return False
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end() == len(html)
    return False
