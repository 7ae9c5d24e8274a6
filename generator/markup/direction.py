"""Which way a text is written."""

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

# Hebrew, Arabic and their like, with the marks upon their letters.
_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# As what they are not, of which most text is: that is found out in half the time.
RTL = re.compile(
    "[^\0-\u058f\u0900-\ufb1c\ufe00-\ufe6f\ufefd-\U000107ff\U00011000-\U0001e7ff\U0001f000-\U0010ffff]"
)
# Words of such scripts in a row, whatever signs and spaces are between them.
RTL_RUN = re.compile(rf"[{_RANGES}]+(?:[^\w]+[{_RANGES}]+)*")
_LETTER = re.compile(r"[^\W\d_]")
# With which characters of these scripts begin in UTF-8, and some of others.
_LEADING = bytes([0xD6, *range(0xD7, 0xE1), 0xEF, 0xF0])


def has_rtl(text: str, encoded: bytes) -> bool:
    """Whether any of a text is written from right to left, given its UTF-8, of which most is told faster."""
    return len(encoded.translate(None, _LEADING)) < len(encoded) and RTL.search(text) is not None


def is_rtl(text: str, language: str = "") -> bool:
    """Whether a text is written from right to left as a whole.

    In a language that is, any letter of its scripts is enough; else most letters must be of such scripts.
    """
    if text.isascii() or not RTL.search(text):
        return False
    return _is_rtl_language(language) or 2 * len(RTL.findall(text)) > len(_LETTER.findall(text))


@cache
def _is_rtl_language(tag: str) -> bool:
    try:
        return bool(tag) and Locale.parse(tag, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False
