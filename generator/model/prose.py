"""Prose as curators write it: text with links, links to records, citations and paragraphs, and no other marks.

    [words](https://example.org)    a link to another site
    [[id]] or [[id|words]]          a link to a record
    [@article#p5]                   a citation; several: [@a#p1; @b#p2-3]

Paragraphs are separated by an empty line. Everything else, broken marks included, is literal text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from generator.model.evidence import LOCATOR_PATTERN, Locator
from generator.model.ids import ID_PATTERN, RecordId

_LOCATOR = re.sub(r"\((?!\?)", "(?:", LOCATOR_PATTERN)
# An address can contain one level of round brackets, as those of Wikipedia do.
_URL = r"(?i:https?)://[^\s()<>\[\]/?#][^\s()<>\[\]]*(?:\([^\s()<>\[\]]*\)[^\s()<>\[\]]*)*"
_TOKEN = re.compile(
    rf"\[\[(?P<id>{ID_PATTERN})(?:\|(?P<shown>[^\[\]|]*[^\[\]|\s][^\[\]|]*))?\]\]"
    rf"|\[(?P<citation>@{_LOCATOR}(?:\s*;\s*@{_LOCATOR})*)\]"
    rf"|\[(?P<words>[^\[\]]*[^\[\]\s][^\[\]]*)\]\((?P<url>{_URL})\)"
)
SEPARATOR = "\n\n"


@dataclass(frozen=True)
class Literal:
    """Literal text.

    Here and below, `source` is the token as written and `start` its offset in the whole text.
    """

    source: str
    start: int

    @property
    def text(self) -> str:
        """The text to show."""
        return self.source


@dataclass(frozen=True)
class ExternalLink:
    """A link to another site."""

    words: str
    url: str
    source: str
    start: int


@dataclass(frozen=True)
class RecordLink:
    """A link to a record; without words of its own it shows the record's label."""

    id: RecordId
    words: str | None
    source: str
    start: int


@dataclass(frozen=True)
class Citation:
    """A citation: the paragraphs that back the text before it."""

    locators: tuple[Locator, ...]
    source: str
    start: int


Part = Literal | ExternalLink | RecordLink | Citation
_Kind = TypeVar("_Kind", Literal, ExternalLink, RecordLink, Citation)


@dataclass(frozen=True)
class ProseParagraph:
    """A paragraph of prose: parts whose sources, joined, are its text."""

    parts: tuple[Part, ...]
    start: int


# Checks, links and pages parse the same texts again and again. A large dossier has too many to keep all in memory.
@lru_cache(maxsize=2_048)
def parse(text: str) -> tuple[ProseParagraph, ...]:
    """The paragraphs of a text; their sources, joined by empty lines, are the text again."""
    found = []
    start = 0
    for paragraph in text.split(SEPARATOR):
        found.append(ProseParagraph(tuple(_parts(paragraph, start)), start))
        start += len(paragraph) + len(SEPARATOR)
    return tuple(found)


def parts_of(text: str, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """All parts of one kind in a text, such as its citations."""
    return tuple(part for paragraph in parse(text) for part in paragraph.parts if isinstance(part, kind))


def _parts(text: str, start: int) -> Iterator[Part]:
    shown = 0
    for match in _TOKEN.finditer(text):
        part = _part(match, start)
        if part is None:
            continue
        if shown < match.start():
            yield Literal(text[shown : match.start()], start + shown)
        yield part
        shown = match.end()
    if shown < len(text):
        yield Literal(text[shown:], start + shown)


def _part(match: re.Match[str], start: int) -> Part | None:
    source, at = match[0], start + match.start()
    if match["id"]:
        return RecordLink(RecordId(match["id"]), match["shown"], source, at)
    if match["url"]:
        return ExternalLink(match["words"], match["url"], source, at)
    try:
        locators = tuple(Locator.parse(one.strip().removeprefix("@")) for one in match["citation"].split(";"))
    except ValueError:
        # Numbers that begin with 0 or run backwards are not a citation but literal text.
        return None
    return Citation(locators, source, at)
