"""All pages of an edition.

A family of pages is imported when one of its pages is built, since most changes affect few families.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Literal

from generator.edition import Edition
from generator.model.ids import RecordId
from generator.model.kinds import INDEX_KINDS, KINDS_WITH_PAGES, Kind
from generator.model.record import Record
from generator.pages.records import mentions
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

# The module of each family of records' own pages.
_FAMILIES = {
    Kind.PERSON: "records.people",
    Kind.ORGANIZATION: "records.organizations",
    Kind.PLACE: "records.places",
    Kind.EVENT: "records.events",
    Kind.DOCUMENT: "records.documents",
    Kind.ARTICLE: "records.articles",
    Kind.ISSUE: "records.issues",
    Kind.QUESTION: "records.questions",
    Kind.STORY: "records.story",
}


# The modules of pages across the dossier, in the order of the navigation.
_ACROSS = (
    "timeline",
    "search",
    "sections",
    "statements",
    "matrix",
    "compare",
    "appeals",
    "coverage",
    "names",
    "network",
    "maps",
    "charts",
    "ledger",
    "changes",
    "report",
)


# What is built at once, one page or several, by sort and key: a record's own page by its id; a page of its further
# mentions by its id and number; the page of a tie by its ends; an index by its section; a family across the dossier
# by its module.
Target = tuple[Literal["record", "mentions", "tie", "index", "across"], str, int | str]
_HOME, _SECTIONS = "home", "sections"


def pages(edition: Edition) -> Iterator[Page]:
    """Every page of an edition, built one at a time."""
    for target in targets(edition):
        yield from build(edition, target)


def targets(edition: Edition) -> Iterator[Target]:
    """All targets of an edition, in the order of the navigation."""
    yield "across", _HOME, 0
    for name in _ACROSS:
        if name == _SECTIONS:
            yield from (("index", kind.section, 0) for kind in INDEX_KINDS)
        else:
            yield "across", name, 0
    yield from tie_targets(edition)
    for key, kind in edition.dossier.declared.items():
        if kind in KINDS_WITH_PAGES:
            yield "record", key, 0
            yield from mention_targets(key, mention_page_count(edition, key))


def tie_targets(edition: Edition) -> Iterator[Target]:
    """The targets of the ties that the network draws, each with a page of its own."""
    yield from (("tie", one, other) for one, other in edition.drawn_ties)


def mention_page_count(edition: Edition, key: RecordId) -> int:
    """The number of pages of a record's mentions, its own page included."""
    return mentions.page_count(edition.times_mentioned.get(key, (0, 0))[0])


def mention_targets(key: RecordId, pages: int) -> Iterator[Target]:
    """The targets of a record's mentions after its own page, given the number of pages."""
    yield from (("mentions", key, number) for number in range(2, pages + 1))


def build(edition: Edition, target: Target) -> Iterator[Page]:
    """The pages of a target."""
    sort, name, number = target
    if sort == "record":
        yield from _of_record(edition, edition.dossier.records[RecordId(name)])
    elif sort == "mentions":
        yield _further_mentions(edition, RecordId(name), int(number))
    elif sort == "tie":
        yield _family("across.network").tie_page(edition, RecordId(name), RecordId(str(number)))
    elif sort == "index":
        yield from _family("indexes.sections").pages(
            edition, next(kind for kind in INDEX_KINDS if kind.section == name)
        )
    elif name == _HOME:
        yield _family("across.home").page(Pen(edition, "index.md"))
    else:
        yield from _family(f"across.{name}").pages(edition)


def _family(name: str) -> ModuleType:
    return import_module(f"generator.pages.{name}")


def _of_record(edition: Edition, record: Record) -> Iterator[Page]:
    """A record's own page, and a redirect from each of its former ids."""
    section, key = record.kind_of.section, record.id
    path, _ = Pen(edition, section).page_of(key)
    yield _family(_FAMILIES[record.kind_of]).page(Pen(edition, path), record)
    for old in record.formerly:
        pen = Pen(edition, f"{section}/{old}.md")
        meta = head.redirect(pen, record.kind_of, key)
        yield Page(pen.path, meta, pen.render("redirect", link=pen.link(key)))


def _further_mentions(edition: Edition, key: RecordId, number: int) -> Page:
    """A page of a record's mentions after the first, which is its own page."""
    kind, name, words = edition.dossier.records[key].kind_of, edition.dossier.label(key), edition.words
    path = mentions.page_path(f"{kind.section}/{key}", number)
    further = Pen(edition, path)
    title = words("entry.mentions_page", name=name, page=number)
    crumbs = [
        (words(f"sections.{kind.section}"), f"{kind.section}/"),
        (name, f"{kind.section}/{key}/"),
    ]
    label = words(f"kinds.{kind.value}")
    meta = head.of_page(further, title, title, label=label, section=kind.section, crumbs=crumbs)
    view = mentions.view(further, key, number)
    return Page(path, meta, further.render("mentions", title=title, view=view))
