"""Pages of people: their last known office, statements, events."""

from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.actors import Person
from generator.pages.figures.strips import strip
from generator.pages.indexes.indexes import letter_crumbs
from generator.pages.records import side, statements
from generator.pages.records.closest_ties import ClosestTies, closest_ties
from generator.pages.records.common import (
    Common,
    EventRow,
    MemberRow,
    cited_facts,
    common,
    fact,
    member_row,
    participation_rows,
)
from generator.pages.records.side import SideSection, html
from generator.pages.records.statements import StatementGroup
from generator.pages.writing import head
from generator.pages.writing.descriptions import last_position, role_words
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import brief, term_words

# Headings of back-links that the page shows in sections of its own.
_SHOWN = frozenset({"Statements", "Statements about", "Events", "Questions", "Questions about", "Member of"})


class LastKnown(NamedTuple):
    """The office in which a person was last cited."""

    words: Markup
    cite: Markup


class PersonView(NamedTuple):
    """A person's page."""

    common: Common
    last_known: LastKnown | None
    positions: Markup
    statements: tuple[StatementGroup, ...]
    events: tuple[EventRow, ...]
    member_of: tuple[MemberRow, ...]
    closest_ties: ClosestTies | None
    strip: Markup


def page(pen: Pen, person: Person) -> Page:
    """The page of a person."""
    said = pen.edition.statements(person.id, "Statements")
    took_part = pen.edition.participations(person.id)
    events = participation_rows(pen, took_part)
    facts = (
        fact(pen, len(said), "statement"),
        fact(pen, len(events), "event"),
        *cited_facts(pen, person.id),
    )
    view = PersonView(
        common=common(pen, person, _side(pen, person), facts),
        last_known=_last_known(pen, person),
        positions=statements.over_time(pen, said, on_issue=False),
        statements=statements.by_issue(pen, said),
        events=events,
        member_of=tuple(
            member_row(pen, organization, organization, member)
            for organization in pen.edition.referring(person.id, "Member of")
            for member in pen.edition.dossier.organizations[organization].members  # type: ignore[index]
            if member.who == person.id
        ),
        closest_ties=closest_ties(pen, person.id),
        strip=strip(pen, [event for event, _ in took_part]),
    )
    meta = head.of_record(
        pen,
        person,
        label=pen.words("kinds.person"),
        description=description(pen, person),
        crumbs=letter_crumbs(pen, "people", person.id, len(pen.edition.dossier.people)),
        og_type="profile",
    )
    return Page(pen.path, meta, pen.render("person", view=view))


def description(pen: Pen, person: Person) -> str:
    """A sentence that says who the person is."""
    last = last_position(pen, person)
    office = role_words(pen, last[0]) if last else ""
    summary = head.plain_prose(pen, person.id, "summary")
    who = pen.words("signs.sentence", text=f"{person.name}, {office}") if office and summary else ""
    return brief(" ".join(filter(None, [who or (office and f"{person.name}, {office}"), summary])), 200)


def _last_known(pen: Pen, person: Person) -> LastKnown | None:
    last = last_position(pen, person)
    if not last:
        return None
    position, article = last
    cite = Markup("")
    if article:
        cite = pen.cites((e for e in position.evidence if e.at.article == article.id), person.id)
    role = html("<b>{role}</b>", role=pen.said(role_words(pen, position)))
    date = pen.date(article.published) if article else ""
    position_words = (
        pen.say("entry.last_known_dated", position=role, date=date)
        if date
        else pen.say("entry.last_known", position=role)
    )
    return LastKnown(position_words, cite)


def _side(pen: Pen, person: Person) -> tuple[SideSection, ...]:
    positions = []
    for number, position in enumerate(person.positions):
        office = html("{title}", title=position.title)
        if position.of:
            office = markdown.joined([office, pen.html(position.of, mark=False)], ", ")
        positions.append(office + pen.at(person, "positions", number))
        held = term_words(pen.words, position.since, position.until)
        cites = pen.cites_html(position.evidence, person.id)
        if held or cites:
            positions.append(
                markdown.joined(filter(None, [html('<span class="quiet">{held}</span>', held=held), cites]))
            )
    return side.sections(
        side.names(pen, person),
        SideSection(pen.words("side.positions"), tuple(positions)),
        side.sources(pen, pen.edition.cited(person.id)),
        side.elsewhere(pen, person),
        *side.related(pen, person.id, _SHOWN),
    )
