"""Records by their names: what a reader who types one sees first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.actors import Person
from generator.model.claims import Question
from generator.model.happenings import Document, Event
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS, Kind
from generator.model.record import Record
from generator.pages.edition import Edition
from generator.pages.pen import Pen, address
from generator.pages.people import last_position, role_words
from generator.pages.words import date_words

# Kinds that a reader looks up by name.
KINDS = (*NAMED_KINDS, Kind.QUESTION)
_NO_SORT = "other"


@dataclass(frozen=True)
class Name:
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


def names(edition: Edition, labels: Mapping[str, str]) -> tuple[Name, ...]:
    """All records that have a name, the most cited first.

    Args:
        labels: What the page at each path says over its title, such as `Event · summit`.
    """
    return tuple(sorted(_names(edition, labels), key=lambda name: (-name.weight, name.id)))


def _names(edition: Edition, labels: Mapping[str, str]) -> Iterator[Name]:
    pen = Pen(edition, "search.md")
    for key, record in edition.dossier.records.items():
        if record.kind_of not in KINDS:
            continue
        path, _ = pen.page_of(key)
        articles = edition.articles_of(key)
        years = sorted({article.published.year for article in articles if article.published})
        forms = dict.fromkeys(record.names[1:])
        yield Name(
            key,
            record.kind_of,
            f"{address(path)}/",
            record.label,
            tuple(form for form in forms if form != record.label),
            tuple(form for form in dict.fromkeys(record.short_names) if form not in forms),
            _line(pen, record, labels.get(path, "")),
            _years(record, years),
            len(articles),
        )


def _line(pen: Pen, record: Record, label: str) -> str:
    """Who or what a record is: a person's last office, else what its page says over its title."""
    if isinstance(record, Person):
        last = last_position(pen, record)
        return role_words(pen, last[0]) if last else ""
    # The kind itself is said by its mark, and a sort that is none of those that have a word says nothing.
    sort = label.partition(" · ")[2] if getattr(record, "kind", "") != _NO_SORT else ""
    if isinstance(record, Event | Document) and record.date:
        return " · ".join(filter(None, [sort, date_words(pen.words, record.date, short=True)]))
    return sort


def _years(record: Record, years: list[int]) -> str:
    """The first and the last year, for a record without a date of its own."""
    if isinstance(record, Event | Document | Question) or not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
