"""The timeline: all events in the order of their dates."""

from collections.abc import Iterator

from generator.pages import markdown
from generator.pages.edition import Edition
from generator.pages.events import place_link
from generator.pages.indexes import Index, Row, index_pages
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.words import counted, date_words


def pages(edition: Edition) -> Iterator[Page]:
    """The timeline, a page a year once it is long."""
    yield from index_pages(edition, _timeline)


def _timeline(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(event.date.year),
            (
                markdown.date(date_words(event.date, short=True)),
                pen.link(event.id),
                place_link(pen, event),
                pen.inline(event.id, ("outcome",)),
            ),
        )
        for event in pen.edition.events_by_date
    )
    intro = f"{counted(len(rows), 'event')} in the order of their dates, each as precisely as it is known."
    columns = ("Date", "Event", "Place", "What came of it")
    return Index("timeline", "Timeline", intro, columns, "year", rows, label="Across")
