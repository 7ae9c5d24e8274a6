"""The indexes of the kinds: those named most first, or the newest first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.participation import parties
from generator.edition.sort_names import letter_of
from generator.markup import markdown
from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Answer, Issue, Question
from generator.model.happenings import ONLINE, Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Record
from generator.pages.indexes import faceted
from generator.pages.indexes.columns import cited, date_cell, last_cited, named, number
from generator.pages.indexes.faceted import Column, Values
from generator.pages.indexes.indexes import IndexRow, RecordIndex, index_pages, letter_words, year_group
from generator.pages.writing.descriptions import (
    OTHER,
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


class _Layout(NamedTuple):
    """How the index of a kind is made.

    Attributes:
        records: Its records in order.
        group: The key of a record's group, and its heading if that is not the key.
        cells: Writes the cells of a record for the page that shows them.
        values: A record's values of the facets.
        order: The column by which it is sorted; `-` before its name is descending.
        rank: The place of a record in that order, where it is not the order of the groups.
        more: What the index has besides its rows, by the attributes of `RecordIndex`.
    """

    columns: tuple[Column, ...]
    grouped: str
    facets: tuple[str, ...]
    records: Callable[[Pen], Iterable[Any]]
    group: Callable[[Pen, Any], tuple[str, str]]
    cells: Callable[[Any, Pen], tuple[Markup, ...]]
    values: Callable[[Pen, Any], tuple[Values, ...]]
    order: str
    rank: Callable[[Pen, Any], int] = lambda pen, record: 0
    more: Callable[[Pen], Mapping[str, Any]] = lambda pen: {}


def pages(edition: Edition, kind: Kind) -> Iterator[Page]:
    """The pages of the index of a kind."""
    yield from index_pages(edition, kind.section, partial(_index, kind))


def _index(kind: Kind, pen: Pen) -> RecordIndex:
    layout, section = _LAYOUTS[kind], kind.section
    rows = []
    for record in layout.records(pen):
        group, heading = layout.group(pen, record)
        values = layout.values(pen, record)
        rank = layout.rank(pen, record)
        rows.append(IndexRow(group, partial(layout.cells, record), values, heading, rank))
    index = RecordIndex(
        folder=section,
        title=pen.words(f"sections.{section}"),
        intro=pen.words(f"indexes.{section}", n=len(rows)),
        columns=pen.heads(*(column.key for column in layout.columns)),
        grouped=layout.grouped,
        rows=tuple(rows),
        section=section,
        facets=faceted.facets(pen, *layout.facets),
        sorts=layout.columns,
        order=layout.order,
    )
    return index._replace(**layout.more(pen))


def _by_letter(kind: Kind, pen: Pen) -> list[Record]:
    """Records by name, those without a letter last."""
    records: Mapping[RecordId, Record] = getattr(pen.edition.dossier, kind.section)
    return sorted(records.values(), key=lambda record: pen.edition.in_index(record.id))


def _letter(pen: Pen, record: Record) -> tuple[str, str]:
    letter = letter_of(pen.edition.sorted_as(record.id))
    return letter, letter_words(pen, letter)


def _sort(kind: str, words: str) -> Markup:
    """The cell of the kind within a kind; empty if there is none that fits."""
    return markdown.text("" if kind == OTHER else words)


def _person(person: Person, pen: Pen) -> tuple[Markup, ...]:
    last = last_position(pen, person)
    return (
        named(pen, person.id),
        markdown.text(role_words(pen, last[0])) if last else Markup(""),
        number(pen, len(pen.edition.statements(person.id, "Statements"))),
        number(pen, len(pen.edition.participations(person.id))),
        cited(pen, person.id),
        last_cited(pen, person.id),
    )


def _person_values(pen: Pen, person: Person) -> tuple[Values, ...]:
    at = faceted.named(pen, (position.of for position in person.positions))
    return at, *faceted.cited_by(pen, person.id)


def _organization(organization: Organization, pen: Pen) -> tuple[Markup, ...]:
    return (
        named(pen, organization.id),
        _sort(organization.kind, organization_kind(pen, organization)),
        number(pen, len(organization.members)),
        cited(pen, organization.id),
        last_cited(pen, organization.id),
    )


def _organization_values(pen: Pen, organization: Organization) -> tuple[Values, ...]:
    kind = organization.kind, organization_kind(pen, organization)
    return (kind,), *faceted.cited_by(pen, organization.id)


def _place(place: Place, pen: Pen) -> tuple[Markup, ...]:
    return (
        named(pen, place.id),
        markdown.text(place.kind or ""),
        pen.link(place.part_of) if place.part_of else Markup(""),
        _coordinates(pen, place),
        number(pen, len(pen.edition.referring(place.id, "Events here"))),
        cited(pen, place.id),
    )


def _place_values(pen: Pen, place: Place) -> tuple[Values, ...]:
    return faceted.word(place.kind), faceted.named(pen, [place.part_of]), faceted.cited_years(pen, place.id)


def _coordinates(pen: Pen, place: Place) -> Markup:
    if not place.coordinates:
        return Markup("")
    latitude, longitude = (pen.words.number(c, DEGREES) for c in place.coordinates)
    return pen.say("places.at", latitude=latitude, longitude=longitude)


def _event(event: Event, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, event.date),
        pen.link(event.id),
        _sort(event.kind, event_kind(pen, event)),
        place_link(pen, event),
        number(pen, len(event.participants)),
        cited(pen, event.id),
    )


def _event_values(pen: Pen, event: Event) -> tuple[Values, ...]:
    return (
        ((event.kind, event_kind(pen, event)),),
        faceted.years([event.date]),
        _where(pen, event),
        faceted.named(pen, parties(pen.edition, event)),
    )


def _where(pen: Pen, event: Event) -> faceted.Values:
    return (
        ((ONLINE, pen.words("events.online")),)
        if event.place == ONLINE
        else faceted.named(pen, [event.place])
    )


def _article(article: Article, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, article.published),
        pen.link(article.id),
        pen.link(article.outlet) if article.outlet else pen.say("sources.unnamed_short"),
        number(pen, len(_statements(pen, article))),
        number(pen, len(pen.edition.named_in(article.article_id, Kind.PERSON))),
        number(pen, pen.edition.lengths[article.article_id]),
    )


def _article_values(pen: Pen, article: Article) -> tuple[Values, ...]:
    return (
        (faceted.outlet(pen, article),),
        faceted.years([article.published]),
        faceted.named(pen, pen.edition.named_in(article.article_id, Kind.PERSON)),
        faceted.language(pen, article.language),
    )


def _statements(pen: Pen, article: Article) -> list[RecordId]:
    """The ids of the statements that an article backs."""
    declared = pen.edition.dossier.declared
    backed = pen.edition.backed_by.get(article.article_id, frozenset())
    return [key for key in backed if declared.get(key) is Kind.STATEMENT]


def _document(document: Document, pen: Pen) -> tuple[Markup, ...]:
    return (
        date_cell(pen, document.date),
        pen.link(document.id),
        _sort(document.kind, document_kind(pen, document)),
        pen.links(document.by),
        markdown.text(document.status or ""),
        cited(pen, document.id),
    )


def _document_values(pen: Pen, document: Document) -> tuple[Values, ...]:
    return (
        ((document.kind, document_kind(pen, document)),),
        faceted.years([document.date]),
        faceted.named(pen, document.by),
        faceted.word(document.status),
    )


def _documents(pen: Pen) -> Iterator[Document]:
    """Documents by date, the newest first, undated ones last."""
    found = pen.edition.dossier.documents.values()
    dated = [(document.date.sort_key, document.id, document) for document in found if document.date]
    yield from (document for *_, document in sorted(dated, key=lambda item: item[:2], reverse=True))
    yield from sorted((d for d in found if not d.date), key=lambda d: pen.edition.by_name(d.id))


def _articles_also(pen: Pen) -> Mapping[str, Any]:
    articles = pen.words("indexes.documents_also", n=len(pen.edition.dossier.articles))
    return {"also": pen.section(Kind.ARTICLE, articles)}


def _issue(issue: Issue, pen: Pen) -> tuple[Markup, ...]:
    said = pen.edition.statements(issue.id, "Statements")
    counts = (len(said), len({statement.speaker for statement in said}))
    return (pen.link(issue.id), *(number(pen, n) for n in counts), cited(pen, issue.id))


def _issue_values(pen: Pen, issue: Issue) -> tuple[Values, ...]:
    said = pen.edition.statements(issue.id, "Statements")
    return (
        faceted.named(pen, (statement.speaker for statement in said)),
        faceted.years(statement.date for statement in said),
    )


def _issues(pen: Pen) -> list[Issue]:
    return sorted(pen.edition.dossier.issues.values(), key=lambda issue: pen.edition.by_name(issue.id))


def _question(question: Question, pen: Pen) -> tuple[Markup, ...]:
    answers = (_answer(pen, question, answer) for answer in question.answers)
    status = Markup('<span data-sort="{}" class="status {}">{}</span>').format(
        STATUSES.index(question.status), question.status, pen.words(f"statuses.{question.status}")
    )
    return status, pen.link(question.id), markdown.joined(answers, Markup("<br>"))


def _question_values(pen: Pen, question: Question) -> tuple[Values, ...]:
    return (
        ((question.status, pen.words(f"statuses.{question.status}")),),
        faceted.named(pen, (answer.by for answer in question.answers)),
        faceted.years(article.published for article in pen.edition.evidence_articles(question)),
    )


def _questions(pen: Pen) -> list[Question]:
    found = pen.edition.dossier.questions.values()
    return sorted(found, key=lambda question: (STATUSES.index(question.status), question.id))


def _answer(pen: Pen, question: Question, answer: Answer) -> Markup:
    value = markdown.text(answer.value)
    answer_words = pen.say("signs.said_by", who=pen.link(answer.by), what=value) if answer.by else value
    return markdown.joined([answer_words, pen.cites(answer.evidence, question.id)])


_LAYOUTS = {
    Kind.PERSON: _Layout(
        columns=(
            Column("name", "text"),
            Column("position", "text"),
            Column("statements", "number"),
            Column("events", "number"),
            Column("articles", "number"),
            Column("last_cited", "date"),
        ),
        grouped="letter",
        facets=("at", "outlet", "year"),
        records=partial(_by_letter, Kind.PERSON),
        group=_letter,
        cells=_person,
        values=_person_values,
        order="-articles",
        rank=lambda pen, record: -pen.edition.cited(record.id).number,
    ),
    Kind.ORGANIZATION: _Layout(
        columns=(
            Column("name", "text"),
            Column("kind", "text"),
            Column("members", "number"),
            Column("articles", "number"),
            Column("last_cited", "date"),
        ),
        grouped="letter",
        facets=("kind", "outlet", "year"),
        records=partial(_by_letter, Kind.ORGANIZATION),
        group=_letter,
        cells=_organization,
        values=_organization_values,
        order="-articles",
        rank=lambda pen, record: -pen.edition.cited(record.id).number,
    ),
    Kind.PLACE: _Layout(
        columns=(
            Column("name", "text"),
            Column("kind", "text"),
            Column("part_of", "text"),
            Column("coordinates"),
            Column("events", "number"),
            Column("articles", "number"),
        ),
        grouped="letter",
        facets=("kind", "part", "year"),
        records=partial(_by_letter, Kind.PLACE),
        group=_letter,
        cells=_place,
        values=_place_values,
        order="-articles",
        rank=lambda pen, record: -pen.edition.cited(record.id).number,
    ),
    Kind.EVENT: _Layout(
        columns=(
            Column("date", "date"),
            Column("event", "text"),
            Column("kind", "text"),
            Column("place", "text"),
            Column("participants", "number"),
            Column("articles", "number"),
        ),
        grouped="year",
        facets=("kind", "year", "place", "who"),
        records=lambda pen: pen.edition.events_by_date[::-1],
        group=lambda pen, event: year_group(pen, event.date),
        cells=_event,
        values=_event_values,
        order="-date",
    ),
    Kind.ARTICLE: _Layout(
        columns=(
            Column("date", "date"),
            Column("article", "text"),
            Column("outlet", "text"),
            Column("statements", "number"),
            Column("people", "number"),
            Column("paragraphs", "number"),
        ),
        grouped="year",
        facets=("outlet", "year", "person", "language"),
        records=lambda pen: pen.edition.newest_articles,
        group=lambda pen, article: year_group(pen, article.published),
        cells=_article,
        values=_article_values,
        order="-date",
    ),
    Kind.DOCUMENT: _Layout(
        columns=(
            Column("date", "date"),
            Column("document", "text"),
            Column("kind", "text"),
            Column("by", "text"),
            Column("status", "text"),
            Column("articles", "number"),
        ),
        grouped="year",
        facets=("kind", "year", "by", "status"),
        records=_documents,
        group=lambda pen, document: year_group(pen, document.date),
        cells=_document,
        values=_document_values,
        order="-date",
        more=_articles_also,
    ),
    Kind.ISSUE: _Layout(
        columns=(
            Column("issue", "text"),
            Column("statements", "number"),
            Column("speakers", "number"),
            Column("articles", "number"),
        ),
        grouped="letter",
        facets=("speaker", "year"),
        records=_issues,
        group=lambda pen, issue: ("", ""),
        cells=_issue,
        values=_issue_values,
        order="-statements",
        rank=lambda pen, issue: -len(pen.edition.statements(issue.id, "Statements")),
    ),
    Kind.QUESTION: _Layout(
        columns=(Column("status", "rank"), Column("question", "text"), Column("answers")),
        grouped="status",
        facets=("status", "speaker", "year"),
        records=_questions,
        group=lambda pen, question: (question.status, pen.words(f"statuses.{question.status}")),
        cells=_question,
        values=_question_values,
        order="status",
    ),
}
