"""Indexes of the kinds: A-Z, by date, by kind; split into pages of their own before they grow long."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator.model.actors import Organization, Person
from generator.model.claims import Issue, Question
from generator.model.happenings import Document, Event, Place
from generator.model.ids import RecordId, slug
from generator.model.kinds import Kind
from generator.model.record import Named, Record
from generator.pages import head, markdown
from generator.pages.edition import Edition, by_date
from generator.pages.page import Page
from generator.pages.pen import Pen
from generator.pages.render import render
from generator.pages.words import STATUS_WORDS, counted, date_words

# Rows of one page; a longer index gives each of its groups a page.
LIMIT = 300
_OTHER = "Other"


@dataclass(frozen=True)
class Row:
    """A row of an index: its group, and its cells as Markdown."""

    group: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `target` leads to them."""

    heading: str
    target: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class IndexView:
    """An index page; `jumps` lead to the groups, `listed` are those that stand on this page."""

    title: str
    intro: str
    also: Markup | None
    columns: tuple[str, ...]
    jumps: tuple[Markup, ...]
    listed: tuple[Group, ...]
    elsewhere: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True)
class Index:
    """What one index lists, its rows in order.

    Attributes:
        folder: The folder of its pages, and the section that it belongs to.
        also: What else to look at, after the introduction.
        grouped: The word for what it is grouped by: `letter`, `year` or `kind`.
    """

    folder: str
    title: str
    intro: str
    columns: tuple[str, ...]
    grouped: str
    rows: tuple[Row, ...]
    crumbs: tuple[tuple[str, str], ...] = ()
    also: Markup | None = None


def sort_name(record: Named) -> str:
    """A name as it is sorted: of a person the family name first, which is the short form within the name."""
    if not isinstance(record, Person):
        return record.name.removeprefix("The ").removeprefix("the ")
    family = next((short for short in record.short if short in record.name), record.name.split()[-1])
    rest = " ".join(record.name.replace(family, "", 1).split())
    return f"{family}, {rest}" if rest else family


def letter_of(name: str) -> str:
    """The letter under which a name is listed, without its accents."""
    letter = unicodedata.normalize("NFKD", name.strip()[:1])[:1].upper()
    return letter if letter.isalpha() else _OTHER


def group_target(grouped: str, folder: str, group: str, rows: int) -> str:
    """The address of a group, relative to the site, in an index of so many rows."""
    return f"{folder}/{_group_page(grouped, group)}/" if rows > LIMIT else f"{folder}/#{_anchor(group)}"


def pages(edition: Edition) -> tuple[Page, ...]:
    """The pages of all indexes."""
    return tuple(page for make in _INDEXES for page in _pages(edition, make))


def _pages(edition: Edition, make: "Callable[[Pen], Index]") -> Iterable[Page]:
    path = f"{make(Pen(edition, 'index.md')).folder}/index.md"
    pen = Pen(edition, path)
    index = make(pen)
    is_long = len(index.rows) > LIMIT
    names = [(name, tuple(rows)) for name, rows in groupby(index.rows, key=lambda row: row.group)]
    groups = [
        Group(
            name,
            pen.to(f"{index.folder}/{_group_page(index.grouped, name)}.md")
            if is_long
            else f"#{_anchor(name)}",
            rows,
        )
        for name, rows in names
    ]
    jumps = tuple(markdown.link(group.heading, group.target) for group in groups) if len(groups) > 1 else ()
    elsewhere = tuple(
        (jump, counted(len(g.rows), "entry", "entries")) for jump, g in zip(jumps, groups, strict=False)
    )
    view = IndexView(
        index.title,
        index.intro,
        index.also,
        index.columns,
        () if is_long else jumps,
        () if is_long else tuple(groups),
        elsewhere if is_long else (),
    )
    yield Page(path, _meta(pen, index, index.title, index.crumbs), render("index", view=view))
    if not is_long:
        return
    for name, _ in names:
        group_path = f"{index.folder}/{_group_page(index.grouped, name)}.md"
        group_pen = Pen(edition, group_path)
        rows = tuple(row for row in make(group_pen).rows if row.group == name)
        title = f"{index.title}: {name}"
        view = IndexView(title, "", None, index.columns, (), (Group("", "", rows),), ())
        crumbs = (*index.crumbs, (index.title, f"{index.folder}/"))
        yield Page(group_path, _meta(group_pen, index, title, crumbs), render("index", view=view))


def _meta(pen: Pen, index: Index, title: str, crumbs: tuple[tuple[str, str], ...]) -> dict[str, object]:
    return head.of_page(
        pen,
        title,
        f"{title}: {index.intro}",
        kind="index",
        label="Index",
        section=index.folder,
        crumbs=crumbs,
    )


def _anchor(group: str) -> str:
    return slug(group) or "other"


def _group_page(grouped: str, group: str) -> str:
    return f"by-{grouped}/{_anchor(group)}"


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
            letter_of(sort_name(r)) == _OTHER,
            letter_of(sort_name(r)),
            sort_name(r).casefold(),
            r.id,
        ),
    )


def _people(pen: Pen) -> Index:
    from generator.pages.people import last_position, role_words

    rows = []
    for person in _letters(pen.edition.dossier.people.values()):
        assert isinstance(person, Person)
        last = last_position(pen, person)
        role = markdown.text(role_words(pen, last[0])) if last else Markup("")
        cells = (pen.link(person.id), role, _last_cited(pen, person.id))
        rows.append(Row(letter_of(sort_name(person)), cells))
    intro = f"{counted(len(rows), 'person', 'people')} by family name, with the position in which they were last cited."
    return Index("people", "People", intro, ("Name", "Position", "Last cited"), "letter", tuple(rows))


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
    return Index("organizations", "Organizations", intro, ("Name", "Kind", "Last cited"), "letter", rows)


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
    return Index("places", "Places", intro, ("Name", "Kind", "Part of", "Coordinates"), "letter", rows)


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
        for event in sorted(pen.edition.dossier.events.values(), key=by_date)
    )
    intro = f"{counted(len(rows), 'event')} by date, each as precisely as it is known."
    return Index("events", "Events", intro, ("Date", "Event", "Kind", "Place"), "year", rows)


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
        "articles", "Articles", intro, ("Date", "Article", "Outlet", "Paragraphs"), "year", rows, crumbs
    )


def _documents(pen: Pen) -> Index:
    from generator.pages.documents import document_kind

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
        "documents", "Documents", intro, ("Date", "Document", "By", "Status"), "kind", rows, also=also
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
    return Index("issues", "Issues", intro, ("Issue", "Statements", "Speakers"), "letter", rows)


def _questions(pen: Pen) -> Index:
    def row(question: Question) -> Row:
        answers = markdown.joined(
            [markdown.joined([markdown.text(a.value), pen.cites(a.evidence)]) for a in question.answers],
            Markup("<br>"),
        )
        return Row(STATUS_WORDS[question.status], (pen.link(question.id), answers))

    order = ["conflict", "open", "compatible", "agreed"]
    ordered = sorted(pen.edition.dossier.questions.values(), key=lambda q: (order.index(q.status), q.id))
    rows = tuple(row(question) for question in ordered)
    intro = "What the sources answer, side by side. Whether the answers agree is a curator's word."
    return Index("questions", "Where the sources differ", intro, ("Question", "Answers"), "status", rows)


_INDEXES = (_people, _organizations, _places, _events, _articles, _documents, _issues, _questions)
