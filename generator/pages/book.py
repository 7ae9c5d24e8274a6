"""All pages of an edition."""

from collections.abc import Callable, Iterator
from typing import Any

from generator.model.kinds import PAGE_KINDS, Kind
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
_ACROSS = (
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


def pages(edition: Edition) -> Iterator[Page]:
    """Every page of an edition, made one at a time."""
    dossier = edition.dossier
    yield home.page(Pen(edition, "index.md"))
    for family in _ACROSS:
        yield from family.pages(edition)
    for key, record in dossier.records.items():
        if record.kind_of not in PAGE_KINDS:
            continue
        section = record.kind_of.section
        page = _FAMILIES[record.kind_of](Pen(edition, f"{section}/{key}.md"), record)
        yield page
        yield from _further_mentions(edition, page, record.kind_of, key)
        for old in record.formerly:
            pen = Pen(edition, f"{section}/{old}.md")
            yield Page(
                pen.path,
                head.redirect(pen, record.kind_of, key),
                pen.render("redirect", link=pen.link(key)),
            )


def _further_mentions(edition: Edition, page: Page, kind: Kind, key: Any) -> Iterator[Page]:
    for number in range(2, mentions.page_count(len(edition.mentioning(key))) + 1):
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
