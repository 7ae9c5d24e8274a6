"""Dates with the precision that sources give; a day is never invented.

The format is a subset of EDTF levels 0 and 1 (Extended Date/Time Format, Library of Congress,
https://www.loc.gov/standards/datetime/), described in `docs/guide/records.md`: no years before 1 or with more
than four digits, and no times of day. From level 2 it has sets of one range, such as `[2022-09-13..2022-11-28]`:
one date of which only the bounds are known.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from generator.support.problems import shown

_PART = re.compile(
    r"""(?!0000|000X|00XX)
    (?:(?P<vague>[0-9]{3}X|[0-9]{2}XX)
      |(?P<year>[0-9]{4})
       (?:-(?:(?P<season>2[1-4])|XX(?:-XX)?|(?P<month>[0-9]{2})(?:-(?:(?P<day>[0-9]{2})|XX))?))?)
    [?~%]?""",
    re.VERBOSE,
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_FLAGS = "?~%"
# The least uncertainty of a day with a flag.
_SLACK = timedelta(days=3)
# An end that is open, and one that is unknown.
OPEN, _UNKNOWN = "..", ""
_SET = re.compile(r"\[ *(?P<first>[^.,\[\]/]*?) *\.\. *(?P<last>[^.,\[\]/]+?) *\]")

_HINT = "write 2022-09-16, 2022-09, 2022 or 2022-09-12/2022-09-13"
# Other forms of dates: why each is not one here, and what to write, with the groups of the pattern filled in.
_OTHER_FORMS = (
    (r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+[0-9].*", "times of day are not supported", "write {}"),
    (r"-[0-9].*|(?:0000|000X|00XX)\b.*", "years before 1 are not supported", "the first year is 0001"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", "", "write {}-{}-{}"),
    (r"Y-?[0-9].*|[0-9]{5,}(?:-.*)?", "a year has four digits", "the last year is 9999"),
    (r"([0-9]{4})-([0-9])", "", "write {}-{:0>2}"),
    (r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", "", "write {}-{:0>2}-{:0>2}"),
    (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", "", "write {2}-{1:0>2}-{0:0>2}"),
    (r"([0-9]{2}[0-9X]X)-.*", "a year with unknown digits has no months", "write {}"),
    (r"([0-9]{4})-XX-.*", "an unknown month has no days", "write {}"),
    (
        r"\[.*|.*\]",
        "brackets hold the bounds of one unknown date",
        "write [2022-09-13..2022-11-28], or [..2022-11-28] where only the later bound is known",
    ),
    (
        r"[0-9][0-9Xx-]*[Xx].*",
        "unknown digits are a capital X at the end",
        "write 202X, 20XX or 2022-09-XX",
    ),
)


class DateError(ValueError):
    """A text is not a date, or is an impossible one.

    Attributes:
        reason: Why; empty if only the form is wrong.
        hint: What to write instead.
    """

    def __init__(self, text: str, reason: str, hint: str) -> None:
        super().__init__(text, reason, hint)
        self.text, self.reason, self.hint = text, reason, hint

    def __str__(self) -> str:
        return f"{shown(self.text)} is not a date{f': {self.reason}' if self.reason else ''}"


@dataclass(frozen=True)
class DatePart:
    """One end of an interval, or all of a date that is not an interval.

    Attributes:
        text: The text as written; that of a set includes the brackets.
        year: Four digits; unknown ones are `X`.
        month, day: None if unknown or not given.
        season: Empty if there is none.
        earliest, latest: The first and the last day; those of a season are of the northern hemisphere.
        bounds: The bounds of a set as written; the first one is empty if it is not known.
    """

    text: str
    year: str
    month: int | None
    day: int | None
    season: str
    earliest: date
    latest: date
    bounds: tuple[str, str] | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it is certainly a day, a month or a year, so that ISO 8601 can express it."""
        return self.text.replace("-", "").isdigit() and not self.season

    @property
    def is_exact_day(self) -> bool:
        """Whether it is one certain day."""
        return self.earliest == self.latest and self.is_certain

    @property
    def is_approximate(self) -> bool:
        return self.text[-1] in "~%"

    @property
    def is_uncertain(self) -> bool:
        return self.text[-1] in "?%"

    @property
    def first_possible(self) -> date:
        """The first possible day; that of a season anywhere on earth.

        A date with a flag can be wrong by its own length, and by at least three days.
        """
        first = _season_anywhere(self.season, self.earliest.year)[0] if self.season else self.earliest
        return _moved(first, -self._slack)

    @property
    def last_possible(self) -> date:
        """The last possible day, by the same rules."""
        last = _season_anywhere(self.season, self.earliest.year)[1] if self.season else self.latest
        return _moved(last, self._slack)

    @property
    def _slack(self) -> timedelta:
        return max(self.latest - self.earliest, _SLACK) if self.text[-1] in _FLAGS else timedelta()


