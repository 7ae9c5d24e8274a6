"""All pages of an edition."""

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, Literal

from generator.model.ids import RecordId
from generator.model.kinds import PAGE_KINDS, Kind
from generator.model.record import Record
from generator.pages import (
    appeals,
    articles,
    changes,
    charts,
    coverage,
    documents,
    events,
    head,
    home,
    issues,
    ledger,
    maps,
    matrix,
    mentions,
    names,
    network,
    organizations,
    people,
    places,
    questions,
    report,
    search,
    sections,
    timeline,
)
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.pen import Pen

_FAMILIES: dict[Kind, Callable[[Pen, Any], Page]] = {
    Kind.PERSON: people.page,
    Kind.ORGANIZATION: organizations.page,
    Kind.PLACE: places.page,
    Kind.EVENT: events.page,
    Kind.DOCUMENT: documents.page,
    Kind.ARTICLE: articles.page,
    Kind.ISSUE: issues.page,
    Kind.QUESTION: questions.page,
}


# Pages across the dossier, in the order of the navigation.
_ACROSS: Mapping[str, ModuleType] = {
    family.__name__.rpartition(".")[2]: family
    for family in (
        timeline,
        search,
        sections,
        matrix,
        appeals,
        coverage,
        names,
        network,
        maps,
        charts,
        ledger,
        changes,
        report,
    )
}


# Some pages that are made together: those of a record by its id, or those of a family across the dossier.
Work = tuple[Literal["record", "across"], str]
_HOME = "home"


def pages(edition: Edition) -> Iterator[Page]:
    """Every page of an edition, made one at a time."""
    for work in works(edition):
        yield from made(edition, work)


def works(edition: Edition) -> Iterator[Work]:
    """All that is to be made of an edition."""
    yield "across", _HOME
    yield from (("across", name) for name in _ACROSS)
    yield from (
        ("record", key)
        for key, kind in edition.dossier.declared.items()
        if kind in PAGE_KINDS and key in edition.dossier.records
    )


def made(edition: Edition, work: Work) -> Iterator[Page]:
    """The pages of one piece of work."""
    sort, name = work
    if sort == "record":
        yield from _of_record(edition, edition.dossier.records[RecordId(name)])
    elif name == _HOME:
        yield home.page(Pen(edition, "index.md"))
    else:
        yield from _ACROSS[name].pages(edition)


def _of_record(edition: Edition, record: Record) -> Iterator[Page]:
    """A record's own page, those of its further mentions, and those at ids that it had."""
    section, key = record.kind_of.section, record.id
    page = _FAMILIES[record.kind_of](Pen(edition, f"{section}/{key}.md"), record)
    yield page
    yield from _further_mentions(edition, page, record.kind_of, key)
    for old in record.formerly:
        pen = Pen(edition, f"{section}/{old}.md")
        meta = head.redirect(pen, record.kind_of, key)
        yield Page(pen.path, meta, pen.render("redirect", link=pen.link(key)))


def _further_mentions(edition: Edition, page: Page, kind: Kind, key: Any) -> Iterator[Page]:
    pen = Pen(edition, page.path)
    for number in range(2, mentions.page_count(len(mentions.mentioning(pen, key))) + 1):
        path = mentions.page_path(page.path.removesuffix(".md"), number)
        further = Pen(edition, path)
        words, name = edition.words, edition.dossier.label(key)
        title = words("entry.mentions_page", name=name, page=number)
        crumbs = [
            (words(f"sections.{kind.section}"), f"{kind.section}/"),
            (name, f"{kind.section}/{key}/"),
        ]
        label = words(f"kinds.{kind.value}")
        meta = head.of_page(further, title, title, label=label, section=kind.section, crumbs=crumbs)
        yield Page(
            path, meta, further.render("mentions", title=title, view=mentions.view(further, key, number))
        )
