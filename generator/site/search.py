"""The search of a site: files of names, of words with their places, of texts, and a list of texts to filter by.

The scripts in `theme/assets/javascripts/search` read what is written here. Every file is made of its own part of
the dossier alone and named by it, so that a build makes anew only what changed, and nobody needs to forget what a
browser kept.
"""

import gzip
import hashlib
import json
import math
import tempfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from filelock import FileLock

from generator.cache import Cache
from generator.model.ids import RecordId
from generator.model.kinds import Kind
from generator.search import Draft, Name, Searchable, Text, fold_table
from generator.search.index import Gathered, Index
from generator.site.shelf import Shelf

# Below the site.
FOLDER = "search/data"
MANIFEST = "manifest.json"
# In the cache: the files; what is known of them and of the texts; the index, which is needed where a text changed.
_SHELF = "search"
_KNOWN, _INDEX, _LOCK = "search-known", "search-index", "search-lock"
# Characters of a chunk of names before it is compressed: the first comes before any result, the others after.
_FIRST_CHUNK = 240_000
_CHUNK = 480_000
# Texts of a file, of which a reader sees ten texts at first; and of a stretch that is cut into files apart from
# others, so that a text that comes or goes moves few of them.
_TEXTS, _STRETCH = 6, 32
# Of words that stand in more than this share of texts and in more places than this, browsers ask for none: their
# lists of places are hundreds of kilobytes, which a query would wait for to leave out few texts.
_MOST = 0.5
_DEAR = 20_000
# Of the digest in a file's name, in sixteens: every reader fetches a list of them.
_DIGITS = 12
# Lengths of texts are told by steps of a quarter of a doubling.
_STEPS = 4
# More would take several times as long, for some hundredths of the size.
_LEVEL = 3
# Characters without width, at which a browser would part words that we do not.
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"))


class _Row(NamedTuple):
    """What is kept of a text: enough to do without it while it stays the same."""

    kind: Kind
    outlet: str
    day: str
    words: int
    named: tuple[RecordId, ...]


@dataclass(frozen=True)
class _Known:
    """What a build knows of the one before.

    Attributes:
        key: Of all that the search is made of.
        manifest: What it wrote last.
        sums: Of its files.
        rows: What it knew of each text, by what the text holds, in the order of texts.
        stamps: Which row is that of a stamp.
    """

    key: bytes
    manifest: bytes
    sums: dict[str, bytes]
    rows: dict[bytes, _Row]
    stamps: dict[bytes, bytes]


def write_search(found: Searchable, site: Path, cache: Cache | None = None) -> None:
    """Writes all that the search of a site reads, whole or not at all.

    Args:
        cache: Keeps what was made, for the next build. Of builds at once each waits for its turn with it.

    Raises:
        OSError: if the disk is full or may not be written.
    """
    if not cache:
        with tempfile.TemporaryDirectory(prefix="dossier-search-") as room:
            _write(found, site, Path(room), None)
        return
    with FileLock(cache.open() / _LOCK):
        _write(found, site, cache.open() / _SHELF, cache)


def _write(found: Searchable, site: Path, folder: Path, cache: Cache | None) -> None:
    known = cache.read(_KNOWN) if cache else None
    if not isinstance(known, _Known):
        known = _Known(b"", b"", {}, {}, {})
    shelf = Shelf(folder, known.sums)
    made = _Making(found, shelf, known, cache).made()
    shelf.publish(site / FOLDER, MANIFEST, made.manifest)
    if cache and made is not known:
        cache.write(_KNOWN, made)
        shelf.sweep()


