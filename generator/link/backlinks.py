"""Back-links and backing: the records that refer to a record, and those that a paragraph backs."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from generator.link.links import Backing, Backlink, LinkedText
from generator.model.dossier import Dossier
from generator.model.evidence import Evidence
from generator.model.fields import EvidenceMark, Path, Ref, walk
from generator.model.ids import ArticleId, RecordId
from generator.model.record import Record


class RecordReferences(NamedTuple):
    """What one record refers to: records through its fields, and paragraphs as its evidence."""

    references: tuple[tuple[RecordId, Backlink], ...]
    evidence: tuple[Backing, ...]


def references_of(key: RecordId, record: Record) -> RecordReferences:
    """What a record refers to."""
    references: list[tuple[RecordId, Backlink]] = []
    evidence: list[Backing] = []
    for path, mark, value in walk(record):
        if isinstance(mark, Ref):
            references.append((RecordId(value), Backlink(mark.back, key, path)))
        elif isinstance(mark, EvidenceMark) and isinstance(value, Evidence):
            evidence.append(Backing(key, path, value.at, value.quote or ""))
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
    found: dict[tuple[ArticleId, int], dict[RecordId, Backing]] = defaultdict(dict)

    def add(entry: Backing) -> None:
        for number in entry.at.numbers:
            article = dossier.articles.get(entry.at.article)
            if article and article.paragraph(number) and entry.record != article.id:
                found[entry.at.article, number].setdefault(entry.record, entry)

    for key in dossier.records:
        for entry in found_in[key].evidence:
            add(entry)
    for (key, path), paragraphs in prose.items():
        if key not in dossier.records:
            continue
        for runs in paragraphs:
            for run in runs:
                if run.cites:
                    add(Backing(key, path, run.cites))
    return {place: tuple(entries.values()) for place, entries in sorted(found.items())}
