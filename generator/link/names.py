"""All names of a dossier and where they stand in a text."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from generator.link.folding import fold, is_word
from generator.model.dossier import Dossier
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS
from generator.model.quotes import UNSPACED
from generator.model.record import Record

# A name of one character would be found in every list and formula.
_SHORTEST = 2


@dataclass(frozen=True)
class Name:
    """What one spelling may mean: by its full names, and by its short forms."""

    full: tuple[RecordId, ...] = ()
    short: tuple[RecordId, ...] = ()


@dataclass(frozen=True, order=True)
class Candidate:
    """A name found in a text: the span in the text as written, and what it may mean."""

    start: int
    end: int
    name: Name = field(compare=False)


class Names:
    """An index of spellings that finds all of them in one pass over a text."""

    def __init__(self, records: Mapping[RecordId, Record]) -> None:
        spellings: dict[str, tuple[set[RecordId], set[RecordId]]] = {}
        for key, record in records.items():
            if record.kind_of not in NAMED_KINDS:
                continue
            for slot, names in enumerate((record.names, record.short_names)):
                for spelling in _spellings(names):
                    spellings.setdefault(spelling, (set(), set()))[slot].add(key)
        self._spellings = tuple(sorted(spellings))
        # A spelling that is a record's full name is not its short form as well.
        self._names = tuple(
            Name(tuple(sorted(full)), tuple(sorted(short - full)))
            for full, short in (spellings[spelling] for spelling in self._spellings)
        )
        self._automaton = AhoCorasick(self._spellings) if self._spellings else None

    @classmethod
    def of(cls, dossier: Dossier) -> "Names":
        """The index over all named records of a dossier."""
        return cls(dossier.records)

    def find(self, text: str) -> tuple[Candidate, ...]:
        """The names in a text, as whole words, in order; of those that overlap the longest."""
        if self._automaton is None or not text:
            return ()
        folded = fold(text)
        found = [
            (start, end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
            if is_whole(folded.text, start, end)
        ]
        kept: list[tuple[int, int, int]] = []
        taken = bytearray(len(folded.text))
        for start, end, index in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                kept.append((start, end, index))
        return tuple(
            Candidate(*folded.span(start, end), self._names[index]) for start, end, index in sorted(kept)
        )


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span of a folded text stands there as words of its own.

    A hyphen and a possessive end a word; an apostrophe inside a word (O'Neil) does not begin one.
    """
    if start and is_word(text[start]) and not _parts_freely(text, start):
        before = text[start - 1]
        if is_word(before) or (before == "'" and start > 1 and is_word(text[start - 2])):
            return False
    if end >= len(text) or not is_word(text[end]) or not is_word(text[end - 1]):
        return True
    return _parts_freely(text, end)


def _parts_freely(text: str, position: int) -> bool:
    """Whether a word may end there by itself, as in scripts that are written without spaces."""
    before, after = text[position - 1], text[position]
    is_mark = unicodedata.category(after).startswith("M")
    return not is_mark and bool(UNSPACED.match(before) or UNSPACED.match(after))


@lru_cache(maxsize=65536)
def _folded_name(name: str) -> str:
    return fold(name).text


def _spellings(names: tuple[str, ...]) -> set[str]:
    """The names as they are looked for: folded, and in capitals as headlines print them."""
    folded = {_folded_name(name) for name in names}
    return {s for name in folded for s in (name, name.upper()) if len(s) >= _SHORTEST}