class _Making:
    """One build of the search: first the texts, one after the other, then what is made of all of them."""

    def __init__(self, found: Searchable, shelf: Shelf, known: _Known, cache: Cache | None) -> None:
        self._found = found
        self._shelf = shelf
        self._known = known
        self._cache = cache
        self._gathered = Gathered(found.language)
        self._rows: dict[bytes, _Row] = {}
        self._stamps: dict[bytes, bytes] = {}
        # The files of texts, and how many are in each.
        self._files: list[tuple[str, int]] = []

    def made(self) -> _Known:
        """What was made: the same as before where nothing changed and all is there."""
        for together in _together(self._found.drafts):
            self._add(together)
        names, rows = list(_chunks(self._found.names)), self._rows
        said = _json([names, dict(self._found.outlets), self._found.language])
        key, known = _digest(b"".join([*rows, said])), self._known
        if key == known.key and self._stamps == known.stamps and all(map(self._shelf.has, known.sums)):
            return known
        index = self._index()
        chunks = list(index.chunks())
        for chunk in chunks:
            self._shelf.put(_file("words", chunk.name), chunk.make)
        fold = fold_table(
            form for name in self._found.names for form in (name.label, *name.also, *name.short)
        )
        manifest = {
            "names": [self._put("names", chunk) for chunk in names],
            "fold": self._put("fold", fold),
            "texts": self._put("list", _ranked(rows.values(), self._files)),
            "filters": self._put("filters", _filtered(self._found, rows.values())),
            "people": self._put("people", _people(self._found, rows.values())),
            "words": self._put("index", [[chunk.first, _file("words", chunk.name)] for chunk in chunks]),
            "common": index.common(_MOST, _DEAR, len(rows)),
            "kinds": [kind.value for kind in Kind],
            "sections": [kind.section for kind in Kind],
        }
        return _Known(key, _json(manifest), self._shelf.sums, rows, self._stamps)

    def _add(self, drafts: Sequence[Draft]) -> None:
        """Adds the texts of one file; those that are known by their stamps are not made."""
        made: dict[int, Text] = {}
        digests: list[bytes] = []
        for at, draft in enumerate(drafts):
            stamp = (
                _digest(b"".join([draft.stamp, _where(draft), draft.kind.encode()])) if draft.stamp else b""
            )
            digest = self._known.stamps.get(stamp)
            if digest is None:
                made[at] = draft.make()
                digest = _digest_of(made[at], self._found)
            row = self._known.rows.get(digest)
            if row is None:
                words = self._gather(len(self._rows), made[at])
                row = _Row(draft.kind, made[at].outlet or "", made[at].day, words, made[at].named)
            self._rows[digest] = row
            if stamp:
                self._stamps[stamp] = digest
            digests.append(digest)
        name = _file("texts", _digest(b"".join(digests)).hex())
        texts = (made[at] if at in made else draft.make() for at, draft in enumerate(drafts))
        self._shelf.put(name, lambda: _bundle(texts, self._found))
        self._files.append((name, len(drafts)))

    def _gather(self, number: int, text: Text) -> int:
        """Has the words of a text in the index, and says how many there are."""
        words = _words(text)
        named = ((key, at) for at, passage in enumerate(text.passages) for key in passage.names)
        self._gathered.add(number, words, named)
        return len(words)

    def _index(self) -> Index:
        """The index of all texts: that of the build before, without what is gone and with what is new."""
        kept = self._cache.read(_INDEX) if self._cache else None
        index, digests = kept or (Index.empty(), ())
        number = {digest: at for at, digest in enumerate(self._rows)}
        if digests != tuple(self._known.rows):
            # Kept by a build that did not come to its end, or not at all.
            index, digests, self._gathered = Index.empty(), (), Gathered(self._found.language)
            for at, draft in enumerate(self._found.drafts):
                self._gather(at, draft.make())
        index = index.renumbered(np.array([number.get(digest, -1) for digest in digests], np.int64))
        index = index.joined(self._gathered.index())
        if self._cache:
            self._cache.write(_INDEX, (index, tuple(self._rows)))
        return index

    def _put(self, kind: str, value: Any) -> str:
        """The name of a file of some value, which is made if it is not there."""
        data = _json(value)
        name = _file(kind, _digest(data).hex())
        self._shelf.put(name, partial(_packed, data))
        return name


