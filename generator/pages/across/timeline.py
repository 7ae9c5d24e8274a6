"""The timeline: all events by date, drawn and listed, with a page for each year once there are many."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.participation import parties
from generator.markup import markdown
from generator.model.happenings import ONLINE, Event
from generator.model.ids import RecordId
from generator.pages.figures import lanes, marks, svg
from generator.pages.figures import timeline as drawing
from generator.pages.writing import head
from generator.pages.writing.descriptions import OTHER, place_link
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, Pen
from generator.words.collation import SortKey

FOLDER = "timeline"
# The most participants that a row names; the others are counted.
_WHO = 6


class EventLine(NamedTuple):
    """An event in the list; scripts filter by the links and words in its cells."""

    date: Markup
    event: Markup
    outcome: Markup
    kind: Markup
    place: Markup
    who: Markup
    answers: Markup


class TimelinePart(NamedTuple):
    """A run of events with its own page, and the path of that page."""

    label: str
    path: str
    events: tuple[Event, ...]


class TimelineView(NamedTuple):
    """A page of the timeline."""

    title: str
    intro: str
    figure: Markup
    parts: tuple[tuple[Markup, str], ...]
    rows: tuple[EventLine, ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The pages of the timeline: one, and one for each part once it is long."""
    pen, events = Pen(edition, f"{FOLDER}/{INDEX}"), edition.events_by_date
    title = pen.words("titles.timeline")
    intro = pen.words("figures.timeline.intro", n=len(events))
    if len(events) <= drawing.MOST:
        view = TimelineView(title, intro, _figure(pen, events), (), _lines(pen, events))
        yield _page(pen, view, intro)
        return
    parts = tuple(_parts(events))
    # A column of bars leads to the first part of its year.
    target = {part.events[0].date.year: pen.href(part.path) for part in reversed(parts)}
    bars = drawing.density(pen, events, target)
    figure = svg.figure(
        "fig-wide fig-columns",
        bars,
        caption=pen.words("figures.timeline.columns"),
        skip=pen.words("figures.skip"),
    )
    listed = tuple(
        (markdown.link(part.label, pen.to(part.path)), pen.words("nouns.event", n=len(part.events)))
        for part in parts
    )
    yield _page(pen, TimelineView(title, intro, figure, listed, ()), intro)
    for part in parts:
        own = Pen(edition, part.path)
        part_title = f"{title}: {part.label}"
        view = TimelineView(part_title, "", _figure(own, part.events), (), _lines(own, part.events))
        yield _page(own, view, intro, [(title, f"{FOLDER}/")])


def _parts(events: Sequence[Event]) -> Iterator[TimelinePart]:
    """The events by year; long years are divided into parts."""
    for year, found in groupby(events, key=lambda event: event.date.year):
        some = tuple(found)
        for start in range(0, len(some), drawing.MOST):
            part = some[start : start + drawing.MOST]
            span = f" {start + 1}–{start + len(part)}" if len(some) > drawing.MOST else ""
            suffix = f"-{start // drawing.MOST + 1}" if span else ""
            yield TimelinePart(f"{year}{span}", f"{FOLDER}/by-year/{year}{suffix}.md", part)


def _page(pen: Pen, view: TimelineView, description: str, crumbs: Sequence[tuple[str, str]] = ()) -> Page:
    meta = head.of_page(pen, view.title, f"{view.title}: {description}", crumbs=crumbs)
    return Page(pen.path, meta, pen.render("timeline", view=view))


def _figure(pen: Pen, events: Sequence[Event]) -> Markup:
    if not events:
        return Markup("")
    has_arcs = any(True for _ in marks.answers(events))
    words = {str(key): value for key, value in pen.words.below("figures.script").items()}
    return svg.figure(
        "fig-wide fig-timeline",
        lanes.lanes(pen, events),
        caption=lanes.key(pen, has_arcs=has_arcs, has_sets=any(event.date.is_set for event in events)),
        skip=pen.words("figures.skip"),
        data_figure="timeline",
        data_words=svg.data(words),
        data_order=svg.data(_order(pen, events)),
    )


def _order(pen: Pen, events: Sequence[Event]) -> Mapping[str, Sequence[str] | Mapping[RecordId, str]]:
    """The values of the filters in order: ids by facet, and the names of those that the list does not link."""
    kinds: dict[str, tuple[bool, SortKey]] = {
        event.kind: (event.kind == OTHER, pen.words.sort_key(lanes.kind_words(pen, event.kind)))
        for event in events
    }
    places = {event.place for event in events if event.place}
    online = [ONLINE] if ONLINE in places else []
    who = {key for event in events for key in parties(pen.edition, event)}
    linked = {key for event in events for key in _participants(event)[:_WHO]}
    kind = sorted(kinds, key=lambda kind: kinds[kind])
    person = sorted(who, key=pen.edition.by_name)
    place = sorted(places - {ONLINE}, key=pen.edition.by_name)
    # Scripts take names from links in the list; of those without a link they need the name.
    names = {key: pen.edition.dossier.label(key) for key in person if key not in linked}
    return {"kind": kind, "person": person, "place": [*online, *place], "names": names}


def _lines(pen: Pen, events: Sequence[Event]) -> tuple[EventLine, ...]:
    return tuple(
        EventLine(
            date=pen.day(event.date),
            event=markdown.joined([_mark("event"), pen.link(event.id)], ""),
            outcome=pen.inline(event.id, ("outcome",)),
            kind=_kind(pen, event),
            place=_place(pen, event),
            who=_who(pen, event),
            answers=pen.links(_answered(pen, event)),
        )
        for event in events
    )


def _answered(pen: Pen, event: Event) -> list[RecordId]:
    """The events that an event answered, without ids of missing records."""
    return [RecordId(key) for key in event.responds_to if key in pen.edition.dossier.events]


def _kind(pen: Pen, event: Event) -> Markup:
    words = markdown.text(lanes.kind_words(pen, event.kind))
    return Markup(f'<span data-kind="{event.kind}">{words}</span>')  # noqa: S704 - one of the model's words


def _mark(name: str, word: str = "") -> Markup:
    """An empty element that names the content of a cell for scripts, since Markdown's tables have no classes."""
    more = f' data-word="{word}"' if word else ""
    return Markup(f'<span data-in="{name}"{more}></span>')  # noqa: S704 - words of ours


def _place(pen: Pen, event: Event) -> Markup:
    if not event.place:
        return Markup("")
    word = ONLINE if event.place == ONLINE else ""
    return markdown.joined([_mark("place", word), place_link(pen, event)], "")


def _who(pen: Pen, event: Event) -> Markup:
    keys = _participants(event)
    if not keys:
        return Markup("")
    shown = markdown.joined([_mark("who"), pen.links(keys[:_WHO])], "")
    # Filters also find an event by the organizations that its participants spoke for.
    if not (rest := [key for key in parties(pen.edition, event) if key not in keys[:_WHO]]):
        return shown
    more = pen.words("signs.more", n=len(keys) - _WHO) if len(keys) > _WHO else ""
    # Ids are slugs, and so need no escaping; filters read them.
    hidden = Markup(f'<span class="quiet" data-who="{" ".join(rest)}">{more}</span>')  # noqa: S704
    return markdown.joined([shown, hidden], " " if more else "")


def _participants(event: Event) -> list[RecordId]:
    return list(dict.fromkeys(part.who for part in event.participants))
