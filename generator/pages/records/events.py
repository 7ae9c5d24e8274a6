"""Pages of events: date and place, what they answered, who took part, which articles report them."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.article import Article
from generator.model.happenings import APPEAL, ONLINE, Event
from generator.model.ids import EventId, RecordId
from generator.pages.indexes import faceted
from generator.pages.indexes.indexes import group_target
from generator.pages.records import side, statements
from generator.pages.records.common import Common, EventRow, common, event_rows, fact, origins_fact
from generator.pages.records.side import SideSection, html
from generator.pages.records.statements import StatementGroup
from generator.pages.writing import compare, head
from generator.pages.writing.descriptions import event_kind, label, place_link
from generator.pages.writing.page import Page
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import back_words

_SHOWN = frozenset(
    {
        "Responses",
        "Resulted from",
        "Parts",
        "Said there",
        "Statements about",
        "Questions",
        "Questions about",
        "Documents",
    }
)


class Relation(NamedTuple):
    """Events with one relation to this event."""

    heading: Markup
    rows: tuple[EventRow, ...]


class ParticipantRow(NamedTuple):
    """A participant."""

    who: Markup
    role: str
    cites: Markup


class CoverageRow(NamedTuple):
    """An article that reports the event, with its paragraphs."""

    article: Markup
    outlet: Markup
    date: Markup
    cites: Markup


class EventView(NamedTuple):
    """An event's page."""

    common: Common
    lead: Markup
    asks: Markup
    invokes: Markup
    outcome: Markup
    relations: tuple[Relation, ...]
    participants: tuple[ParticipantRow, ...]
    said_there: tuple[StatementGroup, ...]
    documents: tuple[Markup, ...]
    coverage: tuple[CoverageRow, ...]
    compare: Markup | None
    silent: str
    origins: str
    before: Markup
    after: Markup


def page(pen: Pen, event: Event) -> Page:
    """The page of an event."""
    edition, key = pen.edition, event.id
    said = edition.statements(key, "Said there")
    coverage = _coverage(pen, event)
    facts = (
        fact(pen, len({p.who for p in event.participants}), "participant"),
        fact(pen, len(said), "statement"),
        fact(pen, len(coverage), "article"),
        origins_fact(pen, edition.origins_of(edition.cited(key))),
    )
    before, after = _neighbours(pen, event)
    view = EventView(
        common=common(pen, event, _side(pen, event), facts if coverage else facts[:2]),
        lead=_lead(pen, event),
        asks=pen.inline(key, ("asks",)) + pen.at(event, "asks"),
        invokes=pen.links(event.invokes) + pen.at(event, "invokes"),
        outcome=pen.inline(key, ("outcome",)) + pen.at(event, "outcome"),
        relations=_relations(pen, event),
        participants=tuple(
            ParticipantRow(
                pen.link(p.who) + pen.at(event, "participants", number),
                p.role or "",
                pen.cites(p.evidence, event.id),
            )
            for number, p in enumerate(event.participants)
        ),
        said_there=statements.by_speaker(pen, said),
        documents=tuple(pen.link(document) for document in edition.referring(key, "Documents")),
        coverage=coverage,
        compare=compare.link(pen, event, pen.words("compare.outlets"))
        if len({article.outlet for article in edition.articles(edition.reported.get(key, {}))}) > 1
        else None,
        silent=_silent(pen, event),
        origins=_origins(pen, event),
        before=before,
        after=after,
    )
    year, when = str(event.date.year), pen.words("signs.sentence", text=pen.date(event.date))
    meta = head.of_record(
        pen,
        event,
        label=label(pen, event, event_kind(pen, event)),
        description=f"{when} {head.plain_prose(pen, key, 'summary')}",
        crumbs=[(year, group_target("events", "year", year, len(edition.dossier.events)))],
    )
    return Page(pen.path, meta, pen.render("event", view=view))


def _lead(pen: Pen, event: Event) -> Markup:
    """Date and place as a sentence."""
    date = html("<b>{date}</b>", date=pen.date(event.date)) + pen.at(event, "date")
    place = place_link(pen, event) + pen.at(event, "place")
    return (
        pen.say("events.when_where", date=date, place=place) if place else pen.say("events.when", date=date)
    )


