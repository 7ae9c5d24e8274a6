"""Collation: the order of names and titles in a language, as CLDR has it.

A sort key has three levels, as the keys of the Unicode Collation Algorithm (UTS 10): base letters decide
first, then accents, then case. Numbers sort by their value. The script of the language comes first, the
others follow. Letters are compared by the letter that they are a variant of (`Ł` as `L`, `Ё` as `Е`);
languages that give such a letter a place of its own have no catalogue here.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from anyascii import anyascii

from generator.folding.table import APOSTROPHES, DASHES, DOUBLE_QUOTES, INVISIBLE, OTHER_QUOTES

# A sort key: base letters, accents, case, and the text itself.
SortKey = tuple[str, str, str, str]

# CLDR's order of letters, for each script in which it is not the order of code points.
_ALPHABETS = (
    "аәӕбвгғдђеєжҗзѕиійјкқлљмнңњоөпрстћуүұфхһцчџшщъыьэюя",
    "اٮبپةتثٹجچحخدذڈرڑزژسشصضطظعغفڤقکگلمنںهوی",
)
# Letters that Unicode does not decompose, with the letter that they are a variant of.
_VARIANTS = str.maketrans({"ґ": "г", "ӏ": "і", "ك": "ک", "ي": "ی", "ى": "ی", "ے": "ی", "ہ": "ه", "ھ": "ه"})
# Katakana sort as hiragana.
_VARIANTS |= {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
# Signs that are written in several ways, with their plainest form.
_ALIKE = (
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys(DOUBLE_QUOTES + OTHER_QUOTES, '"')
    | dict.fromkeys(APOSTROPHES, "'")
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_RUNS = re.compile(r"(\d+)")
# Weights, from the least: space, punctuation, numbers by their length, letters of the language's script, all others.
_SPACE, _SIGN, _OTHER_SIGN, _NUMBER, _OWN, _LETTER = 0x01, 0x02, 0x2F, 0x3A, 0x100, 0x1000
# Numbers with more digits than this are compared by their first digits.
_DIGITS = 0x80
# The scripts of languages with a catalogue, except Latin, which comes first by default.
_OWN_SCRIPTS = {"ru": (0x0400, 0x052F), "hy": (0x0530, 0x058F)}
# Georgian comes before Armenian, against its code points.
_GEORGIAN = range(0x10D0, 0x1100)


class _Table(dict[int, str]):
    """A table for `str.translate`, in which each character is looked up when it first occurs."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def __missing__(self, code: int) -> str:
        found = self[code] = self._make(chr(code))
        return found


class Collation:
    """The order of texts in a language; one without a catalogue gets CLDR's root order.

    Attributes:
        key: The sort key of a text.
    """

    def __init__(self, language: str) -> None:
        self._own = _OWN_SCRIPTS.get(language)
        self._first = _Table(self._primary)
        # Cached, since the same names are sorted for many pages.
        self.key = lru_cache(maxsize=1 << 16)(self._key)

    def _key(self, text: str) -> SortKey:
        composed = unicodedata.normalize("NFC", text)
        if _RUNS.search(composed):
            runs = _RUNS.split(composed)
            first = "".join(
                self._number(run) if run.isdecimal() else run.translate(self._first) for run in runs
            )
        else:
            first = composed.translate(self._first)
        accents = "" if composed.isascii() else composed.translate(_ACCENTS).rstrip(" ")
        return first, accents, composed.translate(_CASES), text

    def _number(self, run: str) -> str:
        digits = run.translate(self._first).lstrip("0")
        return f"{chr(_NUMBER + min(len(digits), _DIGITS))}{digits}"

    def _primary(self, character: str) -> str:
        """The weights of a character's base letters; none for a combining mark."""
        return "".join(map(self._weight, base_letters(character)))

    def _weight(self, letter: str) -> str:
        code = ord(letter)
        if letter.isdecimal():
            return str(unicodedata.decimal(letter))
        if letter.isspace():
            return chr(_SPACE)
        if not letter.isalnum() and unicodedata.category(letter)[0] in "PSC":
            place = _PUNCTUATION.find(letter)
            return chr(_SIGN + place if place >= 0 else _OTHER_SIGN)
        for alphabet in _ALPHABETS:
            if (place := alphabet.find(letter)) >= 0:
                code = ord(min(alphabet)) + place
                break
        if self._own and self._own[0] <= code <= self._own[1]:
            return chr(_OWN + code - self._own[0])
        return chr(_LETTER + (code - _GEORGIAN.start + 0x0500 if code in _GEORGIAN else code))


@cache
def collation(language: str) -> Collation:
    """The order of texts in a language."""
    return Collation(language)


def first_letter(text: str) -> str:
    """The letter under which a text is listed, a capital; empty if it begins with no letter."""
    for character in unicodedata.normalize("NFC", text):
        for letter in base_letters(character):
            if letter.isalpha():
                return letter.upper()
            if letter.isdecimal():
                return ""
    return ""


@cache
def base_letters(character: str) -> str:
    """The small letters that a character is a variant of, or a sign in its plainest form."""
    if (sign := _ALIKE.get(character)) is not None:
        return sign
    if _INVISIBLE.match(character):
        return ""
    small = character.lower()
    if small in _ALPHABETS[0]:
        # Unicode decomposes й into и and a mark.
        return small
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", character.casefold()) if not unicodedata.combining(c)
    )
    return "".join(anyascii(c).lower() if _is_latin(c) else c for c in plain.translate(_VARIANTS))


def _is_latin(letter: str) -> bool:
    return not letter.isascii() and unicodedata.name(letter, "").startswith("LATIN")


def _accents(character: str) -> str:
    """A space for each base letter, followed by what distinguishes the character from it."""
    base = base_letters(character)
    if unicodedata.combining(character):
        return character
    if character.lower() == base or not character.isalpha():
        return " " * len(base)
    marks = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.combining(c))
    return " " * len(base) + (marks or character.lower())


def _case(character: str) -> str:
    return "1" if character.isupper() else "0"


_ACCENTS = _Table(_accents)
_CASES = _Table(_case)
