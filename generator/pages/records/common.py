"""Parts that the pages of all records share."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.actors import Membership
from generator.model.claims import Answer, Question
from generator.model.happenings import Event
from generator.model.ids import OrganizationId, RecordId
from generator.model.record import Record
from generator.pages.records import mentions, spellings, statements
from generator.pages.records.mentions import MentionsView
from generator.pages.records.side import SideSection
from generator.pages.records.statements import StatementGroup
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import span_words, term_words


class Fact(NamedTuple):
    """A number or word with its label, in the strip below a page's lead."""

    value: str
    label: str


class EventRow(NamedTuple):
    """An event in a table."""

    date: Markup
    event: Markup
    role: Markup
    outcome: Markup


class AnswerView(NamedTuple):
    """One answer to a question."""

    value: Markup
    by: Markup
    by_words: Markup
    date: Markup
    origins: Markup
    cites: Markup
    cites_html: Markup


class QuestionView(NamedTuple):
    """A question with its answers side by side; the HTML forms are for cards."""

    question: Markup
    question_html: Markup
    status: str
    status_words: str
    answers: tuple[AnswerView, ...]
    note: Markup


class MemberRow(NamedTuple):
    """A membership in a table."""

    who: Markup
    role: str
    held: str
    cites: Markup


class Common(NamedTuple):
    """The parts of a record's page that do not depend on its kind."""

    title: Markup
    summary: tuple[Markup, ...]
    caveat: Markup
    also: Markup
    cites: Markup
    facts: tuple[Fact, ...]
    said_about: tuple[StatementGroup, ...]
    questions: tuple[QuestionView, ...]
    mentions: MentionsView
    side: tuple[SideSection, ...]


def common(pen: Pen, record: Record, side: Iterable[SideSection], facts: Iterable[Fact] = ()) -> Common:
    """The common parts of a record's page."""
    about = pen.edition.statements(record.id, "Statements about")
    return Common(
        title=pen.label(record.id),
        summary=_summary(pen, record),
        caveat=pen.said(record.caveat or ""),
        also=spellings.other_titles(pen, record),
        cites=pen.cites(record.evidence, record.id),
        facts=tuple(fact for fact in facts if fact.value != "0"),
        said_about=statements.by_speaker(pen, about),
        questions=tuple(question(pen, q) for q in pen.edition.questions(record.id)),
        mentions=mentions.view(pen, record.id),
        side=tuple(side),
    )


def _summary(pen: Pen, record: Record) -> tuple[Markup, ...]:
    first, *rest = pen.prose(record.id, ("summary",)) or (Markup(""),)
    return (first + pen.at(record, "summary"), *rest) if first else ()


def fact(pen: Pen, number: int, of: str) -> Fact:
    """A count as a fact; `of` is a key of the catalogue's `facts`."""
    return Fact(pen.words.number(number), pen.words(f"facts.{of}", n=number))


def origins_fact(pen: Pen, origins: Sequence[OrganizationId | None]) -> Fact:
    """The number of named origins, and whether there are articles that name none."""
    number = pen.named_number(origins)
    return Fact(pen.words.number(number), pen.origins_words(pen.words("facts.origin", n=number), origins))


def cited_facts(pen: Pen, key: RecordId, of: str = "article") -> tuple[Fact, ...]:
    """The numbers of articles and origins that a record appears in, and the dates of the first and last."""
    found = pen.edition.cited(key)
    facts = [fact(pen, found.number, of)]
    if origins := pen.edition.origins_of(found):
        facts.append(origins_fact(pen, origins))
    ends = (pen.edition.dossier.articles[key].published for key in (found.first, found.last) if key)
    if dates := [date for date in ends if date]:
        facts.append(Fact(span_words(pen.words, dates[0], dates[-1]), pen.words("facts.cited")))
    return tuple(facts)


def event_row(pen: Pen, event: Event, role: Markup = markdown.NOTHING) -> EventRow:
    """An event as a row, with the role of the record whose page it is."""
    return EventRow(
        pen.day(event.date),
        pen.link(event.id),
        role,
        pen.inline(event.id, ("outcome",)),
    )


def event_rows(pen: Pen, events: Iterable[Event]) -> tuple[EventRow, ...]:
    """Events in a table."""
    return tuple(event_row(pen, event) for event in events)


def participation_rows(pen: Pen, took_part: Iterable[tuple[Event, str]]) -> tuple[EventRow, ...]:
    """The events in which an actor took part itself, with its roles."""
    return tuple(event_row(pen, event, markdown.text(role)) for event, role in took_part)


def question(pen: Pen, asked: Question) -> QuestionView:
    """A question with its answers."""
    answers = tuple(
        AnswerView(
            value=pen.said(answer.value) + pen.at(asked, "answers", number),
            by=pen.link(answer.by) if answer.by else Markup(""),
            by_words=pen.label(answer.by) if answer.by else Markup(""),
            date=pen.day(answer.date),
            origins=_origins(pen, answer),
            cites=pen.cites(answer.evidence, asked.id),
            cites_html=pen.cites_html(answer.evidence, asked.id),
        )
        for number, answer in enumerate(asked.answers)
    )
    status = pen.words(f"statuses.{asked.status}")
    return QuestionView(
        question=pen.link(asked.id),
        question_html=pen.html(asked.id),
        status=asked.status,
        status_words=status,
        answers=answers,
        note=pen.said(asked.note or ""),
    )


def _origins(pen: Pen, answer: Answer) -> Markup:
    """The origins of an answer's evidence."""
    articles = pen.edition.dossier.articles
    found = (evidence.at.article for evidence in answer.evidence)
    origins = pen.edition.origins(key for key in found if key in articles)
    return markdown.joined(
        (
            pen.link(key, pen.outlet_words(key)) if key else pen.say("sources.unnamed_inside")
            for key in origins
        ),
        ", ",
    )


def member_row(
    pen: Pen, whole: RecordId, who: RecordId, membership: Membership, at: Markup = markdown.NOTHING
) -> MemberRow:
    """A membership in a whole as a row about one of its two ends, with its anchor where it has one there."""
    held = term_words(pen.words, membership.since, membership.until)
    return MemberRow(pen.link(who) + at, membership.role or "", held, pen.cites(membership.evidence, whole))
