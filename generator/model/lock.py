"""What cited paragraphs say: `evidence.lock`, so that words that change or move under a citation are noticed.

Of a digest it holds what was verified on the original, so that builds without it can hold to that. The file
holds hashes, references and the short quotes that the seeds hold too, never words of an original beyond these.
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
# The format that is written. The one before had no version, and nothing of articles in full.
VERSION: Literal["2"] = "2"
_HEAD = """\
# What cited paragraphs say: the hash of each as it is here and, of a digest, as read in the original; and
# each reference, of a digest with its quote and the hash of the words that this matched.
# Written by `dossier verify`.
"""


def digest_of(text: str) -> str:
    """The hash of a paragraph's words: the first 16 hexadecimal digits of SHA-256 over NFC with single spaces."""
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
    """A cited paragraph: the hash of the article's paragraph and, of a digest, that of the original's.

    The names are keys of the file, of which renaming would change every lock for no gain.
    """

    told: _Hash
    read: _Hash | None = None


class LockedArticle(Part):
    """An article: its cited paragraphs as `p5` and, of a digest, its original's SHA-256."""

    original: _FileHash | None = None
    paragraphs: dict[_Number, LockedParagraph] = Field(default_factory=dict)


class Reference(Part):
    """A reference as a record gives it.

    Attributes:
        at: The locator as written.
        quote: The quote as written, if there is one and the article is a digest.
        matched: The hash of the words that were matched, from the quote's first to its last.
    """

    at: _At
    quote: str | None = None
    matched: _Hash | None = None

    @property
    def article(self) -> ArticleId:
        """The article that is referred to."""
        return ArticleId(RecordId(self.at.partition("#")[0]))

    @property
    def words(self) -> str:
        """The reference in a message."""
        return f"{self.at} “{self.quote}”" if self.quote else self.at


def _reference(value: object) -> object:
    return {"at": value} if isinstance(value, str) else value


References = dict[str, tuple[Annotated[Reference, BeforeValidator(_reference)], ...]]


class EvidenceLock(Part):
    """All that is locked: articles by id, and references by record and field."""

    version: Literal["2"] = VERSION
    articles: dict[ArticleId, LockedArticle] = Field(default_factory=dict)
    references: dict[str, References] = Field(default_factory=dict)


@dataclass(frozen=True)
class Recorded:
    """What is locked of articles in full. Values are plain: a large dossier has many, and each run reads them all.

    Attributes:
        paragraphs: The hash of what each cited paragraph said, by article and as `p5`.
        references: The locators that each record gave, by record and field, in order.
    """

    paragraphs: Mapping[ArticleId, Mapping[str, str]] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def said(self, at: Locator) -> tuple[str | None, ...]:
        """The hashes of what some paragraphs said, None for those that are not recorded."""
        paragraphs = self.paragraphs.get(at.article, {})
        return tuple(paragraphs.get(f"p{number}") for number in at.numbers)


def parted(lock: EvidenceLock) -> tuple[EvidenceLock, Recorded]:
    """What a lock holds of digests, and what of articles in full."""
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
    # Of what has been validated.
    verified = EvidenceLock.model_construct(articles=articles, references=of_digests)
    return verified, Recorded(in_full, of_others)


def lock_text(lock: EvidenceLock) -> str:
    """The file: sorted, a line a paragraph and a reference, so that a change is a small diff."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(lock))


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, with no line break or mark that YAML would take for its own."""
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
