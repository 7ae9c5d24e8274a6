"""Folding for quotes, names and search: text that is written in several ways is found by each of them."""

from generator.folding.table import QUOTATION_MARKS, STOPS, WIDE_STOPS
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
    "STOPS",
    "UNSPACED",
    "WIDE_STOPS",
    "Folded",
    "capitals",
    "fold",
    "is_word",
    "joined",
    "one_line",
    "unbroken",
]
