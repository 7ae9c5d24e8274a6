"""An inverted index in columns, sorted by numpy: where each term occurs, and the files of posting lists that it makes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.search import postings
from generator.search.postings import Chunk, Lists, begins_file, content, range_of, sort_key

Numbers: TypeAlias = "NDArray[np.uint32]"
Longs: TypeAlias = "NDArray[np.int64]"


@dataclass(frozen=True)
class Index:
    """Every place of every term: the columns are sorted by term, text and place.

    Attributes:
        terms: All of them, in the order in which browsers sort what they are looked up by.
        stems: The stem of each term, which the forms of a word share.
        starts: Where the places of each term begin; one more than there are terms.
        texts: The number of the text of each place.
        places: The number of the word in its text; of a record, of the passage that names it.
    """

    terms: tuple[str, ...]
    stems: tuple[str, ...]
    starts: Longs
    texts: Numbers
    places: Numbers

    @classmethod
    def empty(cls) -> "Index":
        """The index of no texts."""
        none = np.zeros(0, np.uint32)
        return cls((), (), np.zeros(1, np.int64), none, none)

    @classmethod
    def of_file(cls, packed: bytes) -> "Index":
        """The index of one file."""
        lists = Lists.from_file(packed)
        numbers, ends = _numbers(lists.data)
        bases = np.searchsorted(ends, starts_of(np.array(lists.sizes, np.int64)))
        of_texts = np.array(lists.texts, np.int64)
        sizes = np.diff(bases) - 2 * of_texts
        at = np.repeat(bases[:-1], of_texts) + within(of_texts)
        counts = numbers[at + np.repeat(of_texts, of_texts)]
        texts = _summed(numbers[at], of_texts)
        steps = numbers[np.repeat(bases[:-1] + 2 * of_texts, sizes) + within(sizes)]
        return cls(
            tuple(lists.terms),
            tuple(lists.stems),
            starts_of(sizes),
            np.repeat(texts, counts).astype(np.uint32),
            _summed(steps, counts).astype(np.uint32),
        )

    @classmethod
    def of_files(cls, files: Iterable[bytes]) -> "Index":
        """The index whose files these are, or some of its files, in their order."""
        return cls.concatenated([cls.of_file(packed) for packed in files])

    def renumbered(self, numbers: Longs) -> "Index":
        """The index with another number for each text, in the same order; without those whose number is -1."""
        left = self.where(numbers[self.texts] >= 0)
        return replace(left, texts=numbers.astype(np.uint32)[left.texts])

    def where(self, stays: "NDArray[np.bool_]") -> "Index":
        """The index with some of its places only, and without terms that have none of them."""
        # Mostly few go, so that what stays is counted by them.
        gone = np.searchsorted(self.starts, np.flatnonzero(~stays), side="right") - 1
        counts = np.diff(self.starts) - np.bincount(gone, minlength=len(self.terms))
        used = np.flatnonzero(counts)
        return Index(
            tuple(self.terms[at] for at in used),
            tuple(self.stems[at] for at in used),
            starts_of(counts[used]),
            self.texts[stays],
            self.places[stays],
        )

    def joined(self, other: "Index") -> "Index":
        """This index and another, of other texts."""
        if not other.terms:
            return self
        if not self.terms:
            return other
        stems_of = dict(zip(self.terms, self.stems, strict=True)) | dict(
            zip(other.terms, other.stems, strict=True)
        )
        terms = in_order(stems_of)
        mine = {term: at for at, term in enumerate(self.terms)}
        theirs = {term: at for at, term in enumerate(other.terms)}
        counts = np.zeros(len(terms), np.int64)
        # Where each place of the other comes among those of this: in its term, in the order of texts.
        before = np.zeros(len(other.texts), np.int64)
        end = 0
        for at, term in enumerate(terms):
            start = end
            if term in mine:
                end = int(self.starts[mine[term] + 1])
            if term in theirs:
                own = slice(int(other.starts[theirs[term]]), int(other.starts[theirs[term] + 1]))
                before[own] = start + np.searchsorted(self.texts[start:end], other.texts[own])
                counts[at] = own.stop - own.start
            counts[at] += end - start
        return Index(
            terms,
            tuple(stems_of[term] for term in terms),
            starts_of(counts),
            np.insert(self.texts, before, other.texts),
            np.insert(self.places, before, other.places),
        )

    def lists(self) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        """Each term with each text that it occurs in, and its places there."""
        if not self.terms:
            return
        begins = np.diff(self.texts, prepend=self.texts[:1]) != 0
        begins[self.starts[:-1]] = True
        starts = np.flatnonzero(begins)
        terms = np.searchsorted(self.starts, starts, side="right") - 1
        ends = [*starts[1:].tolist(), len(self.texts)]
        texts, places = self.texts[starts].tolist(), self.places.tolist()
        for term, text, start, end in zip(terms.tolist(), texts, starts.tolist(), ends, strict=True):
            yield self.terms[term], text, tuple(places[start:end])

    def longer_than(self, places: int) -> list[str]:
        """The terms that occur more often."""
        return [self.terms[at] for at in np.flatnonzero(np.diff(self.starts) > places).tolist()]

    def count(self, term: str) -> tuple[int, int]:
        """In how many texts, and how often, a term occurs."""
        at = self._numbers.get(term)
        if at is None:
            return 0, 0
        texts = self.texts[self.starts[at] : self.starts[at + 1]]
        # They are in order: where the next is another, a text begins.
        return 1 + int(np.count_nonzero(np.diff(texts))), len(texts)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term: at for at, term in enumerate(self.terms)}

    def chunks(self, long: Collection[str] = (), first: Collection[str] = ()) -> Iterator[Chunk]:
        """The files of the index, in order.

        Args:
            long: The terms whose lists are cut by ranges of texts.
            first: Terms that begin a file in any case.
        """
        if not self.terms:
            return
        starts, ranges = self._starts_in_ranges(long)
        terms = np.repeat(np.arange(len(self.terms)), np.diff(np.searchsorted(starts, self.starts)))
        sizes = np.diff(starts).tolist()
        named = [self.terms[at] for at in terms.tolist()]
        cuts = [
            at
            for at, (term, size, start) in enumerate(zip(named, sizes, ranges, strict=True))
            if not at
            or start is not None
            or ranges[at - 1] is not None
            or term in first
            or begins_file(term, size)
        ]
        for start, end in pairwise([*cuts, len(named)]):
            yield Chunk(
                tuple(named[start:end]),
                ranges[start] or 0,
                _written(
                    named[start:end],
                    [self.stems[at] for at in terms[start:end].tolist()],
                    starts[start : end + 1] - starts[start],
                    self.texts[starts[start] : starts[end]],
                    self.places[starts[start] : starts[end]],
                ),
            )

    def _starts_in_ranges(self, long: Collection[str]) -> tuple[Longs, list[int | None]]:
        """Where lists begin, long ones in each range, and the first text of each such range."""
        starts: list[int] = []
        ranges: list[int | None] = []
        for term, (start, end) in zip(self.terms, pairwise(self.starts.tolist()), strict=True):
            if term not in long:
                starts.append(start)
                ranges.append(None)
                continue
            others = np.diff(self.texts[start:end] // postings.RANGE) != 0
            for at in (start, *(start + 1 + np.flatnonzero(others)).tolist()):
                starts.append(at)
                ranges.append(range_of(int(self.texts[at])))
        return np.array([*starts, len(self.texts)], np.int64), ranges

    @classmethod
    def concatenated(cls, parts: Sequence["Index"]) -> "Index":
        """One index of parts in order; a part may go on with the last term of the one before."""
        if not parts:
            return cls.empty()
        terms: list[str] = []
        stems: list[str] = []
        counts: list[int] = []
        for part in parts:
            own = np.diff(part.starts).tolist()
            is_continued = terms[-1:] == list(part.terms[:1])
            if is_continued:
                counts[-1] += own[0]
            terms += part.terms[is_continued:]
            stems += part.stems[is_continued:]
            counts += own[is_continued:]
        return cls(
            tuple(terms),
            tuple(stems),
            starts_of(np.array(counts, np.int64)),
            np.concatenate([part.texts for part in parts]),
            np.concatenate([part.places for part in parts]),
        )


def in_order(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms in their order."""
    return tuple(sorted(terms, key=sort_key))