@dataclass(frozen=True)
class EdtfDate:
    """A date or an interval, as precise as it is known.

    `earliest` and `latest` are its first and last day, by which it is sorted and drawn. An open or unknown end
    reaches to the first or last day of the calendar.
    """

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> "EdtfDate":
        """The date in a text.

        Raises:
            DateError: if the text is not a date, or is an impossible one, or an interval that ends before it begins.
        """
        return _parse(text.strip())

    @classmethod
    def of_day(cls, day: date) -> "EdtfDate":
        """A certain day."""
        return cls(day.isoformat(), day, day)

    @property
    def begin(self) -> DatePart | None:
        """The beginning of an interval, or the whole date; None if it is open or unknown."""
        return date_parts(self.text)[0]

    @property
    def end(self) -> DatePart | None:
        """The end of an interval, or the whole date; None if it is open or unknown."""
        return date_parts(self.text)[-1]

    @property
    def first_possible(self) -> date:
        """The first possible day: all days before it are certainly outside."""
        return self.begin.first_possible if self.begin else date.min

    @property
    def last_possible(self) -> date:
        """The last possible day: all days after it are certainly outside."""
        return self.end.last_possible if self.end else date.max

    @property
    def is_interval(self) -> bool:
        """Whether it has a beginning and an end."""
        return "/" in self.text

    @property
    def is_set(self) -> bool:
        """Whether it is one date of which only bounds are known, so that its distance to other dates is unknown."""
        return self.text.startswith("[")

    @property
    def is_certain(self) -> bool:
        """Whether it is certainly a day, a month or a year."""
        return not self.is_interval and self.begin is not None and self.begin.is_certain

    @property
    def listed(self) -> date:
        """The day by which it is listed: its first day, or its last one if only the end is known."""
        # Fast, because lists are sorted by it: the text is not parsed again.
        return self.latest if self.text.startswith((OPEN, "/", "[..")) else self.earliest

    @property
    def year(self) -> int:
        """The year under which it is listed."""
        return self.listed.year

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Earlier dates first; among those that begin together, shorter ones first."""
        return (self.listed, self.latest, self.text)

    def __str__(self) -> str:
        return self.text


def is_surely_before(last: date, first: date) -> bool:
    """Whether a day is certainly before another: between two places on earth, dates differ by up to a day."""
    return (first - last).days > 1


@lru_cache(maxsize=4096)
def date_parts(text: str) -> tuple[DatePart | None, ...]:
    """The parts of a date: the two ends of an interval, None for an end that is open or unknown; else the date itself.

    A set without a first bound has the parts None and itself. The order of the ends is not checked.

    Raises:
        DateError: if the text is not a date.
    """
    if found := _SET.fullmatch(text):
        part = _set(text, found["first"], found["last"])
        return (part,) if found["first"] else (None, part)
    ends = text.split("/")
    if len(ends) > 2 or ends == [_UNKNOWN]:
        raise DateError(text, "", _HINT)
    if set(ends) <= {OPEN, _UNKNOWN}:
        raise DateError(text, "it has neither a beginning nor an end", "give one of them, as in 2022/..")
    return tuple(None if end in (OPEN, _UNKNOWN) else _part(text, end) for end in ends)


@lru_cache(maxsize=4096)
def _parse(text: str) -> EdtfDate:
    parts = date_parts(text)
    begin, end = parts[0], parts[-1]
    earliest, latest = begin.earliest if begin else date.min, end.latest if end else date.max
    if earliest > latest and begin and end and (begin.season or end.season):
        # The season may be that of the southern hemisphere.
        earliest, latest = begin.first_possible, end.last_possible
    if earliest > latest:
        raise DateError(text, "it ends before it begins", "write the earlier end first")
    return EdtfDate(text, earliest, latest)


def _part(text: str, written: str) -> DatePart:
    """One end of a date; errors name the whole text."""
    found = _PART.fullmatch(written)
    if not found:
        raise _other_form(text, written)
    year, season = found["vague"] or found["year"], SEASONS.get(int(found["season"] or 0), "")
    month, day = (int(digits) if digits else None for digits in found.group("month", "day"))
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if season:
        begin = 3 * (int(found["season"]) - 20)
        earliest, latest = date(first, begin, 1), _last_of_month(first, begin + 2)
        return DatePart(
            text=written, year=year, month=None, day=None, season=season, earliest=earliest, latest=latest
        )
    if month is not None and not 1 <= month <= 12:
        hint = (
            f"leave out what is not known: {year}"
            if month == 0
            else "months are 01 to 12; seasons, 21 to 24, have no day"
        )
        raise DateError(text, f"there is no month {month:02}", hint)
    latest = _last_of_month(last, month or 12)
    if day is not None and not 1 <= day <= latest.day:
        hint = (
            f"leave out what is not known: {year}-{month:02}" if day == 0 else f"its last day is {latest.day}"
        )
        raise DateError(text, f"{calendar.month_name[month or 0]} {year} has no day {day:02}", hint)
    earliest = date(first, month or 1, day or 1)
    latest = latest.replace(day=day or latest.day)
    return DatePart(
        text=written, year=year, month=month, day=day, season="", earliest=earliest, latest=latest
    )


def _set(text: str, first: str, last: str) -> DatePart:
    bounds = [_part(text, bound) for bound in (first, last) if bound]
    if not all(bound.is_certain for bound in bounds):
        raise DateError(text, "its bounds are not certain", "write days, months or years without ?, ~ or %")
    earliest = bounds[0].earliest if first else date.min
    return DatePart(
        text=text,
        year="",
        month=None,
        day=None,
        season="",
        earliest=earliest,
        latest=bounds[-1].latest,
        bounds=(first, last),
    )


def _other_form(text: str, written: str) -> DateError:
    for pattern, reason, hint in _OTHER_FORMS:
        if found := re.fullmatch(pattern, written):
            return DateError(text, reason, hint.format(*found.groups()))
    return DateError(text, "", _HINT)


def _last_of_month(year: int, month: int) -> date:
    """The last day of a month; months above 12 are in the next year, and nothing is after the last possible day."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date(year, month, calendar.monthrange(year, month)[1]) if year <= date.max.year else date.max


def _season_anywhere(season: str, year: int) -> tuple[date, date]:
    """The first and last day of a season in either hemisphere, by the months or by the sun.

    A summer or winter that spans two years can be named after either year.
    """
    if season in ("spring", "autumn"):
        return date(year, 3, 1), date(year, 12, 22)
    first = date(year - 1, 12, 1) if year > date.min.year else date.min
    return first, date(year + 1, 3, 21) if year < date.max.year else date.max


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min
