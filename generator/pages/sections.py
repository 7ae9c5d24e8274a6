"""The indexes of the kinds: people and organizations A-Z, events and articles by date, documents by kind."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Answer, Issue, Question
from generator.model.dates import EdtfDate
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.model.record import Named, Record
from generator.pages import faceted, markdown
from generator.pages.documents import document_kind
from generator.pages.edition import Edition
from generator.pages.faceted import Column
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
    date = dated[-1].published
    words = markdown.date(date_words(date, short=True), _date_key(date))
    return markdown.link(words, pen.to(f"articles/{dated[-1].id}.md"))


def _date_key(date: EdtfDate | None) -> str:
    """By what scripts sort a date."""
    return date.sort_key[0].isoformat() if date else ""


def _date(date: EdtfDate | None) -> Markup:
    """A date in a column of dates; without one an empty mark, by which the column keeps its width."""
    return markdown.date(date_words(date, short=True), _date_key(date)) or Markup('<span class="d"></span>')


def _number(number: int) -> Markup:
    return markdown.text(number or "")


def _cited(pen: Pen, key: RecordId) -> Markup:
    """In how many articles a record stands."""
    return _number(len(pen.edition.articles_of(key)))


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
        cells = (
            pen.link(person.id),
            role,
            _number(len(pen.edition.statements(person.id, "Statements"))),
            _number(len(pen.edition.participations(person.id))),
            _cited(pen, person.id),
            _last_cited(pen, person.id),
        )
        values = (
            faceted.named(pen, (position.of for position in person.positions)),
            faceted.outlets(pen, person.id),
            faceted.cited_years(pen, person.id),
        )
        rows.append(Row(letter_of(sort_name(person)), cells, values))
    intro = f"{counted(len(rows), 'person', 'people')} by family name, with the position in which they were last cited."
    return Index(
        "people",
        "People",
        intro,
        (
            "Name",
            "Position",
            *_columns(pen, "statements", "events", "articles"),
            "Last cited",
        ),
        "letter",
        tuple(rows),
        section="people",
        facets=faceted.facets(pen, "at", "outlet", "year"),
        sorts=(
            Column("name", "order"),
            Column("position", "text"),
            Column("statements", "number"),
            Column("events", "number"),
            Column("cited", "number"),
            Column("last", "date"),
        ),
    )


def _columns(pen: Pen, *keys: str) -> list[str]:
    return [pen.words(f"facets.columns.{key}") for key in keys]


def _organizations(pen: Pen) -> Index:
    rows = tuple(
        Row(
            letter_of(sort_name(record)),
            (
                pen.link(record.id),
                markdown.text(record.kind),
                _number(len(record.members)),
                _cited(pen, record.id),
                _last_cited(pen, record.id),
            ),
            (
                faceted.word(record.kind),
                faceted.outlets(pen, record.id),
                faceted.cited_years(pen, record.id),
            ),
        )
        for record in _letters(pen.edition.dossier.organizations.values())
        if isinstance(record, Organization)
    )
    intro = f"{counted(len(rows), 'organization')}: states, alliances, bodies, parties and outlets."
    return Index(
        "organizations",
        "Organizations",
        intro,
        ("Name", "Kind", *_columns(pen, "members", "articles"), "Last cited"),
        "letter",
        rows,
        section="organizations",
        facets=faceted.facets(pen, "kind", "outlet", "year"),
        sorts=(
            Column("name", "order"),
            Column("kind", "text"),
            Column("members", "number"),
            Column("cited", "number"),
            Column("last", "date"),
        ),
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
                _number(len(pen.edition.referring(record.id, "Events here"))),
                _cited(pen, record.id),
            ),
            (
                faceted.word(record.kind),
                faceted.named(pen, [record.part_of]),
                faceted.cited_years(pen, record.id),
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
        ("Name", "Kind", "Part of", "Coordinates", *_columns(pen, "events", "articles")),
        "letter",
        rows,
        section="places",
        facets=faceted.facets(pen, "kind", "part", "year"),
        sorts=(
            Column("name", "order"),
            Column("kind", "text"),
            Column("part", "text"),
            Column(),
            Column("events", "number"),
            Column("cited", "number"),
        ),
    )


def _events(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(event.date.year),
            (
                _date(event.date),
                pen.link(event.id),
                markdown.text(event.kind),
                _place(pen, event),
                _number(len(event.participants)),
                _cited(pen, event.id),
            ),
            (
                faceted.word(event.kind),
                faceted.years([event.date]),
                _place_value(pen, event),
                faceted.named(pen, (part.who for part in event.participants)),
            ),
        )
        for event in pen.edition.events_by_date
    )
    intro = f"{counted(len(rows), 'event')} by date, each as precisely as it is known."
    return Index(
        "events",
        "Events",
        intro,
        ("Date", "Event", "Kind", "Place", *_columns(pen, "participants", "articles")),
        "year",
        rows,
        section="events",
        facets=faceted.facets(pen, "kind", "year", "place", "who"),
        sorts=(
            Column("date", "order"),
            Column("name", "text"),
            Column("kind", "text"),
            Column("place", "text"),
            Column("participants", "number"),
            Column("cited", "number"),
        ),
    )


def _place_value(pen: Pen, event: Event) -> faceted.Values:
    known = event.place in pen.edition.dossier.records
    return faceted.named(pen, [event.place]) if known else faceted.word(event.place)


def _place(pen: Pen, event: Event) -> Markup:
    known = event.place in pen.edition.dossier.records
    return pen.link(event.place) if event.place and known else markdown.text(event.place or "")


def _articles(pen: Pen) -> Index:
    rows = tuple(
        Row(
            str(article.published.year) if article.published else "undated",
            (
                _date(article.published),
                pen.link(article.id),
                pen.link(article.outlet) if article.outlet else markdown.text("not named"),
                _number(len(_statements(pen, article))),
                _number(len(pen.edition.named_in(article.article_id, Kind.PERSON))),
                markdown.text(len(article.paragraphs)),
            ),
            (
                ((article.outlet, pen.outlet_words(article.outlet)),) if article.outlet else _unnamed(pen),
                faceted.years([article.published]),
                faceted.named(pen, pen.edition.named_in(article.article_id, Kind.PERSON)),
                faceted.word(article.language),
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
        ("Date", "Article", "Outlet", *_columns(pen, "statements", "people"), "Paragraphs"),
        "year",
        rows,
        crumbs,
        section="articles",
        facets=faceted.facets(pen, "outlet", "year", "person", "language"),
        sorts=(
            Column("date", "order"),
            Column("name", "text"),
            Column("outlet", "text"),
            Column("statements", "number"),
            Column("people", "number"),
            Column("paragraphs", "number"),
        ),
    )


def _unnamed(pen: Pen) -> faceted.Values:
    return (("none", pen.words("facets.unnamed")),)


def _statements(pen: Pen, article: Article) -> list[RecordId]:
    """The statements that an article backs."""
    declared = pen.edition.dossier.declared
    backed = pen.edition.backed_by.get(article.article_id, frozenset())
    return [key for key in backed if declared.get(key) is Kind.STATEMENT]


def _documents(pen: Pen) -> Index:
    def row(document: Document) -> Row:
        date = _date(document.date)
        status = markdown.text(document.status or "")
        cells = (date, pen.link(document.id), pen.links(document.by), status, _cited(pen, document.id))
        kind = document_kind(document)
        values = (
            ((document.kind, kind),),
            faceted.years([document.date]),
            faceted.named(pen, document.by),
            faceted.word(document.status),
        )
        return Row(kind.capitalize(), cells, values)

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
        ("Date", "Document", "By", "Status", *_columns(pen, "articles")),
        "kind",
        rows,
        also=also,
        section="documents",
        facets=faceted.facets(pen, "kind", "year", "by", "status"),
        sorts=(
            Column("date", "date"),
            Column("name", "text"),
            Column("by", "text"),
            Column("status", "text"),
            Column("cited", "number"),
        ),
    )


def _issues(pen: Pen) -> Index:
    def row(issue: Issue) -> Row:
        said = pen.edition.statements(issue.id, "Statements")
        speakers = len({statement.speaker for statement in said})
        cells = (pen.link(issue.id), markdown.text(len(said)), markdown.text(speakers), _cited(pen, issue.id))
        values = (
            faceted.named(pen, (statement.speaker for statement in said)),
            faceted.years(statement.date for statement in said),
        )
        return Row("", cells, values)

    rows = tuple(
        row(issue) for issue in sorted(pen.edition.dossier.issues.values(), key=lambda i: (i.title, i.id))
    )
    intro = f"{counted(len(rows), 'issue')} that people take a position on."
    return Index(
        "issues",
        "Issues",
        intro,
        ("Issue", "Statements", "Speakers", *_columns(pen, "articles")),
        "letter",
        rows,
        section="issues",
        facets=faceted.facets(pen, "speaker", "year"),
        sorts=(
            Column("name", "order"),
            Column("statements", "number"),
            Column("speakers", "number"),
            Column("cited", "number"),
        ),
    )


def _questions(pen: Pen) -> Index:
    def row(question: Question) -> Row:
        answers = markdown.joined(
            [_answer(pen, answer) for answer in question.answers],
            Markup("<br>"),
        )
        articles = pen.edition.evidence_articles(question)
        values = (
            ((question.status, STATUS_WORDS[question.status]),),
            faceted.named(pen, (answer.by for answer in question.answers)),
            faceted.years(article.published for article in articles),
        )
        return Row(STATUS_WORDS[question.status], (pen.link(question.id), answers), values)

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
        facets=faceted.facets(pen, "status", "speaker", "year"),
        sorts=(Column("name", "text"), Column()),
    )


def _answer(pen: Pen, answer: Answer) -> Markup:
    value = markdown.text(answer.value)
    told = markdown.joined([pen.link(answer.by), value], ": ") if answer.by else value
    return markdown.joined([told, pen.cites(answer.evidence)])


_INDEXES = (_people, _organizations, _places, _events, _articles, _documents, _issues, _questions)
