"""Dates in words, no more precisely than they are known.

Patterns are CLDR's (https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table) and
are in the catalogues, since a language orders a span's day, month and year in its own way.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date

from generator.model.dates import DatePart, date_parts
from generator.words.catalogue import Words, languages

# The English locale without a country shortens September to four letters, and no other month to more than three.
_NUMBERS = re.compile(r"\b([dy])[dy]*\b")
_NAMES = {"en_001": Locale("en")}


@lru_cache(maxsize=1 << 16)
def in_words(words: Words, text: str, *, short: bool = False) -> str:
    """An EDTF text as a reader expects it: `2022-09-12/2022-09-13` is 12–13 September 2022.

    `short` abbreviates the names of months.

    Raises:
        DateError: if it is no date. That the ends of an interval are in order is not checked.
    """
    parts = date_parts(text)
    begin, end = parts[0], parts[-1]
    if end and end.bounds:
        return _bounded(words, *end.bounds, short=short)
    if len(parts) == 1 and begin:
        return _one(words, begin, short=short)
    if begin and end:
        return _span(words, begin, end, short=short)
    if end:
        return words("dates.until", date=_one(words, end, short=short, inside=True))
    assert begin
    key = "dates.from" if text.endswith("..") else "dates.end_unknown"
    return words(key, date=_one(words, begin, short=short, inside=True))


def calendar(words: Words) -> dict[str, Any]:
    """What a browser needs to read and write dates: how the language writes a day, a month and a day of any year, for each month, with `{d}` and `{y}` in place of numbers; and the names of months in all languages of the interface."""
    locales = [_NAMES.get(str(each), each) for each in _locales(words)]
    patterns = {
        "days": words.pattern("dates.day.long"),
        "months": words.pattern("dates.month.long.alone"),
        "yearly": words.locale.datetime_skeletons["MMMMd"].pattern,
    }
    firsts = [date(2001, month, 1) for month in range(1, 13)]
    names = {
        name.rstrip("."): month
        for locale in locales
        for use in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for month, name in locale.months[use][width].items()
    }
    written = {
        key: [format_date(first, _NUMBERS.sub(r"'{\1}'", pattern), locales[0]) for first in firsts]
        for key, pattern in patterns.items()
    }
    return {
        **written,
        "names": {name: month for name, month in sorted(names.items()) if not name.isdecimal()},
    }


def _locales(words: Words) -> Iterator[Locale]:
    yield words.locale
    yield from (Words.for_language(language).locale for language in languages())


def _span(words: Words, begin: DatePart, end: DatePart, *, short: bool) -> str:
    if begin == end:
        return _one(words, begin, short=short)
    is_in_order = begin.earliest <= end.latest and begin.is_certain and end.is_certain
    if is_in_order and begin.year == end.year and begin.month and end.month:
        # The year once, and the month once where it is the same.
        size = "short" if short else "long"
        stems = [f"dates.first.{_finest(begin)}", f"dates.last.{_finest(end)}"]
        if begin.day and end.day and begin.month == end.month:
            stems = ["dates.days.first", "dates.days.last"]
        patterns = zip(stems, (begin, end), strict=True)
        return "".join(_format(words, f"{stem}.{size}", part) for stem, part in patterns)
    first, last = _one(words, begin, short=short), _one(words, end, short=short)
    key = "dates.years" if first.isalnum() and last.isalnum() else "dates.span"
    return words(key, first=first, last=last)


def _bounded(words: Words, first: str, last: str, *, short: bool) -> str:
    """A date of which only bounds are known; a year or month that both bounds have is printed once."""
    (end,) = date_parts(last)
    (begin,) = date_parts(first) if first else (None,)
    assert end
    if begin == end:
        return _one(words, end, short=short)
    if begin and begin.day and end.day and begin.year == end.year:
        size = "short" if short else "long"
        stems = ("days.first", "days.last") if begin.month == end.month else ("first.day", "last.day")
        patterns = zip(stems, (begin, end), strict=True)
        # Without the dash of a span.
        said = [_format(words, f"dates.{stem}.{size}", part).strip("– ") for stem, part in patterns]
    else:
        said = [_one(words, part, short=short, inside=True) for part in (begin, end) if part]
    if not begin:
        return words("dates.by", date=said[0])
    is_next_day = bool(begin.day and end.day) and (end.earliest - begin.earliest).days == 1
    return words("dates.either" if is_next_day else "dates.between", first=said[0], last=said[1])


def _one(words: Words, part: DatePart, *, short: bool, inside: bool = False) -> str:
    """One end of a date; `inside` a message, where the language may require another case."""
    said = _part(words, part, short=short, inside=inside or part.is_approximate)
    said = words("dates.about", date=said) if part.is_approximate else said
    return words("dates.uncertain", date=said) if part.is_uncertain else said


def _part(words: Words, part: DatePart, *, short: bool, inside: bool) -> str:
    case = "inside" if inside else "alone"
    first, last = str(part.earliest.year), str(part.latest.year)
    if part.year.endswith("XX"):
        return f"{first}–{last}"
    if part.year.endswith("X"):
        return words(f"dates.decade.{case}", decade=first)
    if part.season:
        return words(f"dates.{part.season}.{case}", year=first)
    if not part.month:
        return _format(words, f"dates.year.{case}", part)
    size = "short" if short else "long"
    return _format(words, f"dates.day.{size}" if part.day else f"dates.month.{size}.{case}", part)


def _finest(part: DatePart) -> str:
    return "day" if part.day else "month"


def month_names(words: Words) -> frozenset[str]:
    """The names of months after a day, in full and abbreviated."""
    months = _names_of(words).months["format"]
    return frozenset(name for width in ("wide", "abbreviated") for name in months[width].values())


def _format(words: Words, key: str, part: DatePart) -> str:
    return format_date(part.earliest, words.pattern(key), _names_of(words))


def _names_of(words: Words) -> Locale:
    return _NAMES.get(str(words.locale), words.locale)
