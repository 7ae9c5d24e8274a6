"""The timeline: all events by date, drawn and listed, with a page for each year once there are many."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple, get_args

from markupsafe import Markup

from generator.edition import Edition
from generator.edition.participation import parties
from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.happenings import ONLINE, Event, EventKind
from generator.model.ids import RecordId
from generator.pages.figures import lanes, marks, svg
from generator.pages.figures import timeline as drawing
from generator.pages.indexes import faceted
from generator.pages.indexes.bars import DATE, Bar, Periods, bars
from generator.pages.indexes.columns import date_cell
from generator.pages.indexes.faceted import Column, Facet
from generator.pages.indexes.indexes import FIRST
from generator.pages.writing import head
from generator.pages.writing.descriptions import OTHER, place_link
from generator.pages.writing.page import Page
from generator.pages.writing.pen import INDEX, Pen
from generator.words.collation import SortKey

FOLDER = "timeline"
# The columns of the list that it may lack, in order.
_OPTIONAL = ("place", "who", "answers")
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


class KindOverTime(NamedTuple):
    """How many events of a kind there are over time."""

    kind: str
    bars: tuple[Bar, ...]


class TimelineView(NamedTuple):
    """A page of the timeline.

    Attributes:
        figure: The events in lanes; empty if they are too many.
        over_time: How many events there are over time, by kind, if they are too many to be drawn.
        pages: Links to the pages of the years.
        whole: The link to the whole timeline, on the page of a year.
        mark: The element that gives scripts facets and columns.
        columns: Which columns the list has beside date, event and kind.
        end: What follows the first rows of a long list.
    """

    title: str
    intro: str
    figure: Markup
    rows: tuple[EventLine, ...]
    columns: frozenset[str]
    over_time: tuple[KindOverTime, ...] = ()
    pages: tuple[Markup, ...] = ()
    whole: Markup | None = None
    mark: Markup | None = None
    end: str = ""


def pages(edition: Edition) -> Iterator[Page]:
    """The pages of the timeline: one, and one for each part once it is long."""
    pen, events = Pen(edition, f"{FOLDER}/{INDEX}"), edition.events_by_date
    title = pen.words("titles.timeline")
    intro = pen.words("figures.timeline.intro", n=len(events))
    lines = _lines(pen, events)
    columns = frozenset(name for name in _OPTIONAL if any(getattr(line, name) for line in lines))
    if len(events) <= drawing.MOST:
        yield _page(pen, TimelineView(title, intro, _figure(pen, events), lines, columns), intro)
        return
    parts = tuple(_parts(events))
    newest = sorted(events, key=lambda event: event.date.listed, reverse=True)[:FIRST]
    periods = _periods(events)
    targets = tuple(pen.href(part.path) for part in parts)
    other = faceted.OtherPages(targets, repeat=True)
    mark, marks = _mark_rows(pen, newest, periods, columns, other)
    view = TimelineView(
        title=title,
        intro=intro,
        figure=Markup(""),
        rows=_lines(pen, newest, marks),
        columns=columns,
        over_time=tuple(_over_time(pen, periods, parts)),
        pages=tuple(markdown.link(part.label, pen.to(part.path)) for part in parts),
        mark=mark,
        end=pen.words("indexes.first", n=len(newest), all=len(events)),
    )
    yield _page(pen, view, intro)
    for part in parts:
        own = Pen(edition, part.path)
        mark, marks = _mark_rows(own, part.events, periods, columns, None)
        view = TimelineView(
            title=f"{title}: {part.label}",
            intro="",
            figure=_figure(own, part.events),
            rows=_lines(own, part.events, marks),
            columns=columns,
            pages=tuple(_to_part(own, other, is_here=other == part) for other in parts),
            whole=markdown.link(own.words("indexes.whole", n=len(events)), own.to(f"{FOLDER}/{INDEX}")),
            mark=mark,
        )
        yield _page(own, view, intro, [(title, f"{FOLDER}/")])


def _to_part(pen: Pen, part: TimelinePart, *, is_here: bool) -> Markup:
    if is_here:
        return Markup('<b aria-current="page">{}</b>').format(part.label)
    return markdown.link(part.label, pen.to(part.path))


def _parts(events: Sequence[Event]) -> Iterator[TimelinePart]:
    """The events by year; long years are divided into parts."""
    for year, found in groupby(events, key=lambda event: event.date.year):
        some = tuple(found)
        for start in range(0, len(some), drawing.MOST):
            part = some[start : start + drawing.MOST]
            span = f" {start + 1}–{start + len(part)}" if len(some) > drawing.MOST else ""
            suffix = f"-{start // drawing.MOST + 1}" if span else ""
            yield TimelinePart(f"{year}{span}", f"{FOLDER}/by-year/{year}{suffix}.md", part)


def _periods(events: Sequence[Event]) -> Periods:
    """Years, or longer periods, from the first event to the last."""
    years = [event.date.year for event in events]
    return Periods.between(min(years) * 12, max(years) * 12 + 11, least=12)


def _over_time(pen: Pen, periods: Periods, parts: Sequence[TimelinePart]) -> Iterator[KindOverTime]:
    """The events of each kind over time; a bar leads to the page of its first event."""
    counts: dict[str, Counter[int]] = {}
    first: dict[tuple[str, int], str] = {}
    for part in parts:
        for event in part.events:
            period = event.date.year * 12 // periods.step
            counts.setdefault(event.kind, Counter())[period] += 1
            first.setdefault((event.kind, period), part.path)
    most = max(max(found.values()) for found in counts.values())
    kinds = [kind for kind in get_args(EventKind) if kind in counts]
    for kind in kinds:
        found = bars(
            pen,
            periods,
            counts[kind],
            lambda period, kind=kind: pen.href(first[kind, period]),  # type: ignore[misc]
            of="event",
            most=most,
            also=f"kind={kind}&",
            labeled=kind == kinds[-1],
        )
        yield KindOverTime(lanes.kind_words(pen, kind), tuple(found))


def _mark_rows(
    pen: Pen,
    events: Sequence[Event],
    periods: Periods,
    columns: Set[str],
    parts: faceted.OtherPages | None,
) -> tuple[Markup, list[Markup]]:
    """The element before a long list of events, and those of its rows."""
    sorts = [Column("date", "date"), Column("event", "text"), Column("kind", "text")]
    sorts += [Column(name, "text" if name == "place" else "") for name in _OPTIONAL if name in columns]
    facets = [Facet(key, pen.words(f"figures.script.{key}")) for key in ("kind", "person", "place")]
    facets.append(Facet(DATE, pen.words("facets.by.date"), in_order=True))
    rows = [
        (
            ((event.kind, lanes.kind_words(pen, event.kind)),),
            faceted.named(pen, parties(pen.edition, event)),
            ((ONLINE, pen.words("events.online")),)
            if event.place == ONLINE
            else faceted.named(pen, [event.place]),
            _period(pen, periods, event),
        )
        for event in events
    ]
    return faceted.mark(facets, rows, columns=sorts, order="-date", parts=parts)


def _period(pen: Pen, periods: Periods, event: Event) -> faceted.Values:
    value = periods.value(event.date.year * 12 // periods.step)
    return ((value, pen.date(EdtfDate.parse(value))),)


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


def _lines(pen: Pen, events: Sequence[Event], marks: Sequence[Markup] = ()) -> tuple[EventLine, ...]:
    """The rows of a list; `marks` are their elements for filters."""
    return tuple(
        EventLine(
            date=date_cell(pen, event.date),
            event=markdown.joined([_mark("event"), pen.link(event.id), mark], ""),
            outcome=pen.inline(event.id, ("outcome",)),
            kind=_kind(pen, event),
            place=_place(pen, event),
            who=_who(pen, event),
            answers=pen.links(_answered(pen, event)),
        )
        for event, mark in zip(events, marks or [markdown.NOTHING] * len(events), strict=True)
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
