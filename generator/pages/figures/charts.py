"""Bar charts over time: stacked by outlet with a pattern for each, or with a row of bars for each outlet."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.pages.figures import svg

WIDTH, _HIGH, _LEFT, _RIGHT, _TOP = 1120.0, 220.0, 36.0, 4.0, 18.0
_WIDEST, _ROW, _SIDE = 64.0, 34.0, 190.0
# A run of at least so many empty columns becomes a cut.
_EMPTY = 4
# Patterns that distinguish series without color.
PATTERNS = 7


class ChartColumn(NamedTuple):
    """A period: its label, a shorter one below the bar, and the target of its link, if any.

    A column that `is_cut` represents periods that were left out.
    """

    words: str
    brief: str
    href: str = ""
    is_cut: bool = False


class Series(NamedTuple):
    """The numbers of a series by column, with its name."""

    name: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


class ChartData(NamedTuple):
    """The columns of a chart, and the series with a number for each column."""

    columns: tuple[ChartColumn, ...]
    series: tuple[Series, ...]

    @property
    def totals(self) -> list[int]:
        """The sum of all series in each column."""
        return [sum(one.numbers[n] for one in self.series) for n in range(len(self.columns))]

    def without_gaps(self) -> "ChartData":
        """The same with a single cut in place of each long run of columns that are empty in all series."""
        kept: list[int | None] = []
        for total, run in groupby(range(len(self.columns)), key=list(map(bool, self.totals)).__getitem__):
            places = list(run)
            kept += [None] if not total and len(places) >= _EMPTY else places
        cut = ChartColumn("", "", is_cut=True)
        return ChartData(
            tuple(cut if n is None else self.columns[n] for n in kept),
            tuple(
                Series(one.name, tuple(0 if n is None else one.numbers[n] for n in kept))
                for one in self.series
            ),
        )


def stacked(name: str, texts: tuple[str, str], data: ChartData) -> Markup:
    """A bar for each column, divided by series, the first at the bottom."""
    columns, series, totals = data.columns, data.series, data.totals
    step = _step(max(totals, default=0))
    top = max(1, -(-max(totals, default=1) // step)) * step
    wide = (WIDTH - _LEFT - _RIGHT) / max(1, len(columns))
    bar = min(wide * 0.72, _WIDEST)
    foot = _TOP + _HIGH
    parts = [_grid(value, foot - _HIGH * value / top) for value in range(0, top + 1, step)]
    bars = []
    for n, column in enumerate(columns):
        x, y = _LEFT + n * wide + (wide - bar) / 2, foot
        pieces = []
        for number, one in enumerate(series):
            if not one.numbers[n]:
                continue
            high = _HIGH * one.numbers[n] / top
            y -= high
            box = {"x": x, "y": y, "width": bar, "height": high}
            pieces.append(svg.element("rect", **box, class_=f"s{number}"))
            pieces.append(svg.element("rect", **box, fill=f"url(#{name}-p{number})"))
        if totals[n]:
            pieces.append(svg.words(x + bar / 2, y - 5, totals[n], "t", "middle"))
        counts = ", ".join(f"{one.name} {one.numbers[n]}" for one in series if one.numbers[n])
        bars.append(_column(column, f"{column.words}: {counts}", pieces) if pieces else Markup(""))
    return svg.drawing(
        name,
        (WIDTH, foot + 22),
        texts,
        [
            _patterns(name, len(series)),
            svg.group("scale", parts),
            svg.group("bars", bars),
            _cuts(columns, wide, _LEFT, (_TOP, foot)),
            _feet(columns, wide, _LEFT, foot),
        ],
        css="fig-bars",
        is_still=not any(column.href for column in columns),
    )


def rows(name: str, texts: tuple[str, str], data: ChartData) -> Markup:
    """A row of bars for each series, all of the same scale."""
    columns, series = data
    most = max((number for one in series for number in one.numbers), default=0) or 1
    wide = (WIDTH - _SIDE - _RIGHT) / max(1, len(columns))
    bar = min(wide * 0.72, _WIDEST / 2)
    parts = []
    for place, one in enumerate(series):
        foot = (place + 1) * (_ROW + 10)
        parts.append(svg.words(0, foot - 4, svg.shortened(one.name, 26), "t"))
        parts.append(svg.words(_SIDE - 12, foot - 4, one.total, "count", "end"))
        parts.append(svg.element("line", x1=0.0, x2=WIDTH, y1=foot + 0.5, y2=foot + 0.5, class_="rule"))
        for n, number in enumerate(one.numbers):
            if number:
                high = max(2.0, (_ROW - 10) * number / most)
                x = _SIDE + n * wide + (wide - bar) / 2
                tooltip = svg.element("title", f"{one.name}, {columns[n].words}: {number}")
                parts.append(
                    svg.element("rect", tooltip, x=x, y=foot - high, width=bar, height=high, class_="one")
                )
                if bar >= 14:
                    parts.append(svg.words(x + bar / 2, foot - high - 3, number, "count", "middle"))
    foot = len(series) * (_ROW + 10)
    return svg.drawing(
        name,
        (WIDTH, foot + 22),
        texts,
        [
            svg.group("bars", parts),
            _cuts(columns, wide, _SIDE, (0, foot)),
            _feet(columns, wide, _SIDE, foot),
        ],
        css="fig-rows",
        is_still=True,
    )


def legend(name: str, series: Sequence[Series]) -> Markup:
    """The legend: the series of each pattern, and its total."""
    parts = []
    for n, one in enumerate(series):
        box = {"width": 16, "height": 12}
        swatch = (
            svg.element("rect", **box, class_=f"s{n}"),
            svg.element("rect", **box, fill=f"url(#{name}-p{n})"),
        )
        picture = svg.element("svg", *swatch, view_box="0 0 16 12", class_="fig-bars", aria_hidden="true")
        parts.append(svg.element("span", picture, Markup(" "), f"{one.name} {one.total}"))
    return Markup(" ").join(parts)


def _grid(value: int, y: float) -> Markup:
    line = svg.element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, class_="grid" if value else "base")
    return svg.lines([line, svg.words(_LEFT - 6, y + 4, value, None, "end")])


def _column(column: ChartColumn, title: str, pieces: list[Markup]) -> Markup:
    if column.href:
        return svg.link(column.href, title, *pieces, css="bar")
    return svg.element("g", svg.element("title", title), *pieces, class_="bar")


def _cuts(columns: Sequence[ChartColumn], wide: float, left: float, ends: tuple[float, float]) -> Markup:
    """Two lines through the drawing where times were left out, as on the timeline."""
    top, foot = map(svg.number, ends)
    return svg.group(
        "cut",
        (
            svg.element("path", d=f"M{svg.number(x - 4)} {top}V{foot}m8 0V{top}")
            for x in (left + (n + 0.5) * wide for n, column in enumerate(columns) if column.is_cut)
        ),
    )


def _feet(columns: Sequence[ChartColumn], wide: float, left: float, foot: float) -> Markup:
    """The labels below the bars, as many as there is room for."""
    widest = max((svg.width_of(column.brief) for column in columns), default=0) + 12
    every = max(1, int(-(-widest // wide)))
    shown = set(_every(columns, every))
    return svg.group(
        "feet",
        (
            svg.words(left + n * wide + wide / 2, foot + 15, column.brief, "year", "middle")
            for n, column in enumerate(columns)
            if n in shown
        ),
    )


def _every(columns: Sequence[ChartColumn], every: int) -> Iterable[int]:
    """The columns with a label: one in every so many, counted from the last cut."""
    after = 0
    for n, column in enumerate(columns):
        if column.is_cut:
            after = n + 1
        elif (n - after) % every == 0:
            yield n


def _step(most: int) -> int:
    """The step of a scale with at most five steps: 1, 2 or 5, or these times ten, and so on."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= 5 * step:
                return step
        size *= 10


def _patterns(name: str, number: int) -> Markup:
    """The patterns: none for the first series, strokes and dots over the color of the others."""
    marks = (
        None,
        "M-1 7L7 -1M3 11L11 3",
        "M0 4H8",
        "M2 2h2v2h-2zM6 6h2v2h-2z",
        "M4 0V8",
        "M-1 1L7 9M1 -1L9 7",
        "M0 4H8M4 0V8",
    )
    return svg.element(
        "defs",
        *(
            svg.element(
                "pattern",
                svg.element("path", d=marks[n % PATTERNS] or "", class_="weave"),
                id=f"{name}-p{n}",
                width=8,
                height=8,
                patternUnits="userSpaceOnUse",
            )
            for n in range(number)
        ),
    )
