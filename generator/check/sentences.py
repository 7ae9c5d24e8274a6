"""Splits prose into sentences, each with or without a citation.

Where it is not certain that a sentence ends, it goes on: a warning about something that is no sentence is worse than
a missing one. What is known of languages is in `sentences.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any, NamedTuple

from generator.folding import STOPS, WIDE_STOPS
from generator.model.prose import Citation, ExternalLink, Literal, Part, ProseParagraph, RecordLink, parse

# In place of each character of a link or a citation, so that nothing inside them ends a sentence.
_LINK, _CITATION = "\ue000", "\ue001"
_OPENERS = "\"'“”„‚‘’«»‹›(\\[¿¡"
_CLOSERS = "\"'”’“‘»›«‹)\\]"
# Stops with what closes after them. Armenian has a stop of its own, for which many write a colon.
_END = re.compile(
    rf"(?P<stop>[{STOPS}]+|(?<=[Ա-ֆև]):)(?P<closers>[{_CLOSERS}]*)(?=\s|{_CITATION}|$)"
    rf"|(?P<wide>[{WIDE_STOPS}]+)(?P<closed>[」』）”’]*)"
)
# What follows a sentence's end: its citations, after spaces or none.
_CITATIONS = re.compile(rf"(?:\s*{_CITATION})*")
# The next word, with an elision's apostrophe or a stop after it, or the next sign.
_NEXT = re.compile(rf"\s*[{_OPENERS}]*(?:(?P<word>[^\W\d_]+(?:['’](?=\w))?)(?P<dot>\.?)|(?P<sign>\S))")
# Of an address nothing is an abbreviation.
_WORD_BEFORE = re.compile(r"(?<![\w./@])(?:(?:\w{1,2}\.)+\w{1,3}|\w+)$")
_LETTER = re.compile(r"[^\W\d_]")
# Numbers and letters that number what follows, and punctuation without any word.
_LABEL = re.compile(rf"[^\w{_LINK}]*(?:[0-9]+|[IVXLC]+|[A-Za-zА-яԱ-ֆ])?[^\w{_LINK}]*")
_ROMAN = re.compile(r"[IVXLC]{2,}")
_ARMENIAN = re.compile(r"[Ա-ֆև]")
_ARMENIAN_STOP = re.compile(r"։|[Ա-ֆև]:")
# Passages in quotation marks: several sentences of one are a part of the sentence around it.
_QUOTED = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|(?<![\w\"])\"(?=\S)[^\"]*\"(?!\w)"
)
# Characters with which no sentence begins.
_GOING_ON = frozenset(",;:-–—&/+=%)]…")
# Digits of the longest ordinal, since a longer number is a year or a sum.
_ORDINAL = 2


class _Tables(NamedTuple):
    """What is known of all languages, as `sentences.toml` explains it."""

    before_words: frozenset[str]
    anywhere: frozenset[str]
    before_numbers: frozenset[str]
    beginnings: Mapping[str, frozenset[str]]
    ordinals: frozenset[str]
    months: frozenset[str]
    particles: frozenset[str]


def uncited(text: str, language: str) -> tuple[str, ...]:
    """The sentences of prose that neither hold a citation nor are followed by one, as written.

    A citation after several sentences is that of the last. `language` is the one in which the dossier is
    written, as a tag.
    """
    return tuple(
        sentence
        for paragraph in parse(text)
        for sentence, has_citation in _sentences(paragraph, language)
        if not has_citation
    )


def _sentences(paragraph: ProseParagraph, language: str) -> Iterator[tuple[str, bool]]:
    plain = "".join(_stand_in(part) for part in paragraph.parts)
    source = "".join(part.source for part in paragraph.parts)
    start = 0
    for end in _ends(plain, language):
        if _LETTER.search(plain, start, end) or _LINK in plain[start:end]:
            yield source[start:end].strip(), _CITATION in plain[start:end]
        start = end


def _stand_in(part: Part) -> str:
    """A text as long as a part is in the source, in which only plain text ends sentences."""
    match part:
        case Literal():
            return part.text.replace(_LINK, " ").replace(_CITATION, " ")
        case Citation():
            return _CITATION * len(part.source)
        case ExternalLink() | RecordLink():
            return _LINK * len(part.source)


def _ends(plain: str, language: str) -> Iterator[int]:
    """Where the sentences of a paragraph end, their citations included; the last ends with the paragraph."""
    is_quoted = bytearray(len(plain))
    for match in _QUOTED.finditer(plain):
        is_quoted[match.start() : match.end() - 1] = b"\1" * (len(match[0]) - 1)
    start = 0
    for end in _END.finditer(plain):
        cited = _CITATIONS.match(plain, end.end())
        assert cited
        following = _NEXT.match(plain, cited.end())
        if not following or not _begins(following):
            continue
        if not cited[0] and (
            _LABEL.fullmatch(plain, start, end.end())
            or is_quoted[end.end() - 1]
            or _goes_on(plain, end, following, language)
        ):
            continue
        start = cited.end()
        yield start
    yield len(plain)


def _begins(following: re.Match[str]) -> bool:
    """Whether a sentence can begin with what follows."""
    if following["sign"]:
        return following["sign"] not in _GOING_ON
    first = following["word"][0]
    # Georgian's letters are small ones to Unicode, though it has no others in use.
    return not first.islower() or "ა" <= first <= "ჿ"


def _goes_on(plain: str, end: re.Match[str], following: re.Match[str], language: str) -> bool:
    """Whether a sentence goes on after a stop, though what follows has a capital."""
    if end["wide"]:
        return bool(end["closed"])
    stop, is_small = end["stop"], partial(_is_small, plain, following, language)
    if "…" in stop or (len(stop) > 1 and set(stop) == {"."}):
        # Words are left out in the midst of a sentence, or it is left unfinished.
        before = plain[end.start() - 1 : end.start()]
        return not before or before.isspace() or before in "[(" or (bool(end["closers"]) and not is_small())
    if stop != ".":
        return bool(end["closers"]) and not is_small()
    if _ARMENIAN.match(plain[end.start() - 1 : end.start()]) and _has_armenian_stop(plain):
        # Where sentences end with its own stop, a point only divides them.
        return True
    word = _WORD_BEFORE.search(plain, max(0, end.start() - 20), end.start())
    return word is not None and _abbreviates(plain, word[0], following, language)


def _abbreviates(plain: str, word: str, following: re.Match[str], language: str) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation, an initial or an ordinal."""
    tables = _tables()
    is_small = partial(_is_small, plain, following, language)
    after = (following["word"] or "").lower()
    if word.replace(".", "").isdigit() or _ROMAN.fullmatch(word):
        if after in tables.months:
            return True
        is_short = len(word) <= _ORDINAL or "." in word or not word.isdigit()
        return is_short and not is_small() and _has_ordinals(plain, language)
    if _is_in(word, tables.before_words):
        return True
    is_letter = len(word) == 1 and word.lower() != word.upper()
    if is_letter and word.isupper() and after in tables.particles:
        return True
    if is_letter or "." in word or _is_in(word, tables.anywhere):
        return not is_small()
    return (following["sign"] or "").isdigit() and _is_in(word, tables.before_numbers)


