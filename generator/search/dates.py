"""The files by which browsers find what has a date: each date with its text and passage.

What begins and ends in one month is in a file of some months, in order; the rest, such as what lasted for years or
is known to the year alone, is in one further file. So the dates of a day or a month are in two small files.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from generator.search.state import TextRow

# Dates that a file holds at least, but the last one: about five kilobytes.
_LEAST = 1_000
# First and last day, text, passage.
_Date = tuple[int, int, int, int]


def date_files(rows: Sequence[TextRow], put: Callable[[Any], str]) -> dict[str, Any]:
    """Makes the files, and lists them as browsers read it: the first month of each, as 202209, with its name.

    Args:
        put: Keeps a file with some content, and gives its name.
    """
    dates = sorted((first, last, text, at) for text, row in enumerate(rows) for at, first, last in row.dates)
    within = [date for date in dates if _month(date[0]) == _month(date[1])]
    files = [[_month(dates[0][0]), put(_columns(dates))] for dates in _by_months(within)]
    return {
        "months": files,
        "longer": put(_columns([date for date in dates if _month(date[0]) != _month(date[1])])),
    }


def _by_months(dates: Sequence[_Date]) -> Iterator[list[_Date]]:
    found: list[_Date] = []
    for _, of_month in groupby(dates, lambda date: _month(date[0])):
        if len(found) >= _LEAST:
            yield found
            found = []
        found += of_month
    if found:
        yield found


def _month(day: int) -> int:
    return day // 100


def _columns(dates: Sequence[_Date]) -> list[list[int]]:
    """Dates in columns, the last day as what it is more than the first."""
    firsts, lasts, texts, passages = zip(*dates, strict=True) if dates else ((), (), (), ())
    return [
        list(firsts),
        [last - first for first, last in zip(firsts, lasts, strict=True)],
        list(texts),
        list(passages),
    ]
