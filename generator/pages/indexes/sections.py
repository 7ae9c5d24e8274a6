"""The indexes of the kinds: people and organizations A-Z, events and articles by date, documents by kind."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.participation import parties
from generator.markup import markdown
from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Answer, Issue, Question
from generator.model.happenings import ONLINE, Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named
from generator.pages.indexes import faceted
from generator.pages.indexes.columns import cited, date_cell, index_of, last_cited, named_row, number
from generator.pages.indexes.faceted import Column
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages, year_row
from generator.pages.writing.descriptions import (
    document_kind,
    event_kind,
    last_position,
    organization_kind,
    place_link,
    role_words,
)
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import DEGREES, STATUSES

N = TypeVar("N", bound=Named)


def pages(edition: Edition, kind: Kind) -> Iterator[Page]:
    """The pages of the index of a kind."""
    yield from index_pages(edition, kind.section, _INDEXES[kind])


def _by_letter(pen: Pen, records: Iterable[N]) -> list[N]:
    """Records by name, those without a letter last."""
    return sorted(records, key=lambda record: pen.edition.in_index(record.id))


def _people(pen: Pen) -> RecordIndex:
    rows = []
    for person in _by_letter(pen, pen.edition.dossier.people.values()):
        at = faceted.named(pen, (position.of for position in person.positions))
        values = (at, *faceted.cited_by(pen, person.id))
        rows.append(named_row(pen, person, partial(_person, person), values))
    columns = (
        Column("name", "order"),
        Column("position", "text"),
        Column("statements", "number"),
        Column("events", "number"),
        Column("articles", "number"),
        Column("last_cited", "date"),
    )
    return index_of(
        pen, kind=Kind.PERSON, columns=columns, grouped="letter", rows=rows, facets=("at", "outlet", "year")
    )


def _person(person: Person, pen: Pen) -> tuple[Markup, ...]:
    last = last_position(pen, person)
    return (
        pen.link(person.id),
        markdown.text(role_words(pen, last[0])) if last else Markup(""),
        number(pen, len(pen.edition.statements(person.id, "Statements"))),
        number(pen, len(pen.edition.participations(person.id))),
        cited(pen, person.id),
        last_cited(pen, person.id),
    )


def _organizations(pen: Pen) -> RecordIndex:
    rows = tuple(
        named_row(
            pen,
            record,
            partial(_organization, record),
            (((record.kind, organization_kind(pen, record)),), *faceted.cited_by(pen, record.id)),
        )
        for record in _by_letter(pen, pen.edition.dossier.organizations.values())
    )
    columns = (
        Column("name", "order"),
        Column("kind", "text"),
        Column("members", "number"),
        Column("articles", "number"),
        Column("last_cited", "date"),
    )
    return index_of(
        pen,
        kind=Kind.ORGANIZATION,
        columns=columns,
        grouped="letter",
        rows=rows,
        facets=("kind", "outlet", "year"),
    )


def _organization(organization: Organization, pen: Pen) -> tuple[Markup, ...]:
    return (
        pen.link(organization.id),
        markdown.text(organization_kind(pen, organization)),
        number(pen, len(organization.members)),
        cited(pen, organization.id),
        last_cited(pen, organization.id),
    )


def _places(pen: Pen) -> RecordIndex:
    rows = tuple(
        named_row(
            pen,
            record,
            partial(_place, record),
            (
                faceted.word(record.kind),
                faceted.named(pen, [record.part_of]),
                faceted.cited_years(pen, record.id),
            ),
        )
        for record in _by_letter(pen, pen.edition.dossier.places.values())
    )
    columns = (
        Column("name", "order"),
        Column("kind", "text"),
        Column("part_of", "text"),
        Column("coordinates"),
        Column("events", "number"),
        Column("articles", "number"),
    )
    return index_of(
        pen, kind=Kind.PLACE, columns=columns, grouped="letter", rows=rows, facets=("kind", "part", "year")
    )


def _place(place: Place, pen: Pen) -> tuple[Markup, ...]:
    return (
        pen.link(place.id),
        markdown.text(place.kind or ""),
        pen.link(place.part_of) if place.part_of else Markup(""),
        _coordinates(pen, place),
        number(pen, len(pen.edition.referring(place.id, "Events here"))),
        cited(pen, place.id),
    )


def _coordinates(pen: Pen, place: Place) -> Markup:
    if not place.coordinates:
        return Markup("")
    latitude, longitude = (pen.words.number(c, DEGREES) for c in place.coordinates)
    return pen.say("places.at", latitude=latitude, longitude=longitude)


def _events(pen: Pen) -> RecordIndex:
    rows = tuple(
        IndexRow(
            str(event.date.year),
            partial(_event, event),
            (
                ((event.kind, event_kind(pen, event)),),
                faceted.years([event.date]),
                _where(pen, event),
                faceted.named(pen, parties(pen.edition, event)),
            ),
        )
        for event in pen.edition.events_by_date
    )
    columns = (
        Column("date", "order"),
        Column("event", "text"),
        Column("kind", "text"),
        Column("place", "text"),
        Column("participants", "number"),
        Column("articles", "number"),
    )
    return index_of(
        pen,
        kind=Kind.EVENT,
        columns=columns,
        grouped="year",
        rows=rows,
        facets=("kind", "year", "place", "who"),
    )


def _event(event: Event, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, event.date),
        pen.link(event.id),
        markdown.text(event_kind(pen, event)),
        place_link(pen, event),
        number(pen, len(event.participants)),
        cited(pen, event.id),
    )


def _where(pen: Pen, event: Event) -> faceted.Values:
    return (
        ((ONLINE, pen.words("events.online")),)
        if event.place == ONLINE
        else faceted.named(pen, [event.place])
    )


def _articles(pen: Pen) -> RecordIndex:
    rows = tuple(
        year_row(
            pen,
            article.published,
            partial(_article, article),
            (
                _outlet(pen, article),
                faceted.years([article.published]),
                faceted.named(pen, pen.edition.named_in(article.article_id, Kind.PERSON)),
                faceted.language(pen, article.language),
            ),
        )
        for article in pen.edition.articles_by_date
    )
    columns = (
        Column("date", "order"),
        Column("article", "text"),
        Column("outlet", "text"),
        Column("statements", "number"),
        Column("people", "number"),
        Column("paragraphs", "number"),
    )
    index = index_of(
        pen,
        kind=Kind.ARTICLE,
        columns=columns,
        grouped="year",
        rows=rows,
        facets=("outlet", "year", "person", "language"),
    )
    return index._replace(crumbs=((pen.words("sections.documents"), "documents/"),))


def _article(article: Article, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, article.published),
        pen.link(article.id),
        pen.link(article.outlet) if article.outlet else pen.say("sources.unnamed_short"),
        number(pen, len(_statements(pen, article))),
        number(pen, len(pen.edition.named_in(article.article_id, Kind.PERSON))),
        number(pen, pen.edition.lengths[article.article_id]),
    )


def _outlet(pen: Pen, article: Article) -> faceted.Values:
    if article.outlet:
        return ((article.outlet, pen.outlet_words(article.outlet)),)
    return ((faceted.NONE, pen.words("sources.unnamed_short")),)


def _statements(pen: Pen, article: Article) -> list[RecordId]:
    """The ids of the statements that an article backs."""
    declared = pen.edition.dossier.declared
    backed = pen.edition.backed_by.get(article.article_id, frozenset())
    return [key for key in backed if declared.get(key) is Kind.STATEMENT]


def _documents(pen: Pen) -> RecordIndex:
    def row(document: Document) -> IndexRow:
        kind = document_kind(pen, document)
        values = (
            ((document.kind, kind),),
            faceted.years([document.date]),
            faceted.named(pen, document.by),
            faceted.word(document.status),
        )
        return IndexRow(document.kind, partial(_document, document), values, kind[:1].upper() + kind[1:])

    ordered = sorted(
        pen.edition.dossier.documents.values(),
        key=lambda d: (
            pen.words.sort_key(document_kind(pen, d)),
            d.date is None,
            d.date.sort_key if d.date else (),
            d.id,
        ),
    )
    rows = tuple(row(document) for document in ordered)
    articles = pen.words("indexes.documents_also", n=len(pen.edition.dossier.articles))
    columns = (
        Column("date", "date"),
        Column("document", "text"),
        Column("by", "text"),
        Column("status", "text"),
        Column("articles", "number"),
    )
    index = index_of(
        pen,
        kind=Kind.DOCUMENT,
        columns=columns,
        grouped="kind",
        rows=rows,
        facets=("kind", "year", "by", "status"),
    )
    return index._replace(also=pen.section(Kind.ARTICLE, articles))


def _document(document: Document, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, document.date),
        pen.link(document.id),
        pen.links(document.by),
        markdown.text(document.status or ""),
        cited(pen, document.id),
    )


def _issues(pen: Pen) -> RecordIndex:
    def row(issue: Issue) -> IndexRow:
        said = pen.edition.statements(issue.id, "Statements")
        values = (
            faceted.named(pen, (statement.speaker for statement in said)),
            faceted.years(statement.date for statement in said),
        )
        return IndexRow("", partial(_issue, issue), values)

    ordered = sorted(pen.edition.dossier.issues.values(), key=lambda issue: pen.edition.by_name(issue.id))
    rows = tuple(row(issue) for issue in ordered)
    columns = (
        Column("issue", "order"),
        Column("statements", "number"),
        Column("speakers", "number"),
        Column("articles", "number"),
    )
    return index_of(
        pen, kind=Kind.ISSUE, columns=columns, grouped="letter", rows=rows, facets=("speaker", "year")
    )


def _issue(issue: Issue, pen: Pen) -> tuple[Markup, ...]:
    said = pen.edition.statements(issue.id, "Statements")
    counts = (len(said), len({statement.speaker for statement in said}))
    return (pen.link(issue.id), *(number(pen, n) for n in counts), cited(pen, issue.id))


def _questions(pen: Pen) -> RecordIndex:
    def row(question: Question) -> IndexRow:
        status = pen.words(f"statuses.{question.status}")
        values = (
            ((question.status, status),),
            faceted.named(pen, (answer.by for answer in question.answers)),
            faceted.years(article.published for article in pen.edition.evidence_articles(question)),
        )
        return IndexRow(question.status, partial(_question, question), values, status)

    found = pen.edition.dossier.questions.values()
    ordered = sorted(found, key=lambda q: (STATUSES.index(q.status), q.id))
    rows = tuple(row(question) for question in ordered)
    columns = (Column("question", "text"), Column("answers"))
    index = index_of(
        pen,
        kind=Kind.QUESTION,
        columns=columns,
        grouped="status",
        rows=rows,
        facets=("status", "speaker", "year"),
    )
    return index._replace(title=pen.words("titles.questions"))


def _question(question: Question, pen: Pen) -> tuple[Markup, ...]:
    answers = (_answer(pen, answer) for answer in question.answers)
    return pen.link(question.id), markdown.joined(answers, Markup("<br>"))


def _answer(pen: Pen, answer: Answer) -> Markup:
    value = markdown.text(answer.value)
    answer_words = pen.say("signs.told", who=pen.link(answer.by), what=value) if answer.by else value
    return markdown.joined([answer_words, pen.cites(answer.evidence)])


_INDEXES = {
    Kind.PERSON: _people,
    Kind.ORGANIZATION: _organizations,
    Kind.PLACE: _places,
    Kind.EVENT: _events,
    Kind.ARTICLE: _articles,
    Kind.DOCUMENT: _documents,
    Kind.ISSUE: _issues,
    Kind.QUESTION: _questions,
}
