"""Strips, which are events on one axis, and bars by year if there are too many events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from markupsafe import Markup

from generator.model.happenings import Event, EventKind
from generator.pages.figures import arcs, marks, plots, svg
from generator.pages.figures.axis import Axis, axis, days
from generator.pages.figures.lanes import kind_words
from generator.pages.figures.marks import Mark
from generator.pages.figures.placement import Box, in_rows, placed
from generator.pages.figures.plots import BarColumn, BarRow
from generator.pages.writing.pen import Pen

# The most events that are drawn one by one; more become bars.
MOST = 120
# The widths for which a strip is laid out: where there is a desktop's room, and where there is a tablet's.
WIDE, NARROW = 1080.0, 680.0
# The height of the scale above a strip.
_SCALE = 20.0
# The line's height in the drawing, what marks above each other take, and a row of words.
_BASE, _STACK, _LINE = 80.0, 12.0, 13.0
# What a label of three rows takes.
_WORDS = 3 + 3 * _LINE
# Rows of labels below a strip that hang from poles, so that several of one day have room.
_LEVELS = 6
# A span longer than this part of a strip runs below its line; nearer marks than this have no arc between them.
_LONG, _APART = 0.1, 14.0
# Bars: their columns.
_COLUMNS = 40


def strip(
    pen: Pen,
    events: Sequence[Event],
    width: float,
    name: str = "fig-strip",
    *,
    css: str = "",
    priorities: Sequence[int] = (),
) -> Markup:
    """Events on one axis, with arcs above it from each to its answers; as many are labeled as there is room.

    If priorities are given, labels are placed in their order, and all but the last ones may hang below each other.
    """
    if len(events) > MOST // 2:
        return density(pen, events, name=name)
    line = axis((days(event.date) for event in events), width - 24, 12)
    found = [marks.mark(event, line) for event in events]
    # What lasted long runs below the line, thin, so that what is known to the day or the month stands out.
    long = [n for n, one in enumerate(found) if one.right - one.left > width * _LONG]
    order = sorted((n for n in range(len(found)) if n not in long), key=lambda n: (found[n].left, n))
    rows = dict(zip(order, in_rows((found[n].left, found[n].right + 1) for n in order), strict=True))
    pairs = list(marks.answers(events))
    lifted = max((arcs.lift(found[a], found[b]) for a, b in pairs), default=0)
    base = max(_BASE, _SCALE + 24 + lifted + _STACK * max(rows.values(), default=0))
    ys = {n: base - _STACK * row for n, row in rows.items()}
    under = sorted(long, key=lambda n: (found[n].left, n))
    deep = in_rows((found[n].left, found[n].right + 4) for n in under)
    ys |= {n: base + 12 + 7 * row for n, row in zip(under, deep, strict=True)}
    foot = base + 7 * (max(deep, default=-1) + 1)
    taken = [Box(one.left, ys[n] - 6, one.right, ys[n] + 6) for n, one in enumerate(found) if n in rows]
    taken += [arcs.room(found[a], ys[a], found[b], ys[b]) for a, b in pairs]
    # Events that answer or are answered are labeled first, then the others.
    linked = {n for pair in pairs for n in pair}
    if priorities:
        named = sorted(range(len(found)), key=lambda n: (priorities[n], n in long, n))
    else:
        named = sorted(range(len(found)), key=lambda n: (n in long, rows.get(n, 0), n not in linked, n))
    last = max(priorities, default=0)
    choices = [
        [
            *(
                _flags(pen, one=found[n], y=ys[n], base=base, foot=foot, width=width)
                if priorities and priorities[n] < last
                else ()
            ),
            *_choices(pen, found[n], ys[n], base, foot),
        ]
        for n in named
    ]
    chosen = placed(
        [[boxes for boxes, _, _ in c] for c in choices],
        taken,
        Box(0, _SCALE, width, foot + (_LEVELS * (_WORDS + 6) if priorities else 110)),
    )
    labels: dict[int, Markup] = {}
    lowest = foot + 14
    for n, choice, options in zip(named, chosen, choices, strict=True):
        if choice is not None:
            boxes, anchor, x = options[choice]
            labels[n] = _strip_label(pen, found[n], boxes, anchor, x=x, width=width)
            lowest = max(lowest, boxes[0].bottom)
    drawn = (
        marks.linked(pen, one, ys[n], width, labels.get(n, Markup("")), is_thin=n in long)
        for n, one in enumerate(found)
    )
    bent = [(a, b) for a, b in pairs if abs(found[a].at - found[b].at) > _APART]
    paths = (svg.element("path", d=arcs.over(found[a], ys[a], found[b], ys[b])) for a, b in bent)
    tips = (arcs.tip(svg.percent(found[b].at, width), svg.number(ys[b] - 6)) for _, b in bent)
    begin, end = (svg.percent(x, width) for x in (line.pieces[0].left, line.pieces[-1].right))
    height = lowest + 4
    body = svg.lines(
        [
            svg.element("line", x1=begin, x2=end, y1=base, y2=base, class_="base"),
            *_strip_scale(pen, line, base, width),
            svg.stretched((width, height), paths, "arcs"),
            svg.lines(tips),
            svg.group("marks", drawn),
        ]
    )
    return svg.drawing(
        name,
        (width, height),
        (pen.words("titles.timeline"), pen.words("figures.timeline.desc", n=len(events))),
        [body],
        css=f"fig-strip {css}".strip(),
        is_fluid=True,
    )


def _strip_scale(pen: Pen, line: Axis, base: float, width: float) -> Iterable[Markup]:
    ticks = []
    for tick in line.ticks():
        x = svg.percent(tick.x, width)
        ticks.append(svg.element("line", x1=x, x2=x, y1=base - 4, y2=base + 4, class_="tick"))
        ticks.append(svg.words(x, 12, marks.tick_words(pen, tick.text), "year", "middle"))
    yield svg.group("scale", ticks)
    sign = svg.element("path", d=f"M-5 {svg.number(base + 6)}l4 -12m3 12l4 -12")
    yield svg.group("cut", (svg.at(svg.percent(x, width), sign) for x in line.breaks))


def _choices(
    pen: Pen, one: Mark, y: float, base: float, foot: float
) -> list[tuple[tuple[Box, ...], str, float]]:
    """The positions of a label of two lines, with their alignment: below the axis, lower with a leader, above."""
    rows = _strip_words(pen, one)
    wide, high = max(map(svg.width_of, rows)) + 6, 3 + _LINE * len(rows)
    x = one.middle if y <= base else one.left + 8
    lead = Box(x - 1, foot + 7, x + 1, foot + 9 + _WORDS)
    found = []
    for top, more in ((foot + 9, ()), (foot + 9 + _WORDS + 4, (lead,)), (y - 10 - high, ())):
        for anchor, at, left in (
            ("middle", x, x - wide / 2),
            ("start", x - 4, x - 5),
            ("end", x + 4, x + 5 - wide),
        ):
            if top > foot or y <= base:
                found.append(((Box(left, top, left + wide, top + high), *more), anchor, at))
    return found


def _flags(
    pen: Pen, one: Mark, y: float, base: float, foot: float, width: float
) -> Iterator[tuple[tuple[Box, ...], str, float]]:
    """The possible positions of a label at a pole below the axis: beside it, so that others can share the pole."""
    rows = _strip_words(pen, one)
    wide, high = max(map(svg.width_of, rows)) + 3, 3 + _LINE * len(rows)
    # What runs below the line is long, and a pole may be anywhere on it.
    for x in (one.middle,) if y <= base else (one.left + 8, one.middle):
        sides = (("end", x - 4, x - 3 - wide), ("start", x + 4, x + 3))
        for anchor, at, left in sides if x > width / 2 else reversed(sides):
            for level in range(_LEVELS):
                top = foot + 9 + level * (_WORDS + 2)
                # Without a width, so that poles of one day are no obstacle to each other.
                pole = Box(x, foot + 7, x, top + high - 3)
                yield (Box(left, top, left + wide, top + high), pole), anchor, at


def _strip_label(pen: Pen, one: Mark, boxes: tuple[Box, ...], anchor: str, x: float, width: float) -> Markup:
    box = boxes[0]
    parts = []
    for lead in boxes[1:]:
        at = svg.percent((lead.left + lead.right) / 2, width)
        parts.append(svg.element("line", x1=at, x2=at, y1=lead.top, y2=lead.bottom + 3, class_="lead"))
    anchored = None if anchor == "start" else anchor
    # The label keeps its distance from its mark where the drawing is wider.
    base = one.left if one.left <= x < one.middle else one.middle
    for n, row in enumerate(_strip_words(pen, one)):
        y, css = box.top + 11 + _LINE * n, "t" if n else None
        parts.append(svg.words(svg.percent(base, width), y, row, css, anchored, dx=x - base))
    return Markup(" ").join(parts)


def _strip_words(pen: Pen, one: Mark) -> tuple[str, ...]:
    """A label: a date, and a name below it in one or two lines."""
    return pen.date(one.event.date, short=True), *svg.broken(marks.label(one.event, 22), 22)


def density(
    pen: Pen, events: Sequence[Event], target: dict[int, str] | None = None, name: str = "fig-density"
) -> Markup:
    """The number of events of each kind in each year; columns link to their year where there is a target."""
    years = Counter(event.date.year for event in events)
    first, last = min(years), max(years)
    step = -(-(last - first + 1) // _COLUMNS)
    begins = range(first, last + 1, step)
    counts = Counter((event.kind, (event.date.year - first) // step) for event in events)
    columns = []
    for year in begins:
        inside = [y for y in range(year, year + step) if y in years]
        span = str(year) if step == 1 else f"{year}–{year + step - 1}"
        title = f"{span}: {pen.words('nouns.event', n=sum(years[y] for y in inside))}"
        columns.append(BarColumn(str(year), title, target.get(inside[0], "") if target and inside else ""))
    rows = []
    for kind in get_args(EventKind):
        numbers = tuple(counts[kind, n] for n in range(len(columns)))
        if any(numbers):
            rows.append(BarRow(f"{kind_words(pen, kind)} {pen.words.number(sum(numbers))}", numbers))
    texts = pen.words("titles.timeline"), pen.words("figures.timeline.density", n=len(events))
    return plots.rows(name, texts, columns, rows, css="fig-density")


def main_window(events: Sequence[Event]) -> tuple[tuple[Event, ...], int, int]:
    """The events of the busiest period, and the numbers of events before and after it."""
    line = axis((days(event.date) for event in events), WIDE)
    inside: dict[int, list[Event]] = {n: [] for n in range(len(line.pieces))}
    earlier: list[Event] = []
    for event in events:
        first, last = days(event.date)
        start = first if first is not None else last
        place = next(
            (n for n, p in enumerate(line.pieces) if start is not None and p.first <= start <= p.last), None
        )
        (inside[place] if place is not None else earlier).append(event)
    best = max(inside, key=lambda n: (len(inside[n]), n))
    before = sum(len(inside[n]) for n in inside if n < best) + len(earlier)
    return tuple(inside[best]), before, sum(len(inside[n]) for n in inside if n > best)
