"""Who appears with whom: the pairs that share most events and paragraphs."""

from collections.abc import Iterator

from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.pages import head, markdown
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.tables import Table

# Pairs in the table, the closest first.
_PAIRS = 100


def pages(edition: Edition) -> Iterator[Page]:
    """The table of the closest pairs."""
    pen = Pen(edition, "network.md")
    title, intro = pen.words("titles.network"), pen.words("network.intro", n=_PAIRS)
    rows = tuple(
        (pen.link(one), pen.link(other), markdown.text(pen.words.number(n)))
        for (one, other), n in _closest(edition)
    )
    tables = (Table(intro, pen.heads("first", "second", "together"), rows),)
    yield Page(
        pen.path,
        head.of_page(pen, title, intro, label=pen.words("labels.across")),
        pen.render("tables", title=title, tables=tables),
    )


def _closest(edition: Edition) -> list[tuple[tuple[RecordId, RecordId], int]]:
    pairs: dict[tuple[RecordId, RecordId], int] = {}
    for one in (*edition.dossier.people, *edition.dossier.organizations):
        for kind in (Kind.PERSON, Kind.ORGANIZATION):
            for other, number in edition.seen_with(one, kind, _PAIRS):
                pairs[min(one, other), max(one, other)] = number
    return sorted(pairs.items(), key=lambda p: (-p[1], p[0]))[:_PAIRS]
