"""Wording that several pages share."""

from datetime import date

from babel import Locale
from babel.core import UnknownLocaleError

from generator.folding import one_line
from generator.model.claims import Stance, Status
from generator.model.dates import EdtfDate
from generator.words import Words
from generator.words.dates import in_words

STANCE_SIGNS: dict[Stance, str] = {"supportive": "+", "critical": "−", "mixed": "±", "neutral": "·"}
# In the order in which questions are listed: unsettled ones first.
STATUSES: tuple[Status, ...] = ("conflict", "open", "compatible", "agreed")
# The longest span of days of a date that is known to the month.
_DAYS_OF_MONTH = 31
_MONTHS_OF_YEAR = 12
# The format of degrees, as a CLDR pattern.
DEGREES = "0.00"


def in_letters(words: Words, number: int) -> str:
    """A small number as a word."""
    key = f"numbers.{number}"
    return words(key) if key in words else words.number(number)


def percent(words: Words, part: int, whole: int) -> str:
    """A share in percent; empty if the whole is 0."""
    return words("numbers.percent", n=100 * part // whole) if whole else ""


def back_words(words: Words, heading: str) -> str:
    """The heading of a back-link, given the English one of the model's references."""
    return words(f"back.{heading.lower().replace(' ', '_')}")


def language_name(words: Words, tag: str) -> str:
    """The name of a language in the interface's language; its tag if there is none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(words.locale) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def date_words(words: Words, date: EdtfDate | None, *, short: bool = False) -> str:
    """A date in words; empty where there is none."""
    return in_words(words, date.text, short=short) if date else ""


def span_words(words: Words, first: EdtfDate, last: EdtfDate) -> str:
    """The span between two dates, in words; one date if they are the same."""
    if first.text == last.text:
        return date_words(words, first, short=True)
    if any(end.is_interval or end.is_set for end in (first, last)):
        ends = (date_words(words, end, short=True) for end in (first, last))
        return words("dates.span", **dict(zip(("first", "last"), ends, strict=True)))
    return in_words(words, f"{first.text}/{last.text}", short=True)


def term_words(words: Words, since: EdtfDate | None, until: EdtfDate | None) -> str:
    """The beginning and end of something in words, as far as they are known."""
    if since and until:
        return span_words(words, since, until)
    if since:
        return _open_words(words, since, "dates.from", f"{since.text}/..")
    return _open_words(words, until, "dates.until", f"../{until.text}") if until else ""


def _open_words(words: Words, end: EdtfDate, key: str, span: str) -> str:
    if end.is_interval or end.is_set:
        return words(key, date=date_words(words, end))
    return in_words(words, span)


def delay_words(words: Words, asked: EdtfDate, answered: EdtfDate) -> str:
    """The time that an answer took in words, no more precise than both dates; of a span its beginning counts.

    A date with only bounds gives no delay: no source reports one.
    """
    first, last = asked.begin, answered.begin
    if not (first and last) or asked.is_set or answered.is_set:
        return words("delays.unknown")
    if first.is_exact_day and last.is_exact_day:
        days = (last.earliest - first.earliest).days
        if days < 0:
            return words("delays.unknown")
        return words("delays.days", n=days) if days else words("delays.same_day")
    if max((end.last_possible - end.first_possible).days for end in (first, last)) > _DAYS_OF_MONTH:
        # Only the longest possible delay is known.
        months = _months(first.first_possible, last.last_possible)
        if months >= 2 * _MONTHS_OF_YEAR:
            return words("delays.within_years", n=-(-months // _MONTHS_OF_YEAR))
        key = "delays.within_months"
    else:
        months, key = _months(first.earliest, last.earliest), "delays.about_months"
    if months < 0:
        return words("delays.unknown")
    return words(key, n=months) if months else words("delays.same_month")


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * _MONTHS_OF_YEAR + last.month - first.month


def brief(text: str, limit: int = 160) -> str:
    """A text for descriptions, cut at the end of a word if it is long."""
    text = one_line(text)
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]}…"


def coordinates_words(words: Words, coordinates: tuple[float, float]) -> str:
    """Latitude and longitude as in atlases: 40.18° N, 44.51° E."""
    latitude, longitude = (words.number(abs(c), DEGREES) for c in coordinates)
    north = "places.north" if coordinates[0] >= 0 else "places.south"
    east = "places.east" if coordinates[1] >= 0 else "places.west"
    return words(
        "places.at", latitude=words(north, degrees=latitude), longitude=words(east, degrees=longitude)
    )
