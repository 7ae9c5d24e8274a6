"""Quotes: whether quoted words occur in a text, apart from differences of typography.

All quotation marks are equal, and so are hyphens and dashes. Any white space is one space, and spaces beside these
marks and before `!`, `?`, `;` and `:` are ignored. A compatibility form such as the ligature `ﬁ` equals its letters,
and a word broken at the end of a line equals the whole word. Case, other punctuation and the words must be the same,
and only whole words match.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator import folding
from generator.folding import BROKEN, QUOTATION_MARKS, QUOTES, UNSPACED, is_word
from generator.model.evidence import parts_of_quote

_QUOTE, _DASH = "'", "-"
# Replacements, each with strings without which it changes nothing: searching these first is faster.
_STEPS = (
    (("  ",), re.compile("  +"), " "),
    # Several marks side by side equal one.
    ((_DASH,), re.compile(f" ?{_DASH}[{_DASH} ]*"), _DASH),
    ((_QUOTE,), re.compile(f" ?{_QUOTE}[{_QUOTE} ]*"), _QUOTE),
    ((" !", " ?", " ;", " :"), re.compile(" (?=[!?;:])"), ""),
)
_AROUND = re.compile("^ | $")
# In a longer text, searching for a similar passage takes longer than the hint is worth.
_MAX_SEARCHED = 20_000
# Below this similarity (0 to 100), another passage does not help.
_SIMILAR_ENOUGH = 60


@dataclass(frozen=True)
class NormalizedText:
    """A text with its typography normalized, and the text as it was."""

    text: str
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place, in the text as it was, of a run of normalized characters; the end is exclusive."""
        return self._placed.span(start, end)

    @cached_property
    def _placed(self) -> folding.Folded:
        # Slow and rarely needed: only the place of a quote requires it, not its presence.
        folded = QUOTES.fold(self.source)
        for _, pattern, by in _STEPS:
            folded = folded.replaced(pattern, by)
        return folded.replaced(_AROUND, "")


def fold(text: str) -> NormalizedText:
    """A text with its typography normalized."""
    level = QUOTES.text(text)
    for signs, pattern, by in _STEPS:
        if any(sign in level for sign in signs):
            level = pattern.sub(by, level)
    return NormalizedText(level.strip(" "), text)


def find(parts: Sequence[str], text: NormalizedText) -> tuple[tuple[int, int], ...]:
    """The places of the parts of a quote in a text, in that order; empty if one part is missing.

    Offsets are those in the text as it was.
    """
    spans = tuple(span for span in _follow(parts, text.text) if span)
    return tuple(text.span(*span) for span in spans) if len(spans) == len(parts) else ()


def passage(quote: str, text: str) -> tuple[int, int] | None:
    """The place in a text of the passage that a quote gives, or whose first and last words it gives; None if absent."""
    spans = find(parts_of_quote(quote), fold(text))
    return (spans[0][0], spans[-1][1]) if spans else None


def missing(parts: Sequence[str], text: NormalizedText) -> int | None:
    """The index of the first part that a text does not have after the parts before it, or None."""
    return next((index for index, span in enumerate(_follow(parts, text.text)) if span is None), None)


def ambiguous(parts: Sequence[str], text: NormalizedText) -> int | None:
    """The index of the first part of a quote that also matches other words of a text than those that `find` gives.

    None if the text has the quote once, or not at all.
    """
    found = list(_follow(parts, text.text))
    end = len(text.text)
    other = None
    # Compare with the last possible places of all parts.
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
    """The place of each part after the part before it, up to the first part that is missing."""
    position = 0
    for part in parts:
        span = _find(_words(part), text, position)
        yield span
        if span is None:
            return
        position = span[1]


def nearest_passage(part: str, text: NormalizedText) -> str:
    """The passage of a text most similar to a quote, in whole words; empty if none is similar."""
    words, level = _words(part), text.text
    if not words or not level or len(level) > _MAX_SEARCHED:
        return ""
    # Imported late: most quotes are found as they are.
    from rapidfuzz import fuzz

    alignment = fuzz.partial_ratio_alignment(words, level, score_cutoff=_SIMILAR_ENOUGH)
    if alignment is None:
        return ""
    start, end = alignment.dest_start, alignment.dest_end
    while start > 0 and _is_inside_word(level, start):
        start -= 1
    while end < len(level) and _is_inside_word(level, end):
        end += 1
    # Inserted or omitted words make the alignment too short.
    while start > 0 and len(level[start:end].split()) < len(words.split()):
        start = max(level.rfind(" ", 0, start - 1) + 1, 0)
    start, end = text.span(start, end)
    return text.source[start:end].strip(f"{QUOTATION_MARKS}.,;: \n")


def texts_with(parts: Sequence[str], texts: Iterable[NormalizedText]) -> tuple[int, ...]:
    """The numbers, from 1, of the texts that contain a quote."""
    return tuple(number for number, text in enumerate(texts, start=1) if missing(parts, text) is None)


def _words(part: str) -> str:
    # Quotation marks around a quote were added by the curator.
    return fold(part).text.strip(f"{_QUOTE} ")


def _find(words: str, text: str, position: int) -> tuple[int, int] | None:
    if not words:
        return None
    if BROKEN in text or BROKEN in words:
        return next(_where_broken(words, text, position, len(text)), None)
    while (start := text.find(words, position)) >= 0:
        end = start + len(words)
        if not _is_inside_word(text, start) and not _is_inside_word(text, end):
            return start, end
        position = start + 1
    return None


def _find_last(words: str, text: str, end: int) -> tuple[int, int] | None:
    if BROKEN in text or BROKEN in words:
        return max(_where_broken(words, text, 0, end), default=None)
    while (start := text.rfind(words, 0, end)) >= 0:
        end = start + len(words)
        if not _is_inside_word(text, start) and not _is_inside_word(text, end):
            return start, end
        end -= 1
    return None


def _where_broken(words: str, text: str, position: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of words any of which can be broken at the end of a line, at an own or an added hyphen."""
    signs = {_DASH: f"[{_DASH}{BROKEN}]", BROKEN: f"[{_DASH}{BROKEN}]?"}
    pattern = re.compile(f"{BROKEN}?".join(signs.get(sign) or re.escape(sign) for sign in words))
    while match := pattern.search(text, position, end):
        if not _is_inside_word(text, match.start()) and not _is_inside_word(text, match.end()):
            yield match.span()
        position = match.start() + 1


def _is_inside_word(text: str, position: int) -> bool:
    """Whether the characters on both sides of a position belong to one word."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M"):
        return True
    if UNSPACED.match(before) or UNSPACED.match(after):
        return False
    return is_word(before) and is_word(after)
