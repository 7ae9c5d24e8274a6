"""The timeline: a row for each event, in lanes by kind, with its mark on one axis and arcs to what answered it.

The rows are HTML, so that titles are whole and as large as CSS says at every width; only marks, arcs and the scale
are drawn, in the column beside the titles, or below each title on small screens. Arcs cross no title.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from markupsafe import Markup

from generator.markup import markdown
from generator.model.happenings import Event, EventKind
from generator.pages.figures import arcs, marks, svg
from generator.pages.figures.axis import Axis, axis, days
from generator.pages.figures.marks import Mark
from generator.pages.writing.pen import Pen

# The width for which the marks are laid out: that of the column on a tablet.
WIDTH = 320.0
# The height of a row's drawing in pixels, and of a row and the space around a lane in figures.css (1 rem is 18 px).
_HIGH, _ROW, _TWO, _PAD = 24.0, 24.3, 41.4, 9.0
# The height of the scale, above and below.
_SCALE = 22.0
# The width of a title's column, and its size there, in pixels; a longer title takes two lines.
_TITLE, _TYPE = 370.0, 13.0
# The most characters of a title for which no shorter name of an event is taken.
_LONGEST = 64
# The part of the axis at its right end where arcs bend to the left.
_BEND = 0.1


class LaneRow(NamedTuple):
    """An event's row, and the middle of its height in the figure on a wide screen."""

    mark: Mark
    y: float


def kind_words(pen: Pen, kind: str) -> str:
    """The name of a kind of event in the interface's language."""
    return pen.words(f"event_kinds.{kind}")


def lanes(pen: Pen, events: Sequence[Event]) -> Markup:
    """Events by kind and date, each with its mark, and arcs from each to what answered it."""
    line = axis((days(event.date) for event in events), WIDTH, by_events=True)
    found = [marks.mark(event, line) for event in events]
    parts: list[Markup] = []
    rows: dict[int, LaneRow] = {}
    top = _SCALE
    for kind in get_args(EventKind):
        lane = [n for n, one in enumerate(found) if one.event.kind == kind]
        if not lane:
            continue
        top += _PAD / 2
        for n in lane:
            high = _TWO if _is_long(events[n]) else _ROW
            rows[n] = LaneRow(found[n], top + high / 2)
            top += high
        top += _PAD / 2
        head = svg.element("p", kind_words(pen, kind), class_="kind")
        items = svg.element("ul", *(_row(pen, found[n]) for n in lane))
        parts.append(svg.element("div", head, items, class_="lane"))
    height = top + _SCALE
    title = svg.element("span", pen.words("titles.timeline"), id="fig-timeline-title", hidden="hidden")
    words = pen.words("figures.timeline.desc", n=len(events))
    description = svg.element("span", words, id="fig-timeline-desc", hidden="hidden")
    pieces = [[round(n, 2) for n in _percentages(piece)] for piece in line.pieces]
    return svg.element(
        "div",
        Markup("\n"),
        svg.lines([title + description, _scale(pen, line), *parts, _arcs(events, rows, height)]),
        Markup("\n"),
        class_="lanes",
        role="group",
        aria_labelledby="fig-timeline-title",
        aria_describedby="fig-timeline-desc",
        data_axis=svg.data(pieces),
    )


def _percentages(piece: Sequence[float]) -> Iterator[float]:
    """The days of a piece of the axis, and its ends in percent of the axis."""
    first, last, left, right = piece
    yield from (first, last, 100 * left / WIDTH, 100 * right / WIDTH)


def _is_long(event: Event) -> bool:
    return svg.width_of(marks.label(event, _LONGEST), _TYPE) > _TITLE


def _row(pen: Pen, one: Mark) -> Markup:
    """A row: the title as a link, with the date for those who do not see the mark beside it."""
    path, _ = pen.page_of(one.event.id)
    date = svg.element("span", f"{pen.date(one.event.date, short=True)}: ", class_="heard")
    words = svg.element("span", date, marks.label(one.event, _LONGEST), class_="t")
    plot = svg.element(
        "svg",
        marks.shape(one, _HIGH / 2, WIDTH),
        class_="plot",
        width="100%",
        height=svg.number(_HIGH),
        aria_hidden="true",
    )
    known = " ".join("-" if end is None else str(end) for end in (one.first, one.last))
    link = svg.element(
        "a",
        words,
        plot,
        class_=one.css,
        href=pen.href(path),
        title=marks.title(pen, one.event),
        data_d=known,
    )
    return svg.element("li", link, class_="two" if _is_long(one.event) else None)


def _scale(pen: Pen, line: Axis) -> Markup:
    """The scale: hairlines through all lanes with dates above and below them, and signs where a time is left out."""
    parts = []
    for tick in line.ticks():
        x = svg.percent(tick.x, WIDTH)
        words = marks.tick_words(pen, tick.text)
        parts.append(svg.element("line", x1=x, x2=x, y1=_SCALE - 4, y2="100%", class_="grid"))
        parts.append(svg.words(x, 12, words, anchor="middle"))
        parts.append(svg.at(x, svg.words(0, -4, words, anchor="middle"), y="100%"))
    for x in (svg.percent(x, WIDTH) for x in line.breaks):
        parts += [
            svg.at(x, svg.element("line", x1=side, x2=side, y1=0, y2="100%", class_="cut"))
            for side in (-3, 3)
        ]
    return svg.element("svg", *parts, class_="scale over", aria_hidden="true")


def _arcs(events: Sequence[Event], rows: dict[int, LaneRow], height: float) -> Markup:
    """Arcs from events to what answered them, as they run on a wide screen; scripts draw them for the others."""
    paths, tips = [], []
    for a, b in marks.answers(events):
        one, other = rows[a], rows[b]
        bend = -1 if max(one.mark.at, other.mark.at) > WIDTH * (1 - _BEND) else 1
        d = arcs.flow(one.mark.at, one.y, other.mark.at, other.y, bend)
        paths.append(svg.element("path", d=d, data_a=f"{a} {b}"))
        way = 1 if other.y > one.y else -1
        tips.append(arcs.tip(svg.percent(other.mark.at, WIDTH), svg.percent(other.y - 6 * way, height), way))
    if not paths:
        return markdown.NOTHING
    drawn = svg.stretched((WIDTH, height), paths)
    return svg.element("svg", Markup("\n"), svg.lines([drawn, *tips]), class_="arcs over", aria_hidden="true")


def key(pen: Pen, *, has_arcs: bool, has_sets: bool) -> Markup:
    """The legend of the marks, with samples."""

    def sample(css: str, drawn: Markup, key: str) -> Markup:
        picture = svg.element("svg", drawn, view_box="0 0 22 12", class_=css, aria_hidden="true")
        return svg.element("span", picture, Markup(" "), pen.words(f"figures.timeline.key.{key}"))

    dot = svg.element("circle", cx=11.0, cy=6.0, r=4.5)
    bar = svg.element("rect", x=1.0, y=1.5, width=20.0, height=9.0, rx=4.5)
    thin = svg.element("rect", x=1.0, y=3.5, width=20.0, height=5.0, rx=2.5)
    arc = svg.element("path", d="M2 11C2 0 20 0 20 11")
    found = [
        sample("m point", dot, "day"),
        sample("m span", bar, "span"),
        sample("m span approx", bar, "approx"),
        sample("m point doubt", dot, "doubt"),
        *([sample("m span between", thin, "between")] if has_sets else []),
        *([sample("arcs", arc, "answer")] if has_arcs else []),
        svg.element("span", pen.words("figures.timeline.key.scale")),
    ]
    return Markup(" ").join(found)
