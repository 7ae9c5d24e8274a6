"""Updates a search by what changed in a dossier; a full build is the update of an empty search.

Texts that stay the same are known by their digests, and their rows, files and posting lists are kept. While no text
gets another number, only the files of posting lists are read that hold a term of a changed text; else all are read,
and renumbered.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from generator.folding.search import bare
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.output.content_store import ContentStore
from generator.search import files
from generator.search.dates import date_files
from generator.search.fold_table import fold_table
from generator.search.index import Index
from generator.search.index_builder import IndexBuilder
from generator.search.posting_files import Long, PostingUpdate
from generator.search.postings import RECORD, Lists, sort_key
from generator.search.state import NameRow, PostingFile, SearchState, TextRow
from generator.search.values import SearchDelta, Text
from generator.search.vocabulary import groups, words_of

# Browsers do not look up terms with long lists that occur in more than this share of all texts: the lists are hundreds
# of kilobytes, which a query would wait for to leave out few texts.
COMMON = 0.5
# Of more texts than these the terms are not compared: all files of posting lists are read.
_FEW = 100


class DamagedSearchError(Exception):
    """Something of the search before is not there as it was written."""


def update(before: SearchState, delta: SearchDelta, store: ContentStore) -> SearchState:
    """The search after a delta, whose files are in the store then.

    Raises:
        DamagedSearchError: if the update needs a file that is lost, or the delta is of another state.
    """
    # In another language words have other stems.
    known = before if before.language == delta.language else SearchState()
    if delta.since and delta.since != known.state:
        raise DamagedSearchError
    return _Update(known, delta, store).made()


class _Item(NamedTuple):
    """A text in its turn: its number before, if it is in no record of the delta, or else what it is now."""

    number: int = -1
    record: RecordId = RecordId("")
    text: Text | None = None


class _Update:
    def __init__(self, before: SearchState, delta: SearchDelta, store: ContentStore) -> None:
        self._before = before
        self._delta = delta
        self._store = store
        self._outlets = {**before.outlets, **delta.outlets}
        self._number_before = {row.place: number for number, row in enumerate(before.rows)}
        # The number after of each text before; -1 of those that are gone or changed.
        self._numbers = [-1] * len(before.rows)
        self._rows: list[TextRow] = []
        self._bundles: list[tuple[str, int]] = []
        self._names: list[NameRow] = []
        self._builder = IndexBuilder(delta.language)
        # Of each file of posting lists that was made, by its name.
        self._words: dict[str, tuple[str, ...]] = {}
        self._bundle_starts = list(accumulate((size for _, size in before.bundles), initial=0))
        self._unpacked: tuple[str, list[Any]] = "", []

    def made(self) -> SearchState:
        """The search after the delta."""
        before, store = self._before, self._store
        for bundle in files.bundles(self._items()):
            self._add([item for _, item in bundle])
        rows, names = tuple(self._rows), tuple(sorted(self._names, key=_in_order))
        with_texts = {row.outlet for row in rows}
        outlets = {key: label for key, label in sorted(self._outlets.items()) if key in with_texts}
        if before.manifest and (rows, names, outlets) == (before.rows, before.names, before.outlets):
            store.keep(before.sums)
            return before._replace(state=self._delta.state)
        posting_files, long = self._posting_files()
        dates = self._dates(rows)
        people = _people(names)
        steps = self._steps(people)
        manifest = {
            "names": [self._put("names", chunk) for chunk in files.name_chunks(names)],
            "fold": self._put("fold", files.to_json(fold_table(files.forms_of(names)))),
            "texts": self._put("list", files.ranking(rows, self._bundles)),
            "filters": self._put("filters", files.filters(rows, outlets)),
            "dates": self._put("days", files.to_json(dates)),
            "people": self._put("people", files.people_named(people, steps)),
            "spelling": self._put("spelling", files.to_json([*self._vocabulary(posting_files)])),
            "words": self._put("index", _list_of_files(posting_files)),
            "common": common(long, len(rows)),
            "kinds": [kind.value for kind in Kind],
            "sections": [kind.section for kind in Kind],
        }
        return SearchState(
            state=self._delta.state,
            language=self._delta.language,
            outlets=outlets,
            manifest=manifest,
            sums=store.sums,
            rows=rows,
            bundles=tuple(self._bundles),
            names=names,
            dates=dates,
            steps=steps,
            files=posting_files,
            long=long,
        )

    def _items(self) -> Iterator[tuple[str, _Item]]:
        """All texts after the delta by their places, in order."""
        delta, rows = self._delta, self._before.rows
        if not delta.since:
            return self._changed()
        others = {*delta.changed, *delta.gone}
        self._names += (name for name in self._before.names if name.record not in others)
        kept = ((row.place, _Item(number)) for number, row in enumerate(rows) if row.record not in others)
        return heapq.merge(kept, self._changed(), key=itemgetter(0))

    def _changed(self) -> Iterator[tuple[str, _Item]]:
        for record, entry in self._delta.changed.items():
            if entry.name:
                self._names.append(files.name_row(entry.name))
            for text in sorted(entry.texts, key=lambda text: text.place):
                yield text.place, _Item(record=record, text=text)

    def _add(self, items: Sequence[_Item]) -> None:
        """Adds the texts of one file."""
        start = len(self._rows)
        make = [
            self._add_changed(item.record, item.text) if item.text else self._add_kept(item.number)
            for item in items
        ]
        name = files.bundle_name(self._rows[start:])
        self._store.put(name, lambda: files.packed(files.to_json([each() for each in make])))
        self._bundles.append((name, len(items)))

    def _add_changed(self, record: RecordId, text: Text) -> Callable[[], Any]:
        """Adds a text that may have changed, and gives what makes it as browsers read it."""
        digest = files.digest_of(text, self._outlets)
        number = self._number_before.get(text.place)
        if number is not None and self._before.rows[number].digest == digest:
            self._add_kept(number)
            return partial(files.text_data, text, self._outlets)
        data = files.text_data(text, self._outlets)
        words = files.words(data)
        self._builder.add(len(self._rows), words, files.named_in(text))
        self._rows.append(files.row_of(text, record, digest, words))
        return partial(_same, data)

    def _add_kept(self, number: int) -> Callable[[], Any]:
        """Adds a text that did not change, by its number before."""
        self._numbers[number] = len(self._rows)
        self._rows.append(self._before.rows[number])
        return partial(self._text_before, number)

    def _text_before(self, number: int) -> Any:
        """A text before, as browsers read it."""
        at = bisect_right(self._bundle_starts, number) - 1
        name, _ = self._before.bundles[at]
        if self._unpacked[0] != name:
            self._unpacked = name, files.unpacked(self._read(name))
        return self._unpacked[1][number - self._bundle_starts[at]]

    def _read(self, name: str) -> bytes:
        data = self._store.read(name)
        if data is None:
            raise DamagedSearchError
        return data

    def _posting_files(self) -> tuple[tuple[PostingFile, ...], Long]:
        """The files of posting lists, in order, and the terms with long lists."""
        new = self._builder.index()
        made = PostingUpdate(
            files=self._before.files,
            long=self._before.long,
            numbers=np.array(self._numbers, np.int64),
            new=new,
            read=lambda file: self._read(files.file_name("words", file.name)),
            due=self._differing(new),
        )
        found = list(made.kept)
        self._store.keep(files.file_name("words", file.name) for file in found)
        for chunk in made.changed:
            name = chunk.name
            self._store.put(files.file_name("words", name), chunk.packed)
            self._words[name] = words_of(chunk.terms)
            digest = files.digest("\n".join(self._words[name]).encode())
            found.append(PostingFile(chunk.first, chunk.start, name, digest))
        return tuple(sorted(found, key=lambda file: (sort_key(file.first), file.start))), made.long

    def _vocabulary(self, found: Sequence[PostingFile]) -> Iterator[tuple[str, str]]:
        """Makes the files of words, and lists the first term and the name of each."""
        for group in groups(found):
            name = files.file_name("vocabulary", files.digest(b"".join(file.words for file in group)).hex())
            self._store.put(name, partial(self._words_in, group))
            yield bare(group[0].first), name

    def _words_in(self, group: Iterable[PostingFile]) -> bytes:
        found: dict[str, None] = {}
        for file in group:
            words = self._words.get(file.name)
            if words is None:
                words = words_of(Lists.from_file(self._read(files.file_name("words", file.name))).terms)
            found |= dict.fromkeys(words)
        return files.packed(files.to_json([*found]))

    def _differing(self, new: Index) -> set[tuple[str, int]] | None:
        """The terms whose places differ in a text, with its number; None where that is not worth finding out.

        Args:
            new: The index of texts that are new or changed.
        """
        gone = [number for number, after in enumerate(self._numbers) if after < 0]
        come = sorted(set(range(len(self._rows))).difference(self._numbers))
        is_moved = any(after not in (number, -1) for number, after in enumerate(self._numbers))
        if is_moved or len(gone) > _FEW or len(come) > _FEW:
            return None
        builder = IndexBuilder(self._delta.language)
        for number in gone:
            builder.add(number, files.words(self._text_before(number)), ())
        was = {(term, text): places for term, text, places in builder.index().lists()}
        now = {(term, text): places for term, text, places in new.lists() if not term.startswith(RECORD)}
        found = {each for each in was.keys() | now.keys() if was.get(each) != now.get(each)}
        # Which passages of a text named a record only its posting list says.
        for number in {*gone, *come}:
            rows = [rows[number] for rows in (self._before.rows, self._rows) if number < len(rows)]
            if len(rows) == 1 or rows[0].naming != rows[1].naming:
                found |= {(RECORD + key, number) for row in rows for key in row.named}
        return found

    def _dates(self, rows: Sequence[TextRow]) -> Mapping[str, Any]:
        """The files of dates: those before, if all texts have the same dates."""
        before = self._before
        if before.dates and [row.dates for row in rows] == [row.dates for row in before.rows]:
            self._store.keep([*(name for _, name in before.dates["months"]), before.dates["longer"]])
            return before.dates
        return date_files(rows, lambda columns: self._put("dates", files.to_json(columns)))

    def _steps(self, people: Sequence[RecordId]) -> tuple[bytes, ...]:
        """Which people each text names, as browsers read it."""
        number = {person: at for at, person in enumerate(people)}
        kept: dict[int, bytes] = {}
        if people == _people(self._before.names):
            kept = {after: self._before.steps[at] for at, after in enumerate(self._numbers)}
        return tuple(kept.get(at) or files.steps(row.named, number) for at, row in enumerate(self._rows))

    def _put(self, kind: str, data: bytes) -> str:
        """Holds a file of a kind with some content, and gives its name."""
        name = files.file_name(kind, files.digest(data).hex())
        self._store.put(name, partial(files.packed, data))
        return name


def _same(value: Any) -> Any:
    return value


def _in_order(name: NameRow) -> tuple[int, RecordId]:
    """What names are sorted by: the most cited come first."""
    return -name.weight, name.record


def _people(names: Iterable[NameRow]) -> tuple[RecordId, ...]:
    return tuple(sorted(name.record for name in names if name.kind is Kind.PERSON))


def _list_of_files(found: Iterable[PostingFile]) -> bytes:
    """In which files each term is: in the last whose first term is not after it.

    Where several begin with that term, it is in all of these.
    """
    return files.to_json([[bare(first), files.file_name("words", name)] for first, _, name, _ in found])


def common(long: Long, texts: int) -> list[str]:
    """The terms that browsers do not look up, of those with long lists, given in how many of all texts each occurs."""
    words = ((term, number) for term, (number, _) in long.items() if not term.startswith(RECORD))
    return sorted({bare(term) for term, number in words if number > COMMON * texts})
