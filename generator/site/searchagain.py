"""A search where a few texts changed: no more is made, and asked for, than what that changes."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any

from generator.model.ids import RecordId
from generator.search import Again, Text
from generator.search.gathered import Gathered
from generator.search.index import RECORD, Index, place_of
from generator.site import searchfiles as files
from generator.site.heap import Heap
from generator.site.searchkept import (
    DEAR,
    Kept,
    common,
    gather,
    key_of,
    lines,
    put,
    put_list_of_words,
    put_names,
    put_words,
    unlined,
    words_of,
)
from generator.site.searchrows import NO_STAMP, SIZE, Row, Rows, where
from generator.site.shelf import Shelf


class LostError(Exception):
    """More may differ than what is kept can be mended for, or something of that is gone: all is to be made."""


def again(asked: Again, shelf: Shelf, heap: Heap, kept: Kept) -> Kept:
    """Makes what differs of a search that was made at the state that is asked from: what is kept, if nothing does.

    Shelf and heap are asked for all that it is made of, without that being looked at.

    Raises:
        LostError: if all is to be made.
    """
    rows = Rows(kept.columns)
    changed = dict(_changed(asked, rows, kept))
    names, weights = _names(asked, rows, kept)
    if not changed and names == kept.names:
        shelf.expect(kept.sums)
        heap.expect(kept.parts)
        return kept
    return _Mending(shelf, heap, kept, rows, changed).made(names, weights)


def _changed(asked: Again, rows: Rows, kept: Kept) -> Iterator[tuple[int, Text]]:
    """The texts that are others than before, by their numbers."""
    for key in sorted(asked.stale):
        texts = asked.texts(key, rows.head(key))
        if texts is None:
            raise LostError
        for text in texts:
            number = rows.number(where(text))
            if number is None:
                raise LostError
            if files.digest_of(text, kept.outlets) != rows.digest(number):
                yield number, text


def _names(asked: Again, rows: Rows, kept: Kept) -> tuple[bytes, tuple[tuple[RecordId, int], ...]]:
    """All names in their lines and order, and by what that is."""
    found = dict(zip((key for key, _ in kept.weights), unlined(kept.names), strict=True))
    weights = dict(kept.weights)
    years = rows.years
    for key in sorted(asked.stale):
        name = asked.name(key, years)
        if (name is None) != (key not in found):
            raise LostError
        if name:
            found[key], weights[key] = files.name_row(name), name.weight
    order = sorted(weights.items(), key=lambda weight: (-weight[1], weight[0]))
    return lines(found[key] for key, _ in order), tuple(order)


class _Mending:
    """What differs of the files, with some texts changed and none come or gone."""

    def __init__(self, shelf: Shelf, heap: Heap, kept: Kept, rows: Rows, changed: Mapping[int, Text]) -> None:
        self._shelf = shelf
        self._heap = heap
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

    def made(self, names: bytes, weights: tuple[tuple[RecordId, int], ...]) -> Kept:
        """All of it."""
        kept, shelf, rows = self._kept, self._shelf, self._rows
        bundles = self._bundles()
        chunks, dear = self._chunks()
        number = {person: at for at, person in enumerate(kept.people)}
        steps = unlined(kept.steps)
        for at, row in self._made.items():
            steps[at] = files.steps(row.named, number)
        shelf.expect([kept.manifest["fold"], kept.manifest["filters"]])
        manifest = {
            **kept.manifest,
            "names": put_names(shelf, unlined(names)),
            "texts": put(shelf, "list", files.ranked(rows.columns, bundles)),
            "people": put(shelf, "people", files.people_told(kept.people, steps)),
            "words": put_list_of_words(shelf, chunks),
            "common": common(dear, len(rows)),
        }
        return kept._replace(
            key=key_of(rows.columns.digests, names, kept.outlets, kept.language),
            manifest=manifest,
            sums=shelf.sums,
            parts=self._heap.parts,
            columns=rows.columns,
            bundles=tuple(bundles),
            names=names,
            weights=weights,
            steps=lines(steps),
            chunks=tuple(chunks),
            dear=dear,
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
                raise LostError
            texts = files.unpacked(data)
            for number in numbers:
                self._was[number] = texts[number - start]
                texts[number - start] = self._told[number]
            name = files.bundle_name(self._rows.columns.digests[start * SIZE : (start + size) * SIZE])
            self._shelf.put(name, partial(files.packed, files.to_json(texts)))
            bundles[at] = (name, size)
        return bundles

    def _chunks(self) -> tuple[list[tuple[str, str]], dict[str, int]]:
        """The files of words, and those words that stand in many places."""
        kept = self._kept
        before, now = Gathered(kept.language), Gathered(kept.language)
        for number, text in self._changed.items():
            # Whom it named where is told by the index alone.
            named = [(key, 0) for key in self._before.named(number)]
            before.add(number, files.words(self._was[number]), named)
            gather(now, number, text, self._words[number])
        new = now.index()
        terms = before.index().differing(new)
        for number, row in self._made.items():
            terms.update(RECORD + key for key in {*self._before.named(number), *row.named})
        due: dict[int, set[str]] = defaultdict(set)
        places = [place_of(first) for first, _ in kept.chunks]
        for term in terms:
            due[max(bisect_right(places, place_of(term)) - 1, 0)].add(term)
        mended: dict[int, Index] = {}
        dear = dict(kept.dear)
        for at, here in due.items():
            index = self._index(at)
            for term in index.terms:
                dear.pop(term, None)
            mended[at] = index.mended(here, self._changed, new.of_terms(here))
        chunks: list[tuple[str, str]] = []
        for stretch in self._stretches(mended):
            if isinstance(stretch, Index):
                dear |= stretch.dear(DEAR)
                chunks += put_words(self._shelf, self._heap, stretch.chunks())
            else:
                self._shelf.expect([files.file_name("words", stretch[1])])
                self._heap.expect([stretch[1]])
                chunks.append(stretch)
        return chunks, dear

    def _stretches(self, mended: Mapping[int, Index]) -> Iterator[tuple[str, str] | Index]:
        """The files of words that stay, and what is to be cut into files anew: the mended ones.

        Where one begins no file any more, it goes on with the one before.
        """
        chunks = self._kept.chunks
        # What may go on: a file that stays, by its number, or a stretch.
        last: int | Index | None = None
        for at in range(len(chunks)):
            here = mended.get(at, at)
            if isinstance(here, Index) and not here.terms:
                continue
            if isinstance(here, Index) and last is not None and not here.begins_file:
                last = Index.in_a_row([last if isinstance(last, Index) else self._index(last), here])
                continue
            if last is not None:
                yield last if isinstance(last, Index) else chunks[last]
            last = here
        if last is not None:
            yield last if isinstance(last, Index) else chunks[last]

    def _index(self, at: int) -> Index:
        """What a file of words held."""
        found = words_of(self._heap, self._kept.chunks[at][1]) if self._kept.chunks else None
        if found is None:
            raise LostError
        return found
