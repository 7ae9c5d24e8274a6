"""Parts that the indexes of all kinds share: the frame of the index, and common cells."""

from collections.abc import Iterable

from markupsafe import Markup

from generator.edition.sort_names import letter_of
from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named
from generator.pages.indexes import faceted
from generator.pages.indexes.faceted import Column
from generator.pages.indexes.indexes import Cells, IndexRow, RecordIndex, letter_words
from generator.pages.writing.pen import Pen


def index_of(
    pen: Pen,
    kind: Kind,
    columns: tuple[Column, ...],
    grouped: str,
    rows: Iterable[IndexRow],
    facets: tuple[str, ...],
) -> RecordIndex:
    """The index of a kind, with its own title and introduction."""
    rows, section = tuple(rows), kind.section
    title, intro = pen.words(f"sections.{section}"), pen.words(f"indexes.{section}", n=len(rows))
    heads = pen.heads(*(column.key for column in columns))
    return RecordIndex(
        folder=section,
        title=title,
        intro=intro,
        columns=heads,
        grouped=grouped,
        rows=rows,
        section=section,
        facets=faceted.facets(pen, *facets),
        sorts=columns,
    )


def date_cell(pen: Pen, date: EdtfDate | None) -> Markup:
    """A date in a column of dates; if there is none, an empty element that keeps the column's width."""
    key = date.sort_key[0].isoformat() if date else ""
    return markdown.date(pen.date(date, short=True), key) or Markup('<span class="d"></span>')


def number(pen: Pen, count: int) -> Markup:
    """A count; empty for 0."""
    return markdown.text(pen.words.number(count) if count else "")


def cited(pen: Pen, key: RecordId) -> Markup:
    """The number of articles that a record appears in."""
    return number(pen, pen.edition.cited(key).number)


def named_row(pen: Pen, record: Named, cells: Cells, values: tuple[faceted.Values, ...]) -> IndexRow:
    """A row under the letter of a name."""
    letter = letter_of(pen.edition.sorted_as(record.id))
    return IndexRow(letter, cells, values, letter_words(pen, letter))


def last_cited(pen: Pen, key: RecordId) -> Markup:
    """The date of the last article that a record appears in, and a link to it."""
    last = pen.edition.cited(key).last
    if not last:
        return Markup("")
    published = pen.edition.dossier.articles[last].published
    return markdown.link(date_cell(pen, published), pen.to(f"articles/{last}.md"))
