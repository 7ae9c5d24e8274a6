"""The words right before and after a name, as far as they may belong to it."""

import re
from typing import NamedTuple

from generator.folding import STOPS, WIDE_STOPS
from generator.link.places import PARTING
from generator.link.titles import ABBREVIATIONS, COURTESIES, SHORT_COURTESIES, TITLES, WOMENS

# The number of words before a name that may be a title or forenames, and after it the rest of a name.
_MOST_BEFORE = 5
_MOST_AFTER = 2
_OPENING = "\"'([{*"
# Abbreviations and words that look like initials.
_NO_INITIALS = frozenset(
    [
        "U.S.",
        "U.N.",
        "U.K.",
        "U.S.A.",
        "E.U.",
        "D.C.",
        "P.M.",
        "A.M.",
        "P.L.",
        "M.P.",
        "R.N.",
        "N.Y.",
        # Words of one letter, which begin sentences in many languages.
        *"AEIOYÀÈÉÓАВИКОСУЯІЄЙΟΗΩ",
    ]
)
# What separates sentences in a folded text, in any script, and paragraphs. A stop counts even if it may belong to an
# abbreviation, since a capital after it means little in either case. `check/sentences.py`, which splits curators' prose
# into sentences, needs to tell the two apart.
SENTENCE_ENDS = f"{STOPS}{WIDE_STOPS}{PARTING}"
# What may be between the end of a sentence and the first word of the next.
_BETWEEN = "\"'([{*— –-•"
# After these no name goes on: a possessive, and verbs that are written together with other words.
_SHORTENED = ("'s", "n't", "'ll", "'re", "'ve")
# The suffixes that distinguish people of one name, and how each is spelled here.
SUFFIXES = {
    **dict.fromkeys(("jr", "jnr", "jun"), "jr"),
    **dict.fromkeys(("sr", "snr", "sen"), "sr"),
}
# A single letter with a full stop is an initial; a number before figures counts something else.
_SUFFIX = re.compile(r"(?: ([IVX]{2,}|[IVX](?!\.))(?! ?\d)|(,?) ([JjSs]n?r|jun|sen))(?![\w'-])(?!\.\w)")
_SMALL_TITLES = TITLES | COURTESIES | WOMENS | ABBREVIATIONS.keys()
# Those that end in a full stop: after any other title it ends the sentence.
_ABBREVIATED = (ABBREVIATIONS.keys() - TITLES) | SHORT_COURTESIES


def before(text: str, start: int) -> tuple[str, ...]:
    """The words before a place in a folded text, the nearest last, back to where a clause begins.

    Empty if the nearest word is neither a title nor has a capital: it is no part of a name.
    """
    if start < 2 or text[start - 1] not in " .":
        return ()
    # Copies leave out spaces: "Mr.Rusk".
    at = start - (text[start - 1] == " ")
    begin = text.rfind(" ", 0, at) + 1
    word = text[begin:at]
    # Most words before names are in lower case, which rules them out at once.
    if word[:1].islower() and "\0" not in word and word not in _SMALL_TITLES:
        return ()
    near = word[word.rfind("\0") + 1 :]
    if near[:1].islower() and near not in _SMALL_TITLES:
        return ()
    words: list[str] = []
    while len(words) < _MOST_BEFORE:
        nul = word.rfind("\0")
        opened = nul >= 0
        plain = word[nul + 1 :].lstrip(_OPENING)
        glued, _, rest = plain.partition(".")
        if rest and glued.casefold() in _ABBREVIATED:
            plain = rest
        else:
            glued = ""
        if not plain or not _goes_on(plain):
            break
        if opened and not words and _is_outline_mark(plain, text):
            break
        words.append(plain)
        if glued:
            words.append(f"{glued}.")
            break
        if opened or plain != word or begin < 2:
            break
        at = begin - 1
        begin = text.rfind(" ", 0, at) + 1
        word = text[begin:at]
    words.reverse()
    return tuple(words)


