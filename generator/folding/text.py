"""Folds text for matching, at the levels of quotes and of names, and maps places back to the original text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from generator.folding.table import (
    APOSTROPHES,
    CAPITALS,
    DASHES,
    DOTS,
    DOUBLE_QUOTES,
    FORMS,
    HYPHENS,
    INNER_MARKS,
    INVISIBLE,
    JAMO,
    PAIRS,
    POINTS,
    QUOTATION_MARKS,
    SPACES,
    SUPERSCRIPTS,
    TATWEEL,
    VARIANTS,
)
from generator.folding.table import (
    UNSPACED as _UNSPACED,
)

# A hyphen, or a short dash, at the end of a line inside a word.
LINE_END = re.compile("(?<=[^\\W\\d_])([-\u2010\u2013\u00ad]) ?\n[^\\S\n]*(?=([^\\W\\d_]))")
_LINE_ENDS = tuple(f"{hyphen}{space}\n" for hyphen in "-\u2010\u2013\u00ad" for space in ("", " "))
_WITHIN = re.compile("(?<=[^\\W\\d_])(-)(?=([^\\W\\d_]))")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_FORMS = re.compile(f"[{FORMS}]")
_SPACES_ONLY = re.compile("  +")
# What every level leaves as it is, wherever it is.
PLAIN = re.compile(
    "[\x00-\x7f\u00a1-\u00a7\u00a9\u00ac\u00b0\u00b1\u00bf-\u012f\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0391-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0586\u0589\u05d0-\u05ea\u0621-\u063a"
    "\u0641-\u064a\u0660-\u0669\u0671-\u0674\u0679-\u06a8\u06aa-\u06cb\u06cd-\u06d3\u10d0-\u10fa\u3001\u3002\u3041-\u3096\u30a1-\u30fa"
    "\u30fc\u4e00-\u9fff\uac00-\ud7a3]++"
)
# A script that is written without spaces.
UNSPACED = re.compile(f"[{_UNSPACED}]")
# The vowels and finals of Hangul and halfwidth marks of kana: letters to Unicode, that compose like marks.
_JOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f]")
_GREEK_ACCENT = re.compile("(?<=[Α-Ϋ])[\u0300-\u0307\u0309-\u0345]+")
_NUMERALS = ("Nd", "Nl")
_KEPT = SUPERSCRIPTS + JAMO

Replacement: TypeAlias = "str | Callable[[re.Match[str]], str]"
Alike: TypeAlias = "Iterable[tuple[str, str]]"


class TextChange(NamedTuple):
    """A run of a folded text that was written with other characters: its span, and the span that it came from."""

    start: int
    end: int
    from_start: int
    from_end: int


# Makes a change in half the time of its class, which would check the number of its values.
_change: Callable[[tuple[int, int, int, int]], TextChange] = partial(tuple.__new__, TextChange)


class Folded(NamedTuple):
    """A folded text, and its runs that were written otherwise, where that moved the text after them."""

    text: str
    changes: tuple[TextChange, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a span of the folded text came from."""
        if not self.changes:
            return start, end
        return self._place(start)[0], self._place(end - 1)[1] if end > start else self._place(start)[0]

    def _place(self, at: int) -> tuple[int, int]:
        """The span that one of its characters, or its end, came from."""
        before = bisect_right(self.changes, (at, len(self.text) + 1)) - 1
        if before < 0:
            return at, at + 1
        change = self.changes[before]
        if at < change.end:
            return change.from_start, change.from_end
        place = change.from_end + at - change.end
        return place, place + 1

    def replaced(self, pattern: re.Pattern[str], by: Replacement) -> "Folded":
        """The text with each match of a pattern replaced; a match that stays the same keeps its places one by one."""
        pieces: list[str] = []
        changes: list[TextChange] = []
        before = list(reversed(self.changes))
        done = shift = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = by if isinstance(by, str) else by(match)
            if new == match[0]:
                continue
            if before:
                changes += _apart(before, start, end, shift)
            # Where nothing moved yet, as in most texts, it came from where it is.
            came = self.span(start, end) if self.changes else (start, end)
            changes.append(_change((start + shift, start + shift + len(new), *came)))
            pieces += (self.text[done:start], new)
            shift += len(new) - (end - start)
            done = end
        if not pieces:
            return self
        changes += _apart(before, len(self.text) + 1, len(self.text) + 1, shift)
        return Folded("".join((*pieces, self.text[done:])), tuple(changes))


def _apart(changes: list[TextChange], start: int, end: int, shift: int) -> Iterator[TextChange]:
    """The changes before a run, shifted; they are taken from the end of the list, which has the first last."""
    while changes and changes[-1].start < end:
        change = changes.pop()
        if change.start < start:
            yield change._replace(start=change.start + shift, end=min(change.end, start) + shift)
        if change.end > end:
            changes.append(change._replace(start=end))
            break


