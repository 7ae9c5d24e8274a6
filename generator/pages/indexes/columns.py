"""Cells that the indexes of several kinds have."""

from markupsafe import Markup

from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.ids import RecordId
from generator.pages.writing.pen import Pen


def date_cell(pen: Pen, date: EdtfDate | None) -> Markup:
    """A date in a column of dates; if there is none, an empty element that keeps the column's width."""
    key = date.sort_key[0].isoformat() if date else ""
    return markdown.date(pen.date(date, short=True), key) or Markup('<span class="d"></span>')


def named(pen: Pen, key: RecordId) -> Markup:
    """A link to a record, with its sort name for scripts where that is not its name."""
    link, sorted_as = pen.link(key), pen.edition.sorted_as(key)
    if sorted_as == pen.edition.dossier.records[key].label:
        return link
    return markdown.joined(
        [link, Markup('<span data-sort="{}"></span>').format(markdown.text(sorted_as))], ""
    )


def number(pen: Pen, count: int) -> Markup:
    """A count; empty for 0."""
    return markdown.text(pen.words.number(count) if count else "")


def cited(pen: Pen, key: RecordId) -> Markup:
    """The number of articles that a record appears in."""
    return number(pen, pen.edition.cited(key).number)


def last_cited(pen: Pen, key: RecordId) -> Markup:
    """The date of the last article that a record appears in, and a link to it."""
    last = pen.edition.cited(key).last
    if not last:
        return Markup("")
    published = pen.edition.dossier.articles[last].published
    return markdown.link(date_cell(pen, published), pen.to(f"articles/{last}.md"))
