"""The files of words of a search, mended: no more of them is read and made than those whose words stand elsewhere."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.folding.search import bare
from generator.output.content_store import ContentStore
from generator.search import postings
from generator.search.files import file_name
from generator.search.postings import Lists, Postings, begins_file, chunk_of, cut, place_of, range_of
from generator.search.state import SearchState, put_words
from generator.search.stems import stems

# Where each term stands in each text, by number, that is otherwise than before; nowhere, where it does no more.
Changes = dict[str, dict[int, list[int]]]
# A file: its first term, from which text on it holds it, and what it is named by.
_File = tuple[str, int, str]


class LostWordsError(Exception):
    """More may differ than what is kept can be mended for, or something of that is gone: all is to be made."""


def mended(
    store: ContentStore, kept: SearchState, changes: Changes
) -> tuple[list[_File], Mapping[str, tuple[int, int]]]:
    """The files of words, and the terms whose lists are long, after changes.

    Raises:
        LostError: if all is to be made.
    """
    return _WordUpdate(store, kept, changes).made()


class _WordUpdate:
    def __init__(self, store: ContentStore, kept: SearchState, changes: Changes) -> None:
        self._shelf = store
        self._kept = kept
        self._changes = changes
        self._long = dict(kept.long)
        # Those that come have no name yet.
        self._files = list(kept.chunks)
        self._places = [(place_of(first), start) for first, start, _ in self._files]

    def made(self) -> tuple[list[_File], Mapping[str, tuple[int, int]]]:
        """The files, and the terms whose lists are long."""
        due: dict[_File, Changes] = defaultdict(dict)
        for term, texts in self._changes.items():
            for text, now in texts.items():
                due[self._file_of(term, text)].setdefault(term, {})[text] = now
        changed = {file: self._with(self._read(file), changes) for file, changes in due.items()}
        return list(self._made(changed)), self._long

    def _file_of(self, term: str, text: int) -> _File:
        """The file in which a term and a text would stand; a new one where there is none."""
        is_long = term in self._long
        start = range_of(text) if is_long else 0
        place = place_of(term), start
        after = bisect_right(self._places, place)
        before = self._files[after - 1] if after else None
        if before and is_long and before[:2] == (term, start):
            return before
        if not is_long:
            if before and before[0] not in self._long:
                return before
            # A range of a list stands alone.
            if after < len(self._files) and self._files[after][0] not in self._long:
                return self._files[after]
        new = term, start, ""
        self._files.insert(after, new)
        self._places.insert(after, place)
        return new

    def _with(
        self, lists: Sequence[Postings], changes: Mapping[str, Mapping[int, list[int]]]
    ) -> list[Postings] | None:
        """The lists of a file after changes; None where none is another."""
        found = {each.term: each for each in lists}
        new = [term for term in changes if term not in found]
        for term, stem in zip(new, stems(self._kept.language, new), strict=True):
            found[term] = Postings(term, bare(stem), 0, b"")
        differs = False
        for term, texts in changes.items():
            was = now = found[term]
            for text, places in texts.items():
                now = now.mended(text, places)
            if now != was:
                differs = True
                found[term] = now
                self._count(was, now)
        if not differs:
            return None
        there = (each for each in found.values() if each.texts)
        return sorted(there, key=lambda each: place_of(each.term)) if new else list(there)

    def _count(self, was: Postings, now: Postings) -> None:
        """Takes note of how long a list is."""
        if now.term not in self._long:
            is_same = now.places <= postings.LONG
        else:
            texts, places = self._long[now.term]
            texts, places = texts + now.texts - was.texts, places + now.places - was.places
            self._long[now.term] = texts, places
            is_same = places > postings.LONG
        if not is_same:
            # It is cut in another way than before.
            raise LostWordsError

    def _made(self, changed: Mapping[_File, list[Postings] | None]) -> Iterator[_File]:
        """All files: those that stay, and those into which the changed ones are cut."""
        found: list[_File | list[Postings]] = []
        for file in self._files:
            here = changed.get(file)
            if here is None:
                found += [file] if file[2] else []
                continue
            for lists in cut(here, self._long) if here else ():
                # Where the first begins no file any more, it goes on with the one before.
                if found and not self._begins(lists[0], found[-1]):
                    before = found.pop()
                    lists[:0] = before if isinstance(before, list) else self._read(before)
                found.append(lists)
        for each in found:
            if isinstance(each, list):
                yield put_words(self._shelf, chunk_of(each, self._long))
            else:
                self._shelf.expect([file_name("words", each[2])])
                yield each

    def _begins(self, first: Postings, after: "_File | list[Postings]") -> bool:
        last = after[-1].term if isinstance(after, list) else after[0]
        return bool(self._long.keys() & {first.term, last}) or begins_file(first.term, first.places)

    def _read(self, file: _File) -> list[Postings]:
        """What a file holds."""
        if not file[2]:
            return []
        packed = self._shelf.read(file_name("words", file[2]))
        if packed is None:
            raise LostWordsError
        return list(Lists.of(packed).postings())
