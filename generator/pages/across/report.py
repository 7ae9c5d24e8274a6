"""The report: the whole dossier as one document to print, every record with its evidence, the articles at the end.

Links lead to a record's place in the report itself, and citations to its own copy of the paragraph, so that a reader
of the paper or of the file needs no site. A site has the page of it unless the dossier is too long for one page.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.chronology import by_publication
from generator.link import DOSSIER
from generator.markup import markdown
from generator.model.ids import ArticleId, RecordId
from generator.model.kinds import PAGE_KINDS, Kind
from generator.model.record import Record
from generator.pages.across.appeals import AppealRow, appeal_rows
from generator.pages.across.entries import ReportEntry, anchor, entry, paragraph_anchor
from generator.pages.writing import head
from generator.pages.writing.page import REPORT, Page
from generator.pages.writing.pen import Pen, said_fragment

# Appeals on the title page; all are among the events too.
_APPEALS = 40
# The chapters, in the order in which a reader wants them.
_CHAPTERS = (
    Kind.EVENT,
    Kind.QUESTION,
    Kind.ISSUE,
    Kind.PERSON,
    Kind.ORGANIZATION,
    Kind.PLACE,
    Kind.DOCUMENT,
    Kind.ARTICLE,
)


class ReportPen(Pen):
    """A pen for the report, whose links stay within it."""

    def _page_of(self, key: RecordId, kind: Kind) -> tuple[str, str]:
        return self.path, said_fragment(key) if kind is Kind.STATEMENT else anchor(key)

    def paragraph_of(
        self, article: ArticleId, number: int, citing: RecordId | None = None
    ) -> tuple[str, str]:
        return self.path, paragraph_anchor(article, number)


class Chapter(NamedTuple):
    """The records of one kind."""

    kind: Kind
    heading: str
    anchor: str
    entries: tuple[ReportEntry, ...]


class TitlePage(NamedTuple):
    """The part of the report before its chapters."""

    question: str
    scope: str
    summary: tuple[Markup, ...]
    appeals: tuple[tuple[AppealRow, ...], ...]
    contents: tuple[tuple[Markup, str], ...]
    curators: str
    rights: str


def pages(edition: Edition) -> Iterator[Page]:
    """The page of the report, if the dossier is short enough to have one."""
    if edition.has_report:
        yield page(edition)


def page(edition: Edition) -> Page:
    """The report of a dossier of any length."""
    pen = ReportPen(edition, REPORT)
    chapters = tuple(_chapters(pen))
    title, intro, label = pen.words("report.title"), pen.words("report.intro"), pen.words("report.label")
    return Page(
        REPORT,
        # Everything in it is on other pages of the site already.
        {**head.of_page(pen, title, intro, kind="report", label=label), "search": {"exclude": True}},
        pen.render(
            "report",
            title=edition.dossier.settings.title,
            front=_title_page(pen, chapters),
            chapters=chapters,
        ),
    )


def _chapters(pen: Pen) -> Iterator[Chapter]:
    for kind in _CHAPTERS:
        if entries := tuple(entry(pen, record) for record in _records(pen.edition, kind)):
            yield Chapter(kind, pen.words(f"sections.{kind.section}"), f"chapter-{kind.section}", entries)


def _records(edition: Edition, kind: Kind) -> Iterable[Record]:
    """The records of a kind by date or by name."""
    match kind:
        case Kind.EVENT:
            return edition.events_by_date
        case Kind.ARTICLE:
            return sorted(edition.dossier.articles.values(), key=by_publication)
        case _:
            found: Mapping[RecordId, Record] = getattr(edition.dossier, kind.section)
            return sorted(found.values(), key=lambda record: edition.by_name(record.id))


def _title_page(pen: Pen, chapters: Sequence[Chapter]) -> TitlePage:
    dossier, settings = pen.edition.dossier, pen.edition.dossier.settings
    counts = {
        chapter.kind: pen.words(f"nouns.{chapter.kind.value}", n=len(chapter.entries)) for chapter in chapters
    }
    scope = [counts[kind] for kind in PAGE_KINDS if kind in counts]
    return TitlePage(
        question=settings.question or "",
        scope=" · ".join([*scope, pen.words("nouns.statement", n=len(dossier.statements))]),
        summary=pen.prose(DOSSIER, ("summary",)),
        appeals=tuple(_appeals(pen))[:_APPEALS],
        contents=tuple(
            (markdown.link(chapter.heading, pen.to(pen.path, chapter.anchor)), counts[chapter.kind])
            for chapter in chapters
        ),
        curators=pen.words.listed(settings.curators),
        rights=settings.rights or "",
    )


def _appeals(pen: Pen) -> Iterator[tuple[AppealRow, ...]]:
    """The rows of each appeal; the first has the request and its outcome."""
    rows: list[AppealRow] = []
    for row in appeal_rows(pen):
        if row.asked and rows:
            yield tuple(rows)
            rows = []
        rows.append(row)
    if rows:
        yield tuple(rows)