def _is_outline_mark(word: str, text: str) -> bool:
    """Whether an initial at the head of a paragraph numbers it: another paragraph has the letter before or after it."""
    if len(word) != 2 or word[1] != "." or not "A" <= word[0] <= "Z":
        return False
    beside = (chr(ord(word[0]) - 1), chr(ord(word[0]) + 1), word[0] * 2)
    return any(f"\0{mark}. " in text for mark in beside)


def may_go_on(text: str, end: int) -> bool:
    """Whether a name may go on after a place: what follows most names is neither a space nor a capital."""
    near = text[end + 1 : end + 2]
    return near.isupper() or text[end : end + 3] in (
        ", J",
        ", S",
        ", I",
        ", j",
        ", s",
        " jr",
        " sr",
        " ju",
        " se",
    )


class After(NamedTuple):
    """The words and the suffix right after a name.

    Attributes:
        words: The words with capitals, as far as no punctuation parts them.
        ends: Where each ends in the text.
        suffix: The number or suffix after the name or these words, such as `II`, `jr` or, after a comma, `,jr`;
            empty where there is none.
        end: Where that ends, with its full stop.
    """

    words: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    suffix: str = ""
    end: int = 0


def after(text: str, end: int) -> After:
    """The words and the suffix right after a place in a folded text."""
    words: list[str] = []
    ends: list[int] = []
    while True:
        if match := _SUFFIX.match(text, end):
            word = match[1] or match[3]
            stop = match.end() + (text[match.end() : match.end() + 1] == "." and word[-1].islower())
            return After(tuple(words), tuple(ends), (match[2] or "") + suffix_of(word), stop)
        if len(words) == _MOST_AFTER or text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
            break
        stop = end + 1
        while stop < len(text) and (text[stop].isalnum() or text[stop] in "-'"):
            stop += 1
        word = text[end + 1 : stop]
        if len(word) == 1 and text[end + 1 : end + 5] in _NO_INITIALS:
            break
        possessive = word.endswith("'s")
        plain = word.removesuffix("'s").rstrip("'-")
        words.append(plain)
        ends.append(end + 1 + len(plain))
        if possessive or (stop < len(text) and text[stop] == "." and len(word) == 1):
            break
        end = stop
    return After(tuple(words), tuple(ends))


def suffix_of(word: str) -> str:
    """The suffix that distinguishes bearers of a name, in one spelling: a Roman numeral, `jr` or `sr`."""
    return word if word.isupper() else SUFFIXES.get(word.casefold().strip(".,"), "")


def _goes_on(word: str) -> bool:
    """Whether a name may go on after a word: no punctuation ends it, other than an abbreviation's."""
    last = word[-1]
    if last == ".":
        return is_initials(word) or word[:-1].casefold() in _ABBREVIATED
    return last.isalnum() and not word.endswith(_SHORTENED)


def is_initials(word: str) -> bool:
    """Whether a word is initials: `J.`, `U.A.`, `J`, or a beginning such as `McG.`."""
    if word in _NO_INITIALS:
        return False
    letters = word.replace(".", "").replace("-", "")
    if not letters.isalpha():
        return False
    dots = word.count(".")
    return (letters.isupper() and len(letters) <= max(1, dots)) or (
        dots == 1 and word.endswith(".") and letters in ("Mc", "McG", "Ch", "Th", "Wm", "Geo", "Chas", "Jas")
    )


def begins_sentence(text: str, at: int, ends: str = f"{SENTENCE_ENDS}:") -> bool:
    """Whether a sentence or a quotation begins at a place of a folded text, after one of some signs."""
    return text_before(text, at)[-1:] in ends


def text_before(text: str, at: int) -> str:
    """The last characters before a place, without quotation marks, brackets and dashes next to it."""
    return text[max(0, at - 6) : max(0, at)].rstrip(_BETWEEN)


def is_weak_capital(text: str, start: int, end: int) -> bool:
    """Whether a capital means little: where a sentence begins, in `Non-aligned`, in `the Battle of`, all in capitals."""
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].islower():
        return True
    if text[start - 4 : start] in ("the ", "The ") and text.startswith(" of ", end):
        return True
    return text[start:end].isupper() or begins_sentence(text, start, f"{SENTENCE_ENDS}:;")
