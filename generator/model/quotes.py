"""Whether quoted words stand in a text, typography aside.

Quotation marks of all sorts count as one, so do hyphens and dashes, any white space is one space, and
composed and decomposed letters are the same. Case, punctuation and the words themselves are not
forgiven, and words must be whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

QUOTATION_MARKS = "\"'`´‘’‚‛“”„‟‹›«»′″〝〞〟＂＇「」『』ʼ"
_QUOTE = "'"
_DASH = "-"
# Two of these side by side count as one; white space around a dash does not count.
_ONCE = f" {_QUOTE}{_DASH}"
_DASHES = "-‐‑‒–—―−⸺⸻﹘﹣－"
# Marks of where a line may break: they have no width, and copied texts are full of them.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_HIDDEN = str.maketrans("", "", _INVISIBLE)
_ALIKE = dict.fromkeys(QUOTATION_MARKS, _QUOTE) | dict.fromkeys(_DASHES, _DASH)
_LEVEL = str.maketrans(_ALIKE)
_SPACED_DASHES = re.compile(rf" ?{_DASH}[{_DASH} ]*")
_QUOTES = re.compile(f"{_QUOTE}+")
# Thai, Lao, Burmese, Khmer, kana and Han are written without spaces: a word may end anywhere.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Looking for what is alike in more text than this takes longer than the hint is worth.
_MAX_SEARCHED = 20_000
# Below this similarity (0 to 100) another passage is no help.
_ALIKE_ENOUGH = 60


@dataclass(frozen=True)
class Folded:
    """A text with its typography levelled, and the text as it was."""

    text: str
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a run of folded characters stands in the text as it was; the end is not included."""
        return self._places[start][0], self._places[end - 1][1]

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        # Slow, character by character, and rarely asked for: whether words stand there is known without.
        return tuple(place for _, place in _placed(self.source))


def fold(text: str) -> Folded:
    """A text with its typography levelled."""
    level = unicodedata.normalize("NFC", text.translate(_HIDDEN)).translate(_LEVEL)
    level = " ".join(level.split())
    level = _SPACED_DASHES.sub(_DASH, level)
    return Folded(_QUOTES.sub(_QUOTE, level), text)


def _placed(text: str) -> Sequence[tuple[str, tuple[int, int]]]:
    """The characters of a folded text, each with the span that it came from."""
    letters: list[tuple[str, tuple[int, int]]] = []
    for letter, place in _composed(text):
        alike = " " if letter.isspace() else _ALIKE.get(letter, letter)
        last = letters[-1][0] if letters else " "
        if (alike == last and alike in _ONCE) or (alike == " " and last == _DASH):
            continue
        if alike == _DASH and last == " " and letters:
            letters.pop()
        letters.append((alike, place))
    if letters and letters[-1][0] == " ":
        letters.pop()
    return letters


def _composed(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The visible characters of a text in normal form C, each with the span of what it is composed of."""
    kept = [offset for offset, letter in enumerate(text) if letter not in _INVISIBLE]
    letters = [text[offset] for offset in kept]
    start = 0
    while start < len(letters):
        # A cluster ends where what follows neither is a combining mark nor melts into it.
        end = start + 1
        while end < len(letters) and (
            unicodedata.combining(letters[end]) or _melts(letters[end - 1], letters[end])
        ):
            end += 1
        for letter in unicodedata.normalize("NFC", "".join(letters[start:end])):
            yield letter, (kept[start], kept[end - 1] + 1)
        start = end


def _melts(letter: str, following: str) -> bool:
    if letter.isascii() and following.isascii():
        return False
    apart = unicodedata.normalize("NFC", letter) + unicodedata.normalize("NFC", following)
    return unicodedata.normalize("NFC", letter + following) != apart


def find(parts: Sequence[str], text: Folded) -> tuple[tuple[int, int], ...]:
    """Where the parts of a quote stand in a text, in that order, or nothing if one of them does not.

    The offsets are those of the text before it was folded.
    """
    spans = tuple(span for span in _follow(parts, text.text) if span)
    return tuple(text.span(*span) for span in spans) if len(spans) == len(parts) else ()


def missing(parts: Sequence[str], text: Folded) -> int | None:
    """The index of the first part that does not stand in a text after the parts before it, if there is one."""
    return next((index for index, span in enumerate(_follow(parts, text.text)) if span is None), None)


def unclear(parts: Sequence[str], text: Folded) -> int | None:
    """The index of the first part of a quote that could be other words of a text than those that `find` gives.

    None where the text has the quote once, or not at all.
    """
    found = list(_follow(parts, text.text))
    end = len(text.text)
    other = None
    # What each part is where all of them are as late in the text as they can be.
    for index in range(len(parts) - 1, -1, -1):
        first, last = (
            found[index] if index < len(found) else None,
            _find_last(_words(parts[index]), text.text, end),
        )
        if first is None or last is None:
            return None
        other, end = index if first != last else other, last[0]
    return other


def _follow(parts: Sequence[str], text: str) -> Iterator[tuple[int, int] | None]:
    """The place of each part after the part before, up to the first that has none."""
    position = 0
    for part in parts:
        span = _find(_words(part), text, position)
        yield span
        if span is None:
            return
        position = span[1]


def nearest_passage(part: str, text: Folded) -> str:
    """The passage of a text most like the words of a quote, in whole words, or nothing if none is alike."""
    words, level = _words(part), text.text
    if not words or not level or len(level) > _MAX_SEARCHED:
        return ""
    # Most quotes are found as they are.
    from rapidfuzz import fuzz

    alignment = fuzz.partial_ratio_alignment(words, level, score_cutoff=_ALIKE_ENOUGH)
    if alignment is None:
        return ""
    start, end = alignment.dest_start, alignment.dest_end
    while start > 0 and _joined(level, start):
        start -= 1
    while end < len(level) and _joined(level, end):
        end += 1
    # Words that were put in or left out cost the alignment the words beside them.
    while start > 0 and len(level[start:end].split()) < len(words.split()):
        start = max(level.rfind(" ", 0, start - 1) + 1, 0)
    start, end = text.span(start, end)
    return text.source[start:end].strip(f"{QUOTATION_MARKS}.,;: \n")


def standing_in(parts: Sequence[str], texts: Iterable[Folded]) -> tuple[int, ...]:
    """The numbers, from 1, of the texts in which a quote stands."""
    return tuple(number for number, text in enumerate(texts, start=1) if missing(parts, text) is None)


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


def _find_last(words: str, text: str, end: int) -> tuple[int, int] | None:
    while (start := text.rfind(words, 0, end)) >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            return start, end
        end -= 1
    return None


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of a position belong to one word."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M"):
        return True
    if UNSPACED.match(before) or UNSPACED.match(after):
        return False
    return _is_word(before) and _is_word(after)


def _is_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
