"""The whole dossier as one document to print or to save: every record with its evidence, and the articles at its end.

Links lead to a record's place in the report itself, and citations to its own copy of the
paragraph, so that a reader of the paper or of the file needs no site. A long dossier is a report in
volumes, each a page, so that no page grows with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.chronology import by_publication
from generator.link.linker import DOSSIER
from generator.markup import markdown
from generator.model.article import Article
from generator.model.ids import ArticleId, RecordId, StatementId
from generator.model.kinds import PAGE_KINDS, Kind
from generator.model.record import Record
from generator.pages.across.appeals import AppealRow, appeal_rows
from generator.pages.across.entries import ReportEntry, anchor, entry, paragraph_anchor
from generator.pages.writing import head
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, Pen, said_fragment

FOLDER = "report"
# The name of the derived value that has the page of each record.
PARTS, PLAN, ON_PATH = "report parts", "report plan", "report pages"
_FIRST = f"{FOLDER}/{INDEX}"
# The most paragraphs of articles on one page; a record or a statement counts as two.
LIMIT = 500
_ENTRY = 2
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


@dataclass(frozen=True)
class ReportPen(Pen):
    """A pen for a page of the report, whose links stay within it; `plan` gives the page of each record."""

    plan: Mapping[RecordId, str] = field(default_factory=dict)

    def _page_of(self, key: RecordId, kind: Kind) -> tuple[str, str]:
        if kind is Kind.STATEMENT:
            issue = self.edition.dossier.statements[StatementId(key)].issue
            if issue in self.plan:
                return self.plan[issue], said_fragment(key)
        return (self.plan[key], anchor(key)) if key in self.plan else super()._page_of(key, kind)

    def paragraph_of(self, article: ArticleId, number: int) -> tuple[str, str]:
        if article not in self.plan:
            return super().paragraph_of(article, number)
        return self.plan[article], paragraph_anchor(article, number)


class Chapter(NamedTuple):
    """The records of one kind on one page of the report."""

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


class ReportPart(NamedTuple):
    """A run of records of one kind, and the page of the report that has them."""

    kind: Kind
    keys: tuple[RecordId, ...]
    path: str
    number: int = 0


def parts(edition: Edition) -> tuple[ReportPart, ...]:
    """The chapters of the report, cut where they are too long for one page."""
    return edition.derive(PARTS, _parts)


def paths(edition: Edition) -> tuple[str, ...]:
    """The paths of the report's pages: one page while it is short, a page for each part once it is long."""
    return tuple(dict.fromkeys([_FIRST, *(part.path for part in parts(edition))]))


def plan(edition: Edition) -> Mapping[RecordId, str]:
    """The page of the report that has each record."""
    return edition.derive(
        PLAN, lambda edition: {key: part.path for part in parts(edition) for key in part.keys}
    )


def on_path(edition: Edition) -> Mapping[str, tuple[ReportPart, ...]]:
    """The parts of each page."""

    def found(edition: Edition) -> dict[str, tuple[ReportPart, ...]]:
        some: dict[str, list[ReportPart]] = defaultdict(list)
        for part in parts(edition):
            some[part.path].append(part)
        return {path: tuple(here) for path, here in some.items()}

    return edition.derive(ON_PATH, found)


# The values that the report derives from the whole edition, by name.
MADE: Mapping[str, Callable[[Edition], object]] = {PARTS: parts, PLAN: plan, ON_PATH: on_path}


def page(edition: Edition, path: str) -> Page:
    """A page of the report."""
    pen = ReportPen(edition, path, plan(edition))
    here = on_path(edition).get(path, ())
    title = pen.words("report.title")
    if path != _FIRST:
        title = pen.words("signs.titled", title=title, group=_heading(pen, here[0]))
    return Page(
        path,
        _meta(pen, title, is_first=path == _FIRST),
        pen.render(
            "report",
            title=edition.dossier.settings.title if path == _FIRST else title,
            front=_front(pen) if path == _FIRST else None,
            chapters=tuple(_chapter(pen, part) for part in here),
        ),
    )


