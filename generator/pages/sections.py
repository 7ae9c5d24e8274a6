"""The indexes of the kinds: people and organizations A-Z, events and articles by date, documents by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from generator.model.actors import Organization, Person
from generator.model.claims import Answer, Issue, Question
from generator.model.happenings import Document, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named, Record
from generator.pages import markdown
from generator.pages.articles import year_words
from generator.pages.documents import document_kind
from generator.pages.edition import Edition
from generator.pages.events import event_kind, place_link
from generator.pages.indexes import OTHER, Index, Row, index_pages, letter_of, letter_words, sort_name
from generator.pages.maps import DEGREES
from generator.pages.organizations import organization_kind
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.people import last_position, role_words
from generator.pages.words import STATUSES


def pages(edition: Edition) -> Iterator[Page]:
    """The pages of the indexes of all kinds."""
    for make in _INDEXES:
        yield from index_pages(edition, make)


def _index(pen: Pen, kind: Kind, heads: tuple[str, ...], grouped: str, rows: Iterable[Row]) -> Index:
    """The index of a kind, with its own title and introduction."""
    rows, section = tuple(rows), kind.section
    title, intro = pen.words(f"sections.{section}"), pen.words(f"indexes.{section}", n=len(rows))
    return Index(section, title, intro, pen.heads(*heads), grouped, rows, section=section)


def _letter(pen: Pen, record: Named) -> str:
    return letter_words(pen, letter_of(sort_name(record)))


def _last_cited(pen: Pen, key: RecordId) -> Markup:
    dated = [a for a in pen.edition.articles_of(key) if a.published]
    if not dated:
        return Markup("")
    return markdown.link(pen.date(dated[-1].published, short=True), pen.to(f"articles/{dated[-1].id}.md"))


def _letters(records: Iterable[Record]) -> list[Named]:
    named = [record for record in records if isinstance(record, Named)]
    return sorted(
        named,
        key=lambda r: (
            letter_of(sort_name(r)) == OTHER,
            letter_of(sort_name(r)),
            sort_name(r).casefold(),
            r.id,
        ),
    )


def _people(pen: Pen) -> Index:
    rows = []
    for person in _letters(pen.edition.dossier.people.values()):
        assert isinstance(person, Person)
        last = last_position(pen, person)
        role = markdown.text(role_words(pen, last[0])) if last else Markup("")
        cells = (pen.link(person.id), role, _last_cited(pen, person.id))
        rows.append(Row(_letter(pen, person), cells))
    return _index(pen, Kind.PERSON, ("name", "position", "last_cited"), "letter", rows)


def _organizations(pen: Pen) -> Index:
    rows = tuple(
        Row(
            _letter(pen, record),
            (
                pen.link(record.id),
                markdown.text(organization_kind(pen, record)),
                _last_cited(pen, record.id),
            ),
        )
        for record in _letters(pen.edition.dossier.organizations.values())
        if isinstance(record, Organization)
    )
    return _index(pen, Kind.ORGANIZATION, ("name", "kind", "last_cited"), "letter", rows)


def _places(pen: Pen) -> Index:
    rows = tuple(
        Row(
            _letter(pen, record),
            (
                pen.link(record.id),
                markdown.text(record.kind or ""),
                pen.link(record.part_of) if record.part_of else Markup(""),
                _coordinates(pen, record),
            ),
        )
        for record in _letters(pen.edition.dossier.places.values())
        if isinstance(record, Place)
    )
    return _index(pen, Kind.PLACE, ("name", "kind", "part_of", "coordinates"), "letter", rows)


def _coordinates(pen: Pen, place: Place) -> Markup:
    if not place.coordinates:
        return Markup("")
    latitude, longitude = (pen.words.number(c, DEGREES) for c in place.coordinates)
    return pen.say("places.at", latitude=latitude, longitude=longitude)


def _events(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(event.date.year),
            (
                pen.day(event.date),
                pen.link(event.id),
                markdown.text(event_kind(pen, event)),
                place_link(pen, event),
            ),
        )
        for event in pen.edition.events_by_date
    )
    return _index(pen, Kind.EVENT, ("date", "event", "kind", "place"), "year", rows)


def _articles(pen: Pen) -> Index:
    rows = tuple(
        Row(
            year_words(pen, article),
            (
                pen.day(article.published),
                pen.link(article.id),
                pen.link(article.outlet) if article.outlet else pen.say("sources.unnamed_short"),
                markdown.text(pen.words.number(len(article.paragraphs))),
            ),
        )
        for article in pen.edition.articles_by_date
    )
    index = _index(pen, Kind.ARTICLE, ("date", "article", "outlet", "paragraphs"), "year", rows)
    return replace(index, crumbs=((pen.words("sections.documents"), "documents/"),))


def _documents(pen: Pen) -> Index:
    def row(document: Document) -> Row:
        cells = (
            pen.day(document.date),
            pen.link(document.id),
            pen.links(document.by),
            markdown.text(document.status or ""),
        )
        kind = document_kind(pen, document)
        return Row(kind[:1].upper() + kind[1:], cells)

    ordered = sorted(
        pen.edition.dossier.documents.values(),
        key=lambda d: (document_kind(pen, d), d.date is None, d.date.sort_key if d.date else (), d.id),
    )
    rows = tuple(row(document) for document in ordered)
    articles = pen.words("indexes.documents_also", n=len(pen.edition.dossier.articles))
    index = _index(pen, Kind.DOCUMENT, ("date", "document", "by", "status"), "kind", rows)
    return replace(index, also=pen.section(Kind.ARTICLE, articles))


def _issues(pen: Pen) -> Index:
    def row(issue: Issue) -> Row:
        said = pen.edition.statements(issue.id, "Statements")
        speakers = len({statement.speaker for statement in said})
        counts = (markdown.text(pen.words.number(n)) for n in (len(said), speakers))
        return Row("", (pen.link(issue.id), *counts))

    rows = tuple(
        row(issue) for issue in sorted(pen.edition.dossier.issues.values(), key=lambda i: (i.title, i.id))
    )
    return _index(pen, Kind.ISSUE, ("issue", "statements", "speakers"), "letter", rows)


def _questions(pen: Pen) -> Index:
    def row(question: Question) -> Row:
        answers = markdown.joined(
            [_answer(pen, answer) for answer in question.answers],
            Markup("<br>"),
        )
        return Row(pen.words(f"statuses.{question.status}"), (pen.link(question.id), answers))

    found = pen.edition.dossier.questions.values()
    ordered = sorted(found, key=lambda q: (STATUSES.index(q.status), q.id))
    rows = tuple(row(question) for question in ordered)
    index = _index(pen, Kind.QUESTION, ("question", "answers"), "status", rows)
    return replace(index, title=pen.words("titles.questions"))


def _answer(pen: Pen, answer: Answer) -> Markup:
    value = markdown.text(answer.value)
    told = pen.say("signs.told", who=pen.link(answer.by), what=value) if answer.by else value
    return markdown.joined([told, pen.cites(answer.evidence)])


_INDEXES = (_people, _organizations, _places, _events, _articles, _documents, _issues, _questions)
