"""What words are looked up by in the search: without case, diacritics, strokes and typography.

All of it is also in `theme/assets/javascripts/folding.js`, since a browser folds what is typed.
"""

import re
import unicodedata
from functools import lru_cache

from generator.folding.table import (
    APOSTROPHES,
    DOTS,
    ENDINGS,
    FORMS,
    HYPHENS,
    INNER_MARKS,
    INVISIBLE,
    LEFT_OUT,
    LETTERS,
    MARKS,
    SUPERSCRIPTS,
    TATWEEL,
    UNSPACED,
)
from generator.folding.text import PLAIN

_GONE = re.compile(f"[{INVISIBLE}{INNER_MARKS}{TATWEEL}]")
_ALIKE = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
_FORMS = re.compile(f"[{FORMS}]")
# Within a word, and next to letters.
_POSSESSIVE = re.compile(r"(?<=[^\W_])'s(?=[\W_]*$)")
_HYPHEN = re.compile(rf"(?<=[^\W\d_])[-{DOTS}](?=[^\W\d_])")
_JOINT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LEFT_OUT = frozenset(f"'{LEFT_OUT}")
# й is a letter of its own.
_MARKS = re.compile(f"(?<!\u0438)[{MARKS}]|(?<=\u0438)[\u0300\u0301]")
_LETTERS = re.compile("|".join(LETTERS))
_UNSPACED = re.compile(f"([{UNSPACED}]+)")


def plain(text: str) -> str:
    """A text in lower case and in normal form KC, with one sort of apostrophe and hyphen and nothing invisible."""
    # Of most words nothing else is to be done.
    if PLAIN.fullmatch(text) and "`" not in text:
        return text.lower()
    kept = "".join(map(_form, _GONE.sub("", text).translate(_ALIKE)))
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", kept).lower())


def bare(text: str) -> str:
    """A plain text without diacritics and strokes; й stays, which is a letter of its own."""
    if text.isascii():
        return text
    without = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    return _LETTERS.sub(lambda match: LETTERS[match[0]], without)


def parts(word: str) -> tuple[str, ...]:
    """The parts of a word in lower case, with their diacritics."""
    if word.isascii() and word.isalnum():
        return (word.lower(),)
    return _parts(plain(word))


def terms(word: str) -> tuple[str, ...]:
    """The forms by which a word of a query is looked up, each once: `Café-Bar's` by `cafe` and `bar`.

    Stretches of scripts that put no spaces between words are looked up by each two letters of them.
    """
    return tuple(dict.fromkeys(bare(part) for part in parts(word)))


def found_by(word: str) -> tuple[str, ...]:
    """The forms by which a word of a text is found, each once: its parts, and their other spellings.

    `Co-operation` is found by `cooperation` too, and `l'exposition` by `exposition`.
    """
    if word.isascii() and word.isalnum():
        return (word.lower(),)
    return tuple(dict.fromkeys(_found_by(plain(word))))


def _found_by(word: str) -> list[str]:
    found = list(_parts(word))
    if _HYPHEN.search(word):
        found += _parts(_HYPHEN.sub("", word))
    if joint := _JOINT.search(word):
        rest = word[joint.end() :]
        if (
            len(rest) > 1
            and bare(_letters(rest).strip()) not in ENDINGS
            and not _POSSESSIVE.match(word, joint.start())
        ):
            found += _found_by(rest)
    return found


def _parts(word: str) -> tuple[str, ...]:
    kept = word if word.isalnum() else _letters(_POSSESSIVE.sub("", word))
    return tuple(piece for run in kept.split() for piece in _pieces(run))


def _letters(word: str) -> str:
    return "".join(map(_letter, word))


@lru_cache(maxsize=4096)
def _form(character: str) -> str:
    """A character, or a space if normal form KC would make other letters of it, such as the number of a footnote."""
    if character.isascii() or _FORMS.match(character):
        return character
    category = unicodedata.category(character)
    is_own = category[0] in "LM" and category != "Lm" and character not in SUPERSCRIPTS
    if is_own or category in ("Nd", "Nl"):
        return character
    is_same = unicodedata.normalize("NFKC", character) == unicodedata.normalize("NFC", character)
    return character if is_same else " "


def _letter(character: str) -> str:
    if character in _LEFT_OUT:
        return ""
    return character if unicodedata.category(character)[0] in "LMN" else " "


def _pieces(run: str) -> list[str]:
    """A run of letters, cut where a script with spaces between words meets one without."""
    found: list[str] = []
    for number, piece in enumerate(_UNSPACED.split(run)):
        if number % 2 and len(piece) > 1:
            found.extend(piece[at : at + 2] for at in range(len(piece) - 1))
        elif piece:
            found.append(piece)
    return found
