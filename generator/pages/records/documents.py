"""Pages of documents that articles mention: treaties, statements, drafts."""

from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.happenings import Document
from generator.pages.records import side
from generator.pages.records.common import Common, EventRow, cited_facts, common, event_rows
from generator.pages.records.side import SideSection
from generator.pages.writing import head
from generator.pages.writing.descriptions import document_kind, label
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

_SHOWN = frozenset({"Invoked in", "Parts", "Statements about", "Questions about"})


class DocumentView(NamedTuple):
    """A document's page."""

    common: Common
    kind: str
    date: Markup
    by: Markup
    part_of: Markup
    event: Markup
    status: Markup
    parts: tuple[Markup, ...]
    invoked: tuple[EventRow, ...]


def page(pen: Pen, document: Document) -> Page:
    """The page of a document."""
    edition, key = pen.edition, document.id
    view = DocumentView(
        common=common(pen, document, _side(pen, document), cited_facts(pen, key)),
        kind=document_kind(pen, document),
        date=markdown.text(pen.date(document.date)) + pen.at(document, "date"),
        by=pen.links(document.by) + pen.at(document, "by"),
        part_of=pen.link(document.part_of) + pen.at(document, "part_of") if document.part_of else Markup(""),
        event=pen.link(document.event) + pen.at(document, "event") if document.event else Markup(""),
        status=markdown.text(document.status or "") + pen.at(document, "status"),
        parts=tuple(pen.link(part) for part in edition.referring(key, "Parts")),
        invoked=event_rows(pen, edition.events(edition.referring(key, "Invoked in"))),
    )
    meta = head.of_record(
        pen,
        document,
        label=label(pen, document, document_kind(pen, document)),
        description=head.plain_prose(pen, key, "summary"),
    )
    return Page(pen.path, meta, pen.render("document", view=view))


def _side(pen: Pen, document: Document) -> tuple[SideSection, ...]:
    return side.sections(
        side.sources(pen, pen.edition.cited(document.id)),
        side.elsewhere(pen, document),
        *side.related(pen, document.id, _SHOWN),
    )