def _together(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """The texts that are in one file."""
    bundle: list[Draft] = []
    for draft in drafts:
        if bundle and (zlib.crc32(_where(draft)) % _STRETCH == 0 or len(bundle) == _TEXTS):
            yield bundle
            bundle = []
        bundle.append(draft)
    if bundle:
        yield bundle


def _where(draft: Draft) -> bytes:
    return f"{draft.address}{draft.part}".encode()


def _digest_of(text: Text, found: Searchable) -> bytes:
    """What changes with anything that is written of a text, or its words are stemmed by."""
    outlet = found.outlets.get(text.outlet, "") if text.outlet else ""
    head = (
        found.language,
        text.address,
        text.kind,
        text.part,
        text.title,
        text.date,
        text.day,
        text.outlet or "",
        outlet,
    )
    passages = (one for p in text.passages for one in (p.anchor, p.text, *p.names, "\1"))
    return _digest("\0".join((*head, *passages)).encode())


def _bundle(texts: Iterable[Text], found: Searchable) -> bytes:
    """Texts as browsers read them, each passage at its anchor."""
    rows = []
    for text in texts:
        outlet = found.outlets.get(text.outlet, "") if text.outlet else ""
        passages = [[passage.anchor, _plain(passage.text)] for passage in text.passages]
        rows.append([_plain(text.title), text.date, outlet, text.address, passages])
    return _packed(_json(rows))


def _words(text: Text) -> list[str]:
    """All words of a text, as browsers count them."""
    return [word for passage in text.passages for word in _plain(passage.text).split()]


def _plain(text: str) -> str:
    """A text in one line, its words apart where both we and browsers see them apart."""
    return " ".join((text if text.isascii() else text.translate(_NO_WIDTH)).split())


def _chunks(names: Sequence[Name]) -> Iterator[list[Any]]:
    """The names in rows of their values, as many at a time as one file holds, the most cited first."""
    rows: list[Any] = []
    size, limit = 0, _FIRST_CHUNK
    for name in names:
        row = [
            list(Kind).index(name.kind),
            name.id,
            name.label,
            name.also,
            name.short,
            name.line,
            name.years,
            name.weight,
        ]
        length = len(_json(row))
        if rows and size + length > limit:
            yield rows
            rows, size, limit = [], 0, _CHUNK
        rows.append(row)
        size += length
    yield rows


def _ranked(rows: Collection[_Row], files: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """What texts are put in order by, in columns, one entry a text; and which file holds how many of them."""
    kinds = {kind: number for number, kind in enumerate(Kind)}
    return {
        "kinds": [kinds[row.kind] for row in rows],
        "lengths": [round(_STEPS * math.log2(row.words + 1)) for row in rows],
        "files": [name for name, _ in files],
        "sizes": [size for _, size in files],
    }


def _filtered(found: Searchable, rows: Collection[_Row]) -> dict[str, Any]:
    """What texts are filtered by besides their kind, in columns, one entry a text."""
    outlets: dict[str, int] = {outlet: number for number, outlet in enumerate(found.outlets)}
    return {
        "outlets": [outlets[row.outlet] if row.outlet else -1 for row in rows],
        "days": [int(row.day.replace("-", "") or 0) for row in rows],
        "outlet": [[key, label] for key, label in found.outlets.items()],
    }


def _people(found: Searchable, rows: Collection[_Row]) -> dict[str, Any]:
    """Which people each text names, by their numbers in a list, each as the step from the one before."""
    ids = sorted(name.id for name in found.names if name.kind is Kind.PERSON)
    number = {key: at for at, key in enumerate(ids)}
    steps = []
    for row in rows:
        numbers = [number[key] for key in row.named if key in number]
        steps.append([b - a for a, b in zip([0, *numbers], numbers, strict=False)])
    return {"ids": ids, "steps": steps}


def _file(kind: str, said: str) -> str:
    return f"{kind}-{said[:_DIGITS]}.gz"


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, _LEVEL, mtime=0)


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=8).digest()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()
