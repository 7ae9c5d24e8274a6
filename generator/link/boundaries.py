"""Decides where a name in a text is a word by itself, and where it is a part of another word or name.

Each of `RULES` says that a name is not one where it is. Its docstring is what `dossier why` prints.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from generator.folding import UNSPACED, Folded, is_word
from generator.link import language as languages
from generator.link.beside import SENTENCE_ENDS, begins_sentence, text_before
from generator.link.places import PARTING
from generator.model.ids import RecordId

# The beginning of an address, up to a place in it.
_ADDRESS = re.compile(r"[!-~]*(?:://|@|\bwww\.|\b[\w-]+\.[a-z]{2,}/)[!-~]*\Z")
_MAIL = re.compile(r"@\w")
_DOMAIN = re.compile(r"(?:[\w-]*\.)?[a-z]{2,}(?:[./:]|\b)")
# An abbreviation that goes on: `U.S` of `U.S.A.`
_LETTER = re.compile(r"[^\W\d_](?:\.|\b)")
_ABBREVIATION = re.compile(r"(?:\A|[ \0.])[A-Z][a-z]{,2}\.\Z")
_DAY_AFTER = re.compile(r"[ -](?:the )?[0-9]")
_HYPHENED_AFTER = re.compile(r"(?:-[\w']+)+")
_HYPHENED_BEFORE = re.compile(r"(?:[\w']+-)+\Z")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
# Scripts before this character have spaces between words, and no particles right after names.
_SPACED = "\u0e00"
# Dashes longer than a hyphen, which join separate names.
_DASHES = "–—−"
# The longest word that may be joined to a name, in characters.
_REACH = 60
# Words in capitals around a word that make it one of a headline in capitals.
_SHOUTED = 2


class NamePlace(NamedTuple):
    """A name in a folded text.

    Attributes:
        raw: The text before it was folded.
        person: Whether it can only be the name of a person.
    """

    folded: Folded
    raw: str
    language: str
    start: int
    end: int
    person: bool = False

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    def is_dash(self, at: int) -> bool:
        """Whether a hyphen of the folded text is a dash in the text as written."""
        start, end = self.folded.span(at, at + 1)
        return self.raw[start:end] in _DASHES


class Means(Protocol):
    """What a spelling may mean."""

    @property
    def possible(self) -> tuple[RecordId, ...]:
        """The records."""


@dataclass(frozen=True)
class NameLookup:
    """What the dossier contributes to where names end.

    Attributes:
        find: What a spelling means.
        is_person: Says whether a record is a person.
        classify: Says what sort of word a word with a capital is, as `Vocabulary` does.
    """

    find: Callable[[str], Means | None]
    is_person: Callable[[RecordId], bool] = lambda key: False
    classify: Callable[[str], str] = lambda word: "name"

    def is_of_person(self, name: Means | None) -> bool:
        """Whether a name can only be that of a person."""
        return name is not None and bool(name.possible) and all(map(self.is_person, name.possible))


Rule = Callable[[NamePlace, NameLookup], bool]
IsWhole = Callable[[int, int], bool]


def in_word(place: NamePlace, lookup: NameLookup) -> bool:
    """It is a part of a longer word (`Lima` in `Limassol`)."""
    text, start, end = place.text, place.start, place.end
    if start and is_word(text[start]) and not _parts_freely(text, start):
        before = text[start - 1]
        if is_word(before):
            return True
        if before == "'" and start > 1 and is_word(text[start - 2]) and not _is_elided(place):
            return True
    if end >= len(text) or not is_word(text[end]) or not is_word(text[end - 1]) or _parts_freely(text, end):
        return False
    return not _is_before_particles(place)


def _parts_freely(text: str, position: int) -> bool:
    """Whether a word may end there by itself, as in scripts that are written without spaces."""
    is_mark = unicodedata.category(text[position]).startswith("M")
    return not is_mark and bool(UNSPACED.match(text[position - 1]) or UNSPACED.match(text[position]))


def _is_elided(place: NamePlace) -> bool:
    """Whether the apostrophe before it ends an article or the like that lost its vowel (`l'OTAN`)."""
    text, start = place.text, place.start
    begin = start - 1
    while begin and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin : start - 1]
    if begin and (is_word(text[begin - 1]) or text[begin - 1] == "'"):
        return False
    if word.casefold() not in languages.elided(place.language):
        return False
    # `D'Amico` is a name but where a sentence, a quotation or a report after its dateline begins, or among capitals.
    return (
        word.islower()
        or text[start : place.end].isupper()
        or _begins(text, begin)
        or text[max(0, begin - 3) : begin].rstrip(" ").endswith(('"', " -", " —"))
    )


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins at a place; not after an abbreviation (`M. D'Amico`)."""
    return begins_sentence(text, start) and not _ABBREVIATION.search(text_before(text, start))


