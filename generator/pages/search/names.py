"""Records by their names, which are the first results of a search."""

from collections.abc import Iterator

from generator.edition import Edition
from generator.model.actors import Organization, Person
from generator.model.claims import Question
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.model.record import Record
from generator.pages.writing.descriptions import (
    OTHER,
    document_kind,
    event_kind,
    last_position,
    organization_kind,
    role_words,
)
from generator.pages.writing.pen import Pen, address
from generator.pages.writing.words import date_words, term_words
from generator.search import Name

# Kinds that readers search by name.
KINDS = (*NAMED_KINDS, Kind.QUESTION)


def name_of(edition: Edition, key: RecordId) -> Name | None:
    """A record by its names; None if it has none."""
    record = edition.dossier.records[key]
    if record.kind_of not in KINDS:
        return None
    pen = Pen(edition, "search.md")
    path, _ = pen.page_of(key)
    line = _line(pen, record)
    cited = edition.cited(key)
    forms = dict.fromkeys(record.names[1:])
    return Name(
        id=key,
        kind=record.kind_of,
        address=f"{address(path)}/",
        label=record.label,
        also=tuple(form for form in forms if form != record.label),
        short=tuple(form for form in dict.fromkeys(record.short_names) if form not in forms),
        line=line,
        years=_years(record, [year for year, _ in cited.years]),
        weight=cited.number,
        offices=tuple(dict.fromkeys(office for office in _offices(pen, record) if office != line)),
    )


def _offices(pen: Pen, record: Record) -> Iterator[str]:
    """The offices that a person held, with the dates that sources give."""
    if isinstance(record, Person):
        for position in record.positions:
            term = term_words(pen.words, position.since, position.until)
            yield ", ".join(filter(None, [role_words(pen, position), term]))


def _line(pen: Pen, record: Record) -> str:
    """A short description of a record: a person's last office, else its sort, and its date."""
    if isinstance(record, Person):
        last = last_position(pen, record)
        return role_words(pen, last[0]) if last else ""
    sort = _sort(pen, record)
    if isinstance(record, Event | Document) and record.date:
        return " · ".join(filter(None, [sort, date_words(pen.words, record.date, short=True)]))
    return sort


def _sort(pen: Pen, record: Record) -> str:
    """The sort of a record within its kind, in words; empty if there are none for it."""
    if getattr(record, "kind", "") == OTHER:
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