def _parts(edition: Edition) -> tuple[ReportPart, ...]:
    """The chapters of an edition; all on the first page if they fit there."""
    ordered = {kind: tuple(_records(edition, kind)) for kind in _CHAPTERS}
    total = sum(_weight(edition, record) for records in ordered.values() for record in records)
    if total <= LIMIT:
        return tuple(ReportPart(kind, _keys(records), _FIRST) for kind, records in ordered.items() if records)
    return tuple(
        ReportPart(kind, _keys(some), f"{FOLDER}/{kind.section}-{number}.md", number)
        for kind, records in ordered.items()
        for number, some in enumerate(_cut(edition, records), start=1)
    )


def _keys(records: Iterable[Record]) -> tuple[RecordId, ...]:
    return tuple(record.id for record in records)


def _cut(edition: Edition, records: Iterable[Record]) -> Iterator[tuple[Record, ...]]:
    some: list[Record] = []
    weight = 0
    for record in records:
        more = _weight(edition, record)
        if some and weight + more > LIMIT:
            yield tuple(some)
            some, weight = [], 0
        some.append(record)
        weight += more
    if some:
        yield tuple(some)


def _weight(edition: Edition, record: Record) -> int:
    """The length of a record in the report, in paragraphs."""
    if isinstance(record, Article):
        return _ENTRY + edition.lengths[record.article_id]
    if record.kind_of is Kind.ISSUE:
        return _ENTRY + _ENTRY * len(edition.referring(record.id, "Statements"))
    return _ENTRY


def _records(edition: Edition, kind: Kind) -> Iterable[Record]:
    """The records of a kind in the order in which readers look for them: by date or by name."""
    dossier = edition.dossier
    match kind:
        case Kind.EVENT:
            return edition.events_by_date
        case Kind.ARTICLE:
            return sorted(dossier.articles.values(), key=by_publication)
        case _:
            found = (record for record in dossier.records.values() if record.kind_of is kind)
            return sorted(found, key=lambda record: edition.by_name(record.id))


def _meta(pen: Pen, title: str, *, is_first: bool) -> dict[str, object]:
    intro = pen.words("report.intro")
    crumbs = () if is_first else ((pen.words("report.title"), f"{FOLDER}/"),)
    meta = head.of_page(pen, title, intro, kind="report", label=pen.words("report.label"), crumbs=crumbs)
    # Everything in it is on other pages of the site already.
    return {**meta, "search": {"exclude": True}}


def _front(pen: ReportPen) -> TitlePage:
    settings = pen.edition.dossier.settings
    found = parts(pen.edition)
    counts = {kind: sum(len(part.keys) for part in found if part.kind is kind) for kind in PAGE_KINDS}
    scope = [pen.words(f"nouns.{kind.value}", n=n) for kind, n in counts.items() if n]
    scope.append(pen.words("nouns.statement", n=len(pen.edition.dossier.statements)))
    contents = []
    for part in found:
        target = pen.to(part.path, _chapter_anchor(part)) if part.path == pen.path else pen.to(part.path)
        entries = pen.words(f"nouns.{part.kind.value}", n=len(part.keys))
        contents.append((markdown.link(_heading(pen, part), target), entries))
    return TitlePage(
        question=settings.question or "",
        scope=" · ".join(scope),
        summary=pen.prose(DOSSIER, ("summary",)),
        appeals=tuple(_appeals(pen))[:_APPEALS],
        contents=tuple(contents),
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


def _heading(pen: Pen, part: ReportPart) -> str:
    heading = pen.words(f"report.chapters.{part.kind.value}")
    return f"{heading} {part.number}" if part.number > 1 else heading


def _chapter(pen: ReportPen, part: ReportPart) -> Chapter:
    records = pen.edition.dossier.records
    entries = tuple(entry(pen, records[key]) for key in part.keys)
    return Chapter(_heading(pen, part), _chapter_anchor(part), entries)


def _chapter_anchor(part: ReportPart) -> str:
    return f"chapter-{part.kind.section}"
