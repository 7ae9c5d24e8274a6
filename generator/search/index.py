"""Where every word stands: an index that is cut into files of about one size, each made of its words alone.

Files are cut where the words themselves say, so that a text that changes changes the files of its own words and
no others. The format is read by `words.js`: see `_packed`.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.search.terms import bare

Numbers: TypeAlias = "NDArray[np.uint32]"
Longs: TypeAlias = "NDArray[np.int64]"

# Before the id of a record, which texts are found by like by a word; no word holds it.
RECORD = "@"
# Numbers that a file holds, about: a query fetches one or two files a word.
_TARGET = 8_000
# What a word costs, in numbers, besides its places.
_HEAD = 8


@dataclass(frozen=True)
class Chunk:
    """A file of the index.

    Attributes:
        first: The first term that it holds.
        name: Changes with what it holds.
        index: What it holds.
    """

    first: str
    name: str
    index: "Index"

    def packed(self) -> bytes:
        """Its bytes."""
        return self.index.packed()


@dataclass(frozen=True)
class Index:
    """Every place of every word: the columns are sorted by term, text and place.

    Attributes:
        terms: All of them, in the order in which browsers sort what they are looked up by.
        stems: What the forms of one word share, for each term.
        starts: Where the places of each term begin; one more than there are terms.
        texts: The text of each place, by number.
        places: The word of its text, by number; of a record the passage that names it.
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

    def renumbered(self, numbers: Longs) -> "Index":
        """The index with another number for each text, in the same order; those without one (-1) are left out."""
        left = self._without(numbers[self.texts] < 0)
        return replace(left, texts=numbers.astype(np.uint32)[left.texts])

    def mended(self, terms: Set[str], texts: Iterable[int], other: "Index") -> "Index":
        """The index with what another says of some texts, as far as some terms are concerned, in place of what it says."""
        concerned = np.fromiter((term in terms for term in self.terms), bool, len(self.terms))
        goes = np.repeat(concerned, np.diff(self.starts))
        goes[goes] = np.isin(self.texts[goes], np.fromiter(texts, np.uint32))
        return self._without(goes).joined(other)

    def of_terms(self, terms: Set[str]) -> "Index":
        """No more of the index than some terms."""
        others = np.fromiter((term not in terms for term in self.terms), bool, len(self.terms))
        return self._without(np.repeat(others, np.diff(self.starts)))

    def differing(self, other: "Index") -> set[str]:
        """The terms of which two indexes say different things."""
        mine, theirs = self._by_term(), other._by_term()
        return {term for term in mine.keys() | theirs.keys() if mine.get(term) != theirs.get(term)}

    def _by_term(self) -> dict[str, bytes]:
        found = {}
        for term, (start, end) in zip(self.terms, pairwise(self.starts.tolist()), strict=True):
            found[term] = self.texts[start:end].tobytes() + self.places[start:end].tobytes()
        return found

    def _without(self, goes: "NDArray[np.bool_]") -> "Index":
        """The index without some places, and without terms that have none then."""
        # Mostly few go, so that what stays is counted by them.
        gone = np.searchsorted(self.starts, np.flatnonzero(goes), side="right") - 1
        counts = np.diff(self.starts) - np.bincount(gone, minlength=len(self.terms))
        used = np.flatnonzero(counts)
        return Index(
            tuple(self.terms[at] for at in used),
            tuple(self.stems[at] for at in used),
            starts_of(counts[used]),
            self.texts[~goes],
            self.places[~goes],
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

    def dear(self, number: int) -> dict[str, int]:
        """In how many texts each word stands that stands in more places than a number."""
        many = np.flatnonzero(np.diff(self.starts) > number).tolist()
        # Those of a term are in order: where the next is another, a text begins.
        begins = np.diff(self.texts) != 0
        return {
            self.terms[term]: 1 + int(np.count_nonzero(begins[self.starts[term] : self.starts[term + 1] - 1]))
            for term in many
            if not self.terms[term].startswith(RECORD)
        }

    def chunks(self) -> Iterator[Chunk]:
        """The files of the index, by their first terms."""
        for start, end in pairwise([*self._cuts(), len(self.terms)]):
            yield self._part(start, end).whole()

    def whole(self) -> Chunk:
        """The index as one file."""
        return Chunk(self.terms[0], self._digest(), self)

    @property
    def begins_file(self) -> bool:
        """Whether a file begins with its first term, wherever that stands."""
        return bool(self._is_cut(slice(0, 1)).all())

    def _part(self, start: int, end: int) -> "Index":
        first, last = int(self.starts[start]), int(self.starts[end])
        return Index(
            self.terms[start:end],
            self.stems[start:end],
            self.starts[start : end + 1] - first,
            self.texts[first:last],
            self.places[first:last],
        )

    def _cuts(self) -> list[int]:
        """Where files begin: at terms whose hash is small for the room that they take, so that neighbours do not matter."""
        cuts: list[int] = np.flatnonzero(self._is_cut(slice(None))).tolist()
        return cuts if cuts[:1] == [0] or not self.terms else [0, *cuts]

    def _is_cut(self, where: slice) -> "NDArray[np.bool_]":
        sizes = np.diff(self.starts)[where] + _HEAD
        # By powers of two: a place more or less hardly ever changes where files are cut.
        likely = np.exp2(np.ceil(np.log2(sizes))) / _TARGET * (1 << 32)
        hashes = np.array([zlib.crc32(term.encode()) for term in self.terms[where]], np.float64)
        is_cut: NDArray[np.bool_] = hashes < likely
        return is_cut

    def _digest(self) -> str:
        head = json.dumps([self.terms, self.stems], ensure_ascii=False)
        made = hashlib.blake2b(head.encode(), digest_size=10)
        for column in (np.diff(self.starts), self.texts, self.places):
            made.update(np.ascontiguousarray(column).data)
        return made.hexdigest()

    def stored(self) -> bytes:
        """The index as it is kept, to be read by `restored`: longer than `packed`, and nothing to be worked out."""
        head = json.dumps([self.terms, self.stems, np.diff(self.starts).tolist()]).encode()
        # Columns begin where a processor reads them best.
        head += b" " * (-len(head) % 4)
        return b"".join([len(head).to_bytes(4, "little"), head, self.texts.tobytes(), self.places.tobytes()])

    @classmethod
    def restored(cls, data: bytes) -> "Index":
        """The index that was stored."""
        start = 4 + int.from_bytes(data[:4], "little")
        terms, stems, counts = json.loads(data[4:start])
        texts, places = np.frombuffer(data, np.uint32, offset=start).reshape(2, -1)
        return cls(tuple(terms), tuple(stems), starts_of(np.array(counts, np.int64)), texts, places)

    @classmethod
    def in_a_row(cls, parts: Sequence["Index"]) -> "Index":
        """Indexes of which each has terms after those of the one before as one."""
        if not parts:
            return cls.empty()
        return cls(
            tuple(term for part in parts for term in part.terms),
            tuple(stem for part in parts for stem in part.stems),
            starts_of(np.concatenate([np.diff(part.starts) for part in parts])),
            np.concatenate([part.texts for part in parts]),
            np.concatenate([part.places for part in parts]),
        )

    def packed(self) -> bytes:
        """A file, compressed: four bytes that say how long the JSON is that follows them, and the places.

        The JSON has the terms, the stem of each (as the number of its own letters where it is its beginning), and
        how many bytes its places take. These are numbers of seven bits a byte, the low ones first, all but the last
        byte of a number with the eighth bit: for each text how many texts further it is, how many places it has,
        and how many words further each of these is.
        """
        texts, places = self.texts.astype(np.int64), self.places.astype(np.int64)
        term = np.repeat(np.arange(len(self.terms)), np.diff(self.starts))
        is_term = np.diff(term, prepend=-1) != 0
        is_text = is_term | (np.diff(texts, prepend=-1) != 0)
        heads = np.flatnonzero(is_text)
        gaps = np.diff(texts[heads], prepend=0)
        gaps[is_term[heads]] = texts[heads][is_term[heads]]
        steps = np.diff(places, prepend=0)
        steps[heads] = places[heads]
        numbers = np.empty(len(places) + 2 * len(heads), np.uint32)
        numbers[np.arange(len(places)) + 2 * np.cumsum(is_text)] = steps
        at = heads + 2 * np.arange(len(heads))
        numbers[at], numbers[at + 1] = gaps, np.diff(heads, append=len(places))
        data, lengths = _varints(numbers)
        # Where the bytes of each term end: after its last place.
        ends = np.searchsorted(term, np.arange(1, len(self.terms) + 1))
        sizes = np.diff(np.cumsum(lengths)[ends - 1 + 2 * np.cumsum(is_text)[ends - 1]], prepend=0)
        head = {
            "terms": self.terms,
            "stems": [_short(t, s) for t, s in zip(self.terms, self.stems, strict=True)],
            "sizes": sizes.tolist(),
        }
        said = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        return gzip.compress(len(said).to_bytes(4, "little") + said + data, 1, mtime=0)


def place_of(term: str) -> tuple[bytes, str]:
    """What sorts a term as browsers sort what they are looked up by, by units of UTF-16."""
    return bare(term).encode("utf-16-be"), term


def in_order(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms in their order."""
    return tuple(sorted(terms, key=place_of))


def starts_of(counts: Longs) -> Longs:
    """Where lists of some lengths in a row begin, and where the last ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


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


def _short(term: str, stem: str) -> int | str:
    return len(stem) if term.startswith(stem) else stem
