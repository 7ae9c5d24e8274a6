"""Positions over time: statements as marks of their stance, one row for each issue or speaker.

The rows have no width of their own: positions are percentages, so that signs and words keep their size at every width.
Statements that would overlap on a phone share a mark with their number, so a row never has more than some fifty marks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.markup import markdown
from generator.model.claims import Stance, Statement
from generator.model.ids import RecordId
from generator.pages.figures import svg
from generator.pages.figures.axis import Axis, axis, days
from generator.pages.figures.marks import tick_words
from generator.pages.writing import head
from generator.pages.writing.pen import Pen, said_fragment
from generator.pages.writing.words import STANCE_SIGNS, brief

# The most rows; the statements below the figure are all of them.
ROWS = 10
# The axis is computed for this width. Marks of one row are so far apart, which is their width on a narrow phone; ticks
# farther, since they are words.
_WIDTH, _APART, _TICK = 1000.0, 76.0, 210.0
# The height of a lane of marks, the size of a mark, and the height of the scale.
_LANE, _MARK, _SCALE = 28.0, 24.0, 36.0
# In the scale: where the signs of a time left out stand, and below them the words of dates.
_CUTS, _DATES = 12.0, 29.0
# The most statements that the words of a mark repeat, and the most characters of each.
_REPEATED, _LONGEST = 4, 140


class PositionRow(NamedTuple):
    """The statements of one speaker on one issue in the order of time, and those between which the stance changed."""

    key: RecordId
    said: tuple[Statement, ...]
    turns: tuple[tuple[Statement, Statement], ...]


class _Marked(NamedTuple):
    """Statements of one stance with one mark."""

    x: float
    y: float
    said: tuple[Statement, ...]


def positions(pen: Pen, rows: Sequence[PositionRow], title: str) -> Markup:
    """The rows with most statements on one axis; empty if there are fewer than two statements."""
    rows = [row for row in rows if any(statement.date.begin for statement in row.said)]
    if sum(len(row.said) for row in rows) < 2:
        return Markup("")
    shown = sorted(rows, key=lambda row: -len(row.said))[:ROWS]
    rows = [row for row in rows if row in shown]
    line = axis((days(s.date) for row in rows for s in row.said), _WIDTH - 2 * _APART, _APART)
    lines = [_row(pen, row, line, number) for number, row in enumerate(rows)]
    stances = [s for s in STANCE_SIGNS if any(said.stance == s for row in rows for said in row.said)]
    legend = [
        svg.element(
            "span",
            svg.element("b", STANCE_SIGNS[stance], class_=f"sign {stance}"),
            Markup(" "),
            pen.words(f"stances.{stance}"),
        )
        for stance in stances
    ]
    if any(row.turns for row in rows):
        legend.append(svg.element("span", svg.element("b", "╌╌"), Markup(" "), pen.words("positions.turn")))
    return svg.figure(
        "fig-positions",
        svg.element("div", *lines, _scale(pen, rows, line), class_="rows", role="group", aria_label=title),
        caption=markdown.joined(legend, " "),
    )


def _row(pen: Pen, row: PositionRow, line: Axis, number: int) -> Markup:
    marks = tuple(_marks(row.said, line))
    height = max(mark.y for mark in marks) + _LANE / 2
    place: Mapping[RecordId, _Marked] = {s.id: mark for mark in marks for s in mark.said}
    name = f"fig-positions-{number}"
    parts = [
        svg.element("title", pen.edition.dossier.label(row.key), id=f"{name}-title"),
        svg.element("desc", pen.words("positions.desc", n=len(row.said)), id=f"{name}-desc"),
        svg.element("line", x1="0%", x2="100%", y1=_LANE / 2, y2=_LANE / 2, class_="rule"),
        *(_turn(place[before.id], place[after.id]) for before, after in row.turns),
        *(_mark(pen, mark) for mark in marks),
    ]
    drawn = svg.element(
        "svg",
        *filter(None, parts),
        width="100%",
        height=height,
        role="group",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )
    label = svg.element("div", pen.html(row.key), class_="name")
    return svg.element("div", label, drawn, class_="row")


def _marks(said: Iterable[Statement], line: Axis) -> Iterator[_Marked]:
    """Marks from left to right; those of one place are below each other by stance."""
    clusters: list[tuple[float, dict[Stance, list[Statement]]]] = []
    for x, statement in sorted(((_x(s, line), s) for s in said), key=lambda found: found[0]):
        if not clusters or x - clusters[-1][0] >= _APART:
            clusters.append((x, {}))
        clusters[-1][1].setdefault(statement.stance, []).append(statement)
    for x, by_stance in clusters:
        for lane, stance in enumerate(s for s in STANCE_SIGNS if s in by_stance):
            yield _Marked(x, _LANE * (lane + 0.5), tuple(by_stance[stance]))


def _x(statement: Statement, line: Axis) -> float:
    first, last = days(statement.date)
    if first is None or last is None:
        return line.x(first if first is not None else (last or 0) - 1)
    return line.x((first + last) / 2)


def _mark(pen: Pen, mark: _Marked) -> Markup:
    first, number = mark.said[0], len(mark.said)
    sign = STANCE_SIGNS[first.stance]
    half = _MARK / 2
    wide = _MARK if number == 1 else _MARK + 10
    inner = svg.element(
        "svg",
        svg.element("rect", x=-wide / 2, y=-half, width=wide, height=_MARK, rx=4.0),
        svg.words(0, 5, sign if number == 1 else f"{sign} {number}", anchor="middle"),
        x=_percent(mark.x),
        y=mark.y,
        width=1.0,
        height=1.0,
        overflow="visible",
    )
    return svg.link(
        f"#{said_fragment(first.id)}", _words(pen, mark.said), inner, css=f"position {first.stance}"
    )


def _words(pen: Pen, said: Sequence[Statement]) -> str:
    """What the statements of a mark say."""
    lines = [
        pen.words(
            "positions.mark",
            date=pen.date(s.date, short=True),
            stance=pen.words(f"stances.{s.stance}"),
            said=brief(head.plain_prose(pen, s.id, "said"), _LONGEST),
        )
        for s in said[:_REPEATED]
    ]
    if len(said) > _REPEATED:
        lines.append(pen.words("signs.more", n=len(said) - _REPEATED))
    return " · ".join(lines)


def _turn(before: _Marked, after: _Marked) -> Markup:
    """A line from a stance to the next one; none if both have one place."""
    if before.x == after.x:
        return Markup("")
    ends = {"x1": _percent(before.x), "y1": before.y, "x2": _percent(after.x), "y2": after.y}
    return svg.element("line", **ends, class_="shift")


def _scale(pen: Pen, rows: Sequence[PositionRow], line: Axis) -> Markup:
    """The months of statements, as far as there is room, and signs where a time is left out."""
    dated = sorted(
        (_x(s, line), begin.earliest.isoformat()[: 7 if len(begin.text) >= 7 else 4])
        for row in rows
        for s in row.said
        if (begin := s.date.begin)
    )
    texts, last, before = [], float("-inf"), ""
    for x, month in dated:
        words = tick_words(pen, month)
        if x - last >= _TICK and words != before:
            texts.append(svg.element("text", words, x=_percent(x), y=_DATES, text_anchor="middle"))
            last, before = x, words
    cuts = (svg.element("text", "//", x=_percent(x), y=_CUTS, text_anchor="middle") for x in line.breaks)
    scale = svg.element("svg", *texts, *cuts, width="100%", height=_SCALE, aria_hidden="true")
    return svg.element("div", svg.element("div", "", class_="name"), scale, class_="row scale")


def _percent(x: float) -> str:
    return f"{100 * x / _WIDTH:.2f}%"
