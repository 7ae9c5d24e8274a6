"""Dates in words, no more precisely than they are known.

Patterns are CLDR's (https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table) and
stand in the catalogues, since a language orders a span's day, month and year in its own way.
"""

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from generator.model.dates import PART, SEASONS
from generator.words.catalogue import Words

# English of no country shortens September to four letters, and no other month to more than three.
_NAMES = {"en_001": Locale("en")}
_OPEN = ".."
_ANY_YEAR = "2000"


@lru_cache(maxsize=1 << 16)
def in_words(words: Words, text: str, *, short: bool = False) -> str:
    """An EDTF text as a reader expects it: `2022-09-12/2022-09-13` is 12–13 September 2022.

    `short` abbreviates the names of months.
    """
    begin, slash, end = text.partition("/")
    if not slash:
        return _one(words, text, short=short)
    if begin in ("", _OPEN):
        return words("dates.until", date=_one(words, end, short=short, inside=True))
    if end == _OPEN:
        return words("dates.from", date=_one(words, begin, short=short, inside=True))
    if not end:
        return words("dates.end_unknown", date=_one(words, begin, short=short, inside=True))
    return _span(words, begin, end, short=short)


def _span(words: Words, begin: str, end: str, *, short: bool) -> str:
    a, b = _known(begin), _known(end)
    if a and b and a["year"] == b["year"] and a["month"] and b["month"]:
        # The year once, and the month once where it is the same.
        size = "short" if short else "long"
        stems = [f"dates.first.{_finest(a)}", f"dates.last.{_finest(b)}"]
        if a["day"] and b["day"] and a["month"] == b["month"]:
            stems = ["dates.days.first", "dates.days.last"]
        patterns = zip(stems, (a, b), strict=True)
        return "".join(_format(words, f"{stem}.{size}", _day(**part)) for stem, part in patterns)
    first, last = _one(words, begin, short=short), _one(words, end, short=short)
    key = "dates.years" if first.isalnum() and last.isalnum() else "dates.span"
    return words(key, first=first, last=last)


def _known(text: str) -> dict[str, str] | None:
    """The year, month and day of an end that is certain as far as it goes, and no season."""
    part = PART.fullmatch(text)
    if not part or not text.replace("-", "").isdigit() or _season(part["month"]):
        return None
    return {"year": part["year"], "month": part["month"] or "", "day": part["day"] or ""}


def _one(words: Words, text: str, *, short: bool, inside: bool = False) -> str:
    """One end of a date; `inside` a message, where the language may ask for another case."""
    part = PART.fullmatch(text)
    if not part:
        return text
    approximate, uncertain = part["flag"] in ("~", "%"), part["flag"] in ("?", "%")
    said = _part(words, part["year"], part["month"], part["day"], short=short, inside=inside or approximate)
    said = words("dates.about", date=said) if approximate else said
    return words("dates.uncertain", date=said) if uncertain else said


def _part(words: Words, year: str, month: str | None, day: str | None, *, short: bool, inside: bool) -> str:
    case = "inside" if inside else "alone"
    month, day = (None if value == "XX" else value for value in (month, day))
    if year.endswith("XX") and not month:
        return f"{year[:2]}00–{year[:2]}99"
    if "X" in year and not month:
        return words(f"dates.decade.{case}", decade=f"{year[:3]}0")
    if season := _season(month):
        return words(f"dates.{season}.{case}", year=year)
    if not month:
        return _format(words, f"dates.year.{case}", _day(year))
    key = f"dates.month.{'short' if short else 'long'}.{case}"
    if day:
        key = f"dates.day.{'short' if short else 'long'}"
    # A year that has all days stands in for one that is not known to its last digit.
    known = _ANY_YEAR if "X" in year else year
    return _format(words, key, _day(known, month, day)).replace(known, year)


def _finest(part: dict[str, str]) -> str:
    return "day" if part["day"] else "month"


def _season(month: str | None) -> str | None:
    return SEASONS.get(int(month)) if month and month.isdigit() else None


def _day(year: str, month: str | None = None, day: str | None = None) -> date:
    return date(int(year), int(month or 1), int(day or 1))


def _format(words: Words, key: str, day: date) -> str:
    return format_date(day, words.pattern(key), _NAMES.get(str(words.locale), words.locale))
