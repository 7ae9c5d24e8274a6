"""The sections of a page, for the list of its contents."""

import re
from html import unescape
from typing import NamedTuple

_HEADING = re.compile(r'<h2 id="([^"]*)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A page with fewer sections, or with fewer characters than fill two screens, needs no list of its contents. White space
# is not counted: builders differ in it.
_FEWEST, _SHORTEST = 3, 1_700


class Heading(NamedTuple):
    """The heading of a section: its anchor and its words, as plain text."""

    anchor: str
    title: str


def sections(html: str) -> tuple[Heading, ...]:
    """The sections of a page's text if it is long enough to need a list of its contents; none otherwise."""
    found = _HEADING.findall(html)
    if len(found) < _FEWEST or _length(html) < _SHORTEST:
        return ()
    return tuple(Heading(anchor, _plain(title)) for anchor, title in found)


def _length(html: str) -> int:
    return sum(map(len, unescape(_TAG.sub("", html)).split()))


def _plain(title: str) -> str:
    return unescape(" ".join(_TAG.sub("", title).split()))
