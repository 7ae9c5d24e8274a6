"""Text made alike for matching, with a way back to where each character stood."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2043\ufe63\uff0d"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\uff07"), "'")
_ALIKE = str.maketrans(_HYPHENS | _APOSTROPHES)
_WORD_OR_SPACE = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Folded:
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
    alike = text.translate(_ALIKE)
    # Most texts are composed already and hold single spaces only; then offsets stay.
    if unicodedata.is_normalized("NFC", alike) and " ".join(alike.split()) == alike:
        return Folded(alike, None)
    pieces: list[str] = []
    origin: list[int] = []
    for match in _WORD_OR_SPACE.finditer(alike):
        for start, piece in _composed(match[0], match.start()):
            pieces.append(piece)
            # What composes to several characters stands, as a whole, where its first stood.
            origin.extend(range(start, start + len(piece)) if piece == match[0] else [start] * len(piece))
    origin.append(len(text))
    return Folded("".join(pieces), tuple(origin))


def _composed(run: str, start: int) -> Iterator[tuple[int, str]]:
    """The parts of a run of spaces or of other characters, in NFC, each with the offset it came from."""
    if run[0].isspace():
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
