"""The timeline of the story: its steps on one axis, of which one is lit.

It has no width of its own: positions are percentages, so that dots and words keep their size at every width.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup

from generator.model.dates import EdtfDate
from generator.pages.figures import svg
from generator.pages.figures.axis import Axis, axis, days

# The axis is computed for this width; its margin at both ends leaves room for a lit dot.
_WIDTH, _MARGIN = 1000.0, 16.0
# The least distance of two years below the axis: they fit on a phone.
_LEAST = 110.0
# A span of more days is shown in part: so much of it.
_LONG, _PART = 100, 20.0
# The heights of the axis in the drawing, of a drawing without words, and of one with years.
_Y, _LOW, _HIGH = 12.0, 24.0, 44.0
# The element that the drawings of all steps share.
_SHARED = "steps-line"


class StepsLine:
    """The axis of the steps of a story, as far as they have dates."""

    def __init__(self, dates: Sequence[EdtfDate | None]) -> None:
        self._dates = dates
        self._spans = [_span(date) if date else None for date in dates]
        known = {_middle(span) for span in self._spans if span}
        self._axis: Axis | None = axis(known, _WIDTH - 2 * _MARGIN, _MARGIN) if len(known) > 1 else None

    def __bool__(self) -> bool:
        return self._axis is not None

    def whole(self) -> Markup:
        """All steps, with years below them; the other drawings on the page take the dots from it."""
        assert self._axis
        line = self._axis
        ends = ((piece.left, piece.right) for piece in line.pieces)
        parts = [
            *(_line(left, right, "step-base") for left, right in ends),
            *(_cut(before.right, after.left) for before, after in pairwise(line.pieces)),
            *(self._mark(number, "step-mark") for number in range(len(self._spans))),
        ]
        shared = svg.element("g", *filter(None, parts), id=_SHARED)
        years = (
            svg.element("text", year, x=_percent(x), y=_HIGH - 6, text_anchor="middle")
            for x, year in self._years(line)
        )
        return _drawing(_HIGH, shared, *years)

    def lit(self, number: int) -> Markup:
        """The steps of which one is lit; empty if it has no date."""
        if not self._axis or not self._spans[number]:
            return Markup("")
        return _drawing(_LOW, svg.element("use", href=f"#{_SHARED}"), self._mark(number, "step-mark lit"))

    def _mark(self, number: int, css: str) -> Markup:
        span = self._spans[number]
        if not span or not self._axis:
            return Markup("")
        first, last = _middle(span)
        left, right = self._axis.x(first), self._axis.x(last)
        # A line without length has round ends, and so is a dot.
        if last - first == 1:
            left = right = self._axis.x(first + 0.5)
        if last - first < span[1] - span[0]:
            left, right = left - _PART / 2, right + _PART / 2
        return _line(left, right, css)

    def _years(self, line: Axis) -> Iterable[tuple[float, str]]:
        """The years in which steps begin, as far as there is room."""
        last, before = float("-inf"), ""
        for first, year in sorted(
            (span[0], str(date.year))
            for span, date in zip(self._spans, self._dates, strict=True)
            if span and date
        ):
            x = line.x(first)
            if x - last >= _LEAST and year != before:
                yield x, year
                last, before = x, year


def _span(date: EdtfDate) -> tuple[int, int] | None:
    """The days that a date covers; of one with an open end the known end."""
    first, last = days(date)
    if first is None and last is None:
        return None
    if first is None or last is None:
        known = first if first is not None else (last or 0) - 1
        return known, known + 1
    return first, last


def _middle(span: tuple[int, int]) -> tuple[int, int]:
    """The part of a span that the axis has to show: of a long one a day, so that what is known better has room."""
    first, last = span
    if last - first <= _LONG:
        return span
    middle = (first + last) // 2
    return middle, middle + 1


def _line(left: float, right: float, css: str) -> Markup:
    return svg.element("line", x1=_percent(left), x2=_percent(right), y1=_Y, y2=_Y, class_=css)


def _cut(left: float, right: float) -> Markup:
    """The sign of a time that is left out."""
    middle = svg.element("path", d=f"M-5 {_Y + 6:.0f}l4 -12m3 12l4 -12", class_="step-cut")
    return svg.element(
        "svg", middle, x=_percent((left + right) / 2), width=1.0, height=1.0, overflow="visible"
    )


def _drawing(height: float, *parts: Markup) -> Markup:
    # The text beside it says all that it shows.
    return svg.element("svg", *parts, class_="steps-line", width="100%", height=height, aria_hidden="true")


def _percent(x: float) -> str:
    return f"{100 * x / _WIDTH:.2f}%"
