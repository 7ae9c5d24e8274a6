"""Entries of the report: each record with its evidence."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import languages, markdown
from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Issue, Question, Statement
from generator.model.happenings import Document, Event, Place
from generator.model.ids import ArticleId, RecordId
from generator.model.record import Named, Record
from generator.pages.records import common, statements
from generator.pages.records.common import QuestionView
from generator.pages.records.paragraphs import by_paragraph, linked_body
from generator.pages.records.side import html
from generator.pages.records.statements import StatementView
from generator.pages.writing.descriptions import place_link, role_words
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import term_words


class Said(NamedTuple):
    """The statements of one speaker on an issue."""

    speaker: Markup
    statements: tuple[StatementView, ...]


class ReportEntry(NamedTuple):
    """A record in the report; what its kind does not have is empty."""

    anchor: str
    title: Markup
    line: Markup
    summary: tuple[Markup, ...] = ()
    caveat: Markup = markdown.NOTHING
    facts: tuple[tuple[str, Markup], ...] = ()
    question: QuestionView | None = None
    said: tuple[Said, ...] = ()
    paragraphs: tuple[Markup, ...] = ()


def entry(pen: Pen, record: Record) -> ReportEntry:
    """The entry of a record in the report."""
    match record:
        case Event():
            return _event(pen, record)
        case Question():
            return _question(pen, record)
        case Issue():
            return _issue(pen, record)
        case Person():
            return _person(pen, record)
        case Organization():
            return _organization(pen, record)
        case Place():
            return _place(pen, record)
        case Document():
            return _document(pen, record)
        case Article():
            return _article(pen, record)
        case _:
            return _entry(pen, record, ())


def anchor(key: RecordId) -> str:
    """The anchor of a record in the report."""
    # Apart from the anchors that Python-Markdown gives headings of its own accord.
    return f"entry-{key}"


def paragraph_anchor(article: ArticleId, number: int) -> str:
    """The anchor of an article's paragraph in the report."""
    # Begins as on the article's own page, since style sheets recognize citations by it.
    return f"p{number}-{article}"


def _entry(pen: Pen, record: Record, line: Iterable[Markup], **more: object) -> ReportEntry:
    return ReportEntry(
        anchor(record.id),
        pen.label(record.id),
        markdown.joined([part for part in line if part], " · "),
        pen.prose(record.id, ("summary",)),
        pen.said(record.caveat or ""),
        **more,  # type: ignore[arg-type]
    )


def _event(pen: Pen, event: Event) -> ReportEntry:
    people = [
        markdown.joined([pen.link(p.who), *([Markup("({})").format(pen.said(p.role))] if p.role else [])])
        for p in event.participants
    ]
    facts = (
        ("asks", pen.inline(event.id, ("asks",))),
        ("invokes", pen.links(event.invokes)),
        ("outcome", pen.inline(event.id, ("outcome",))),
        ("participants", markdown.joined(people, ", ")),
        ("responds_to", pen.links(event.responds_to)),
        ("led_to", pen.links(event.led_to)),
        ("part_of", pen.link(event.part_of) if event.part_of else Markup("")),
        ("evidence", pen.cites(event.evidence, event.id)),
    )
    line = (markdown.text(pen.date(event.date)), place_link(pen, event))
    return _entry(pen, event, line, facts=_facts(pen, facts))


def _question(pen: Pen, question: Question) -> ReportEntry:
    return _entry(pen, question, (), question=common.question(pen, question))


def _issue(pen: Pen, issue: Issue) -> ReportEntry:
    by_speaker: dict[RecordId, list[Statement]] = {}
    for statement in pen.edition.statements(issue.id, "Statements"):
        by_speaker.setdefault(statement.speaker, []).append(statement)
    said = tuple(
        Said(pen.link(speaker), tuple(statements.view(pen, s, on_issue=True) for s in found))
        for speaker, found in by_speaker.items()
    )
    return _entry(pen, issue, (), said=said)


def _person(pen: Pen, person: Person) -> ReportEntry:
    positions = []
    for position in person.positions:
        held = term_words(pen.words, position.since, position.until)
        words = [pen.said(role_words(pen, position)), markdown.text(f"({held})") if held else ""]
        positions.append(markdown.joined(filter(None, [*words, pen.cites(position.evidence)])))
    facts = (("positions", markdown.joined(positions, "; ")), ("evidence", pen.cites(person.evidence)))
    return _entry(pen, person, _other_names(pen, person), facts=_facts(pen, facts))


def _organization(pen: Pen, organization: Organization) -> ReportEntry:
    members = pen.links(dict.fromkeys(member.who for member in organization.members))
    whole = pen.link(organization.part_of) if organization.part_of else Markup("")
    facts = (("members", members), ("part_of", whole), ("evidence", pen.cites(organization.evidence)))
    return _entry(pen, organization, _other_names(pen, organization), facts=_facts(pen, facts))


def _place(pen: Pen, place: Place) -> ReportEntry:
    events = pen.links(
        event.id for event in pen.edition.events(pen.edition.referring(place.id, "Events here"))
    )
    whole = pen.link(place.part_of) if place.part_of else Markup("")
    facts = (("part_of", whole), ("events", events), ("evidence", pen.cites(place.evidence)))
    return _entry(
        pen, place, (markdown.text(place.kind or ""), *_other_names(pen, place)), facts=_facts(pen, facts)
    )


def _document(pen: Pen, document: Document) -> ReportEntry:
    facts = (
        ("by", pen.links(document.by)),
        ("part_of", pen.link(document.part_of) if document.part_of else Markup("")),
        ("status", markdown.text(document.status or "")),
        ("evidence", pen.cites(document.evidence)),
    )
    line = (markdown.text(pen.date(document.date)),)
    return _entry(pen, document, line, facts=_facts(pen, facts))


def _article(pen: Pen, article: Article) -> ReportEntry:
    here = by_paragraph(pen.edition.links.mentions.get(article.article_id, ()))
    paragraphs = tuple(
        html(
            '<span id="{anchor}" class="n">{number}</span> {text}',
            anchor=paragraph_anchor(article.article_id, p.number),
            number=p.number,
            text=linked_body(pen, article, p, here.get(p.number, ())),
        )
        for p in article.paragraphs
    )
    outlet = pen.link(article.outlet) if article.outlet else Markup("")
    authors = [pen.edition.dossier.label(author) for author in article.authors]
    line = (outlet, markdown.text(", ".join(authors)), markdown.text(pen.date(article.published)))
    url = markdown.link(article.url, markdown.address(article.url)) if article.url else Markup("")
    remark = pen.say("report.digest") if article.is_digest else Markup("")
    facts = (("url", url), ("digest", remark), ("rights", markdown.text(article.rights or "")))
    return _entry(pen, article, line, facts=_facts(pen, facts), paragraphs=paragraphs)


def _other_names(pen: Pen, record: Named) -> tuple[Markup, ...]:
    native = [languages.marked(name, tags[0]) for name, tags in languages.by_spelling(record).items()]
    return (*native, *map(pen.said, record.also))


def _facts(pen: Pen, facts: Iterable[tuple[str, Markup]]) -> tuple[tuple[str, Markup], ...]:
    """The facts that are not empty, under their labels."""
    return tuple((pen.words(f"report.facts.{name}"), value) for name, value in facts if value)
