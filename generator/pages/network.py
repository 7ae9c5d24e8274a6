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
    title = "Who appears with whom"
    intro = f"The {_PAIRS} pairs of people and organizations that share most events and paragraphs."
    rows = tuple((pen.link(one), pen.link(other), markdown.text(n)) for (one, other), n in _closest(edition))
    tables = (Table(intro, ("One", "Other", "Together"), rows),)
    yield Page(
        pen.path,
        head.of_page(pen, title, intro, label="Across"),
        pen.render("tables", title=title, tables=tables),
    )


def _closest(edition: Edition) -> list[tuple[tuple[RecordId, RecordId], int]]:
    pairs: dict[tuple[RecordId, RecordId], int] = {}
    for one in (*edition.dossier.people, *edition.dossier.organizations):
        for kind in (Kind.PERSON, Kind.ORGANIZATION):
            for other, number in edition.seen_with(one, kind, _PAIRS):
                pairs[min(one, other), max(one, other)] = number
    return sorted(pairs.items(), key=lambda p: (-p[1], p[0]))[:_PAIRS]
