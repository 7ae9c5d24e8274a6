"""References and evidence turned round: who refers to a record, and what a paragraph backs."""

from collections import defaultdict
from collections.abc import Mapping

from generator.link.links import Backing, Backlink, LinkedText
from generator.model.dossier import Dossier
from generator.model.evidence import Evidence
from generator.model.fields import EvidenceMark, Path, Ref, walk
from generator.model.ids import ArticleId, RecordId


def back_links(dossier: Dossier) -> dict[RecordId, tuple[Backlink, ...]]:
    """Who refers to each record through a field, each once under a heading, by the referring record's id."""
    found: dict[RecordId, dict[tuple[str, RecordId], Backlink]] = defaultdict(dict)
    for key, record in sorted(dossier.records.items()):
        for path, mark, value in walk(record):
            if isinstance(mark, Ref) and value in dossier.records:
                found[RecordId(value)].setdefault((mark.back, key), Backlink(mark.back, key, path))
    return {key: tuple(links.values()) for key, links in sorted(found.items())}


def backing(
    dossier: Dossier, prose: Mapping[tuple[RecordId, Path], LinkedText]
) -> dict[tuple[ArticleId, int], tuple[Backing, ...]]:
    """What each paragraph backs, a record once, in the order of kinds and ids."""
    found: dict[tuple[ArticleId, int], dict[RecordId, Backing]] = defaultdict(dict)

    def add(entry: Backing) -> None:
        for number in entry.at.numbers:
            article = dossier.articles.get(entry.at.article)
            if article and article.paragraph(number) and entry.record != article.id:
                found[entry.at.article, number].setdefault(entry.record, entry)

    for key, record in dossier.records.items():
        for path, mark, value in walk(record):
            if isinstance(mark, EvidenceMark) and isinstance(value, Evidence):
                add(Backing(key, path, value.at, value.quote or ""))
    for (key, path), paragraphs in prose.items():
        if key not in dossier.records:
            continue
        for runs in paragraphs:
            for run in runs:
                if run.cites:
                    add(Backing(key, path, run.cites))
    return {place: tuple(entries.values()) for place, entries in sorted(found.items())}