class Level(dict[str, str]):
    """What a level makes of each character by itself; computed on the first lookup.

    Args:
        table: The characters that do not keep their normal form, and what they become.
        line_end: What replaces a hyphen at the end of a line together with that end.
    """

    def __init__(self, table: dict[str, str], line_end: Replacement) -> None:
        super().__init__(table)
        self._line_end = line_end
        self._ascii = [(old, new) for old, new in table.items() if old.isascii() and old != new]

    def __missing__(self, character: str) -> str:
        plain = "" if _INVISIBLE.match(character) else form(character)
        made = self[character] = plain if plain == character else "".join(self[each] for each in plain)
        return made

    def fold(self, text: str) -> Folded:
        """A text at this level, and where each of its characters came from."""
        alike, patterns = self._changes(text)
        folded = Folded(text)
        if _is_broken(text):
            folded = folded.replaced(LINE_END, self._line_end)
        folded = folded._replace(text=_with(alike, folded.text))
        for pattern, by in patterns:
            folded = folded.replaced(pattern, by)
        return folded

    def text(self, text: str) -> str:
        """The folded text without the places, which takes less time."""
        alike, patterns = self._changes(text)
        made = _with(alike, LINE_END.sub(self._line_end, text) if _is_broken(text) else text)
        for pattern, by in patterns:
            made = pattern.sub(by, made)
        return made

    def _changes(self, text: str) -> tuple[Alike, list[tuple[re.Pattern[str], Replacement]]]:
        """The characters of a text that become one other, and the patterns to replace after that, in order."""
        if text.isascii():
            return self._ascii, []
        alike = list(self._ascii)
        parted, marks = "", ""
        for character in set(PLAIN.sub("", text)):
            new = self[character]
            if _is_mark(character):
                marks += character
            elif len(new) != 1:
                parted += character
            elif new != character:
                alike.append((character, new))
        patterns: list[tuple[re.Pattern[str], Replacement]] = []
        gone = "".join(character for character in parted if not self[character])
        if gone:
            patterns.append((re.compile(f"[{re.escape(gone)}]+"), ""))
        changed = f"|[{re.escape(parted)}]" if len(parted) > len(gone) else ""
        # Characters may compose once what was between them is removed.
        if marks and (gone or any(self[c] != c for c in marks) or not unicodedata.is_normalized("NFC", text)):
            patterns.append((re.compile(f"[^{marks}]?[{marks}]+{changed}", re.DOTALL), self._composed))
        elif changed:
            patterns.append((re.compile(changed[1:]), self._composed))
        return alike, patterns

    def _composed(self, match: re.Match[str]) -> str:
        if len(match[0]) == 1:
            return self[match[0]]
        composed = unicodedata.normalize("NFC", "".join(self[each] for each in match[0]))
        return "".join(self[each] for each in composed)


def joined(text: str) -> str:
    """A text in which a word that the end of a line broke goes on right after its hyphen."""
    return LINE_END.sub(r"\1", text) if _is_broken(text) else text


def one_line(text: str) -> str:
    """A text on one line, with single spaces and no broken words."""
    return " ".join(joined(text).split())


def _is_broken(text: str) -> bool:
    # A search for two characters costs next to nothing; the pattern goes through all.
    return "\n" in text and any(end in text for end in _LINE_ENDS)


def _with(alike: Alike, text: str) -> str:
    # A search for a character that does not occur costs next to nothing; `translate` goes through all.
    for old, new in alike:
        if old in text:
            text = text.replace(old, new)
    return text


def form(character: str) -> str:
    """A character in normal form KC, or in form C where KC would mean something else.

    Footnotes and powers (`²`), fractions, circled numbers, symbols for words (`№`, `™`) and rows of dots stay.
    """
    composed = unicodedata.normalize("NFC", character)
    plain = unicodedata.normalize("NFKC", character)
    if plain == composed or " " in plain or character in _KEPT:
        return composed
    if _FORMS.match(character):
        return plain if len(plain) == 1 or all(map(is_word, plain)) else composed
    return plain if unicodedata.category(character) != "Lm" and is_word(character) else composed


def is_word(character: str) -> bool:
    """Whether a character belongs to a word: letters, digits, marks on and in them, and underscores."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in _NUMERALS or character == "_" or character in INNER_MARKS


def _is_mark(character: str) -> bool:
    """Whether a character may combine with the one before it."""
    return unicodedata.category(character)[0] == "M" or _JOINING.match(character) is not None


def _in_name(match: re.Match[str]) -> str:
    """What replaces a hyphen at a line's end in a name: nothing, or the hyphen if it goes on with a capital."""
    return "" if match[1] == "\u00ad" or (match[1] in "-\u2010" and match[2].islower()) else "-"


def _alike(signs: Iterable[str], sign: str) -> dict[str, str]:
    return dict.fromkeys(signs, sign)


# Between the halves of a word that a line end broke, which may have had a hyphen of its own: a noncharacter.
BROKEN = "\ufdd0"
_COMMON = _alike(SPACES, " ") | _alike(DOTS, "·") | _alike(TATWEEL, "") | VARIANTS
NAMES = Level(
    _COMMON
    | _alike(HYPHENS, "-")
    | _alike(APOSTROPHES, "'")
    | _alike(DOUBLE_QUOTES, '"')
    | _alike(INNER_MARKS + POINTS, "")
    | CAPITALS,
    _in_name,
)
QUOTES = Level(_COMMON | _alike(DASHES, "-") | _alike(QUOTATION_MARKS, "'"), BROKEN)


def fold(text: str) -> Folded:
    """A text in which names are searched: composed, with one sort of hyphen, apostrophe and space.

    Case is kept, for a name is written with its capitals, but Greek capitals lose their accents, and և is եւ.
    """
    folded = NAMES.fold(text)
    if "վ" in folded.text or "Վ" in folded.text:
        folded = folded._replace(text=_with(PAIRS.items(), folded.text))
    # A search from the end takes half the time.
    return folded if folded.text.rfind("  ") < 0 else folded.replaced(_SPACES_ONLY, " ")


def unbroken(name: str) -> str:
    """A folded name as it is written where line ends break it at its own hyphens."""
    return _WITHIN.sub(_in_name, name) if "-" in name else name


def capitals(name: str) -> frozenset[str]:
    """The forms of a folded name in capitals."""
    # Python leaves the accents of which Unicode has no capital.
    forms = {_GREEK_ACCENT.sub("", fold(name.upper()).text)}
    if "ß" in name:
        forms.add(fold("ß".join(part.upper() for part in name.split("ß"))).text)
    return frozenset(forms)
