"""Whether quoted words stand in a text, typography aside.

Quotation marks of all sorts count as one, so do hyphens and dashes, any white space is one space, and
composed and decomposed letters are the same. Case, punctuation and the words themselves are not
forgiven, and words must be whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟‹›«»′″〝〞〟＂＇「」『』ʼ"
_QUOTE = "'"
_DASH = "-"
# Two of these side by side count as one; white space around a dash does not count.
_ONCE = f" {_QUOTE}{_DASH}"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
# Marks of where a line may break: they have no width, and copied texts are full of them.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_ALIKE = dict.fromkeys(QUOTATION_MARKS, _QUOTE) | dict.fromkeys(_DASHES, _DASH) | dict.fromkeys(_INVISIBLE, "")
# Thai, Lao, Burmese, Khmer, kana and Han are written without spaces: a word may end anywhere.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Looking for what is alike in more text than this takes longer than the hint is worth.
_MAX_SEARCHED = 20_000
# Below this similarity (0 to 100) another passage is no help.
_ALIKE_ENOUGH = 60


@dataclass(frozen=True)
class Folded:
    """A text with its typography levelled, and for each character the span where it came from."""

    text: str
    places: Sequence[tuple[int, int]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a run of folded characters stands in the text as it was; the end is not included."""
        return self.places[start][0], self.places[end - 1][1]


def fold(text: str) -> Folded:
    """A text with its typography levelled."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for letter, place in _composed(text):
        alike = " " if letter.isspace() else _ALIKE.get(letter, letter)
        last = letters[-1] if letters else " "
        if not alike or (alike == last and alike in _ONCE) or (alike == " " and last == _DASH):
            continue
        if alike == _DASH and last == " " and letters:
            letters.pop()
            places.pop()
        letters.append(alike)
        places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return Folded("".join(letters), tuple(places))


def _composed(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The characters of a text in normal form C, each with the span of what it is composed of."""
    if unicodedata.is_normalized("NFC", text):
        yield from ((letter, (start, start + 1)) for start, letter in enumerate(text))
        return
    start = 0
    while start < len(text):
        # A cluster ends where what follows neither is a combining mark nor melts into it.
        end = start + 1
        while end < len(text) and (unicodedata.combining(text[end]) or _melts(text[end - 1 : end + 1])):
            end += 1
        for letter in unicodedata.normalize("NFC", text[start:end]):
            yield letter, (start, end)
        start = end


def _melts(pair: str) -> bool:
    return len(unicodedata.normalize("NFC", pair)) < len(pair)


def find(parts: Sequence[str], text: Folded) -> tuple[tuple[int, int], ...]:
    """Where the parts of a quote stand in a text, in that order, or nothing if one of them does not.

    The offsets are those of the text before it was folded.
    """
    spans = tuple(span for span in _follow(parts, text.text) if span)
    return tuple(text.span(*span) for span in spans) if len(spans) == len(parts) else ()


def missing(parts: Sequence[str], text: Folded) -> int | None:
    """The index of the first part that does not stand in a text after the parts before it, if there is one."""
    return next((index for index, span in enumerate(_follow(parts, text.text)) if span is None), None)


def _follow(parts: Sequence[str], text: str) -> Iterator[tuple[int, int] | None]:
    """The place of each part after the part before, up to the first that has none."""
    position = 0
    for part in parts:
        span = _find(_words(part), text, position)
        yield span
        if span is None:
            return
        position = span[1]


def nearest_passage(part: str, text: str) -> str:
    """The passage of a text most like the words of a quote, in whole words, or nothing if none is alike."""
    folded, words = fold(text[:_MAX_SEARCHED]), _words(part[:_MAX_SEARCHED])
    if not words or not folded.text:
        return ""
    alignment = fuzz.partial_ratio_alignment(words, folded.text, score_cutoff=_ALIKE_ENOUGH)
    if alignment is None:
        return ""
    start, end = alignment.dest_start, alignment.dest_end
    while start > 0 and _joined(folded.text, start):
        start -= 1
    while end < len(folded.text) and _joined(folded.text, end):
        end += 1
    start, end = folded.span(start, end)
    return text[start:end].strip(f"{QUOTATION_MARKS} \n")


def standing_in(parts: Sequence[str], texts: Iterable[str]) -> tuple[int, ...]:
    """The numbers, from 1, of the texts in which a quote stands."""
    return tuple(number for number, text in enumerate(texts, start=1) if find(parts, fold(text)))


def _words(part: str) -> str:
    # Quotation marks around a quote are the curator's own.
    return fold(part).text.strip(f"{_QUOTE} ")


def _find(words: str, text: str, position: int) -> tuple[int, int] | None:
    if not words:
        return None
    while (start := text.find(words, position)) >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            return start, end
        position = start + 1
    return None


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of a position belong to one word."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M"):
        return True
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    return _is_word(before) and _is_word(after)


def _is_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
