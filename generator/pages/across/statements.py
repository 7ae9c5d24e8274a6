"""The index of all statements: who said what, when, on which issue, and where that is reported."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from generator.edition import Edition
from generator.markup import markdown
from generator.model.claims import Statement
from generator.model.kinds import Kind
from generator.pages.indexes import faceted
from generator.pages.indexes.columns import date_cell
from generator.pages.indexes.faceted import Column, Facet
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages, year_group
from generator.pages.records.statements import permalink, stance_words
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen

FOLDER = Kind.STATEMENT.section
# Statements of no more than so many years are filtered by month.
_YEARS = 2
_COLUMNS = (
    Column("date", "date"),
    Column("speaker", "text"),
    Column("statement"),
    Column("issue", "text"),
    Column("stance", "text"),
    Column("source"),
)


def pages(edition: Edition) -> Iterator[Page]:
    """The table of statements, the newest first, a page a year once it is long."""
    yield from index_pages(edition, FOLDER, _index)


def _index(pen: Pen) -> RecordIndex:
    found = sorted(pen.edition.dossier.statements.values(), key=pen.edition.in_turn, reverse=True)
    when = "month" if len({statement.date.year for statement in found}) <= _YEARS else "year"
    rows = []
    for statement in found:
        group, heading = year_group(pen, statement.date)
        rows.append(IndexRow(group, partial(_cells, statement), _values(pen, statement, when), heading))
    labels = {key: pen.words(f"facets.by.{key}") for key in ("speaker", "issue", "stance", "event", "outlet")}
    return RecordIndex(
        folder=FOLDER,
        title=pen.words(f"sections.{FOLDER}"),
        intro=pen.words("indexes.statements", n=len(rows)),
        also=markdown.link(pen.words("statements.counted"), pen.to("who-said-what.md")),
        columns=pen.heads(*(column.key for column in _COLUMNS)),
        grouped="year",
        rows=tuple(rows),
        section=FOLDER,
        facets=(
            *(Facet(key, label) for key, label in labels.items()),
            Facet(when, pen.words(f"facets.by.{when}"), in_order=True),
            Facet("quoted", pen.words("facets.by.quoted")),
        ),
        sorts=_COLUMNS,
        order="-date",
    )


def _cells(statement: Statement, pen: Pen) -> tuple[Markup, ...]:
    issue = pen.edition.dossier.issues[statement.issue]
    return (
        date_cell(pen, statement.date),
        pen.link(statement.speaker),
        markdown.joined(
            [pen.inline(statement.id, ("said",)), *_circumstances(pen, statement)], Markup("<br>")
        ),
        pen.link(issue.id, issue.brief),
        markdown.trusted(
            f'<span class="chip {statement.stance}">{markdown.text(stance_words(pen, statement))}</span>'
        ),
        pen.cites(statement.evidence, statement.id),
    )


def _circumstances(pen: Pen, statement: Statement) -> Iterator[Markup]:
    """The lines below a statement: the curators' note, and its occasion with its address."""
    if statement.caveat:
        yield _small(pen.say("signs.remark_on", remark=pen.said(statement.caveat)))
    parts = []
    if statement.event:
        parts.append(pen.link(statement.event))
    if statement.to:
        parts.append(pen.say("entry.to", whom=pen.link(statement.to)))
    yield _small(markdown.joined([markdown.joined(parts, " · "), permalink(pen, statement)]))


def _small(line: Markup) -> Markup:
    return markdown.trusted(f"<small>{line}</small>")


def _values(pen: Pen, statement: Statement, when: str) -> tuple[faceted.Values, ...]:
    quoted = "yes" if any(evidence.quote for evidence in statement.evidence) else "no"
    return (
        faceted.named(pen, [statement.speaker]),
        faceted.named(pen, [statement.issue]),
        ((statement.stance, stance_words(pen, statement)),),
        faceted.named(pen, [statement.event]),
        _outlets(pen, statement),
        faceted.month(pen, statement.date) if when == "month" else faceted.years([statement.date]),
        ((quoted, pen.words(f"statements.quoted.{quoted}")),),
    )


def _outlets(pen: Pen, statement: Statement) -> faceted.Values:
    """The outlets of the articles that report a statement."""
    found = (faceted.outlet(pen, article) for article in pen.edition.evidence_articles(statement))
    return tuple(dict.fromkeys(found))
