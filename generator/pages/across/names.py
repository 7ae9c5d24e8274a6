"""Names as printed: how each outlet writes the name of each record."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.coverage import Forms
from generator.edition.sort_names import letter_of
from generator.markup import markdown
from generator.model.ids import RecordId
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages, letter_words
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

FOLDER = "names"


def pages(edition: Edition) -> Iterator[Page]:
    """The table of records by outlet, a page a letter once it is long."""
    yield from index_pages(edition, FOLDER, _names)


def _names(pen: Pen) -> RecordIndex:
    edition = pen.edition
    rows = []
    for key, forms in edition.printed.items():
        if not _differs(edition, key, forms):
            continue
        letter = letter_of(edition.sorted_as(key))
        row = IndexRow(letter, partial(_cells, key, forms), heading=letter_words(pen, letter))
        rows.append((edition.in_index(key), row))
    ordered = tuple(row for _, row in sorted(rows, key=lambda r: r[0]))
    return RecordIndex(
        folder=FOLDER,
        title=pen.words("titles.names"),
        intro=pen.words("indexes.names", n=len(rows)),
        columns=(*pen.heads("record"), *pen.outlet_heads()),
        grouped="letter",
        rows=ordered,
    )


def _cells(key: RecordId, forms: Forms, pen: Pen) -> tuple[Markup, ...]:
    columns, are_more = pen.edition.outlet_columns
    cells = [_cell(pen, key, [name for name, by in forms.items() if outlet in by]) for outlet in columns]
    if are_more:
        cells.append(_cell(pen, key, [name for name, by in forms.items() if not set(by) <= set(columns)]))
    return pen.link(key), *cells


def _differs(edition: Edition, key: RecordId, forms: Forms) -> bool:
    """Whether two full names are printed, or two short forms: one of each is not a difference."""
    short = set(edition.dossier.records[key].short_names)
    return len(set(forms) - short) > 1 or len(set(forms) & short) > 1


def _cell(pen: Pen, key: RecordId, names: list[str]) -> Markup:
    ordered = sorted(names, key=pen.words.sort_key)
    return markdown.joined([pen.printed(key, name) for name in ordered], ", ")