def _is_in(word: str, table: frozenset[str]) -> bool:
    # Capitals are an abbreviation of their own: Calif., CA.
    is_all_capitals = len(word) > 1 and word.isupper()
    return word in table or (not is_all_capitals and word.lower() in table)


def _is_small(plain: str, following: re.Match[str], language: str) -> bool:
    """Whether a small word with a capital follows, with which a sentence begins."""
    word = following["word"]
    if not word or following["dot"]:
        return False
    small = word.lower().replace("’", "'")
    tags = [tag for tag, beginnings in _tables().beginnings.items() if small in beginnings]
    return any(tag in tags for tag in _languages(plain, language)) if tags else False


def _has_ordinals(plain: str, language: str) -> bool:
    """Whether a number with a full stop is an ordinal."""
    return any(tag in _tables().ordinals for tag in _languages(plain, language))


# A paragraph may have many stops.
@lru_cache(maxsize=16)
def _has_armenian_stop(plain: str) -> bool:
    return bool(_ARMENIAN_STOP.search(plain))


@lru_cache(maxsize=16)
def _languages(plain: str, language: str) -> tuple[str, str]:
    """The dossier's language, and that of a paragraph: the one of which it has most small words.

    The best guess counts, however weak: both languages only add words with which a sentence may begin. For names,
    `link/language.py` guesses the language of a whole text, and counts sure guesses only.
    """
    own = language.split("-", maxsplit=1)[0].lower()
    words = Counter(re.findall(r"[^\W\d_]+", plain.lower()))
    counts = {
        tag: sum(words[word] for word in words.keys() & small) for tag, small in _tables().beginnings.items()
    }
    return own, max(counts, key=lambda tag: (counts[tag], tag == own))


@cache
def _tables() -> _Tables:
    data: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8")
    )
    languages = {tag: table for tag, table in data.items() if isinstance(table, dict)}

    def words(name: str) -> frozenset[str]:
        return frozenset(word for table in languages.values() for word in table[name].split())

    return _Tables(
        before_words=words("before_words"),
        anywhere=words("anywhere"),
        before_numbers=words("before_numbers"),
        beginnings={tag: frozenset(table["beginnings"].split()) for tag, table in languages.items()},
        ordinals=frozenset(data["ordinals"].split()),
        months=frozenset(data["months"].split()),
        particles=frozenset(data["particles"].split()),
    )
