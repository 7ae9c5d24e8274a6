"""What finding names needs to know of languages, and the language of a text."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

_TABLES = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
_COMMON: dict[str, list[str]] = {}
for _language, _words in _TABLES["common"].items():
    for _word in _words.split():
        _COMMON.setdefault(_word, []).append(_language)
_CAPITAL_NOUNS = frozenset(_TABLES["capital_nouns"].split())
_ELIDED = {language: frozenset(words.split()) for language, words in _TABLES["elided"].items()}
_PARTICLES = re.compile(
    f"(?:{'|'.join(sorted(_TABLES['korean']['particles'].split(), key=len, reverse=True))}){{1,3}}"
)
_SYLLABLES = frozenset(_TABLES["korean"]["syllables"].split())
MONTHS = frozenset(_TABLES["months"]["names"].split())
BEFORE_MONTHS = re.compile(
    rf"(?:[0-9](?:st|nd|rd|th)?(?: of)?[ -]|(?i:\b(?:{'|'.join(_TABLES['months']['before'].split())})[ -]))\Z"
)
_COURTESIES: dict[str, dict[str, str]] = _TABLES["courtesies"]
_NONE: dict[str, str] = {}
# What may follow a person's name of two characters in a script without spaces.
FOLLOWING = tuple(_TABLES["unspaced"]["following"].split())
PREFIXES = frozenset(_TABLES["hyphens"]["prefixes"].split())
WORDS = frozenset(_TABLES["hyphens"]["words"].split())
COUNTRIES = frozenset(_TABLES["hyphens"]["countries"].split())
_BETWEEN = frozenset(_TABLES["hyphens"]["between"].split())
# Names of places that hold the name of another.
UNLISTED_PLACES = tuple(
    name.strip()
    for line in _TABLES["places"]["others"].split("\n")
    for name in line.split(";")
    if name.strip()
)
# Characters of a text by which its language is guessed, and the words among which one must be a common word.
_SAMPLE, _RARELY = 2000, 12


def language_of(text: str, given: str | None, default: str) -> str:
    """The language of an article without its region: as given, else guessed by common words, else the dossier's.

    The guess is of a whole text, and only sure ones count, since names are read otherwise in some languages. Checks
    on sentences guess that of a paragraph (`check/sentences.py`), which may be short: there the best guess counts.
    """
    if given:
        return given.partition("-")[0].lower()
    words = text[:_SAMPLE].split(" ")
    times = Counter(language for word in words if word in _COMMON for language in _COMMON[word])
    number, language = max(((number, language) for language, number in times.items()), default=(0, ""))
    return language if number * _RARELY > len(words) else default.partition("-")[0].lower()


def has_capital_nouns(language: str) -> bool:
    """Whether the language gives all nouns a capital."""
    return language in _CAPITAL_NOUNS


def elided(language: str) -> frozenset[str]:
    """The words that lose their vowel before a name in a language, without their apostrophe."""
    return _ELIDED.get(language, frozenset())


def courtesies(language: str) -> dict[str, str]:
    """What would be initials in another language, and is a courtesy in this one, with that in full."""
    return _COURTESIES.get(language, _NONE)


def are_particles(run: str, is_name: bool) -> bool:
    """Whether a run of Hangul is particles of Korean.

    Args:
        is_name: Whether its first syllable may belong to the name before it.
    """
    return _PARTICLES.fullmatch(run) is not None and not (is_name and run[0] in _SYLLABLES)


def are_between(words: Sequence[str]) -> bool:
    """Whether two names with these small words and hyphens between them stay separate names."""
    return all(word in _BETWEEN for word in words)
