"""Which forms of a word belong together, by the rules of its language."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

# By the codes of ISO 639-1; words of other languages are found by their beginnings only.
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "nn": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class _Stemmer(Protocol):
    def stemWords(self, words: Sequence[str]) -> list[str]: ...  # noqa: N802 - its name


def stems(language: str, words: Sequence[str]) -> list[str]:
    """The stem of each word, which its forms share: `alliance` and `alliances` have `allianc`.

    Args:
        language: As BCP 47 writes it.
        words: In lower case, with their diacritics.
    """
    name = _ALGORITHMS.get(language.partition("-")[0].lower())
    # A library that says no types.
    snowball = import_module("Stemmer")
    if name not in snowball.algorithms():
        return list(words)
    # Without a store of words met before, which costs more than it saves: none comes twice.
    stemmer: _Stemmer = snowball.Stemmer(name, 0)
    return stemmer.stemWords(words)
