"""Rows of bars under one scale: words at the side, bars beside them, both HTML so that they fit every width."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.pages.figures import svg

# The widths of the bars' column on a phone and on a tablet.
NARROW, WIDE = 240.0, 440.0
# The height of the tallest bar, and of the number above it.
_HIGH, _NUMBER = 26.0, 15.0


class BarColumn(NamedTuple):
    """A column of all rows: the label of its scale, its title and target, and whether it is a time left out."""

    label: str
    title: str = ""
    href: str = ""
    is_cut: bool = False


class BarRow(NamedTuple):
    """A row of bars: its words, and a number for each column."""

    words: str
    numbers: tuple[int, ...]


def rows(
    name: str,
    texts: tuple[str, str],
    columns: Sequence[BarColumn],
    found: Sequence[BarRow],
    *,
    css: str,
    has_numbers: bool = False,
) -> Markup:
    """Rows of bars of the same scale, with a link for each column that has a target."""
    most = max((number for row in found for number in row.numbers), default=0) or 1
    high = _HIGH + (_NUMBER if has_numbers else 4)
    parts = []
    for row in found:
        words = svg.element("span", row.words, class_="t")
        parts.append(svg.element("p", words, _bars(row, columns, most, high, has_numbers=has_numbers)))
    title, description = texts
    return svg.element(
        "div",
        Markup("\n"),
        svg.lines(
            [
                svg.element("span", title, id=f"{name}-title", hidden="hidden"),
                svg.element("span", description, id=f"{name}-desc", hidden="hidden"),
                _scale(columns),
                *parts,
                _links(columns),
            ]
        ),
        Markup("\n"),
        role="group" if any(column.href for column in columns) else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_=f"plots {css}",
    )


def _bars(row: BarRow, columns: Sequence[BarColumn], most: int, high: float, *, has_numbers: bool) -> Markup:
    """The bars of a row as one path, and their numbers where those have room."""
    bars, numbers = [], []
    for n, number in enumerate(row.numbers):
        if not number:
            continue
        tall = max(2.0, _HIGH * number / most)
        bars.append(f"M{n + 0.14:.2f} {svg.number(high)}v{svg.number(-tall)}h.72v{svg.number(tall)}z")
        if has_numbers:
            x = svg.percent(n + 0.5, len(columns))
            css = fits(str(number), len(columns))
            if css is not None:
                numbers.append(svg.words(x, high - tall - 3, number, f"count {css}".strip(), "middle"))
    drawn = svg.stretched((len(columns), high), [svg.path("".join(bars), "bars")] if bars else [])
    return svg.element(
        "svg", drawn, *numbers, class_="plot", width="100%", height=svg.number(high), aria_hidden="true"
    )


def fits(text: str, columns: int) -> str | None:
    """The class of a label of one of so many columns: none if it always fits, "more" if only on wide screens."""
    wide = svg.width_of(text) + 4
    return "" if wide <= NARROW / columns else "more" if wide <= WIDE / columns else None


def scale(columns: Sequence[BarColumn], y: float) -> Markup:
    """The labels of the columns, as many as there is room for; those at the ends begin or end there."""
    parts = []
    for n, css in labeled(columns):
        half, left = svg.width_of(columns[n].label) / 2, (n + 0.5) / len(columns)
        x, anchor = svg.percent(left, 1), "middle"
        if half > left * NARROW:
            x, anchor = "0", "start"
        elif half > (1 - left) * NARROW:
            x, anchor = "100%", "end"
        parts.append(svg.words(x, y, columns[n].label, css or None, anchor))
    return svg.lines(parts)


def labeled(columns: Sequence[BarColumn]) -> Iterable[tuple[int, str]]:
    """The columns whose labels have room, counted from the last cut; "more" are those that need a wide screen."""
    widest = max((svg.width_of(column.label) for column in columns), default=0) + 10
    steps = [max(1, int(-(-widest // (width / len(columns))))) for width in (NARROW, WIDE)]
    # Each label of a narrow screen is also one of a wide screen.
    narrow = -(-steps[0] // steps[1]) * steps[1]
    after = 0
    for n, column in enumerate(columns):
        if column.is_cut:
            after = n + 1
        elif (n - after) % steps[1] == 0:
            yield n, "" if (n - after) % narrow == 0 else "more"


def cuts(columns: Sequence[BarColumn]) -> Iterable[Markup]:
    """Two lines through the drawing where times were left out, as on the timeline."""
    for n, column in enumerate(columns):
        if column.is_cut:
            sides = (svg.element("line", x1=x, x2=x, y1=0, y2="100%", class_="cut") for x in (-3, 3))
            yield svg.at(svg.percent(n + 0.5, len(columns)), *sides)


def _scale(columns: Sequence[BarColumn]) -> Markup:
    return svg.element("svg", scale(columns, 12), *cuts(columns), class_="scale over", aria_hidden="true")


def _links(columns: Sequence[BarColumn]) -> Markup:
    links = [
        svg.link(
            column.href,
            column.title,
            svg.element(
                "rect",
                x=svg.percent(n, len(columns)),
                y=0,
                width=svg.percent(1, len(columns)),
                height="100%",
                class_="column",
            ),
        )
        for n, column in enumerate(columns)
        if column.href
    ]
    return svg.element("svg", *links, class_="columns over") if links else Markup("")
