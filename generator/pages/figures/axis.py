"""The axis of time: the position of a day, the long empty times that are left out, and the ticks of years or months."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from generator.model.dates import EdtfDate

# A time without any event is left out where it is longer than this part of what is shown.
_LONG = 0.2
# A span no longer than a year is shown whole; of a longer one the ends are, and a time within it may be left out.
_WHOLE = 366
# The most breaks.
_CUTS = 4
# The least time to show, in days, so that a single day has something around it.
_LEAST = 24
# The width of a break, in units of the drawing, and the margin at each end.
BREAK = 34.0
_FREE = 0.035
# Where years with more events are wider: the part of the width that is divided by length alone, the most years,
# and the fewest days of a part.
_EVEN, _MOST_YEARS, _SHORT = 0.4, 30, 40
# The least distance between months and between years on the scale, and half the width of a date by its length, with
# some space: a year, a month, a day.
_TICK, _YEAR = 74.0, 40.0
_HALF = {4: 18.0, 7: 29.0, 10: 38.0}
_EPOCH = date(1970, 1, 1).toordinal()
_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_MONTHS = (1, 3, 6)
_DAYS_OF_YEAR, _DAYS_OF_MONTH = 365.25, 30.44
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def day(value: date) -> int:
    """A day as a number, the same in scripts: days since January 1, 1970."""
    return value.toordinal() - _EPOCH


def days(value: EdtfDate) -> tuple[int | None, int | None]:
    """The first day and the day after the last that a date may mean; None where that end is open or unknown."""
    first = day(value.earliest) if value.begin else None
    last = day(value.latest) + 1 if value.end else None
    return first, last


class Piece(NamedTuple):
    """A stretch of time and the stretch of the line that shows it."""

    first: float
    last: float
    left: float
    right: float


class Tick(NamedTuple):
    """A tick of the scale: its position, and the EDTF date that begins there."""

    x: float
    text: str


class Axis(NamedTuple):
    """An axis in pieces; where one does not continue the piece before, a time is left out."""

    pieces: tuple[Piece, ...]

    def x(self, when: float) -> float:
        """The position of a day; the nearest end if it is outside, the middle of the break if it was left out."""
        for piece in self.pieces:
            if when < piece.first:
                return piece.left if piece is self.pieces[0] else piece.left - BREAK / 2
            if when <= piece.last:
                share = (when - piece.first) / (piece.last - piece.first)
                return piece.left + share * (piece.right - piece.left)
        return self.pieces[-1].right

    @property
    def breaks(self) -> tuple[float, ...]:
        """The positions of the breaks, where a time is left out."""
        return tuple(
            after.left - BREAK / 2 for before, after in pairwise(self.pieces) if after.first > before.last
        )

    def ticks(self) -> tuple[Tick, ...]:
        """The ticks of the scale: years, months or days, depending on the room."""
        found: list[Tick] = []
        for piece in self.pieces:
            scale = (piece.right - piece.left) / (piece.last - piece.first)
            for text, begins in _steps(piece, _TICK / scale):
                x = piece.left + (day(begins) - piece.first) * scale
                if not piece.first <= day(begins) <= piece.last:
                    continue
                # A year says more than a month before it that is too near.
                if found and len(text) == 4 < len(found[-1].text) and not _is_apart(found[-1], Tick(x, text)):
                    found.pop()
                if not found or _is_apart(found[-1], Tick(x, text)):
                    found.append(Tick(x, text))
        return tuple(found)


def _is_apart(one: Tick, other: Tick) -> bool:
    """Whether there is room for the labels of two ticks."""
    return other.x - one.x >= _HALF[len(one.text)] + _HALF[len(other.text)]


def axis(
    spans: Iterable[tuple[int | None, int | None]],
    width: float,
    left: float = 0.0,
    *,
    by_events: bool = False,
) -> Axis:
    """The axis that shows some spans of days, of one scale; `by_events`: years with more events are wider."""
    found = list(spans)
    covered = _covered(found)
    total = sum(b - a for a, b in covered)
    free = max(_FREE * total, (_LEAST - total) / 2, 1.0)
    covered = [(a - free, b + free) for a, b in covered]
    parts = [_years(span) if by_events else [span] for span in covered]
    room = width - BREAK * (len(covered) - 1)
    shares = iter(_shares([part for years in parts for part in years], found, is_even=not by_events))
    pieces, at = [], left
    for years in parts:
        for first, last in years:
            right = at + next(shares) * room
            pieces.append(Piece(first, last, at, right))
            at = right
        at += BREAK
    return Axis(tuple(pieces))


def _years(span: tuple[float, float]) -> list[tuple[float, float]]:
    """A span divided where years begin, unless the first or last part would be too short to be seen."""
    first, last = span
    cuts = [float(day(date(year, 1, 1))) for year in range(_date(first).year + 1, _date(last).year + 1)]
    if len(cuts) > _MOST_YEARS:
        return [span]
    inner = [cut for cut in cuts if first + _SHORT < cut < last - _SHORT]
    return list(pairwise([first, *inner, last]))


def _shares(
    parts: Sequence[tuple[float, float]],
    spans: Iterable[tuple[int | None, int | None]],
    *,
    is_even: bool,
) -> list[float]:
    """The share of the width that each part gets: by its length, and the number of events in it."""
    total = sum(last - first for first, last in parts)
    shares = [(last - first) / total for first, last in parts]
    if is_even or len(parts) == 1:
        return shares
    begun = [first if first is not None else last for first, last in spans]
    numbers = [sum(when is not None and first <= when < last for when in begun) for first, last in parts]
    return [
        _EVEN * share + (1 - _EVEN) * number / (sum(numbers) or 1)
        for share, number in zip(shares, numbers, strict=True)
    ]


def _covered(spans: list[tuple[int | None, int | None]]) -> list[tuple[float, float]]:
    """The times to show: all from the first to the last, without the longest in which nothing began or ended."""
    full: list[tuple[int, int]] = []
    for first, last in spans:
        ends = [end for end in (first, last) if end is not None]
        if len(ends) == 2 and ends[1] - ends[0] <= _WHOLE:
            full.append((ends[0], ends[1]))
        else:
            full += [(end, end) for end in ends]
    merged: list[tuple[int, int]] = []
    for first, last in sorted(full) or [(0, 0)]:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    total = merged[-1][1] - merged[0][0]
    gaps = [(after[0] - before[1], before[1], after[0]) for before, after in pairwise(merged)]
    cut: list[int] = []
    for length, first, last in sorted(gaps, key=lambda gap: (-gap[0], gap[1])):
        if length <= _LONG * total or length < 2 * _LEAST or len(cut) >= 2 * _CUTS:
            break
        cut += [first, last]
        total -= length
    points = [merged[0][0], *sorted(cut), merged[-1][1]]
    return [(points[n], points[n + 1]) for n in range(0, len(points), 2)]


def _steps(piece: Piece, least: float) -> Iterator[tuple[str, date]]:
    """Dates that begin years, months or days, at least so many days apart, over a piece of time."""
    first, last = (_date(end) for end in (piece.first, piece.last))
    if months := next((m for m in _MONTHS if m * _DAYS_OF_MONTH >= least), None):
        if least <= 7:
            yield from _days(first, last, next(n for n in (1, 2, 7) if n >= least))
            return
        for year in range(first.year, last.year + 1):
            for month in range(1, 13, months):
                # A year says more where it begins.
                text = f"{year:04}" if month == 1 else f"{year:04}-{month:02}"
                yield text, date(year, month, 1)
        return
    least *= _YEAR / _TICK
    years = next((y for y in _YEARS if y * _DAYS_OF_YEAR >= least), _YEARS[-1])
    for year in range(max(years, first.year // years * years), min(9999, last.year) + 1, years):
        yield f"{year:04}", date(year, 1, 1)


def _days(first: date, last: date, step: int) -> Iterator[tuple[str, date]]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1, step):
        found = date.fromordinal(ordinal)
        yield found.isoformat(), found


def _date(when: float) -> date:
    return date.fromordinal(min(_LAST, max(_FIRST, int(when) + _EPOCH)))
