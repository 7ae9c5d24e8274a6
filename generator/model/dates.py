"""Dates as sources know them: EDTF levels 0 and 1, with their precision kept and no day invented.

Format: Extended Date/Time Format, Library of Congress, https://www.loc.gov/standards/datetime/
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# One end of a date: what of it is known, and how surely.
PART = re.compile(r"(?P<year>\d{2}[\dX]{2})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<flag>[?~%]?)")
_MONTHS = calendar.month_name
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_BEFORE_ALL, _AFTER_ALL = date.min, date.max
# An end that is given but not known (`2022/`), as told apart from one that is open (`2022/..`).
_UNKNOWN_END = re.compile(r"^/|/$")


class DateError(ValueError):
    """A text that is no date of EDTF levels 0 or 1, or one that cannot be."""


@dataclass(frozen=True)
class EdtfDate:
    """A date, or a span of dates, as precise as it is known.

    `earliest` and `latest` are the first and last day that it may mean; an open or unknown
    end reaches to the first or last day there is.
    """

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> "EdtfDate":
        """The date that an EDTF text means.

        Raises:
            DateError: if it means none, or an impossible one, or an interval that ends before it begins.
        """
        return _parse(text.strip())

    @classmethod
    def of(cls, day: date) -> "EdtfDate":
        """A certain day."""
        return cls(day.isoformat(), day, day)

    @property
    def is_interval(self) -> bool:
        """Whether it has a beginning and an end of their own."""
        return "/" in self.text

    @property
    def is_exact_day(self) -> bool:
        """Whether it is one certain day."""
        return self.earliest == self.latest and self.text.isascii() and self.text[-1].isdigit()

    @property
    def year(self) -> int:
        """The year under which it is listed: that of its first known end."""
        known = self.earliest if self.earliest != _BEFORE_ALL else self.latest
        return known.year

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Earlier first, by the end where the beginning is open; of those that begin together the shorter first."""
        begin = self.latest if self.earliest == _BEFORE_ALL else self.earliest
        return (begin, self.latest, self.text)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def _parse(text: str) -> EdtfDate:
    if plain := _PLAIN.fullmatch(text):
        return _plain(text, *(int(part) if part else None for part in plain.groups()))
    ends = text.split("/")
    if len(ends) > 2 or not all(PART.fullmatch(end) or end in ("", "..") for end in ends) or not any(ends):
        raise DateError(f"{text!r} is not a date")
    if set(ends) <= {"", ".."}:
        raise DateError(f"{text!r} has neither a beginning nor an end")
    earliest, latest = _ends(text)
    if _UNKNOWN_END.search(text):
        # edtf lets an unknown end be ten years away; that would invent a date.
        earliest = _BEFORE_ALL if text.startswith("/") else earliest
        latest = _AFTER_ALL if text.endswith("/") else latest
    if earliest > latest:
        raise DateError(f"{text!r} ends before it begins")
    return EdtfDate(text, earliest, latest)


def _plain(text: str, year: int | None, month: int | None = None, day: int | None = None) -> EdtfDate:
    assert year is not None
    if month is not None and month in SEASONS and day is None:
        return EdtfDate(text, *_ends(text))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise DateError(_why_impossible(text)) from None
    if day is not None:
        return EdtfDate(text, first, first)
    last_month = month or 12
    return EdtfDate(text, first, date(year, last_month, calendar.monthrange(year, last_month)[1]))


def _ends(text: str) -> tuple[date, date]:
    """The first and last day of a date that is no plain one."""
    # Its grammar is made as it is imported, which takes longer than most runs have dates for.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict(), _BEFORE_ALL), _day(parsed.upper_strict(), _AFTER_ALL)
    except (EDTFParseException, ValueError):
        # The parser takes years that no calendar has, such as 000X.
        raise DateError(_why_impossible(text)) from None


def _day(moment: struct_time | float, otherwise: date) -> date:
    return date(*moment[:3]) if isinstance(moment, struct_time) else otherwise


def _why_impossible(text: str) -> str:
    for year, month, day in _PLAIN.findall(text):
        if int(year) == 0:
            return f"{text!r} is not a date: there is no year 0000"
        if month and not 1 <= int(month) <= 12:
            return f"{text!r} is not a date: there is no month {month}"
        if day and not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
            return f"{text!r} is not a date: {_MONTHS[int(month)]} {year} has no day {day}"
    return f"{text!r} is not a date"
