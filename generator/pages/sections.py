"""The indexes of the kinds: people and organizations A-Z, events and articles by date, documents by kind."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.model.actors import Organization, Person
from generator.model.claims import Answer, Issue, Question
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named, Record
from generator.pages import markdown
from generator.pages.documents import document_kind
from generator.pages.edition import Edition
from generator.pages.indexes import OTHER, Index, Row, index_pages, letter_of, sort_name
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.people import last_position, role_words
from generator.pages.words import STATUS_WORDS, counted, date_words


def pages(edition: Edition) -> Iterator[Page]:
    """The pages of the indexes of all kinds."""
    for make in _INDEXES:
        yield from index_pages(edition, make)


def _last_cited(pen: Pen, key: RecordId) -> Markup:
    dated = [a for a in pen.edition.articles_of(key) if a.published]
    if not dated:
        return Markup("")
    return markdown.link(date_words(dated[-1].published, short=True), pen.to(f"articles/{dated[-1].id}.md"))


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
        rows.append(Row(letter_of(sort_name(person)), cells))
    intro = f"{counted(len(rows), 'person', 'people')} by family name, with the position in which they were last cited."
    return Index(
        "people", "People", intro, ("Name", "Position", "Last cited"), "letter", tuple(rows), section="people"
    )


def _organizations(pen: Pen) -> Index:
    rows = tuple(
        Row(
            letter_of(sort_name(record)),
            (pen.link(record.id), markdown.text(record.kind), _last_cited(pen, record.id)),
        )
        for record in _letters(pen.edition.dossier.organizations.values())
        if isinstance(record, Organization)
    )
    intro = f"{counted(len(rows), 'organization')}: states, alliances, bodies, parties and outlets."
    return Index(
        "organizations",
        "Organizations",
        intro,
        ("Name", "Kind", "Last cited"),
        "letter",
        rows,
        section="organizations",
    )


def _places(pen: Pen) -> Index:
    rows = tuple(
        Row(
            letter_of(sort_name(record)),
            (
                pen.link(record.id),
                markdown.text(record.kind or ""),
                pen.link(record.part_of) if record.part_of else Markup(""),
                markdown.text(", ".join(f"{c:.2f}" for c in record.coordinates or ())),
            ),
        )
        for record in _letters(pen.edition.dossier.places.values())
        if isinstance(record, Place)
    )
    intro = f"{counted(len(rows), 'place')}, with latitude and longitude in degrees."
    return Index(
        "places",
        "Places",
        intro,
        ("Name", "Kind", "Part of", "Coordinates"),
        "letter",
        rows,
        section="places",
    )


def _events(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(event.date.year),
            (
                markdown.date(date_words(event.date, short=True)),
                pen.link(event.id),
                markdown.text(event.kind),
                _place(pen, event),
            ),
        )
        for event in pen.edition.events_by_date
    )
    intro = f"{counted(len(rows), 'event')} by date, each as precisely as it is known."
    return Index(
        "events", "Events", intro, ("Date", "Event", "Kind", "Place"), "year", rows, section="events"
    )


def _place(pen: Pen, event: Event) -> Markup:
    known = event.place in pen.edition.dossier.records
    return pen.link(event.place) if event.place and known else markdown.text(event.place or "")


def _articles(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(article.published.year) if article.published else "undated",
            (
                markdown.date(date_words(article.published, short=True)),
                pen.link(article.id),
                pen.link(article.outlet) if article.outlet else markdown.text("not named"),
                markdown.text(len(article.paragraphs)),
            ),
        )
        for article in pen.edition.articles_by_date
    )
    intro = f"{counted(len(rows), 'article')} by date, with outlet and number of paragraphs."
    crumbs = (("Documents", "documents/"),)
    return Index(
        "articles",
        "Articles",
        intro,
        ("Date", "Article", "Outlet", "Paragraphs"),
        "year",
        rows,
        crumbs,
        section="articles",
    )


def _documents(pen: Pen) -> Index:
    def row(document: Document) -> Row:
        date = markdown.date(date_words(document.date, short=True))
        cells = (date, pen.link(document.id), pen.links(document.by), markdown.text(document.status or ""))
        return Row(document_kind(document).capitalize(), cells)

    ordered = sorted(
        pen.edition.dossier.documents.values(),
        key=lambda d: (document_kind(d), d.date is None, d.date.sort_key if d.date else (), d.id),
    )
    rows = tuple(row(document) for document in ordered)
    intro = f"{counted(len(rows), 'document')} that the articles speak of, by kind."
    articles = counted(len(pen.edition.dossier.articles), "article")
    also = pen.section(Kind.ARTICLE, f"The {articles} of the dossier by date")
    return Index(
        "documents",
        "Documents",
        intro,
        ("Date", "Document", "By", "Status"),
        "kind",
        rows,
        also=also,
        section="documents",
    )


def _issues(pen: Pen) -> Index:
    def row(issue: Issue) -> Row:
        said = pen.edition.statements(issue.id, "Statements")
        speakers = len({statement.speaker for statement in said})
        return Row("", (pen.link(issue.id), markdown.text(len(said)), markdown.text(speakers)))

    rows = tuple(
        row(issue) for issue in sorted(pen.edition.dossier.issues.values(), key=lambda i: (i.title, i.id))
    )
    intro = f"{counted(len(rows), 'issue')} that people take a position on."
    return Index(
        "issues", "Issues", intro, ("Issue", "Statements", "Speakers"), "letter", rows, section="issues"
    )


def _questions(pen: Pen) -> Index:
    def row(question: Question) -> Row:
        answers = markdown.joined(
            [_answer(pen, answer) for answer in question.answers],
            Markup("<br>"),
        )
        return Row(STATUS_WORDS[question.status], (pen.link(question.id), answers))

    order = list(STATUS_WORDS)
    ordered = sorted(pen.edition.dossier.questions.values(), key=lambda q: (order.index(q.status), q.id))
    rows = tuple(row(question) for question in ordered)
    intro = "What the sources answer, side by side. Whether the answers agree is a curator's word."
    return Index(
        "questions",
        "Where the sources differ",
        intro,
        ("Question", "Answers"),
        "status",
        rows,
        section="questions",
    )


def _answer(pen: Pen, answer: Answer) -> Markup:
    value = markdown.text(answer.value)
    told = markdown.joined([pen.link(answer.by), value], ": ") if answer.by else value
    return markdown.joined([told, pen.cites(answer.evidence)])


_INDEXES = (_people, _organizations, _places, _events, _articles, _documents, _issues, _questions)
