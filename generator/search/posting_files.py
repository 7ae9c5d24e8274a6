"""The files of posting lists after a change of some texts: only files that hold a changed list are read and written.

Files are numbered in the order of their first terms, and a changed list belongs to one of them, or, if it is long, to
several. The files to be read, their index before and after, and where it is cut depend on each other: while a changed
file no longer begins by its own first term, or a list becomes long or is long no more, further files are read too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.search import postings
from generator.search.index import Index, Longs
from generator.search.postings import begins_file, range_of, sort_key
from generator.search.state import PostingFile

# In how many texts, and how often, each term occurs whose list is long.
Long = Mapping[str, tuple[int, int]]


class PostingUpdate:
    """An update of posting lists.

    Args:
        files: The files before.
        long: The terms with long lists before.
        numbers: For each text before, its number after; -1 of those that are gone or changed.
        new: The index of texts that are new or changed.
        read: Reads a file.
        due: The terms whose list differs, each with the text before or after in which it does; None if all may differ.

    Attributes:
        changed: The files that were made.
        kept: The files that stay.
        long: The terms with long lists after.
    """

    def __init__(
        self,
        files: Sequence[PostingFile],
        long: Long,
        numbers: Longs,
        new: Index,
        read: Callable[[PostingFile], bytes],
        due: Iterable[tuple[str, int]] | None,
    ) -> None:
        self._files = files
        self._long = long
        self._keys = [(sort_key(file.first), file.start) for file in files]
        self._indexes: dict[int, Index] = {}
        self._read = read
        everything = set(range(len(files)))
        reading = everything if due is None or not files else {self._file_of(*each) for each in due}
        while True:
            reading |= self._after_long(reading)
            before = Index.concatenated([self._index(at) for at in sorted(reading)])
            there = new if reading == everything else new.where(self._belongs(new, reading))
            now = before.renumbered(numbers).joined(there)
            self.long = self._long_after(before, now)
            more = self._short_again() | self._joined(reading, now)
            if more <= reading:
                break
            reading |= more
        first = {now.terms[number] for _, number in self._starts(reading, now)}
        self.changed = tuple(now.chunks(self.long, first))
        self.kept = tuple(file for at, file in enumerate(files) if at not in reading)

    def _index(self, at: int) -> Index:
        if at not in self._indexes:
            self._indexes[at] = Index.of_file(self._read(self._files[at]))
        return self._indexes[at]

    def _file_of(self, term: str, text: int) -> int:
        """The file that holds the list of a term, or would hold it, as far as it is of a text."""
        is_long = term in self._long
        at = bisect_right(self._keys, (sort_key(term), range_of(text) if is_long else 0)) - 1
        # A range of a long list has a file of its own.
        return at + 1 if not is_long and self._is_after_long(at + 1) else max(at, 0)

    def _is_after_long(self, at: int) -> bool:
        """Whether a file begins only since the one before is a range of a long list."""
        return (
            0 < at < len(self._files)
            and self._files[at - 1].first in self._long
            and self._files[at].first not in self._long
        )

    def _after_long(self, reading: set[int]) -> set[int]:
        return {at + 1 for at in reading if self._is_after_long(at + 1)}

    def _belongs(self, index: Index, reading: set[int]) -> NDArray[np.bool_]:
        """For each place of an index, whether it belongs to one of some files."""
        found = [(self._file_of(term, text) in reading, len(places)) for term, text, places in index.lists()]
        belongs, sizes = zip(*found, strict=True) if found else ((), ())
        return np.repeat(np.array(belongs, np.bool_), np.array(sizes, np.int64))

    def _long_after(self, before: Index, now: Index) -> dict[str, tuple[int, int]]:
        """The terms with long lists after, given the lists that were read, before and after."""
        found = {}
        for term in {*self._long, *now.longer_than(postings.LONG)}:
            texts, places = now.count(term)
            if term in self._long:
                # Other ranges of the list may not have been read.
                all_texts, all_places = self._long[term]
                old_texts, old_places = before.count(term)
                texts, places = texts + all_texts - old_texts, places + all_places - old_places
            if places > postings.LONG:
                found[term] = texts, places
        return found

    def _short_again(self) -> set[int]:
        """The files of lists that are long no more, which become one list."""
        short = self._long.keys() - self.long.keys()
        return {at for at, file in enumerate(self._files) if file.first in short} if short else set()

    def _joined(self, reading: set[int], now: Index) -> set[int]:
        """The files that go on with a list that was read, since its term begins no file."""
        found = set()
        for at, number in self._starts(reading, now):
            if at and self._files[at - 1].first not in self._long:
                term = now.terms[number]
                if term not in self.long and not begins_file(term, now.count(term)[1]):
                    found.add(at - 1)
        return found

    def _starts(self, reading: set[int], now: Index) -> Iterator[tuple[int, int]]:
        """The first of neighboring files that were read, and the number of the first term of them or of later ones."""
        for at in sorted(reading):
            if at - 1 in reading:
                continue
            if at and self._files[at - 1].first in self._long:
                # New terms may come before the first of the file.
                number = bisect_right(now.terms, self._keys[at - 1][0], key=sort_key)
            else:
                number = bisect_left(now.terms, self._keys[at][0], key=sort_key) if at else 0
            if number < len(now.terms):
                yield at, number
