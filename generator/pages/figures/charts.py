"""Bar charts over time: stacked by outlet with a pattern for each, or with a row of bars for each outlet."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from generator.pages.figures import plots, svg
from generator.pages.figures.plots import BarColumn, BarRow

# The height of the tallest bar, and of what is above it.
_HIGH, _TOP = 220.0, 18.0
# The most of the width that a bar takes.
_WIDEST = 0.07
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
    number = max(1, len(columns))
    bar = min(0.72 / number, _WIDEST)
    foot = _TOP + _HIGH
    levels = [(value, foot - _HIGH * value / top) for value in range(0, top + 1, step)]
    bars = []
    for n, column in enumerate(columns):
        middle, y = (n + 0.5) / number, foot
        pieces = []
        for place, one in enumerate(series):
            if not one.numbers[n]:
                continue
            high = _HIGH * one.numbers[n] / top
            y -= high
            box = {
                "x": svg.percent(middle - bar / 2, 1),
                "y": y,
                "width": svg.percent(bar, 1),
                "height": high,
            }
            pieces.append(svg.element("rect", **box, class_=f"s{place}"))
            pieces.append(svg.element("rect", **box, fill=f"url(#{name}-p{place})"))
        css = plots.fits(str(totals[n]), number)
        if totals[n] and css is not None:
            pieces.append(svg.words(svg.percent(middle, 1), y - 5, totals[n], f"t {css}".strip(), "middle"))
        counts = ", ".join(f"{one.name} {one.numbers[n]}" for one in series if one.numbers[n])
        bars.append(_column(column, f"{column.words}: {counts}", pieces) if pieces else Markup(""))
    labels = [BarColumn(column.brief, is_cut=column.is_cut) for column in columns]
    drawn = svg.drawing(
        name,
        (plots.WIDE, foot + 20),
        texts,
        [
            _patterns(name, len(series)),
            svg.group("scale", (_grid(value, y) for value, y in levels)),
            svg.group("bars", bars),
            svg.group("cut", plots.cuts(labels)),
            svg.group("feet", [plots.scale(labels, foot + 15)]),
        ],
        css="plot fig-bars",
        is_still=not any(column.href for column in columns),
        is_fluid=True,
    )
    values = [svg.words("100%", y + 4, value, None, "end") for value, y in levels]
    side = svg.element(
        "svg", *values, class_="values", width=36, height=svg.number(foot + 20), aria_hidden="true"
    )
    return svg.element("div", svg.lines([side, drawn]), class_="stacked")


def rows(name: str, texts: tuple[str, str], data: ChartData) -> Markup:
    """A row of bars for each series, all of the same scale."""
    columns = [BarColumn(column.brief, is_cut=column.is_cut) for column in data.columns]
    found = [BarRow(f"{one.name} {one.total}", one.numbers) for one in data.series]
    return plots.rows(name, texts, columns, found, css="fig-rows", has_numbers=True)


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
    return svg.element("line", x1=0, x2="100%", y1=y, y2=y, class_="grid" if value else "base")


def _column(column: ChartColumn, title: str, pieces: list[Markup]) -> Markup:
    if column.href:
        return svg.link(column.href, title, *pieces, css="bar")
    return svg.element("g", svg.element("title", title), *pieces, class_="bar")


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
