"""The language of a text, as far as names in it are read by it."""

import tomllib
from collections import Counter
from importlib.resources import files

_TABLES = tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))
_COMMON = {language: words.split() for language, words in _TABLES["common"].items()}
_CAPITAL_NOUNS = frozenset(_TABLES["capital_nouns"].split())
# So many characters of a text say which language it is in, where of so many of its words one is a common one.
_SAMPLE, _RARELY = 4000, 12


def language_of(text: str, given: str | None, default: str) -> str:
    """The language of an article without its region: as given, else guessed by common words, else the dossier's."""
    if given:
        return given.partition("-")[0].lower()
    words = text[:_SAMPLE].split(" ")
    times = Counter(words)
    number, language = max((sum(times[word] for word in common), lang) for lang, common in _COMMON.items())
    return language if number * _RARELY > len(words) else default.partition("-")[0].lower()


def has_capital_nouns(language: str) -> bool:
    """Whether the language gives all nouns a capital."""
    return language in _CAPITAL_NOUNS
