"""A search where a few texts changed: no more is made, and asked for, than what that changes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any

from generator.model.ids import RecordId
from generator.output.content_store import ContentStore
from generator.search import files
from generator.search.postings import RECORD, places_of
from generator.search.rows import NO_STAMP, SIZE, Row, Rows, where
from generator.search.state import (
    SearchState,
    common,
    key_of,
    lines,
    put,
    put_list_of_words,
    put_names,
    unlined,
)
from generator.search.values import SearchDelta, Text
from generator.search.words import Changes, LostWordsError, mended


def again(asked: SearchDelta, store: ContentStore, kept: SearchState) -> SearchState:
    """Makes what differs of a search that was made at the state that is asked from: what is kept, if nothing does.

    The store is asked for all that it is made of, without that being looked at.

    Raises:
        LostError: if all is to be made.
    """
    rows = Rows(kept.columns)
    changed = dict(_changed(asked, rows, kept))
    names, weights = _names(asked, kept)
    if not changed and names == kept.names:
        store.expect(kept.sums)
        return kept
    return _RowUpdate(store, kept, rows, changed).made(names, weights)


def _changed(asked: SearchDelta, rows: Rows, kept: SearchState) -> Iterator[tuple[int, Text]]:
    """The texts that are others than before, by their numbers."""
    for key in sorted(asked.stale):
        texts = asked.texts(key, rows.head(key))
        if texts is None:
            raise LostWordsError
        for text in texts:
            number = rows.number(where(text))
            if number is None:
                raise LostWordsError
            if files.digest_of(text, kept.outlets) != rows.digest(number):
                yield number, text


def _names(asked: SearchDelta, kept: SearchState) -> tuple[bytes, tuple[tuple[RecordId, int], ...]]:
    """All names in their lines and order, and by what that is."""
    found = dict(zip((key for key, _ in kept.weights), unlined(kept.names), strict=True))
    weights = dict(kept.weights)
    differs = False
    for key in sorted(asked.stale):
        name = asked.name(key)
        if (name is None) != (key not in found):
            raise LostWordsError
        if name and (row := files.name_row(name)) != found[key]:
            found[key], weights[key] = row, name.weight
            differs = True
    if not differs:
        return kept.names, kept.weights
    order = sorted(weights.items(), key=lambda weight: (-weight[1], weight[0]))
    return lines(found[key] for key, _ in order), tuple(order)


class _RowUpdate:
    """What differs of the files, with some texts changed and none come or gone."""

    def __init__(
        self, store: ContentStore, kept: SearchState, rows: Rows, changed: Mapping[int, Text]
    ) -> None:
        self._shelf = store
        self._kept = kept
        self._before = rows
        self._changed = dict(sorted(changed.items()))
        # As browsers read them, as they were and as they are.
        self._was: dict[int, list[Any]] = {}
        self._told = {number: files.told(text, kept.outlets) for number, text in self._changed.items()}
        self._words = {number: files.words(text) for number, text in self._told.items()}
        self._made: Mapping[int, Row] = {
            number: files.row_of(text, files.digest_of(text, kept.outlets), NO_STAMP, self._words[number])
            for number, text in self._changed.items()
        }
        self._rows = rows.replaced(self._made)

    def made(self, names: bytes, weights: tuple[tuple[RecordId, int], ...]) -> SearchState:
        """All of it."""
        kept, store, rows = self._kept, self._shelf, self._rows
        bundles = self._bundles()
        chunks, long = mended(store, kept, self._changes())
        steps = self._steps()
        manifest = {
            **kept.manifest,
            "texts": put(store, "list", files.ranked(rows.columns, bundles)),
            "words": put_list_of_words(store, chunks),
            "common": common(long, len(rows)),
        }
        store.expect([kept.manifest["fold"], kept.manifest["filters"]])
        if names == kept.names:
            store.expect(kept.manifest["names"])
        else:
            manifest["names"] = put_names(store, unlined(names))
        if steps == kept.steps:
            store.expect([kept.manifest["people"]])
        else:
            manifest["people"] = put(store, "people", files.people_told(kept.people, unlined(steps)))
        return kept._replace(
            key=key_of(rows.columns.digests, names, kept.outlets, kept.language),
            manifest=manifest,
            sums=store.sums,
            columns=rows.columns,
            bundles=tuple(bundles),
            names=names,
            weights=weights,
            steps=steps,
            chunks=tuple(chunks),
            long=long,
        )

    def _bundles(self) -> list[tuple[str, int]]:
        """The files of texts; those with a text that changed are made from what they were and the new text."""
        bundles = list(self._kept.bundles)
        starts = list(accumulate((size for _, size in bundles), initial=0))
        due: dict[int, list[int]] = defaultdict(list)
        for number in self._changed:
            due[bisect_right(starts, number) - 1].append(number)
        self._shelf.expect(name for at, (name, _) in enumerate(bundles) if at not in due)
        for at, numbers in due.items():
            (old, size), start = bundles[at], starts[at]
            data = self._shelf.read(old)
            if data is None:
                raise LostWordsError
            texts = files.unpacked(data)
            for number in numbers:
                self._was[number] = texts[number - start]
                texts[number - start] = self._told[number]
            name = files.bundle_name(self._rows.columns.digests[start * SIZE : (start + size) * SIZE])
            self._shelf.put(name, partial(files.packed, files.to_json(texts)))
            bundles[at] = (name, size)
        return bundles

    def _steps(self) -> bytes:
        """Which people each text names, in lines."""
        others = {at: row for at, row in self._made.items() if self._names_otherwise(at)}
        if not others:
            return self._kept.steps
        number = {person: at for at, person in enumerate(self._kept.people)}
        steps = unlined(self._kept.steps)
        for at, row in others.items():
            steps[at] = files.steps(row.named, number)
        return lines(steps)

    def _changes(self) -> Changes:
        """Where each term now stands in which texts, as far as that may be otherwise than before."""
        found: Changes = defaultdict(dict)
        for number, text in self._changed.items():
            before = places_of(files.words(self._was[number]))
            now = places_of(self._words[number])
            terms = {term for term in before.keys() | now.keys() if before.get(term) != now.get(term)}
            if self._names_otherwise(number):
                # Whom it named where is told by the lists alone.
                now |= places_of((), files.named_in(text))
                terms |= {RECORD + key for key in {*self._before.named(number), *text.named}}
            for term in terms:
                found[term][number] = now.get(term, [])
        return found

    def _names_otherwise(self, number: int) -> bool:
        """Whether a text names others than before, or elsewhere."""
        return self._made[number].naming != self._before.naming(number)
