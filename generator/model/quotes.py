"""Whether quoted words stand in a text, typography aside.

Quotation marks of all sorts count as one, so do hyphens and dashes, any white space is one space, and there may be
some or none beside these marks and before `!`, `?`, `;` and `:`. Compatibility forms such as the ligature `ﬁ` are the
letters that they are made of, and a word that the end of a line broke is whole. Case, punctuation and the words
themselves are not forgiven, and words must be whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator import folding
from generator.folding import BROKEN, QUOTATION_MARKS, QUOTES, UNSPACED, is_word

_QUOTE, _DASH = "'", "-"
# Replacements, each with the signs that it needs: whether these are there is found sooner than where.
_STEPS = (
    (("  ",), re.compile("  +"), " "),
    # Two of these side by side count as one.
    ((_DASH,), re.compile(f" ?{_DASH}[{_DASH} ]*"), _DASH),
    ((_QUOTE,), re.compile(f" ?{_QUOTE}[{_QUOTE} ]*"), _QUOTE),
    ((" !", " ?", " ;", " :"), re.compile(" (?=[!?;:])"), ""),
)
_AROUND = re.compile("^ | $")
# Searching more text than this for a similar passage takes longer than the hint is worth.
_MAX_SEARCHED = 20_000
# Below this similarity (0 to 100) another passage is no help.
_ALIKE_ENOUGH = 60


@dataclass(frozen=True)
class LeveledText:
    """A text with its typography leveled, and the text as it was."""

    text: str
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a run of folded characters stands in the text as it was; the end is not included."""
        return self._placed.span(start, end)

    @cached_property
    def _placed(self) -> folding.Folded:
        # Slow and rarely needed: whether the words are there is known without it.
        folded = QUOTES.fold(self.source)
        for _, pattern, by in _STEPS:
            folded = folded.replaced(pattern, by)
        return folded.replaced(_AROUND, "")


def fold(text: str) -> LeveledText:
    """A text with its typography leveled."""
    level = QUOTES.text(text)
    for signs, pattern, by in _STEPS:
        if any(sign in level for sign in signs):
            level = pattern.sub(by, level)
    return LeveledText(level.strip(" "), text)


def find(parts: Sequence[str], text: LeveledText) -> tuple[tuple[int, int], ...]:
    """Where the parts of a quote stand in a text, in that order, or nothing if one of them does not.

    The offsets are those of the text before it was folded.
    """
    spans = tuple(span for span in _follow(parts, text.text) if span)
    return tuple(text.span(*span) for span in spans) if len(spans) == len(parts) else ()


def missing(parts: Sequence[str], text: LeveledText) -> int | None:
    """The index of the first part that does not stand in a text after the parts before it, if there is one."""
    return next((index for index, span in enumerate(_follow(parts, text.text)) if span is None), None)


def unclear(parts: Sequence[str], text: LeveledText) -> int | None:
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


def nearest_passage(part: str, text: LeveledText) -> str:
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


def standing_in(parts: Sequence[str], texts: Iterable[LeveledText]) -> tuple[int, ...]:
    """The numbers, from 1, of the texts in which a quote stands."""
    return tuple(number for number, text in enumerate(texts, start=1) if missing(parts, text) is None)


def _words(part: str) -> str:
    # Quotation marks around a quote are the curator's own.
    return fold(part).text.strip(f"{_QUOTE} ")


def _find(words: str, text: str, position: int) -> tuple[int, int] | None:
    if not words:
        return None
    if BROKEN in text or BROKEN in words:
        return next(_where_broken(words, text, position, len(text)), None)
    while (start := text.find(words, position)) >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            return start, end
        position = start + 1
    return None


def _find_last(words: str, text: str, end: int) -> tuple[int, int] | None:
    if BROKEN in text or BROKEN in words:
        return max(_where_broken(words, text, 0, end), default=None)
    while (start := text.rfind(words, 0, end)) >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            return start, end
        end -= 1
    return None


def _where_broken(words: str, text: str, position: int, end: int) -> Iterator[tuple[int, int]]:
    """Where words are of which any may be broken by the end of a line, at a hyphen of its own or without."""
    signs = {_DASH: f"[{_DASH}{BROKEN}]", BROKEN: f"[{_DASH}{BROKEN}]?"}
    pattern = re.compile(f"{BROKEN}?".join(signs.get(sign) or re.escape(sign) for sign in words))
    while match := pattern.search(text, position, end):
        if not _joined(text, match.start()) and not _joined(text, match.end()):
            yield match.span()
        position = match.start() + 1


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of a position belong to one word."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if unicodedata.category(after).startswith("M"):
        return True
    if UNSPACED.match(before) or UNSPACED.match(after):
        return False
    return is_word(before) and is_word(after)
