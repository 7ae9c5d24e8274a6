"""A search as it is made of all texts; those that are as they were are taken from what is kept."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from generator.model.kinds import Kind
from generator.output.content_store import ContentStore
from generator.search import files
from generator.search.fold_table import fold_table
from generator.search.gathered import Gathered
from generator.search.index import Index
from generator.search.rows import NO_STAMP, Row, Rows, where
from generator.search.state import (
    SearchState,
    common,
    key_of,
    lines,
    manifest_of,
    put,
    put_list_of_words,
    put_names,
    put_words,
)
from generator.search.values import Draft, Searchable, Text


def whole(found: Searchable, store: ContentStore, kept: SearchState) -> SearchState:
    """Makes the search of all that is searched: what is kept, if nothing changed and all of it is there."""
    # In another language words have other stems.
    return _Whole(found, store, kept if kept.language == found.language else SearchState()).made()


class _Whole:
    """First the texts, one after the other, then what is made of all of them."""

    def __init__(self, found: Searchable, store: ContentStore, kept: SearchState) -> None:
        self._found = found
        self._shelf = store
        self._kept = kept
        self._before = Rows(kept.columns)
        self._by_digest = self._before.by_digest()
        self._by_stamp = self._before.by_stamp()
        self._gathered = Gathered(found.language)
        self._rows: list[Row] = []
        # The files of texts, and how many are in each.
        self._bundles: list[tuple[str, int]] = []

    def made(self) -> SearchState:
        """All of it."""
        for together in files.together(self._found.drafts):
            self._add(together)
        found, kept, store, rows = self._found, self._kept, self._shelf, Rows.of(self._rows)
        names = [files.name_row(name) for name in found.names]
        key = key_of(rows.columns.digests, lines(names), found.outlets, found.language)
        if key == kept.key and all(map(store.has, kept.sums)):
            return kept._replace(columns=rows.columns) if rows.columns != kept.columns else kept
        people = tuple(sorted(name.id for name in found.names if name.kind is Kind.PERSON))
        number = {person: at for at, person in enumerate(people)}
        steps = [files.steps(row.named, number) for row in self._rows]
        index = self._index(rows)
        chunks = [put_words(store, chunk) for chunk in index.chunks()]
        long = index.long()
        forms = (form for name in found.names for form in (name.label, *name.also, *name.short))
        manifest = manifest_of(
            names=put_names(store, names),
            fold=put(store, "fold", files.to_json(fold_table(forms))),
            texts=put(store, "list", files.ranked(rows.columns, self._bundles)),
            filters=put(store, "filters", files.filtered(self._rows, found.outlets)),
            people=put(store, "people", files.people_told(people, steps)),
            words=put_list_of_words(store, chunks),
            common=common(long, len(rows)),
        )
        return SearchState(
            key,
            found.language,
            dict(found.outlets),
            manifest,
            store.sums,
            rows.columns,
            tuple(self._bundles),
            lines(names),
            tuple((name.id, name.weight) for name in found.names),
            people,
            lines(steps),
            tuple(chunks),
            long,
        )

    def _add(self, drafts: Sequence[Draft]) -> None:
        """Adds the texts of one file; those that are known by their stamps are not made."""
        made: dict[int, Text] = {}
        outlets = self._found.outlets
        # Those that were made, as browsers read them.
        told: dict[int, list[Any]] = {}
        start = len(self._rows)
        for at, draft in enumerate(drafts):
            place = where(draft)
            stamp = files.digest(draft.stamp + place.encode()) if draft.stamp else NO_STAMP
            number = self._by_stamp.get(stamp)
            digest = b""
            if number is None:
                made[at] = draft.make()
                digest = files.digest_of(made[at], outlets)
                number = self._by_digest.get(digest)
            if number is not None:
                row = self._before[number]._replace(stamp=stamp)
            else:
                told[at] = files.told(made[at], outlets)
                words = files.words(told[at])
                row = files.row_of(made[at], digest, stamp, words)
                self._gather(len(self._rows), made[at], words)
            self._rows.append(row)
        name = files.bundle_name(b"".join(row.digest for row in self._rows[start:]))
        texts = (
            told.get(at) or files.told(made.get(at) or draft.make(), outlets)
            for at, draft in enumerate(drafts)
        )
        self._shelf.put(name, lambda: files.packed(files.to_json(list(texts))))
        self._bundles.append((name, len(drafts)))

    def _index(self, rows: Rows) -> Index:
        """The index of all texts: that of the build before, without what is gone and with what is new."""
        parts = [self._shelf.read(files.file_name("words", name)) for *_, name in self._kept.chunks]
        there = [part for part in parts if part is not None]
        if len(there) < len(parts):
            # Lost.
            self._gathered = Gathered(self._found.language)
            for at, draft in enumerate(self._found.drafts):
                text = draft.make()
                self._gather(at, text, files.words(files.told(text, self._found.outlets)))
            return self._gathered.index()
        number = rows.by_digest()
        numbers = [number.get(self._before.digest(at), -1) for at in range(len(self._before))]
        kept = Index.of_files(there).renumbered(np.array(numbers, np.int64))
        return kept.joined(self._gathered.index())

    def _gather(self, number: int, text: Text, words: Sequence[Sequence[str]]) -> None:
        """Has the words of a text in the index."""
        self._gathered.add(number, words, files.named_in(text))
