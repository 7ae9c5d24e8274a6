"""Facets and sort keys of an index, by which readers filter and sort it.

Scripts read most of it from the table. The rest is in two empty elements: one before the tables, with
the names of columns, facets and values, and one in the last cell of each row, with the row's values by
their numbers and its rank in each column of text. So scripts need no collation, which could differ from
the build's. Without scripts both elements are invisible.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.article import Article
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId
from generator.pages.writing.descriptions import OTHER
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import language_name
from generator.words.dates import in_words

# The most values of a facet before a long index.
TALLIED = 12
# The value in the address for rows that have none.
NONE = "none"
# A facet's value: in the address, and in words.
Value = tuple[str, str]
Values = tuple[Value, ...]


class Column(NamedTuple):
    """How a column is sorted.

    Attributes:
        key: Its name in the address, and the key of its head in the catalogue.
        by: `order` keeps the order of the rows.
    """

    key: str
    by: Literal["order", "text", "number", "date", ""] = ""


class Facet(NamedTuple):
    """A property that rows are filtered by.

    Attributes:
        key: Its name in the address.
        label: Its name in words.
        in_order: Whether its values are listed in the order of their names, newest first; else the commonest first.
    """

    key: str
    label: str
    in_order: bool = False


class Tally(NamedTuple):
    """The commonest values of a facet, each with the number of its rows."""

    heading: str
    values: tuple[tuple[Markup, str], ...]


def facets(pen: Pen, *keys: str) -> tuple[Facet, ...]:
    """Facets by their keys in the catalogue."""
    return tuple(Facet(key, pen.words(f"facets.by.{key}"), in_order=key == "year") for key in keys)


def mark(
    pen: Pen,
    columns: Sequence[Column],
    facets: Sequence[Facet],
    rows: Sequence[tuple[Values, ...]],
    cells: Sequence[tuple[Markup, ...]],
) -> tuple[Markup, list[Markup]]:
    """The element before the tables, and those of the rows."""
    listed = [_listed(pen, facet, [row[place] for row in rows]) for place, facet in enumerate(facets)]
    described = {
        "columns": [[column.key, column.by] for column in columns],
        "facets": [
            {"key": facet.key, "label": facet.label, "values": values}
            for facet, values in zip(facets, listed, strict=True)
        ],
    }
    numbers = [{value: str(number) for number, value in enumerate(values)} for values in listed]
    head = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    marks = (
        ";".join(
            ",".join(known[value] for value in values) for known, values in zip(numbers, row, strict=True)
        )
        for row in rows
    )
    texts = [place for place, column in enumerate(columns) if column.by == "text"]
    ranks = zip(*(_ranks(pen, [row[place] for row in cells]) for place in texts), strict=True)
    return _span("index", head, "facets"), [
        markdown.trusted(f'<span data-of="{values}" data-ranks="{",".join(rank)}"></span>')
        for values, rank in zip_longest(marks, ranks, fillvalue=())
    ]


def _ranks(pen: Pen, cells: Sequence[Markup]) -> list[str]:
    """The rank of each cell in its column, from 0; none for an empty cell, the same for equal ones."""
    shown = [markdown.plain(cell) for cell in cells]
    order = {text: str(rank) for rank, text in enumerate(sorted({*shown} - {""}, key=pen.words.sort_key))}
    return [order.get(text, "") for text in shown]


def commonest(pen: Pen, rows: Iterable[Values]) -> list[tuple[Value, int]]:
    """The values of a facet, with how many rows have each: the commonest first, what fits none last."""
    counts = Counter(value for values in rows for value in dict.fromkeys(values))
    return sorted(
        counts.items(),
        key=lambda found: (found[0][0] == OTHER, -found[1], pen.words.sort_key(found[0][1]), found[0][0]),
    )


def tallies(
    pen: Pen, facets: Sequence[Facet | None], rows: Sequence[tuple[Values, ...]]
) -> tuple[Tally, ...]:
    """The tallies of a long index by facet, except those left out."""
    records = pen.edition.dossier.records
    found = []
    for place, facet in enumerate(facets):
        values = commonest(pen, (row[place] for row in rows)) if facet else []
        if facet and len(values) > 1:
            shown = tuple(
                (pen.link(RecordId(key)) if key in records else markdown.text(words), pen.words.number(n))
                for (key, words), n in values[:TALLIED]
            )
            found.append(Tally(facet.label, shown))
    return tuple(found)


def _listed(pen: Pen, facet: Facet, rows: Iterable[Values]) -> list[Value]:
    values = [value for value, _ in commonest(pen, rows)]
    return sorted(values, reverse=True) if facet.in_order else values


def _span(name: str, value: str, css: str = "") -> Markup:
    classes = f' class="{css}"' if css else ""
    return Markup(f'<span{classes} data-{name}="{markdown.text(value)}"></span>')  # noqa: S704


# Values of records


def word(value: str | None) -> Values:
    """A value that serves as its own name."""
    return ((value, value),) if value else ()


def named(pen: Pen, keys: Iterable[RecordId | None]) -> Values:
    """Records as values."""
    records = pen.edition.dossier.records
    return tuple((key, records[key].label) for key in dict.fromkeys(keys) if key and key in records)


def language(pen: Pen, tag: str | None) -> Values:
    """A language by its name in the page's."""
    return ((tag, language_name(pen.words, tag)),) if tag else ()


def outlets(pen: Pen, key: RecordId) -> Values:
    """The outlets whose articles name a record or back it."""
    found = pen.edition.cited(key).outlets
    named = tuple((outlet, pen.outlet_words(outlet)) for outlet in sorted(filter(None, found)))
    return (*named, (NONE, pen.words("sources.unnamed_short"))) if None in found else named


def outlet(pen: Pen, article: Article) -> Value:
    """The outlet of an article."""
    if article.outlet:
        return article.outlet, pen.outlet_words(article.outlet)
    return NONE, pen.words("sources.unnamed_short")


def month(pen: Pen, date: EdtfDate) -> Values:
    """The month of a date, or its year if it is no more precise."""
    first, last = date.earliest, date.latest
    text = f"{date.year:04}"
    if (first.year, first.month) == (last.year, last.month):
        text += f"-{first.month:02}"
    return ((text, in_words(pen.words, text, short=True)),)


def years(dates: Iterable[EdtfDate | None]) -> Values:
    """The years of dates."""
    found = {str(date.year) for date in dates if date}
    return tuple((year, year) for year in sorted(found))


def cited_by(pen: Pen, key: RecordId) -> tuple[Values, Values]:
    """The outlets and years of the articles that name a record or back it."""
    return outlets(pen, key), cited_years(pen, key)


def cited_years(pen: Pen, key: RecordId) -> Values:
    """The years in which articles name a record or back it."""
    found = pen.edition.cited(key).years
    return tuple((str(year), str(year)) for year, _ in found)
