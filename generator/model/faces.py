"""Records that note what is read of them: what others show of a record, the rest of it, and an article's body, apart.

So a page that merely names a person need not be made anew when the person's summary changes.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from generator.model.actors import Organization, Person
from generator.model.article import LENGTH, Article
from generator.model.claims import Issue
from generator.model.dossier import Dossier
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import REST, Record
from generator.model.source import Source
from generator.traces import Node, Notes, Table

R = TypeVar("R", bound=Record)

# What is noted of a record under its id.
HEAD, WHOLE, BODY, PLACE, DECLARED, ORIGINAL = "head", "whole", "body", "place", "declared", "original"
_ALL_KINDS = "record"
_BODY_FIELDS = frozenset({"paragraphs"})
# What pages of others show of a record. Of the kinds that are not here it is all of it.
_HEADS: Mapping[type[Record], frozenset[str]] = {
    kind: frozenset({"id", "kind_of", *fields.split()})
    for kind, fields in (
        (Person, "name native"),
        (Organization, "name native kind part_of cite_as coordinates"),
        (Place, "name native kind part_of coordinates"),
        (Event, "title date kind"),
        (Document, "title date kind"),
        (Issue, "title short_title"),
        (Article, "title outlet authors published wire language original in_full"),
    )
}


def head_of(record: Record) -> Mapping[str, Any]:
    """What others show of a record, by field; of an article the number of its paragraphs too."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return record.__dict__
    head = {name: value for name, value in record.__dict__.items() if name in fields}
    if isinstance(record, Article):
        head[LENGTH] = len(record.paragraphs)
    return head


def rest_of(record: Record) -> Mapping[str, Any]:
    """What others do not show of it, without an article's body."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return {}
    return {
        name: value
        for name, value in record.__dict__.items()
        if name not in fields and name not in _BODY_FIELDS
    }


def body_of(record: Record | None) -> Any:
    """An article's paragraphs; None for other records."""
    return record.paragraphs if isinstance(record, Article) else None


def changed(old: Record | None, new: Record | None, key: RecordId) -> set[Node]:
    """What differs between a record before and now."""
    if old is new or (old is None and new is None):
        return set()
    if old is None or new is None or type(old) is not type(new):
        return {(HEAD, key), (WHOLE, key), (BODY, key)}
    found: set[Node] = set()
    if head_of(old) != head_of(new):
        found.add((HEAD, key))
    if rest_of(old) != rest_of(new):
        found.add((WHOLE, key))
    if body_of(old) != body_of(new):
        found.add((BODY, key))
    return found


class _Rest:
    """Of a face, where the values are that are noted when they are read."""

    __slots__ = ("notes", "record")

    def __init__(self, notes: Notes, record: Record) -> None:
        self.notes, self.record = notes, record

    def __call__(self, name: str) -> Any:
        """A value that the face itself has not."""
        value = self.record.__dict__[name]
        self.notes.nodes.add((BODY if name in _BODY_FIELDS else WHOLE, self.record.id))
        return value


def face_of(record: R, notes: Notes) -> R:
    """A record that notes what is read of it beyond its head."""
    fields = _HEADS.get(type(record))
    if fields is None:
        return record
    made = record.__class__.__new__(record.__class__)
    values = dict(head_of(record))
    values[REST] = _Rest(notes, record)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", record.__pydantic_fields_set__)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def faced(dossier: Dossier, notes: Notes) -> Dossier:
    """The dossier as one that notes what is read of it; its settings and its lock are not noted."""
    faces = {key: face_of(record, notes) for key, record in dossier.records.items()}
    kinds = {
        kind.section: Table(
            notes,
            HEAD,
            ((key, faces[key]) for key in getattr(dossier, kind.section)),
            whole=f"{HEAD} {kind.value}",
        )
        for kind in Kind
    }
    places = {key: Source(source.file, {(): source.spans[()]}) for key, source in dossier.sources.items()}
    made = replace(
        dossier,
        sources=Table(notes, PLACE, places),
        declared=Table(notes, DECLARED, dossier.declared),
        originals=Table(notes, ORIGINAL, dossier.originals),
        **kinds,  # type: ignore[arg-type]
    )
    made.__dict__["records"] = Table(notes, HEAD, faces, whole=f"{HEAD} {_ALL_KINDS}")
    return made