def _is_before_particles(place: NamePlace) -> bool:
    """Whether only particles follow that Korean writes together with a name."""
    match = _HANGUL.match(place.text, place.end)
    if not match or (match.end() < len(place.text) and is_word(place.text[match.end()])):
        return False
    name = place.text[place.start : place.end]
    return languages.are_particles(match[0], place.person and len(name) == 2 and bool(_HANGUL.match(name)))


def in_address(place: NamePlace, lookup: NameLookup) -> bool:
    """It is in a web address (`https://…`, `USA.gov`), an e-mail address, a handle (`@…`) or a longer abbreviation (`U.S.A.`)."""
    text, start, end = place.text, place.start, place.end
    after = text[end : end + 1]
    if after == "@" and _MAIL.match(text, end):
        return True
    if after == "." and text[end + 1 : end + 2].isalpha():
        if text[end + 1].islower() and text[end + 1].isascii() and _DOMAIN.match(text, end + 1):
            return True
        if _LETTER.match(text, end + 1) and text[end - 2 : end - 1] in ("", ".", " ", PARTING):
            return True
    if text[end - 1] == "." and after.isalpha() and after.isupper():
        return True
    # No address holds a space.
    return (
        start > 0
        and text[start - 1] not in f" {PARTING}"
        and " " not in text[start:end]
        and bool(_ADDRESS.search(text, max(0, start - 4 * _REACH), start))
    )


def hyphened(place: NamePlace, lookup: NameLookup) -> bool:
    """A hyphen joins it to another capitalized word, and both together are another name (`Guinea-Bissau`, `Smith-Jones`).

    Each of them is a name by itself if the other is an ordinary word, a country or a name in the dossier; not so a
    family name with a forename or title before both (`Ana Smith-Jones`).
    """
    return _joined_after(place, lookup) or _joined_before(place, lookup)


def _joined_after(place: NamePlace, lookup: NameLookup) -> bool:
    text, end = place.text, place.end
    match = _HYPHENED_AFTER.match(text, end)
    if not match or place.is_dash(end):
        return False
    words = match[0][1:].split("-")
    first = words[0]
    if not first[0].isupper():
        later = next((at for at, word in enumerate(words) if word[0].isupper()), None)
        return later is not None and not languages.are_between(words[:later])
    return not _is_apart(place, lookup, first, text[end + 1 : match.end()])


def _joined_before(place: NamePlace, lookup: NameLookup) -> bool:
    text, start = place.text, place.start
    match = _HYPHENED_BEFORE.search(text, max(0, start - _REACH), start)
    if not match or place.is_dash(start - 1):
        return False
    words = match[0][:-1].split("-")
    last = words[-1]
    if not last[0].isupper():
        earlier = next((at for at in range(len(words) - 1, -1, -1) if words[at][0].isupper()), None)
        if earlier is None or words[earlier].casefold() in languages.PREFIXES:
            return False
        return not languages.are_between(words[earlier + 1 :])
    if last.casefold() in languages.PREFIXES:
        return False
    return not _is_apart(place, lookup, last, match[0][:-1])


