"""Cards: single records in brief, as HTML, for pages about other things."""

from collections.abc import Iterable

from markupsafe import Markup

from generator.markup import languages, markdown
from generator.model.actors import Organization, Person
from generator.model.article import Article
from generator.model.claims import Issue, Question
from generator.model.happenings import Document, Event, Place
from generator.model.record import Named, Record
from generator.pages.figures import maps
from generator.pages.records import spellings
from generator.pages.records.side import html
from generator.pages.writing.descriptions import (
    document_kind,
    event_kind,
    last_position,
    organization_kind,
    place_html,
    role_words,
)
from generator.pages.writing.pen import Pen
from generator.pages.writing.words import STANCE_SIGNS

# The most participants of an event that are named.
_WHO = 8


def card(pen: Pen, record: Record) -> Markup:
    """A record in brief: its kind and name, and what readers ask of it first, with citations."""
    sort = ""
    lines: Iterable[Markup] = ()
    match record:
        case Event():
            sort, lines = event_kind(pen, record), _event(pen, record)
        case Person():
            lines = _person(pen, record)
        case Organization():
            sort, lines = organization_kind(pen, record), _native(pen, record)
        case Place():
            sort, lines = record.kind or "", _place(pen, record)
        case Document():
            sort, lines = document_kind(pen, record), _document(pen, record)
        case Issue():
            lines = _issue(pen, record)
        case Question():
            lines = _question(pen, record)
        case Article():
            lines = (_quiet(pen.edition.labels.published[record.article_id]),)
    kind = pen.words(f"kinds.{record.kind_of.value}")
    label = html(
        '<p class="label k {kind}">{words}</p>',
        kind=record.kind_of.value,
        words=pen.words("signs.titled", title=kind, group=sort) if sort else kind,
    )
    name = html('<p class="val">{link}</p>', link=pen.html(record.id, mark=False))
    return html(
        '<div class="card">{inner}</div>', inner=markdown.joined([label, name, *filter(None, lines)], "")
    )


def _quiet(words: object) -> Markup:
    return html('<p class="quiet">{words}</p>', words=words) if words else markdown.NOTHING


def _line(words: Markup) -> Markup:
    return html("<p>{words}</p>", words=words) if words else markdown.NOTHING


def _event(pen: Pen, event: Event) -> Iterable[Markup]:
    where = place_html(pen, event)
    yield _quiet(markdown.joined(filter(None, [markdown.text(pen.date(event.date)), where]), " · "))
    who = list(dict.fromkeys(part.who for part in event.participants))
    names = [pen.html(key, mark=False) for key in who[:_WHO]]
    if len(who) > _WHO:
        names.append(pen.say("signs.more", n=len(who) - _WHO))
    yield _quiet(markdown.joined(names, ", "))
    if outcome := pen.inline_html(event.id, ("outcome",)):
        yield _line(outcome)
    else:
        yield _line(pen.cites_html(event.evidence, event.id))


def _person(pen: Pen, person: Person) -> Iterable[Markup]:
    if last := last_position(pen, person):
        position, article = last
        cited = [e for e in position.evidence if article and e.at.article == article.id]
        yield _line(markdown.joined([pen.said(role_words(pen, position)), pen.cites_html(cited, person.id)]))
    yield from _native(pen, person)


def _native(pen: Pen, record: Named) -> Iterable[Markup]:
    preferred = {names[0] for names in record.native.values()}
    names = [
        markdown.joined(
            [languages.marked(name, tags[0]), markdown.text(f"({spellings.languages_words(pen, tags)})")]
        )
        for name, tags in languages.by_spelling(record).items()
        if name in preferred
    ]
    yield _quiet(markdown.joined(names, " · "))


def _place(pen: Pen, place: Place) -> Iterable[Markup]:
    if place.part_of:
        yield _quiet(pen.html(place.part_of, mark=False))
    if place.coordinates:
        yield maps.locator(pen, place.id, place.coordinates, f"fig-locator-{place.id}")


def _document(pen: Pen, document: Document) -> Iterable[Markup]:
    facts = [markdown.text(pen.date(document.date)), pen.said(document.status or "")]
    yield _quiet(markdown.joined(filter(None, facts), " · "))
    yield _line(pen.cites_html(document.evidence, document.id))


def _issue(pen: Pen, issue: Issue) -> Iterable[Markup]:
    for stance, sign in STANCE_SIGNS.items():
        if stance in issue.stances:
            yield html(
                '<p><span class="chip {stance}">{sign} {words}</span> {meaning}</p>',
                stance=stance,
                sign=sign,
                words=pen.words(f"stances.{stance}"),
                meaning=pen.said(issue.stances[stance]),
            )


def _question(pen: Pen, question: Question) -> Iterable[Markup]:
    yield html(
        '<p class="status {status}">{words}</p>',
        status=question.status,
        words=pen.words(f"statuses.{question.status}"),
    )
    for answer in question.answers:
        value = pen.said(answer.value)
        said = pen.say("signs.said_by", who=pen.label(answer.by), what=value) if answer.by else value
        yield _line(markdown.joined([said, pen.cites_html(answer.evidence, question.id)]))
