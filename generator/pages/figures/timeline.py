"""Drawings of the timeline: lanes of events by kind, a strip on one axis, and bars if there are too many events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from markupsafe import Markup

from generator.model.happenings import Event, EventKind
from generator.pages.figures import arcs, marks, svg
from generator.pages.figures.axis import Axis, axis, days
from generator.pages.figures.marks import Mark
from generator.pages.figures.placement import Box, in_rows, placed
from generator.pages.writing.pen import Pen

# The position of a label: beside its mark, in it, or none until there is room.
Side = Literal["after", "before", "in", "off"]
# The most events that are drawn one by one; more become bars.
MOST = 120
# The most events whose labels may have their own rows.
_LABELLED = 60
WIDE, NARROW = 1120.0, 660.0
_SIDE, _ROW, _PAD = 132.0, 18.0, 7.0
# The most characters of a label.
_LONGEST = 64
# Strips: the line's height in the drawing, what marks above each other and words take.
_BASE, _STACK, _WORDS = 60.0, 12.0, 39.0
# Rows of labels below a strip that hang from poles, so that several of one day have room.
_LEVELS = 6
# A span longer than this part of a strip runs below its line; nearer marks than this have no arc between them.
_LONG, _APART = 0.1, 14.0
# Bars: their columns.
_COLUMNS = 40


def kind_words(pen: Pen, kind: str) -> str:
    """The name of a kind of event in the interface's language."""
    return pen.words(f"event_kinds.{kind}")


def lanes(pen: Pen, events: Sequence[Event]) -> Markup:
    """Events by date, a lane for each kind, and arcs from each to what answered it."""
    line = axis((days(event.date) for event in events), WIDE - _SIDE - 12, _SIDE)
    found = [marks.mark(event, line) for event in events]
    ys: dict[int, float] = {}
    sides: dict[int, Side] = {}
    head: list[Markup] = []
    top = _PAD
    for kind in get_args(EventKind):
        lane = [n for n, one in enumerate(found) if one.event.kind == kind]
        if not lane:
            continue
        lane.sort(key=lambda n: (found[n].left, n))
        labels = {n: _label_side(found[n], line) for n in lane}
        rows = in_rows(_extent(found[n], labels[n] if len(events) <= _LABELLED else "off") for n in lane)
        for n, row in zip(lane, rows, strict=True):
            ys[n] = top + _ROW / 2 + row * _ROW
        sides |= labels if len(events) <= _LABELLED else _where_free(found, lane, rows, labels)
        height = _ROW * (max(rows) + 1)
        head.append(svg.words(0, top + _ROW / 2 + 4, kind_words(pen, kind), "lane"))
        top += height + _PAD
        head.append(svg.element("line", x1=0.0, x2=WIDE, y1=top - _PAD / 2, y2=top - _PAD / 2, class_="rule"))
    bottom = top - _PAD / 2
    drawn = (marks.linked(pen, one, ys[n], _lane_label(one, ys[n], sides[n])) for n, one in enumerate(found))
    words = [
        _label_box(one, ys[n], sides[n]) for n, one in enumerate(found) if sides[n] in ("after", "before")
    ]
    bends = {(a, b): arcs.side(found[a], ys[a], found[b], ys[b], words) for a, b in marks.answers(events)}
    flows = (
        svg.element(
            "path",
            svg.element(
                "title", pen.words("figures.timeline.answers", a=found[b].event.title, b=found[a].event.title)
            ),
            d=arcs.flow(found[a].at, ys[a], found[b].at, ys[b], bend),
            data_a=f"{a} {b}",
            data_bend="right" if bend > 0 else None,
            marker_end="url(#fig-arrow)",
        )
        for (a, b), bend in bends.items()
    )
    pieces = [[*map(float, (p.first, p.last, p.left, p.right))] for p in line.pieces]
    return svg.drawing(
        "fig-timeline",
        (WIDE, bottom + 22),
        (pen.words("titles.timeline"), pen.words("figures.timeline.desc", n=len(events))),
        [
            arcs.arrow(),
            svg.group("lanes", head),
            *marks.scale(pen, line, 0, bottom),
            svg.group("arcs", flows),
            svg.group("marks", drawn),
        ],
        css="fig-lanes",
        data_axis=svg.data([[round(n, 1) for n in piece] for piece in pieces]),
    )


def _lane_words(one: Mark) -> str:
    """The text of a label: the title, unless it is very long."""
    return svg.shortened(marks.label(one.event, _LONGEST), _LONGEST)


def _label_side(one: Mark, line: Axis) -> Side:
    """The position of a label: in its mark if that is long enough, else after it unless the drawing ends there."""
    width = svg.width_of(_lane_words(one))
    if not one.is_point and one.right - one.left > width + 16:
        return "in"
    return "after" if one.right + 6 + width <= line.pieces[-1].right + 12 else "before"


