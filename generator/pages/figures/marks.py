"""Marks of events on an axis of time: a point if the day is known, else a span styled by its certainty."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.dates import EdtfDate
from generator.model.happenings import APPEAL, Event
from generator.model.ids import EventId
from generator.pages.figures import svg
from generator.pages.figures.axis import Axis, days
from generator.pages.writing.pen import Pen

# A point's radius, and the height and the least width of a span, in pixels.
RADIUS, HEIGHT, THIN, LEAST = 5.0, 10.0, 5.0, 10.0


class Mark(NamedTuple):
    """The mark of an event on the axis.

    Attributes:
        first, last: The first day and the day after the last, as far as they are known.
        left, right: Its ends on the axis.
        css: The certainty of its date: open at an end (`since`, `until`), `approx`, `doubt`; `lasts` if it has
            a beginning and an end of its own, `between` if it happened once, somewhere in the span.
    """

    event: Event
    first: int | None
    last: int | None
    left: float
    right: float
    is_point: bool
    css: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def at(self) -> float:
        """The end of an arc at a mark: a span answers, and is answered, from its beginning."""
        lasts = self.event.date.is_interval and self.first is not None
        return min(self.left + RADIUS, self.middle) if lasts else self.middle


def mark(event: Event, axis: Axis) -> Mark:
    """An event's mark."""
    first, last = days(event.date)
    is_point = first is not None and last is not None and last - first == 1
    if is_point:
        assert first is not None
        at = axis.x(first + 0.5)
        left, right = at - RADIUS, at + RADIUS
    else:
        left = axis.x(float("-inf") if first is None else first)
        right = axis.x(float("inf") if last is None else last)
        short = max(0.0, LEAST - (right - left)) / 2
        left, right = left - short, right + short
    # The season's place in the year depends on the hemisphere.
    has_season = any(end and end.season for end in (event.date.begin, event.date.end))
    css = [
        "m",
        *(["point"] if is_point else ["span"]),
        *(["between"] if event.date.is_set else []),
        *(["lasts"] if event.date.is_interval and first is not None else []),
        *(["since"] if last is None else []),
        *(["until"] if first is None else []),
        *(["approx"] if any(sign in event.date.text for sign in "~%X") or has_season else []),
        *(["doubt"] if any(sign in event.date.text for sign in "?%") else []),
    ]
    return Mark(
        event=event, first=first, last=last, left=left, right=right, is_point=is_point, css=" ".join(css)
    )


def shape(found: Mark, y: float, width: float, high: float = HEIGHT) -> Markup:
    """The shape of a mark, on an axis laid out for a width; an open end is an arrow."""
    high = min(high, THIN) if found.event.date.is_set else high
    if found.is_point:
        return svg.element("circle", cx=svg.percent(found.middle, width), cy=y, r=RADIUS)
    half = high / 2
    begin, end = svg.percent(found.left, width), svg.percent(found.right, width)
    is_open = found.first is None or found.last is None
    long = svg.percent(found.right - found.left, width)
    bar = svg.element("rect", x=begin, y=y - half, width=long, height=high, rx=None if is_open else half)
    arrows = [
        svg.at(
            x,
            svg.element(
                "path",
                d=f"M0 {svg.number(y - half)}l{svg.number(way * half)} {svg.number(half)}"
                f"l{svg.number(-way * half)} {svg.number(half)}Z",
            ),
        )
        for known, x, way in ((found.first, begin, -1), (found.last, end, 1))
        if known is None
    ]
    return markdown.joined([bar, *arrows], "")


def title(pen: Pen, event: Event) -> str:
    """The tooltip of a mark."""
    return f"{pen.date(event.date, short=True)}: {event.title}"


def label(event: Event, most: int) -> str:
    """A short label of an event: its title, or a shorter name that it has."""
    return svg.briefest(event.title, (*event.also, *event.short), most)


def linked(pen: Pen, found: Mark, y: float, width: float, *label: Markup, is_thin: bool = False) -> Markup:
    """A mark that leads to its event."""
    path, _ = pen.page_of(found.event.id)
    return svg.link(
        pen.href(path),
        title(pen, found.event),
        shape(found, y, width, THIN if is_thin else HEIGHT),
        *label,
        css=f"{found.css} long" if is_thin else found.css,
    )


def answers(events: Iterable[Event]) -> Iterator[tuple[int, int]]:
    """The answers among some events, as pairs of indices: an event, then its answer.

    Events with only bounds for a date are left out: an arc would end on a day that no source reports.
    """
    found = list(events)
    places = {EventId(event.id): place for place, event in enumerate(found) if not event.date.is_set}
    for place, event in enumerate(found):
        for asked in () if event.date.is_set else event.responds_to:
            if asked in places:
                yield places[asked], place


def priorities(events: Iterable[Event]) -> list[int]:
    """The priority of each event where there is room for only some; lower numbers come first.

    First appeals, what answered them or such an answer, and summits; then other answers, what they answered,
    and meetings.
    """
    found = list(events)
    chain = {event.id for event in found if event.kind == APPEAL}
    size = 0
    while size < len(chain):
        size = len(chain)
        chain |= {event.id for event in found if not chain.isdisjoint(event.responds_to)}
    answered = {key for event in found for key in event.responds_to}
    return [
        0
        if event.id in chain or event.kind == "summit"
        else 1
        if event.responds_to or event.id in answered or event.kind == "meeting"
        else 2
        for event in found
    ]


def tick_words(pen: Pen, text: str) -> str:
    """The label of a tick."""
    return pen.date(EdtfDate.parse(text), short=True)