def starts_of(counts: NDArray[Any]) -> Longs:
    """Where concatenated lists of some lengths begin, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def within(lengths: NDArray[Any]) -> Numbers:
    """For concatenated lists of some lengths, the place of each item in its list."""
    before = starts_of(lengths)[:-1].astype(np.uint32)
    return np.arange(int(lengths.sum()), dtype=np.uint32) - np.repeat(before, lengths)


def _written(
    terms: Sequence[str], stems: Sequence[str], starts: Longs, texts: Numbers, places: Numbers
) -> bytes:
    """The content of a file of some lists."""
    sizes = np.diff(starts)
    each = np.repeat(np.arange(len(terms)), sizes)
    is_text = np.diff(texts.astype(np.int64), prepend=-1) != 0
    is_text[starts[:-1]] = True
    heads = np.flatnonzero(is_text)
    of_texts = np.bincount(each[heads], minlength=len(terms))
    begins = starts_of(of_texts)[:-1]
    gaps = np.diff(texts[heads].astype(np.int64), prepend=0)
    gaps[begins] = texts[heads[begins]]
    steps = np.diff(places.astype(np.int64), prepend=0)
    steps[heads] = places[heads]
    # Where each list begins among all numbers: two for each text of those before, and one for each place.
    bases = starts_of(2 * of_texts + sizes)
    numbers = np.empty(bases[-1], np.uint32)
    at = np.repeat(bases[:-1], of_texts) + within(of_texts)
    numbers[at] = gaps
    numbers[at + np.repeat(of_texts, of_texts)] = np.diff(heads, append=len(places))
    numbers[np.repeat(bases[:-1] + 2 * of_texts, sizes) + within(sizes)] = steps
    data, lengths = _varints(numbers)
    ends = starts_of(lengths)[bases]
    return content(Lists(terms, stems, of_texts.tolist(), np.diff(ends).tolist(), data))


def _summed(steps: Longs, lengths: Longs) -> Longs:
    """For concatenated lists of some lengths, each number as the sum of the steps to it in its list."""
    sums = np.cumsum(steps)
    first = np.cumsum(lengths) - lengths
    summed: Longs = sums - np.repeat(sums[first] - steps[first], lengths)
    return summed


def _varints(numbers: Numbers) -> tuple[bytes, Longs]:
    """Numbers of seven bits a byte, and how many bytes each takes."""
    lengths = np.ones(len(numbers), np.int64)
    for most in (1 << 7, 1 << 14, 1 << 21, 1 << 28):
        longer = numbers >= most
        if not longer.any():
            break
        lengths += longer
    width = int(lengths.max(initial=1))
    if width == 1:
        return numbers.astype(np.uint8).tobytes(), lengths
    table = np.empty((len(numbers), width), np.uint8)
    for at in range(width):
        table[:, at] = numbers >> np.uint32(7 * at) & np.uint32(127)
        table[:, at] |= (lengths > at + 1).view(np.uint8) << np.uint8(7)
    return table[np.arange(width) < lengths[:, None]].tobytes(), lengths


def _numbers(data: bytes) -> tuple[Longs, Longs]:
    """The numbers that `_varints` wrote, and the last byte of each."""
    read = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(read < 128)
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1] + 1])
    lengths = ends - starts + 1
    numbers = (read[starts] & 127).astype(np.int64)
    for at in range(1, int(lengths.max(initial=1))):
        longer = np.flatnonzero(lengths > at)
        numbers[longer] |= (read[starts[longer] + at] & 127).astype(np.int64) << (7 * at)
    return numbers, ends
