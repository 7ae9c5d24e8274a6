"""Verification: the references in the seeds, and the lock that records what the cited paragraphs say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.model.dossier import Dossier
from generator.model.evidence import Evidence, Locator
from generator.model.fields import EvidenceMark, Path, ProseMark, walk
from generator.model.ids import ArticleId, RecordId
from generator.model.lock import EvidenceLock, LockedArticle, LockedParagraph, Reference, digest_of
from generator.model.prose import Citation, parts_of
from generator.model.quotes import passage

# The owner of the references in `dossier.yml`; no id has a dot.
SETTINGS_OWNER = "dossier.yml"


@dataclass(frozen=True)
class CurrentReference:
    """A reference to an article as the seeds have it now, with its place in them.

    Attributes:
        owner: The id of the record, or `dossier.yml`.
        field: The dotted name of the field, without positions in lists.
        path: The full path of the value in its record.
        nth: The number of earlier occurrences of the same locator in the same prose.
    """

    owner: str
    field: str
    path: Path
    at: Locator
    quote: str | None = None
    nth: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """The key by which it is compared with references in the lock: locator and quote."""
        return (str(self.at), self.quote or "")


def current_references(dossier: Dossier) -> Iterator[CurrentReference]:
    """All references to articles in the seeds, in the order of the records and their fields."""
    owners = [(SETTINGS_OWNER, dossier.settings), *((str(k), r) for k, r in dossier.records.items())]
    for owner, record in owners:
        for path, mark, value in walk(record):
            if not isinstance(mark, EvidenceMark | ProseMark):
                continue
            name = ".".join(part for part in path if isinstance(part, str))
            if isinstance(mark, EvidenceMark) and isinstance(value, Evidence):
                if value.at.article in dossier.articles:
                    yield CurrentReference(owner, name, path, value.at, value.quote)
            else:
                before: Counter[Locator] = Counter()
                for at in (at for citation in parts_of(value, Citation) for at in citation.locators):
                    if at.article in dossier.articles:
                        yield CurrentReference(owner, name, path, at, nth=before[at])
                    before[at] += 1


def current_digest_references(dossier: Dossier) -> Iterator[CurrentReference]:
    """All references to digests in the seeds, in the same order."""
    digests = {key for key, article in dossier.articles.items() if article.is_digest}
    return (
        (reference for reference in current_references(dossier) if reference.at.article in digests)
        if digests
        else iter(())
    )


def matched_words(dossier: Dossier, reference: CurrentReference) -> str | None:
    """The hash of the words that a quote matches in the original, or None if it matches none."""
    original = dossier.originals.get(reference.at.article)
    if not reference.quote or original is None or reference.at.first > len(original.paragraphs):
        return None
    return _matched(original.paragraphs[reference.at.first - 1], reference.quote)


# While a dossier is served, each change looks up all quotes again.
@lru_cache(maxsize=20_000)
def _matched(text: str, quote: str) -> str | None:
    found = passage(quote, text)
    return digest_of(text[slice(*found)]) if found else None


def lock_of(dossier: Dossier, before: EvidenceLock) -> EvidenceLock:
    """The lock for the current references. For digests without an available original, the entries of the old lock.

    Args:
        before: The old lock.
    """
    articles: dict[ArticleId, dict[str, LockedParagraph]] = {}
    references: dict[str, dict[str, list[Reference]]] = {}
    for reference in current_references(dossier):
        key = reference.at.article
        is_digest = dossier.articles[key].is_digest
        locked = Reference(
            at=str(reference.at),
            quote=reference.quote if is_digest else None,
            matched=matched_words(dossier, reference) if is_digest else None,
        )
        if is_digest and key not in dossier.originals:
            old = before.references.get(reference.owner, {}).get(reference.field, ())
            kept = next((r for r in old if (r.at, r.quote or "") == reference.key), None)
            if kept is None:
                continue
            locked = kept
        references.setdefault(reference.owner, {}).setdefault(reference.field, []).append(locked)
        for number in reference.at.numbers:
            if paragraph := _paragraph(dossier, before, key, number):
                articles.setdefault(key, {})[f"p{number}"] = paragraph
    return EvidenceLock(
        articles={
            key: LockedArticle(original=_original_hash(dossier, before, key), paragraphs=paragraphs)
            for key, paragraphs in sorted(articles.items())
        },
        references={
            owner: {name: tuple(found) for name, found in sorted(fields.items())}
            for owner, fields in sorted(references.items())
        },
    )


def _original_hash(dossier: Dossier, before: EvidenceLock, key: ArticleId) -> str | None:
    if not dossier.articles[key].is_digest:
        return None
    original = dossier.originals.get(key)
    return original.sha256 if original else before.articles[key].original


def _paragraph(dossier: Dossier, before: EvidenceLock, key: ArticleId, number: int) -> LockedParagraph | None:
    current = dossier.articles[key].paragraph(number)
    if not dossier.articles[key].is_digest:
        return LockedParagraph(told=digest_of(current.text)) if current else None
    original = dossier.originals.get(key)
    if original is None:
        return before.articles[key].paragraphs.get(f"p{number}") if key in before.articles else None
    if current is None or number > len(original.paragraphs):
        return None
    return LockedParagraph(read=digest_of(original.paragraphs[number - 1]), told=digest_of(current.text))


def is_verified(dossier: Dossier, owner: RecordId, evidence: Evidence) -> bool:
    """Whether a quote was found in the paragraph that it cites.

    If the original or the full body is available, the build itself found the quote, or it would have stopped.
    Otherwise the lock says whether the quote was found at the last verification.
    """
    article = dossier.articles.get(evidence.at.article)
    if article is None or not evidence.quote:
        return False
    if not article.is_digest or article.article_id in dossier.originals:
        return True
    wanted = (str(evidence.at), evidence.quote)
    fields = dossier.lock.references.get(owner, {}) if dossier.lock else {}
    return any((r.at, r.quote) == wanted and r.matched for found in fields.values() for r in found)
