"""The direction in which a text is written."""

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

# Hebrew, Arabic and similar scripts, with their combining marks.
_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Written as a complement, since most text matches that, which takes half the time.
RTL = re.compile(
    "[^\0-\u058f\u0900-\ufb1c\ufe00-\ufe6f\ufefd-\U000107ff\U00011000-\U0001e7ff\U0001f000-\U0010ffff]"
)
# Words of such scripts in a row, whatever signs and spaces are between them.
RTL_RUN = re.compile(rf"[{_RANGES}]+(?:[^\w]+[{_RANGES}]+)*")
_LETTER = re.compile(r"[^\W\d_]")
# The first bytes in UTF-8 of characters of these scripts, and of some others.
_LEADING = bytes([0xD6, *range(0xD7, 0xE1), 0xEF, 0xF0])


def has_rtl(text: str, encoded: bytes) -> bool:
    """Whether any part of a text is written from right to left; its UTF-8 is checked first, which is faster."""
    return len(encoded.translate(None, _LEADING)) < len(encoded) and RTL.search(text) is not None


def is_rtl(text: str, language: str = "") -> bool:
    """Whether a text as a whole is written from right to left.

    In a right-to-left language any letter of such a script is enough; otherwise most letters must be.
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
