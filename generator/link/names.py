"""The index of all names of a dossier, which finds them in a text in one pass."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from generator.folding import Folded, fold
from generator.link.boundaries import Boundaries, IsWhole, NameLookup
from generator.link.forms import folded, parts, spellings, spellings_of_people
from generator.link.language import UNLISTED_PLACES
from generator.model.actors import Person
from generator.model.ids import RecordId
from generator.model.kinds import NAMED_KINDS
from generator.model.record import Record

# The first texts are searched only for names whose first letters occur in them; from then on an automaton of all names
# is worth its construction. The number of these texts, and of the letters.
_FEW_TEXTS, _PREFIX = 5, 3
# Characters after which a word surely begins, and before which it ends, also where a full stop is between.
_BEFORE, _AFTER = frozenset(' \0(["—…'), frozenset(' \0,;:!?)]"—…')


# The records that a name may mean.
Keys = tuple[RecordId, ...]


class NameMeaning(NamedTuple):
    """The records that a spelling may mean: as a full name, as a short form, and as a part of a person's name."""

    full: tuple[RecordId, ...] = ()
    short: tuple[RecordId, ...] = ()
    part: tuple[RecordId, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it is only a part of names that records give."""
        return not self.full and not self.short

    @property
    def possible(self) -> tuple[RecordId, ...]:
        """The records of the strongest of these."""
        return self.full or self.short or self.part


@dataclass(frozen=True, order=True)
class NameMatch:
    """A name in a text: its span in the text as written, and what it may mean."""

    start: int
    end: int
    name: NameMeaning = field(compare=False)


class Names:
    """An index of spellings that finds all of them in one pass over a text.

    Attributes:
        spellings: All spellings, in order.
        names: What each of them may mean.
        only: The one record whose full name or short form each is, if there is one.
        in_full: The one record whose full name each is, if there is one.
        parts: The numbers of those that are words of names and no names.
    """

    def __init__(self, meanings: Mapping[str, NameMeaning]) -> None:
        self.spellings = tuple(meanings)
        self.names = tuple(meanings.values())
        self.only = tuple(map(_only, self.names))
        self.in_full = tuple(name.full[0] if len(name.full) == 1 else None for name in self.names)
        self.parts = frozenset(number for number, name in enumerate(self.names) if name.is_part and name.part)
        self._unlisted = frozenset(number for number, name in enumerate(self.names) if not name.possible)
        # The spellings of the automaton: `extended` adds others, which are found in other ways.
        self._searched = self.spellings
        self._automaton: AhoCorasick | None = None
        # The number of texts that were searched without an automaton.
        self._texts_searched = 0

    def extended(self, more: Mapping[str, NameMeaning]) -> "Names":
        """The index with further names, numbered after these, that are found elsewhere."""
        both = copy(self)
        both.spellings += tuple(more)
        both.names += tuple(more.values())
        both.only += tuple(map(_only, more.values()))
        both.in_full += tuple(name.full[0] if len(name.full) == 1 else None for name in more.values())
        return both

    def find(self, text: str) -> tuple[NameMatch, ...]:
        """The names in a text, as whole words, in order; of those that overlap the longest.

        Words of people's names that no record gives as a name are left out: they mean somebody only where
        more of the text says so.
        """
        level = fold(text)
        is_whole = Boundaries(level, text, "", NameLookup(self.get)).is_whole
        found = ((start, end, self.names[index]) for start, end, index in self.spans(level.text, is_whole))
        return tuple(
            NameMatch(*level.span(start, end), name) for start, end, name in found if name.full or name.short
        )

    def spans(self, text: str, is_whole: IsWhole | None = None) -> list[tuple[int, int, int]]:
        """The same in a folded text: where each begins and ends, and the number of its spelling.

        Args:
            is_whole: Says whether a name is one where it begins and ends; asked where neither spaces nor
                punctuation do.
        """
        if not text or not self._searched:
            return []
        if is_whole is None:
            is_whole = Boundaries(Folded(text), text, "", NameLookup(self.get)).is_whole
        # The text between two parting signs, so that each place in it has one on either side.
        within = f" {text} "
        matches = self._matches(text)
        kept: list[tuple[int, int, int]] = []
        last = 0
        # Matches are ordered by their ends; of those with the same end the longest comes first.
        for index, start, end in matches:
            if end == last:
                continue
            after = within[end + 1]
            if after == ".":
                after = within[end + 2 : end + 3] or " "
            if (within[start] not in _BEFORE or after not in _AFTER) and not is_whole(start, end):
                continue
            if start < last:
                while kept and kept[-1][0] >= start:
                    kept.pop()
                if kept and kept[-1][1] > start:
                    # Two cross, which is rare: the longest is not simply the one that holds the other.
                    kept = longest_of((s, e, i) for i, s, e in matches if is_whole(s, e))
                    break
            kept.append((start, end, index))
            last = end
        return [span for span in kept if span[2] not in self._unlisted] if self._unlisted else kept

    def unlisted(self, text: str) -> list[tuple[int, int]]:
        """The spans of names of places without a record that contain another name, such as Papua New Guinea."""
        return [(start, end) for index, start, end in self._matches(text) if index in self._unlisted]

    def get(self, spelling: str) -> NameMeaning | None:
        """What a spelling may mean."""
        at = bisect_left(self._searched, spelling)
        return self.names[at] if self._searched[at : at + 1] == (spelling,) else None

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """The number of each spelling in a folded text, with where it begins and ends, in the order of the ends."""
        if self._automaton is None and self._texts_searched < _FEW_TEXTS:
            # Building the automaton takes longer than finding the names whose first letters occur in the text.
            self._texts_searched += 1
            begun = {text[at : at + size] for size in range(1, _PREFIX + 1) for at in range(len(text))}
            numbers = [at for at, words in enumerate(self._searched) if words[:_PREFIX] in begun]
            found = AhoCorasick([self._searched[at] for at in numbers]).find_matches_as_indexes(
                text, overlapping=True
            )
            return [(numbers[at], start, end) for at, start, end in found]
        if self._automaton is None:
            self._automaton = AhoCorasick(self._searched)
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


def replacing(
    meanings: Mapping[str, NameMeaning], old: Iterable[Record], new: Iterable[Record]
) -> dict[str, NameMeaning]:
    """What each spelling may mean, in the order of the spellings, with some records in place of others."""
    found = {spelling: name for spelling, name in meanings.items() if name.possible}
    # Of the spellings that a record comes to or goes from: the rank of each record's meaning among `NameMeaning`'s.
    ranks: dict[str, dict[RecordId, int]] = {}

    def ranks_of(spelling: str) -> dict[RecordId, int]:
        if spelling not in ranks:
            name = found.pop(spelling, ())
            ranks[spelling] = {key: rank for rank, keys in enumerate(name) for key in keys}
        return ranks[spelling]

    for record in old:
        for spelling in spellings_of(record):
            ranks_of(spelling).pop(record.id, None)
    for record in new:
        # A spelling that is a record's full name is not its short form as well.
        for spelling, rank in spellings_of(record).items():
            ranks_of(spelling)[record.id] = rank
    for spelling, keys in ranks.items():
        if keys:
            found[spelling] = NameMeaning(
                *(tuple(sorted(key for key in keys if keys[key] == rank)) for rank in range(3))
            )
    for words in map(folded, UNLISTED_PLACES):
        if words not in found and any(name in found for name in _inner_names(words)):
            for spelling in spellings([words]):
                found.setdefault(spelling, NameMeaning())
    return dict(sorted(found.items()))


def spellings_of(record: Record) -> dict[str, int]:
    """The spellings of a record, each with its rank: 0 for a full name, 1 for a short form, 2 for a part of a name."""
    if record.kind_of not in NAMED_KINDS:
        return {}
    if isinstance(record, Person) and record.forms == "derived":
        full = spellings_of_people(record.names)
        short = spellings_of_people(record.short_names)
        sorts = full, short, spellings_of_people(parts(record.names))
    else:
        sorts = spellings(record.names), spellings(record.short_names), set()
    return {spelling: rank for rank in (2, 1, 0) for spelling in sorts[rank]}


def _inner_names(words: str) -> set[str]:
    """The runs of words, fewer than all, that a name holds."""
    ends = [at for at, sign in enumerate(words) if sign in " -"]
    starts, ends = [0, *(at + 1 for at in ends)], [*ends, len(words)]
    return {words[start:end] for start in starts for end in ends if start < end} - {words}


def _only(name: NameMeaning) -> RecordId | None:
    keys = name.full or name.short
    return keys[0] if len(keys) == 1 else None


def longest_of(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest of those that overlap, in order."""
    kept: list[tuple[int, int, int]] = []
    cluster: list[tuple[int, int, int]] = []
    last = 0
    for span in sorted(found):
        if span[0] >= last and cluster:
            kept.extend(_longest(cluster))
            cluster = []
        cluster.append(span)
        last = max(last, span[1])
    return kept + _longest(cluster)


def _longest(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of spans that overlap the longest, then the longest of those that it leaves, in order."""
    kept: list[tuple[int, int, int]] = []
    for start, end, index in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        if all(end <= begin or stop <= start for begin, stop, _ in kept):
            kept.append((start, end, index))
    return sorted(kept)
