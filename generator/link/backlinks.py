"""Back-links and backing: the records that refer to a record, and those that a paragraph backs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from generator.link.links import Backing, Backlink, LinkedText
from generator.model.dossier import Dossier
from generator.model.evidence import Evidence, Locator
from generator.model.fields import EvidenceMark, Path, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.model.record import Record


class RecordReferences(NamedTuple):
    """What one record refers to: records through its fields, and paragraphs as its evidence, with their quotes."""

    references: tuple[tuple[RecordId, Backlink], ...]
    evidence: tuple[tuple[Locator, str], ...]


def references_of(key: RecordId, record: Record) -> RecordReferences:
    """What a record refers to."""
    references: list[tuple[RecordId, Backlink]] = []
    evidence: list[tuple[Locator, str]] = []
    for path, mark, value in walk(record):
        if isinstance(mark, Ref):
            references.append((RecordId(value), Backlink(mark.back, key, path)))
        elif isinstance(mark, EvidenceMark) and isinstance(value, Evidence):
            evidence.append((value.at, value.quote or ""))
    return RecordReferences(tuple(references), tuple(evidence))


def back_links(
    dossier: Dossier, found_in: Mapping[RecordId, RecordReferences]
) -> dict[RecordId, tuple[Backlink, ...]]:
    """Who refers to each record through a field, each once under a heading, by the referring record's id."""
    found: dict[RecordId, dict[tuple[str, RecordId], Backlink]] = defaultdict(dict)
    for key in sorted(dossier.records):
        for target, link in found_in[key].references:
            if target in dossier.records:
                found[target].setdefault((link.heading, key), link)
    return {key: tuple(links.values()) for key, links in sorted(found.items())}


def backing(
    dossier: Dossier,
    prose: Mapping[tuple[RecordId, Path], LinkedText],
    found_in: Mapping[RecordId, RecordReferences],
) -> dict[tuple[ArticleId, int], tuple[Backing, ...]]:
    """What each paragraph backs, a record once, in the order of kinds and ids."""
    # Of each paragraph the records in order, and of each record its quotes, as the keys of another mapping.
    found: dict[tuple[ArticleId, int], dict[RecordId, dict[str, None]]] = defaultdict(dict)

    def add(record: RecordId, at: Locator, quote: str = "") -> None:
        for number in at.numbers:
            article = dossier.articles.get(at.article)
            if article and article.paragraph(number) and record != article.id:
                quotes = found[at.article, number].setdefault(record, {})
                if quote:
                    quotes[quote] = None

    for key in dossier.records:
        for at, quote in found_in[key].evidence:
            add(key, at, quote)
    for (key, _), paragraphs in prose.items():
        if key not in dossier.records:
            continue
        for runs in paragraphs:
            for run in runs:
                if run.cites:
                    add(key, run.cites)
    return {
        place: tuple(Backing(record, tuple(quotes)) for record, quotes in entries.items())
        for place, entries in sorted(found.items())
    }