def _extent(one: Mark, side: Side) -> tuple[float, float]:
    """The interval of a mark in its row, with the label beside it if there is one."""
    width = svg.width_of(_lane_words(one)) + 10
    if side == "after":
        return one.left, one.right + width
    return one.left - (width if side == "before" else 0), one.right + 3


def _label_box(one: Mark, y: float, side: Side) -> Box:
    """The box of a label."""
    left, right = _extent(one, side)
    return Box(one.right, y - 7, right, y + 7) if side == "after" else Box(left, y - 7, one.left, y + 7)


def _where_free(
    found: Sequence[Mark], lane: Sequence[int], rows: Sequence[int], labels: dict[int, Side]
) -> dict[int, Side]:
    """The labels that overlap nothing in their row; the others are left out."""
    ordered: dict[int, list[int]] = {}
    for n, row in zip(lane, rows, strict=True):
        ordered.setdefault(row, []).append(n)
    sides: dict[int, Side] = {}
    for one_row in ordered.values():
        for n, after in zip(one_row, [*one_row[1:], None], strict=True):
            room = found[after].left if after is not None else float("inf")
            is_free = labels[n] == "after" and _extent(found[n], "after")[1] <= room
            sides[n] = labels[n] if is_free or labels[n] == "in" else "off"
    return sides


def _lane_label(one: Mark, y: float, side: Side) -> Markup:
    title = _lane_words(one)
    if side == "before":
        return svg.words(one.left - 5, y + 4, title, "t", "end")
    if side == "in":
        return svg.words(one.left + 8, y + 4, title, "t in")
    return svg.words(one.right + 5, y + 4, title, "t" if side == "after" else "t off")


def strip(
    pen: Pen,
    events: Sequence[Event],
    width: float,
    name: str = "fig-strip",
    *,
    priorities: Sequence[int] = (),
) -> Markup:
    """Events on one axis, with arcs above it from each to its answers; as many are labeled as there is room.

    If priorities are given, labels are placed in their order, and all but the last ones may hang below each other.
    """
    if len(events) > MOST // 2:
        return density(pen, events, width, name=name)
    line = axis((days(event.date) for event in events), width - 24, 12)
    found = [marks.mark(event, line) for event in events]
    # What lasted long runs below the line, thin, so that what is known to the day or the month stands out.
    long = [n for n, one in enumerate(found) if one.right - one.left > width * _LONG]
    order = sorted((n for n in range(len(found)) if n not in long), key=lambda n: (found[n].left, n))
    rows = dict(zip(order, in_rows((found[n].left, found[n].right + 1) for n in order), strict=True))
    pairs = list(marks.answers(events))
    lifted = max((arcs.lift(found[a], found[b]) for a, b in pairs), default=0)
    base = max(_BASE, 24 + lifted + _STACK * max(rows.values(), default=0))
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
        Box(0, 0, width, foot + (_LEVELS * 45 if priorities else 100)),
    )
    labels: dict[int, Markup] = {}
    lowest = foot + 14
    for n, choice, options in zip(named, chosen, choices, strict=True):
        if choice is not None:
            boxes, anchor, x = options[choice]
            labels[n] = _strip_label(pen, found[n], boxes, anchor, x)
            lowest = max(lowest, boxes[0].bottom)
    drawn = (
        marks.linked(pen, one, ys[n], labels.get(n, Markup("")), is_thin=n in long)
        for n, one in enumerate(found)
    )
    paths = (
        svg.element("path", d=arcs.over(found[a], ys[a], found[b], ys[b]), marker_end="url(#fig-arrow)")
        for a, b in pairs
        if abs(found[a].at - found[b].at) > _APART
    )
    ends = line.pieces[0].left, line.pieces[-1].right
    height = lowest + 24
    body = svg.lines(
        [
            arcs.arrow(),
            svg.element("line", x1=ends[0], x2=ends[1], y1=base, y2=base, class_="base"),
            *_strip_scale(pen, line, base, lowest + 6),
            svg.group("arcs", paths),
            svg.group("marks", drawn),
        ]
    )
    return svg.drawing(
        name,
        (width, height),
        (pen.words("titles.timeline"), pen.words("figures.timeline.desc", n=len(events))),
        [body],
        css="fig-strip",
    )


def _strip_scale(pen: Pen, line: Axis, base: float, bottom: float) -> Iterable[Markup]:
    ticks = []
    for tick in line.ticks():
        ticks.append(svg.element("line", x1=tick.x, x2=tick.x, y1=base - 4, y2=base + 4, class_="tick"))
        ticks.append(svg.words(tick.x, bottom + 12, marks.tick_words(pen, tick.text), "year", "middle"))
    yield svg.group("scale", ticks)
    cuts = (svg.element("path", d=f"M{arcs.point(x - 5, base + 6)}l4 -12m3 12l4 -12") for x in line.breaks)
    yield svg.group("cut", cuts)


