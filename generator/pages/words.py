"""Wording that several pages share."""

from datetime import date

from generator.model.claims import Stance, Status
from generator.model.dates import EdtfDate, in_words

STANCE_SIGNS: dict[Stance, str] = {"supportive": "+", "critical": "−", "mixed": "±", "neutral": "·"}
# In the order in which questions are listed: first what is not settled.
STATUS_WORDS: dict[Status, str] = {
    "conflict": "In conflict",
    "open": "Open",
    "compatible": "Compatible",
    "agreed": "Agreed",
}
# The longest span of days that a date known to the month may mean.
_DAYS_OF_MONTH = 31
_MONTHS_OF_YEAR = 12
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: `1 event`, `2 events`."""
    return f"{number} {noun(number, one, many)}"


def noun(number: int, one: str, many: str = "") -> str:
    """The noun for a number of things."""
    return one if number == 1 else many or f"{one}s"


def in_letters(number: int) -> str:
    """A small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def listed(words: list[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def date_words(date: EdtfDate | None, *, short: bool = False) -> str:
    """A date in words; empty where there is none."""
    return in_words(date.text, short=short) if date else ""


def span_words(first: EdtfDate, last: EdtfDate) -> str:
    """From one date to another, in words; once where they are the same."""
    if first.text == last.text:
        return date_words(first, short=True)
    if first.is_interval or last.is_interval:
        return f"{date_words(first, short=True)} – {date_words(last, short=True)}"
    return in_words(f"{first.text}/{last.text}", short=True)


def held_words(since: EdtfDate | None, until: EdtfDate | None) -> str:
    """When something began and ended, as far as a source says."""
    if since and until:
        return span_words(since, until)
    if since:
        return f"from {date_words(since)}"
    return f"until {date_words(until)}" if until else ""


def delay_words(asked: EdtfDate, answered: EdtfDate) -> str:
    """How long an answer took, no more precisely than both dates are known."""
    if asked.is_exact_day and answered.is_exact_day:
        days = (answered.earliest - asked.earliest).days
        return counted(days, "day") if days else "same day"
    if answered.latest == date.max or asked.earliest == date.min:
        return "not known"
    if max((d.latest - d.earliest).days for d in (asked, answered)) > _DAYS_OF_MONTH:
        # Only the longest that it can have taken is known.
        months = _months(asked.earliest, answered.latest)
        if months >= 2 * _MONTHS_OF_YEAR:
            return f"within {counted(-(-months // _MONTHS_OF_YEAR), 'year')}"
        return f"within {counted(months, 'month')}" if months else "same month"
    months = _months(asked.earliest, answered.earliest)
    return f"about {counted(months, 'month')}" if months else "same month"


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * _MONTHS_OF_YEAR + last.month - first.month


def brief(text: str, limit: int = 160) -> str:
    """A text cut at a word where it is long, for descriptions."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]}…"
