"""How letters of any script are written in ASCII, so that a browser folds names and queries alike."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from generator.folding.search import plain

# Alphabets that readers type names in, whole: a query may hold a letter that no name here has.
_ALPHABETS = (
    (0x00C0, 0x024F),  # Latin with diacritics
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x0531, 0x0587),  # Armenian
    (0x05D0, 0x05EA),  # Hebrew
    (0x0620, 0x06D3),  # Arabic
    (0x10D0, 0x10FF),  # Georgian
    (0x1E00, 0x1EFF),  # Latin, more
)
# What is one sound in two letters.
_DIGRAPHS = {"ու": "u", "եւ": "ev"}
# How letters of a query may be written that have no case: nothing else is folded.
_LETTERS = "LMN"


@cache
def _folded(character: str) -> str:
    """A character in lower-case ASCII; marks and what stands for a letter that Latin lacks are left out."""
    return "".join(c for c in anyascii(character).lower() if c.isalnum())


def fold_table(texts: Iterable[str]) -> dict[str, str]:
    """The characters outside ASCII of the common alphabets and of some texts, each with what it folds to.

    Characters are as `plain` gives them, which is how the browser asks for them.
    """
    seen = {chr(code) for first, last in _ALPHABETS for code in range(first, last + 1)}
    for text in texts:
        seen.update(plain(text))
    table = {
        c: _folded(c)
        for c in seen
        if not c.isascii() and c == c.lower() and unicodedata.category(c)[0] in _LETTERS
    }
    return dict(sorted((table | _DIGRAPHS).items()))