def _choices(
    pen: Pen, one: Mark, y: float, base: float, foot: float
) -> list[tuple[tuple[Box, ...], str, float]]:
    """The positions of a label of two lines, with their alignment: below the axis, lower with a leader, above."""
    rows = _strip_words(pen, one)
    wide, high = max(map(svg.width_of, rows)) + 6, 3 + 12.0 * len(rows)
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
    wide, high = max(map(svg.width_of, rows)) + 3, 3 + 12.0 * len(rows)
    # What runs below the line is long, and a pole may be anywhere on it.
    for x in (one.middle,) if y <= base else (one.left + 8, one.middle):
        sides = (("end", x - 4, x - 3 - wide), ("start", x + 4, x + 3))
        for level in range(_LEVELS):
            top = foot + 9 + level * (_WORDS + 2)
            # Without a width, so that poles of one day are no obstacle to each other.
            pole = Box(x, foot + 7, x, top + high - 3)
            for anchor, at, left in sides if x > width / 2 else reversed(sides):
                yield (Box(left, top, left + wide, top + high), pole), anchor, at


def _strip_label(pen: Pen, one: Mark, boxes: tuple[Box, ...], anchor: str, x: float) -> Markup:
    box = boxes[0]
    parts = [
        svg.element("line", x1=at, x2=at, y1=lead.top, y2=lead.bottom + 3, class_="lead")
        for lead in boxes[1:]
        for at in [(lead.left + lead.right) / 2]
    ]
    anchored = None if anchor == "start" else anchor
    for n, row in enumerate(_strip_words(pen, one)):
        parts.append(svg.words(x, box.top + 11 + 12 * n, row, "t" if n else None, anchored))
    return Markup(" ").join(parts)


def _strip_words(pen: Pen, one: Mark) -> tuple[str, ...]:
    """A label: a date, and a name below it in one or two lines."""
    return pen.date(one.event.date, short=True), *svg.broken(marks.label(one.event, 22), 22)


def density(
    pen: Pen,
    events: Sequence[Event],
    width: float,
    target: dict[int, str] | None = None,
    name: str = "fig-density",
) -> Markup:
    """The number of events of each kind in each year; columns link to their year where there is a target."""
    years = Counter(event.date.year for event in events)
    first, last = min(years), max(years)
    step = -(-(last - first + 1) // _COLUMNS)
    columns = range(first, last + 1, step)
    counts = Counter((event.kind, (event.date.year - first) // step) for event in events)
    most = max(counts.values())
    wide = (width - _SIDE - 12) / len(columns)
    rows, parts, high = [k for k in get_args(EventKind) if any(c[0] == k for c in counts)], [], 24.0
    for n, kind in enumerate(rows):
        bottom = (n + 1) * (high + 6)
        bars = "".join(
            f"M{arcs.point(_SIDE + place * wide + 1, bottom)}v{svg.number(-max(1.5, counts[kind, place] / most * high))}"
            f"h{svg.number(wide - 2)}V{svg.number(bottom)}z"
            for place in range(len(columns))
            if counts[kind, place]
        )
        total = sum(c for (k, _), c in counts.items() if k == kind)
        parts.append(svg.words(0, bottom - 3, f"{kind_words(pen, kind)} {total}", "lane"))
        parts.append(svg.element("line", x1=0.0, x2=width, y1=bottom + 0.5, y2=bottom + 0.5, class_="rule"))
        parts.append(svg.element("path", d=bars, class_="bars"))
    bottom = len(rows) * (high + 6)
    heads, every = [], -(-int(60 / wide + 1) // 1) if wide < 60 else 1
    for place, year in enumerate(columns):
        x = _SIDE + place * wide
        if place % every == 0:
            heads.append(svg.words(x + wide / 2, bottom + 16, str(year), "year", "middle"))
        inside = [y for y in range(year, year + step) if y in years]
        number = sum(years[y] for y in inside)
        if target and inside and inside[0] in target:
            span = str(year) if step == 1 else f"{year}–{year + step - 1}"
            box = svg.element("rect", x=x, y=0.0, width=wide, height=bottom, class_="column")
            heads.append(svg.link(target[inside[0]], f"{span}: {pen.words('nouns.event', n=number)}", box))
    return svg.drawing(
        name,
        (width, bottom + 24),
        (pen.words("titles.timeline"), pen.words("figures.timeline.density", n=len(events))),
        [svg.group("rows", parts), svg.group("columns", heads)],
        css="fig-density",
        is_still=not target,
    )


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


def key(pen: Pen, *, has_arcs: bool, has_sets: bool) -> Markup:
    """The legend of the marks, with samples."""

    def sample(css: str, drawn: Markup, key: str, wide: float = 22) -> Markup:
        picture = svg.element(
            "svg", drawn, view_box=f"0 0 {number_of(wide)} 12", class_=css, aria_hidden="true"
        )
        return svg.element("span", picture, Markup(" "), pen.words(f"figures.timeline.key.{key}"))

    number_of = svg.number
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
    ]
    return Markup(" ").join(found)
