"""`evidence.lock`: hashes of the cited paragraphs, by which text that changes or moves under a citation is noticed.

For digests it also holds what was verified on the originals, so that builds without originals can rely on that.
The file contains hashes, references, and quotes that the seeds contain as well; it has no other words of originals.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from generator.model.evidence import Locator
from generator.model.fields import Part
from generator.model.ids import ArticleId, RecordId

_DIGITS = 16
_BREAKS = re.compile("[\x7f\u0085\u2028\u2029\ufeff]")
# The format that is written. The format before it had no version and did not cover articles in full.
VERSION: Literal["2"] = "2"
_HEAD = """\
# What cited paragraphs say: the hash of each as it is here and, of a digest, as read in the original; and
# each reference, of a digest with its quote and the hash of the words that this matched.
# Written by `dossier verify`.
"""


def digest_of(text: str) -> str:
    """The hash of a text: the first 16 hexadecimal digits of SHA-256 over NFC with single spaces."""
    level = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(level.encode()).hexdigest()[:_DIGITS]


def _written_so(pattern: str, what: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} is not {what}")
        return text

    return AfterValidator(check)


_Hash = Annotated[str, _written_so(rf"[0-9a-f]{{{_DIGITS}}}", f"a hash of {_DIGITS} digits 0-9a-f")]
_FileHash = Annotated[str, _written_so(r"[0-9a-f]{64}", "a SHA-256 hash: 64 digits 0-9a-f")]
_Number = Annotated[str, _written_so(r"p[1-9][0-9]{0,5}", "a paragraph such as p5")]
_At = Annotated[str, AfterValidator(lambda text: str(Locator.parse(text)))]


class LockedParagraph(Part):
    """A cited paragraph.

    The names are keys of the file: renaming them would change every lock.

    Attributes:
        told: The hash of the paragraph in the article.
        read: The hash of the paragraph in the original, if the article is a digest.
    """

    told: _Hash
    read: _Hash | None = None


class LockedArticle(Part):
    """An article: its cited paragraphs by names such as `p5`, and the SHA-256 of a digest's original."""

    original: _FileHash | None = None
    paragraphs: dict[_Number, LockedParagraph] = Field(default_factory=dict)


class Reference(Part):
    """A reference in a record.

    Attributes:
        at: The locator as written.
        quote: The quote as written, if there is one and the article is a digest.
        matched: The hash of the matched words, from the first to the last of the quote.
    """

    at: _At
    quote: str | None = None
    matched: _Hash | None = None

    @property
    def article(self) -> ArticleId:
        """The article to which it refers."""
        return ArticleId(RecordId(self.at.partition("#")[0]))

    @property
    def words(self) -> str:
        """The reference as messages show it."""
        return f"{self.at} “{self.quote}”" if self.quote else self.at


def _reference(value: object) -> object:
    return {"at": value} if isinstance(value, str) else value


References = dict[str, tuple[Annotated[Reference, BeforeValidator(_reference)], ...]]


class EvidenceLock(Part):
    """The content of the lock: articles by id, and references by record and field."""

    version: Literal["2"] = VERSION
    articles: dict[ArticleId, LockedArticle] = Field(default_factory=dict)
    references: dict[str, References] = Field(default_factory=dict)


@dataclass(frozen=True)
class Recorded:
    """The part of the lock about articles in full.

    It has plain values, because a large dossier has many of them and each run reads them all.

    Attributes:
        paragraphs: The hash of each cited paragraph, by article and by names such as `p5`.
        references: The locators in each record, by record and field, in order.
    """

    paragraphs: Mapping[ArticleId, Mapping[str, str]] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def said(self, at: Locator) -> tuple[str | None, ...]:
        """The hashes of some paragraphs, None for those that are not recorded."""
        paragraphs = self.paragraphs.get(at.article, {})
        return tuple(paragraphs.get(f"p{number}") for number in at.numbers)


def split_lock(lock: EvidenceLock) -> tuple[EvidenceLock, Recorded]:
    """The part of a lock about digests, and the part about articles in full."""
    in_full = {
        key: {name: paragraph.told for name, paragraph in article.paragraphs.items()}
        for key, article in lock.articles.items()
        if not article.original
    }
    of_digests: dict[str, References] = {}
    of_others: dict[str, dict[str, tuple[str, ...]]] = {}
    for owner, fields in lock.references.items():
        for name, references in fields.items():
            others = tuple(r.at for r in references if r.article in in_full)
            if others:
                of_others.setdefault(owner, {})[name] = others
            if len(others) < len(references):
                digests = tuple(r for r in references if r.article not in in_full)
                of_digests.setdefault(owner, {})[name] = digests
    articles = {key: article for key, article in lock.articles.items() if article.original}
    # All parts have been validated.
    verified = EvidenceLock.model_construct(articles=articles, references=of_digests)
    return verified, Recorded(in_full, of_others)


def lock_text(lock: EvidenceLock) -> str:
    """The text of the file: sorted, with a line for each paragraph and reference, so that diffs are small."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(lock))


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, with escapes for line breaks and control characters of YAML."""
    return _BREAKS.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _lines(lock: EvidenceLock) -> Iterator[str]:
    yield f"version: {VERSION}"
    yield "articles:" if lock.articles else "articles: {}"
    for key, article in sorted(lock.articles.items()):
        yield f"  {key}:"
        if article.original:
            yield f"    original: {article.original}"
        yield "    paragraphs:"
        for name, paragraph in sorted(article.paragraphs.items(), key=lambda p: int(p[0][1:])):
            read = f"read: {paragraph.read}, " if paragraph.read else ""
            yield f"      {name}: {{{read}told: {paragraph.told}}}"
    yield "references:" if lock.references else "references: {}"
    for owner, fields in sorted(lock.references.items()):
        yield f"  {owner}:"
        for name, references in sorted(fields.items()):
            yield f"    {name}:"
            for reference in references:
                if not reference.quote:
                    yield f"      - {reference.at}"
                    continue
                quote = _quoted(reference.quote)
                matched = f", matched: {reference.matched}" if reference.matched else ""
                yield f"      - {{at: {reference.at}, quote: {quote}{matched}}}"
