"""Text made alike for matching, with a way back to where each character stood."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_HYPHENS = dict.fromkeys("\u2010\u2011\u2043\ufe63\uff0d", "-")
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u201b\u02bc\uff07", "'")
_SPACES = dict.fromkeys(
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
    " ",
)
_ALIKE = tuple((_SPACES | _HYPHENS | _APOSTROPHES).items())
_ALIKE_IN_ASCII = tuple((old, new) for old, new in _ALIKE if old.isascii())
_SPACES_ONLY = re.compile("  +")
_WORD_OR_SPACES = re.compile("  +|[^ ]+")


class Folded(NamedTuple):
    """A folded text; `origin[i]` is the offset in the original of the folded text's character `i`.

    `origin` has one entry more than the text: the original's length. It is None where nothing moved.
    """

    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text came from."""
        return (start, end) if self.origin is None else (self.origin[start], self.origin[end])


def fold(text: str) -> Folded:
    """A text in NFC, with one sort of hyphen, apostrophe and space, and no run of spaces.

    Case is kept: a name is written with its capitals.
    """
    is_ascii = text.isascii()
    alike = text
    # Looking for a character that is not there costs next to nothing; `translate` looks at each.
    for old, new in _ALIKE_IN_ASCII if is_ascii else _ALIKE:
        if old in alike:
            alike = alike.replace(old, new)
    composed = is_ascii or unicodedata.is_normalized("NFC", alike)
    # Looked for from the end, two spaces are found to be absent in half the time.
    if composed and alike.rfind("  ") < 0:
        return Folded(alike, None)
    pieces: list[str] = []
    origin: list[int] = []
    end = 0
    for match in (_SPACES_ONLY if composed else _WORD_OR_SPACES).finditer(alike):
        start = match.start()
        pieces.append(alike[end:start])
        origin.extend(range(end, start))
        for begin, piece in _composed(match[0], start):
            pieces.append(piece)
            # What composes to several characters stands, as a whole, where its first stood.
            origin.extend(range(begin, begin + len(piece)) if piece == match[0] else [begin] * len(piece))
        end = match.end()
    pieces.append(alike[end:])
    origin.extend(range(end, len(text) + 1))
    return Folded("".join(pieces), tuple(origin))


def _composed(run: str, start: int) -> Iterator[tuple[int, str]]:
    """The parts of a run of spaces or of other characters, in NFC, each with the offset it came from."""
    if run[0] == " ":
        yield start, " "
    elif unicodedata.is_normalized("NFC", run):
        yield start, run
    else:
        begin = 0
        for end in range(1, len(run) + 1):
            if end == len(run) or not _joins(run[begin:end], run[end]):
                yield start + begin, unicodedata.normalize("NFC", run[begin:end])
                begin = end


def _joins(before: str, character: str) -> bool:
    """Whether a character composes with what stands before it: a mark, or a Hangul vowel or final."""
    if unicodedata.combining(character):
        return True
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", before + character) != apart


def is_word(character: str) -> bool:
    """Whether a character belongs to a word: letters, digits, the marks on them, and low lines."""
    return character == "_" or unicodedata.category(character)[0] in "LNM"
