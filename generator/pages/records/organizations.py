"""Pages of organizations: kind, members, events, statements, publications."""

from typing import NamedTuple

from markupsafe import Markup

from generator.edition import participation
from generator.edition.participation import Through, TookPart
from generator.markup import markdown
from generator.model.actors import Organization, Person
from generator.model.ids import RecordId
from generator.pages.figures.strips import strip
from generator.pages.indexes.indexes import letter_crumbs
from generator.pages.records import side, statements
from generator.pages.records.articles import ArticleRow, article_rows
from generator.pages.records.closest_ties import ClosestTies, closest_ties
from generator.pages.records.common import (
    Common,
    EventRow,
    MemberRow,
    cited_facts,
    common,
    event_row,
    event_rows,
    fact,
    member_row,
)
from generator.pages.records.side import SideSection
from generator.pages.records.statements import StatementGroup
from generator.pages.writing import head
from generator.pages.writing.descriptions import label, organization_kind, role_words
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import term_words

_SHOWN = frozenset(
    {
        "Statements",
        "Statements about",
        "Events",
        "Events here",
        "Questions",
        "Questions about",
        "Member of",
        "Positions",
        "Articles",
    }
)
# The most articles on an outlet's own page; all are in the index of articles.
_MOST_ARTICLES = 50


class OfficeRow(NamedTuple):
    """A person who holds an office in the organization."""

    who: Markup
    title: str
    held: str
    cites: Markup


class OrganizationView(NamedTuple):
    """An organization's page."""

    common: Common
    members: tuple[MemberRow, ...]
    member_of: tuple[MemberRow, ...]
    offices: tuple[OfficeRow, ...]
    statements: tuple[StatementGroup, ...]
    events: tuple[EventRow, ...]
    events_here: tuple[EventRow, ...]
    articles: tuple[ArticleRow, ...]
    published: str
    has_others: bool
    closest_ties: ClosestTies | None
    strip: Markup


def page(pen: Pen, organization: Organization) -> Page:
    """The page of an organization."""
    edition, key = pen.edition, organization.id
    said = edition.statements(key, "Statements")
    took_part = participation.events_of(edition, key)
    here = edition.referring(key, "Events here")
    reports = edition.reports_of.get(key, ())
    newest = [edition.dossier.articles[article] for article in reports[::-1][:_MOST_ARTICLES]]
    facts = [fact(pen, len(organization.members), "member")] if organization.members else []
    facts += [fact(pen, len(said), "statement")] if said else []
    facts += [
        fact(pen, len(took_part), "event"),
        fact(pen, len(reports), "published"),
        # Articles that an outlet published are counted apart from those that name it.
        *cited_facts(pen, key, "naming" if reports else "article"),
    ]
    view = OrganizationView(
        common=common(pen, organization, _side(pen, organization), facts),
        members=tuple(
            member_row(pen, key, member.who, member, pen.at(organization, "members", number))
            for number, member in enumerate(organization.members)
        ),
        member_of=tuple(
            member_row(pen, whole, whole, member)
            for whole in edition.referring(key, "Member of")
            for member in edition.dossier.organizations[whole].members  # type: ignore[index]
            if member.who == key
        ),
        offices=_offices(pen, organization),
        statements=statements.by_issue(pen, said),
        events=tuple(event_row(pen, each.event, _role(pen, each)) for each in took_part),
        events_here=event_rows(pen, edition.events(here)),
        articles=article_rows(pen, newest),
        published=_published(pen, key, len(reports)),
        has_others=any(article.outlet != key or article.wire for article in newest),
        closest_ties=closest_ties(pen, key),
        strip=strip(pen, edition.events([*(each.event.id for each in took_part), *here])),
    )
    meta = head.of_record(
        pen,
        organization,
        label=label(pen, organization, organization_kind(pen, organization)),
        description=head.plain_prose(pen, key, "summary"),
        crumbs=letter_crumbs(pen, "organizations", organization.id, len(edition.dossier.organizations)),
    )
    return Page(pen.path, meta, pen.render("organization", view=view))


def _role(pen: Pen, took_part: TookPart) -> Markup:
    """The role of an organization in an event, or the participants who spoke for it."""
    if not took_part.through:
        return markdown.text(took_part.role)
    return markdown.joined([_through(pen, each) for each in took_part.through], "; ")


def _through(pen: Pen, through: Through) -> Markup:
    role, office = through.role, through.office
    name = pen.edition.dossier.label(through.who)
    # Names of several words, such as Government of Armenia, want an article; NASA and Congress do not.
    wants_article = through.who in pen.edition.dossier.organizations and " " in name
    is_body = wants_article and not name.startswith("The ")
    key = "organizations.through_body" if is_body else "organizations.through_one"
    who = markdown.joined([pen.link(through.who), *([markdown.text(office.title)] if office else [])], ", ")
    spoken_for = pen.say(key, who=who)
    if not role or (office and role in (office.title, role_words(pen, office))):
        return spoken_for
    return markdown.joined([markdown.text(role), spoken_for], ", ")


def _published(pen: Pen, key: RecordId, number: int) -> str:
    """A sentence with the number of articles that an outlet or agency published or supplied, and of those listed."""
    text = pen.words("nouns.article", n=number)
    is_more = number > len(pen.edition.published_by.get(key, ()))
    text = pen.words("entry.published_through" if is_more else "signs.sentence", text=text)
    return pen.words("ledger.left_out", text=text, n=_MOST_ARTICLES) if number > _MOST_ARTICLES else text


def _offices(pen: Pen, organization: Organization) -> tuple[OfficeRow, ...]:
    people = (pen.edition.dossier.get(key) for key in pen.edition.referring(organization.id, "Positions"))
    return tuple(
        OfficeRow(
            pen.link(p.id), o.title, term_words(pen.words, o.since, o.until), pen.cites(o.evidence, p.id)
        )
        for p in people
        if isinstance(p, Person)
        for o in p.positions
        if o.of == organization.id
    )


def _side(pen: Pen, organization: Organization) -> tuple[SideSection, ...]:
    key = organization.id
    return side.sections(
        side.names(pen, organization),
        side.stated(pen, organization, "part_of", pen.words("back.part_of")),
        side.sources(pen, pen.edition.cited(key)),
        side.elsewhere(pen, organization),
        *side.related(pen, key, _SHOWN),
    )
