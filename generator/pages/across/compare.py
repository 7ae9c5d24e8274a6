"""The page on which readers compare two speakers on an issue, or two outlets on an event.

It lists what can be compared, so that without scripts readers find the pages that have both. Scripts read these
pages and show two of their speakers or outlets side by side, so no other file is needed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.happenings import Event
from generator.model.ids import OrganizationId
from generator.model.record import Record
from generator.pages.records.statements import by_fragment
from generator.pages.writing import compare, head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

# The most issues and events on the page; others are compared from their own pages.
MOST = 60
# The most speakers of an issue that are named.
_NAMED = 6


class CompareView(NamedTuple):
    """What can be compared: issues with their speakers, events with their outlets."""

    issues: tuple[tuple[Markup, Markup], ...]
    events: tuple[tuple[Markup, Markup, str], ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The page of comparisons."""
    pen = Pen(edition, compare.PATH)
    title, intro = pen.words("compare.title"), pen.words("compare.intro")
    view = CompareView(tuple(_issues(pen)), tuple(_events(pen)))
    meta = head.of_page(pen, title, intro)
    yield Page(pen.path, meta, pen.render("compare", title=title, intro=intro, view=view))


def _issues(pen: Pen) -> Iterator[tuple[Markup, Markup]]:
    """The issues with several speakers, those with most statements first."""
    found = []
    for issue in pen.edition.dossier.issues.values():
        said = pen.edition.statements(issue.id, "Statements")
        speakers = tuple(dict.fromkeys(statement.speaker for statement in said))
        if len(speakers) > 1:
            found.append((-len(said), issue.id, issue, speakers))
    for _, key, issue, speakers in sorted(found, key=lambda one: one[:2])[:MOST]:
        page = pen.page_of(key)[0]
        links = [
            markdown.link(pen.label(speaker), pen.to(page, by_fragment(speaker)))
            for speaker in speakers[:_NAMED]
        ]
        if len(speakers) > _NAMED:
            links.append(pen.say("signs.more", n=len(speakers) - _NAMED))
        yield _subject(pen, issue), markdown.joined(links, ", ")


def _events(pen: Pen) -> Iterator[tuple[Markup, Markup, str]]:
    """The events that several outlets report, the newest first."""
    number = 0
    for event in reversed(pen.edition.events_by_date):
        outlets = reporting(pen, event)
        if len(outlets) > 1 and number < MOST:
            number += 1
            named = (pen.outlet_words(key) if key else pen.words("sources.unnamed_inside") for key in outlets)
            yield pen.day(event.date), _subject(pen, event), pen.words.listed([*named])


def reporting(pen: Pen, event: Event) -> tuple[OrganizationId | None, ...]:
    """The outlets that report an event, by date of their first report."""
    articles = pen.edition.articles(pen.edition.reported.get(event.id, {}))
    return tuple(dict.fromkeys(article.outlet for article in articles))


def _subject(pen: Pen, record: Record) -> Markup:
    mark = Markup('<span data-subject="{} {}"></span>').format(record.kind_of.value, record.id)
    return markdown.joined([pen.link(record.id), mark], "")
