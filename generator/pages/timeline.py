"""The timeline: all events in the order of their dates."""

from collections.abc import Iterator

from generator.pages.edition import Edition
from generator.pages.events import place_link
from generator.pages.indexes import Index, Row, index_pages
from generator.pages.page import Page
from generator.pages.pen import Pen


def pages(edition: Edition) -> Iterator[Page]:
    """The timeline, a page a year once it is long."""
    yield from index_pages(edition, _timeline)


def _timeline(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(event.date.year),
            (
                pen.day(event.date),
                pen.link(event.id),
                place_link(pen, event),
                pen.inline(event.id, ("outcome",)),
            ),
        )
        for event in pen.edition.events_by_date
    )
    return Index(
        "timeline",
        pen.words("titles.timeline"),
        pen.words("indexes.timeline", n=len(rows)),
        pen.heads("date", "event", "place", "result"),
        "year",
        rows,
        label=pen.words("labels.across"),
    )
