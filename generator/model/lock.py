"""What was verified on the originals: `evidence.lock`, so that builds without them can hold to it.

The file holds hashes, references and the short quotes that the seeds hold too, never words of an
original beyond these.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from generator.model.fields import Part
from generator.model.ids import ArticleId

_DIGITS = 16
_HEAD = """\
# What was verified on the originals: hashes of each cited paragraph as read there and as told here, and
# each reference, a quote with the hash of the words that it matched. Written by `dossier verify`.
"""


def digest_of(text: str) -> str:
    """The hash of a paragraph's words: the first 16 hexadecimal digits of SHA-256 over NFC with single spaces."""
    level = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(level.encode()).hexdigest()[:_DIGITS]


class ReadParagraph(Part):
    """A cited paragraph: the hash of it as read in the original, and of the digest's."""

    read: str
    told: str


class LockedArticle(Part):
    """An article: its original's SHA-256, and its cited paragraphs as `p5`."""

    original: str
    paragraphs: dict[str, ReadParagraph] = Field(default_factory=dict)


class Reference(Part):
    """A reference as a record gives it.

    Attributes:
        at: The locator as written.
        quote: The quote as written, if there is one.
        matched: The hash of the words that were matched, from the quote's first to its last.
    """

    at: str
    quote: str | None = None
    matched: str | None = None

    @property
    def words(self) -> str:
        """The reference in a message."""
        return f"{self.at} “{self.quote}”" if self.quote else self.at


def _reference(value: object) -> object:
    return {"at": value} if isinstance(value, str) else value


References = dict[str, tuple[Annotated[Reference, BeforeValidator(_reference)], ...]]


class EvidenceLock(Part):
    """All that was verified: articles by id, and references by record and field."""

    articles: dict[ArticleId, LockedArticle] = Field(default_factory=dict)
    references: dict[str, References] = Field(default_factory=dict)


def lock_text(lock: EvidenceLock) -> str:
    """The file: sorted, a line a paragraph and a reference, so that a change is a small diff."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(lock))


def _lines(lock: EvidenceLock) -> Iterator[str]:
    yield "articles:" if lock.articles else "articles: {}"
    for key, article in sorted(lock.articles.items()):
        yield f"  {key}:"
        yield f"    original: {article.original}"
        yield "    paragraphs:"
        for name, paragraph in sorted(article.paragraphs.items(), key=lambda p: int(p[0][1:])):
            yield f"      {name}: {{read: {paragraph.read}, told: {paragraph.told}}}"
    yield "references:" if lock.references else "references: {}"
    for owner, fields in sorted(lock.references.items()):
        yield f"  {owner}:"
        for name, references in sorted(fields.items()):
            yield f"    {name}:"
            for reference in references:
                if not reference.quote:
                    yield f"      - {reference.at}"
                    continue
                quote = json.dumps(reference.quote, ensure_ascii=False)
                matched = f", matched: {reference.matched}" if reference.matched else ""
                yield f"      - {{at: {reference.at}, quote: {quote}{matched}}}"
