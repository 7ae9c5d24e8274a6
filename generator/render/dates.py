"""Dates of a page that no line breaks in two."""

import re
from functools import lru_cache

from generator.words import Words
from generator.words.dates import month_names


def unbroken(html: str, words: Words) -> str:
    """A page's HTML, with spaces that do not break within each date of a day, a month and a year."""
    return _pattern(words).sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), html)


@lru_cache(maxsize=8)
def _pattern(words: Words) -> re.Pattern[str]:
    """A month by its name after a day, as in 13 September 2022, or after a year, as in Armenian; not inside a tag."""
    names = "|".join(map(re.escape, sorted(month_names(words))))
    return re.compile(rf"\b\d{{1,4}}(?: թ\.)? (?:{names})(?: \d{{1,4}})?\b(?=[^<>]*<)")
