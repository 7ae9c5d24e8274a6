"""Records that no reader will ever come to."""

from collections.abc import Iterator

from generator.check.values import source_of, values
from generator.model.dossier import Dossier
from generator.model.fields import EvidenceMark, ProseMark, Ref
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS
from generator.model.prose import RecordLink, parts_of
from generator.support.problems import Problem, Severity, shown


def orphans(dossier: Dossier, mentioned: frozenset[RecordId]) -> Iterator[Problem]:
    """A record is led to: by a reference or a link of another, by an article that names it or backs it."""
    reached = mentioned | set(_led_to(dossier))
    for key, record in dossier.records.items():
        if record.kind_of in NAMED_KINDS and key not in reached:
            message = f"nothing leads to {record.kind_of} {shown(key, 130)}"
            hint = "no record refers to it and no article names it: name it in one, give its evidence, or delete it"
            where = source_of(dossier, key).start
            yield Problem(where, "orphan", message, key, hint, severity=Severity.WARNING)


def _led_to(dossier: Dossier) -> Iterator[RecordId]:
    """The records that others refer to, and those with evidence, to which the page of the article leads back."""
    for found in values(dossier, Ref, ProseMark, EvidenceMark):
        if isinstance(found.mark, EvidenceMark):
            yield found.owner
            continue
        is_text = isinstance(found.mark, ProseMark)
        keys = (link.id for link in parts_of(found.value, RecordLink)) if is_text else (found.value,)
        yield from (key for key in keys if key != found.owner)
    for article in dossier.articles.values():
        yield from (RecordId(author) for author in article.authors)
        yield from (RecordId(meaning) for meaning in article.mentions.values())