def _is_apart(place: NamePlace, lookup: NameLookup, word: str, words: str) -> bool:
    """Whether what a hyphen joins to a name is something else than a part of that name.

    Args:
        word: The nearest word.
        words: All of it.
    """
    if place.person and _is_of_one_person(place, lookup):
        return False
    for other in {word.removesuffix("'s"), words.removesuffix("'s")}:
        name = lookup.find(other)
        if other.casefold() in languages.COUNTRIES or (
            name and name.possible and (place.person or not lookup.is_of_person(name))
        ):
            return True
    if word.casefold() in languages.WORDS or lookup.classify(word) in ("ordinary", "office", "title"):
        return True
    if place.person:
        return False
    return languages.has_capital_nouns(place.language) or (
        word.isupper() and is_shouted(place.text, place.start, place.end)
    )


def _is_of_one_person(place: NamePlace, lookup: NameLookup) -> bool:
    """Whether a forename, a title or a courtesy is before names with a hyphen between."""
    begin = place.start
    if match := _HYPHENED_BEFORE.search(place.text, max(0, begin - _REACH), begin):
        begin = match.start()
    before = place.text[max(0, begin - _REACH) : begin]
    word = before.rstrip(" ").rpartition(" ")[2].rpartition(PARTING)[2]
    if not before.endswith(" ") or not word[:1].isupper() or not word.rstrip(".").isalpha():
        return False
    sort = lookup.classify(word)
    return sort in ("courtesy", "title", "initials", "forename") or (
        sort == "name" and not _begins(place.text, begin - len(word) - 1)
    )


def longer(place: NamePlace, lookup: NameLookup) -> bool:
    """It is a person's name of two characters, and the next one may belong to the name (`李明` in `李明博`)."""
    text, start, end = place.text, place.start, place.end
    return (
        place.person
        and end - start == 2
        and all(map(_HAN.match, text[start:end]))
        and _HAN.match(text, end) is not None
        and not text.startswith(languages.FOLLOWING, end)
    )


def in_date(place: NamePlace, lookup: NameLookup) -> bool:
    """It is a month in a date (`5 May`, `May 2019`, `early May`)."""
    text, start, end = place.text, place.start, place.end
    return text[start:end].casefold() in languages.MONTHS and bool(
        _DAY_AFTER.match(text, end) or languages.BEFORE_MONTHS.search(text, max(0, start - _REACH), start)
    )


RULES: tuple[Rule, ...] = (in_word, in_address, in_date, hyphened, longer)


class Boundaries:
    """Decides for places in one text whether a name there is a word by itself."""

    def __init__(self, folded: Folded, raw: str, language: str, lookup: NameLookup) -> None:
        self._folded, self._raw, self._language, self._lookup = folded, raw, language, lookup

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a name is one where it begins and ends."""
        text = self._folded.text
        # Most parts of longer words are followed by a letter.
        if goes_on(text, end):
            return False
        return self.cut(start, end) is None

    def cut(self, start: int, end: int) -> Rule | None:
        """The rule by which a name is no name where it is; None where it is one."""
        lookup = self._lookup
        person = lookup.is_of_person(lookup.find(self._folded.text[start:end]))
        place = NamePlace(self._folded, self._raw, self._language, start, end, person=person)
        return next((rule for rule in RULES if rule(place, lookup)), None)


def goes_on(text: str, place: int) -> bool:
    """Whether a place in a folded text is inside a word, of a script that has spaces between words."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and around.isalpha() and max(around) < _SPACED


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether a word is one of several in capitals, as in a headline, so that its own mean nothing."""
    if not text[start:end].isupper():
        return False
    begin = max(text.rfind(sign, 0, start) for sign in SENTENCE_ENDS) + 1
    stop = min((at for sign in SENTENCE_ENDS if (at := text.find(sign, end)) >= 0), default=len(text))
    others = re.findall(r"[^\W\d_]{2,}", f"{text[begin:start]} {text[end:stop]}")
    return len(others) >= _SHOUTED and all(map(str.isupper, others))
