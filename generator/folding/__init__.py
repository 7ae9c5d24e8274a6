"""One folding for quotes, names and search: what is written in several ways is found by each of them."""

from generator.folding.table import QUOTATION_MARKS
from generator.folding.text import (
    BROKEN,
    NAMES,
    QUOTES,
    UNSPACED,
    Folded,
    capitals,
    fold,
    is_word,
    joined,
    one_line,
    unbroken,
)

__all__ = [
    "BROKEN",
    "NAMES",
    "QUOTATION_MARKS",
    "QUOTES",
    "UNSPACED",
    "Folded",
    "capitals",
    "fold",
    "is_word",
    "joined",
    "one_line",
    "unbroken",
]
