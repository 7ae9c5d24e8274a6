"""Facets of a list, by which readers filter it.

Scripts read the rows of a list from its pages: what is in the cells, and from an empty element in each row the row's
values of the facets, as numbers. An empty element before the list has the names of columns, facets and values. A list
of several pages needs no other file for scripts: they fetch the pages that readers without scripts read.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.article import Article
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import language_name
from generator.words.dates import in_words

# The value in the address for rows that have none.
NONE = "none"
# A facet's value: in the address, and in words.
Value = tuple[str, str]
Values = tuple[Value, ...]


class Column(NamedTuple):
    """How a column is sorted.

    Attributes:
        key: Its name in the address, and the key of its head in the catalogue.
        by: `rank` sorts by a number that the cell does not show.
    """

    key: str
    by: Literal["text", "number", "date", "rank", ""] = ""


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


class OtherPages(NamedTuple):
    """The other pages of a list, as targets of links.

    Attributes:
        repeat: Whether they have all rows; otherwise those that follow the rows of this page.
    """

    targets: tuple[str, ...] = ()
    repeat: bool = False


def facets(pen: Pen, *keys: str) -> tuple[Facet, ...]:
    """Facets by their keys in the catalogue."""
    return tuple(Facet(key, pen.words(f"facets.by.{key}"), in_order=key == "year") for key in keys)


def mark(
    facets: Sequence[Facet],
    rows: Sequence[tuple[Values, ...]],
    *,
    columns: Sequence[Column] = (),
    order: str = "",
    parts: OtherPages | None = None,
) -> tuple[Markup, list[Markup]]:
    """The element before a list, and those of its rows.

    Args:
        rows: The values of each row on this page, by facet.
        order: The column by which the list is sorted; `-` before its name is descending.
        parts: The other pages, from which scripts read the rows. None on such a page, which offers no filters itself.
    """
    listed = [_listed(row[place] for row in rows) for place in range(len(facets))]
    described: dict[str, object] = {"values": listed}
    if parts is not None:
        described |= {
            "columns": [[column.key, column.by] for column in columns],
            "facets": [[facet.key, facet.label, facet.in_order] for facet in facets],
            "order": order,
            "parts": parts.targets,
            "repeat": parts.repeat,
        }
    numbers = [{value: str(number) for number, value in enumerate(values)} for values in listed]
    head = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    marks = (
        ";".join(
            ",".join(known[value] for value in values) for known, values in zip(numbers, row, strict=True)
        )
        for row in rows
    )
    name = "index" if parts is not None else "part"
    return _span(name, head, "facets"), [
        markdown.trusted(f'<span data-of="{values}"></span>') for values in marks
    ]


def _listed(rows: Iterable[Values]) -> list[Value]:
    """The values of a facet, the commonest first, so that most of their numbers are short."""
    counts = Counter(value for values in rows for value in dict.fromkeys(values))
    return sorted(counts, key=lambda value: (-counts[value], value))


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
