"""What a word of a text, or of a query, is looked up by."""

import re
import unicodedata

# As in terms.js, all of it: build and browser make the same terms of the same word.
_OF_WORDS = "LMN"
# Left out between letters: don't, U.S., 1,000.
_LEFT_OUT = frozenset("'’‘ʼʻ`´.,")
_POSSESSIVE = re.compile(r"(?<=[^\W_])['’ʼ]s(?=[\W_]*$)")
# Diacritics, and the points of Hebrew and Arabic. Marks of other scripts are vowels.
_MARKS = re.compile(
    r"(?<!\u0438)[\u0300-\u036f]|(?<=\u0438)[\u0301\u0300]|[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
# Scripts without spaces between words: Thai to Myanmar, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


def terms(word: str) -> tuple[str, ...]:
    """What a word without spaces is found by, each once: `Café-Bar's` by `cafe` and `bar`.

    Stretches of scripts that put no spaces between words are found by each two letters of them.
    """
    return tuple(dict.fromkeys(bare(part) for part in parts(word)))


def parts(word: str) -> tuple[str, ...]:
    """The parts of a word in lower case, with their diacritics."""
    if word.isascii() and word.isalnum():
        return (word.lower(),)
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).lower())
    kept = "".join(_letter(character) for character in _POSSESSIVE.sub("", plain))
    return tuple(piece for run in kept.split() for piece in _pieces(run))


def bare(part: str) -> str:
    """A part of a word without its diacritics; й stays, which is a letter of its own."""
    if part.isascii():
        return part
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", part)))


def _letter(character: str) -> str:
    if character in _LEFT_OUT:
        return ""
    return character if unicodedata.category(character)[0] in _OF_WORDS else " "


def _pieces(run: str) -> list[str]:
    """A run of letters, cut where scripts change between those that put spaces and those that do not."""
    found: list[str] = []
    for number, piece in enumerate(_UNSPACED.split(run)):
        if number % 2 and len(piece) > 1:
            found.extend(piece[at : at + 2] for at in range(len(piece) - 1))
        elif piece:
            found.append(piece)
    return found
