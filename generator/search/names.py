"""Records by their names: what a reader who types one sees first."""

from typing import NamedTuple

from generator.edition import Edition
from generator.model.actors import Organization, Person
from generator.model.claims import Question
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.model.record import Record
from generator.pages.writing.descriptions import (
    document_kind,
    event_kind,
    last_position,
    organization_kind,
    role_words,
)
from generator.pages.writing.pen import Pen, address
from generator.pages.writing.words import date_words

# Kinds that a reader looks up by name.
KINDS = (*NAMED_KINDS, Kind.QUESTION)
_NO_SORT = "other"


class Name(NamedTuple):
    """A record as its names lead to it.

    Attributes:
        address: Of its page, relative to the site.
        label: The preferred name.
        also: Other full names and spellings, those of other languages among them.
        short: Short forms.
        line: Who or what it is, in a few words.
        years: The years of the articles that name or back it, or of itself where it has a date.
        weight: The number of these articles.
    """

    id: RecordId
    kind: Kind
    address: str
    label: str
    also: tuple[str, ...]
    short: tuple[str, ...]
    line: str
    years: str
    weight: int


def names(edition: Edition) -> tuple[Name, ...]:
    """All records that have a name, the most cited first."""
    found = (name_of(edition, key) for key in edition.dossier.records)
    return tuple(sorted((name for name in found if name), key=lambda name: (-name.weight, name.id)))


def name_of(edition: Edition, key: RecordId) -> Name | None:
    """A record by its names; None of one that has none."""
    record = edition.dossier.records[key]
    if record.kind_of not in KINDS:
        return None
    pen = Pen(edition, "search.md")
    path, _ = pen.page_of(key)
    cited = edition.cited(key)
    forms = dict.fromkeys(record.names[1:])
    return Name(
        key,
        record.kind_of,
        f"{address(path)}/",
        record.label,
        tuple(form for form in forms if form != record.label),
        tuple(form for form in dict.fromkeys(record.short_names) if form not in forms),
        _line(pen, record),
        _years(record, [year for year, _ in cited.years]),
        cited.number,
    )


def _line(pen: Pen, record: Record) -> str:
    """Who or what a record is: a person's last office, else what sort it is, and its date."""
    if isinstance(record, Person):
        last = last_position(pen, record)
        return role_words(pen, last[0]) if last else ""
    sort = _sort(pen, record)
    if isinstance(record, Event | Document) and record.date:
        return " · ".join(filter(None, [sort, date_words(pen.words, record.date, short=True)]))
    return sort


def _sort(pen: Pen, record: Record) -> str:
    """What sort of its kind a record is, in words; one that is none of those that have a word says nothing."""
    if getattr(record, "kind", "") == _NO_SORT:
        return ""
    match record:
        case Event():
            return event_kind(pen, record)
        case Document():
            return document_kind(pen, record)
        case Organization():
            return organization_kind(pen, record)
        case Question():
            return pen.words(f"statuses.{record.status}").lower()
        case Place():
            return record.kind or ""
    return ""


def _years(record: Record, years: list[int]) -> str:
    """The first and the last year, for a record without a date of its own."""
    if isinstance(record, Event | Document | Question) or not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