def _relations(pen: Pen, event: Event) -> tuple[Relation, ...]:
    back = pen.edition.referring
    found: tuple[tuple[str, Iterable[RecordId], Markup], ...] = (
        ("In response to", event.responds_to, pen.at(event, "responds_to")),
        ("Responses", back(event.id, "Responses"), Markup("")),
        ("Resulted from", back(event.id, "Resulted from"), Markup("")),
        ("Led to", event.led_to, pen.at(event, "led_to")),
        ("Part of", [event.part_of] if event.part_of else [], pen.at(event, "part_of")),
        ("Parts", back(event.id, "Parts"), Markup("")),
    )
    relations: list[Relation] = []
    shown = {event.id}
    for heading, keys, anchor in found:
        # An answer to an event often resulted from it too; it is listed under the first heading that fits.
        fresh = [key for key in keys if key not in shown]
        shown.update(fresh)
        if rows := event_rows(pen, pen.edition.events(fresh)):
            relations.append(Relation(markdown.text(back_words(pen.words, heading)) + anchor, rows))
        elif anchor and relations:
            relations[-1] = relations[-1]._replace(heading=relations[-1].heading + anchor)
    return tuple(relations)


def _coverage(pen: Pen, event: Event) -> tuple[CoverageRow, ...]:
    """The articles that report the event, with their paragraphs."""
    found = pen.edition.reported.get(event.id, {})
    return tuple(
        CoverageRow(
            pen.link(article.id),
            _outlet(pen, article),
            pen.day(article.published),
            pen.paragraphs(article.article_id, found[article.article_id]),
        )
        for article in pen.edition.articles(found)
    )


def _outlet(pen: Pen, article: Article) -> Markup:
    """The outlet of an article, and the agency whose report it prints; marked for scripts that compare outlets."""
    key, outlet = faceted.outlet(pen, article)
    name = outlet if article.outlet else pen.words("sources.unnamed")
    mark = Markup('<span data-outlet="{}" data-name="{}"></span>').format(key, name)
    words = outlet
    if article.wire:
        words = pen.words("sources.of_wire", outlet=outlet, agency=pen.outlet_words(article.wire))
    return markdown.joined([markdown.text(words), mark], "")


def _silent(pen: Pen, event: Event) -> str:
    """A sentence about origins in the dossier that do not report the event."""
    found = pen.edition.reported.get(event.id, {})
    # An origin whose articles here are all older than the event could not report it.
    first, number = pen.edition.silent(event, set(pen.edition.origins(found)), side.MOST)
    if not (first and found):
        return ""
    outlets, more = ", ".join(map(pen.outlet_words, first)), number - len(first)
    outlets = pen.words("events.and_more", outlets=outlets, n=more) if more > 0 else outlets
    return pen.words("events.silent", outlets=outlets)


def _origins(pen: Pen, event: Event) -> str:
    """A sentence about the number of independent origins that report the event; empty if there is nothing to add."""
    articles = pen.edition.reported.get(event.id, {})
    origins = pen.edition.origins(articles)
    if not articles:
        return ""
    if len(articles) == 1:
        return pen.words("events.single")
    # An article without a named origin may be of any origin.
    if len(origins) == len(articles) and None not in origins:
        return pen.words("events.all_own", n=len(articles))
    number = pen.words("nouns.article", n=len(articles))
    if origins == (None,):
        return pen.words("events.of_unnamed", articles=number)
    key = "events.of_origins_unnamed" if None in origins else "events.of_origins"
    return pen.words(key, articles=number, origins=pen.words("events.origins", n=pen.named_number(origins)))


def _neighbours(pen: Pen, event: Event) -> tuple[Markup, Markup]:
    before, after = (
        pen.link(key) if key else Markup("") for key in pen.edition.event_neighbours[EventId(event.id)]
    )
    return before, after


def _side(pen: Pen, event: Event) -> tuple[SideSection, ...]:
    answers = [EventId(key) for key in pen.edition.referring(event.id, "Responses")]
    when = [html('<span class="big">{date}</span>', date=pen.date(event.date))]
    if not event.date.is_certain:
        when.append(html('<span class="quiet">EDTF {text}</span>', text=event.date.text))
    where = []
    if event.place:
        where = [pen.say("events.online") if event.place == ONLINE else pen.html(event.place)]
    status = [pen.say("nouns.answer", n=len(answers))] if event.kind == APPEAL else []
    return side.sections(
        SideSection(pen.words("side.date"), tuple(when)),
        SideSection(pen.words("side.place"), tuple(where)),
        side.drawn(pen.words("figures.map.title"), side.locator(pen, event.place)),
        SideSection(pen.words("side.answers"), tuple(status)),
        side.sources(pen, pen.edition.cited(event.id)),
        side.elsewhere(pen, event),
        *side.related(pen, event.id, _SHOWN),
    )
