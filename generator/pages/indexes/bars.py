"""Bars over time above a list: how many of its rows are of each month, year or decade.

A bar leads to where its rows begin; scripts have it filter the list (`facets.js`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from generator.model.dates import EdtfDate
from generator.pages.writing.pen import Pen

# The facet by which bars filter.
DATE = "date"
# The most bars in a row.
_MOST = 36
# About the most bars with a label: of years, and of periods with longer names.
_YEARS, _LABELS = 9, 5


class Bar(NamedTuple):
    """The bar of a period.

    Attributes:
        choice: What it filters by, as in an address.
        words: The period.
        label: A short name of it, if one is shown below the bar.
        height: Its height in percent of the highest.
        number: The number of rows, in words.
        target: The address of the first of its rows; empty if there are none.
    """

    choice: str
    words: str
    label: str
    height: int
    number: str
    target: str


class Periods(NamedTuple):
    """Equal periods that follow each other; months are counted from the year 0.

    Attributes:
        step: The months of each.
        numbers: Their numbers from the year 0.
    """

    step: int
    numbers: range

    @classmethod
    def between(cls, first: int, last: int, least: int = 1) -> "Periods":
        """Periods from a month to another, so long that they are not too many, and of no less than some months."""
        steps = (step for step in (1, 12, 120) if step >= least)
        step = next((step for step in steps if last - first < step * _MOST), 1200)
        return cls(step, range(first // step, last // step + 1))

    def counted(self, months: Mapping[int, int]) -> Counter[int]:
        """Counts by month as counts by period."""
        counts: Counter[int] = Counter()
        for month, number in months.items():
            counts[month // self.step] += number
        return counts

    def value(self, number: int) -> str:
        """A period by its number, as a date."""
        year, month = divmod(number * self.step, 12)
        if self.step == 1:
            return f"{year:04}-{month + 1:02}"
        last = min(9999, year + self.step // 12 - 1)
        # No date is before the year 1.
        return f"{year:04}" if self.step == 12 else f"{max(1, year):04}/{last:04}"


def bars(
    pen: Pen,
    periods: Periods,
    counts: Mapping[int, int],
    target: Callable[[int], str],
    *,
    of: str,
    most: int = 0,
    also: str = "",
    labeled: bool = True,
) -> Iterator[Bar]:
    """The bar of each period.

    Args:
        counts: The number of rows in each period, by its number.
        target: Gives the address of the first row of a period.
        of: What the rows are, as a key of `nouns` in the catalogue.
        most: What the highest bar stands for, if it is in another row of bars.
        also: What the bars filter by besides their period.
    """
    most = most or max(counts.values())
    every = -(-len(periods.numbers) // (_YEARS if periods.step == 12 else _LABELS))
    for place, period in enumerate(periods.numbers):
        value, number = periods.value(period), counts.get(period, 0)
        date = EdtfDate.parse(value)
        yield Bar(
            choice=f"{also}{DATE}={value}",
            words=pen.date(date),
            label=pen.date(date, short=True) if labeled and place % every == 0 else "",
            height=-(-100 * number // most),
            number=pen.words(f"nouns.{of}", n=number),
            target=target(period) if number else "",
        )
