"""What a run keeps for the next, as mappings of which a run reads those values that it asks for.

A mapping is kept in buckets, each the encoded values whose keys fall into it. What is written of a mapping later is
only the buckets that changed: they come into a file of their own beside those before. An index says where each bucket
lies and what its digest is, by which a bucket is believed. What a bucket holds is decoded by the types of the mapping.
"""

import hashlib
import itertools
import os
import re
import secrets
import struct
import weakref
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Generic, NamedTuple, TypeVar

from generator.state.cache import Cache
from generator.state.encoding import EncodingError, decode, encode, encode_mapping
from generator.state.lazy import OverlayMapping

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Tables = Mapping[str, Mapping[Any, Any]]
# The types of the keys and values of a mapping, by its name.
Types = Callable[[str], tuple[Any, Any]]

_INDEX, _SEGMENT = "index-", "segment-"
_HASH_SIZE = 16
# What these files are called: nothing else is opened that an index names.
_NAME = re.compile(r"(?:index|segment)-[0-9a-f]{16}")
# Bytes that a bucket should have: one read and one digest, about as long as decoding them takes.
_BUCKET = 4096
# Values that are encoded to see how large they are.
_SAMPLE = 200
# More values than so many in a hundred that differ, and all of a mapping is written anew.
_MOST = 30
# So many files, or more of them than is needed, and what is needed of them comes into one.
_MOST_SEGMENTS = 12
_MOST_WASTE = 2.0


class Damaged(Exception):
    """Something that is kept is not as it was written; without it all can be made anew."""


class _SegmentPlace(NamedTuple):
    """Where a blob lies."""

    segment: int
    start: int
    size: int
    digest: bytes


# A place as the index has it: there are tens of thousands.
_PLACE = struct.Struct(f"<HQI{_HASH_SIZE}s")


@dataclass
class _Listed:
    """What the index says of a mapping: where its keys lie, if they have an order, how many they are, and where its buckets do.

    Attributes:
        size: Of all its blobs, in bytes.
    """

    keys: _SegmentPlace | None
    length: int
    buckets: bytes
    size: int

    @property
    def number(self) -> int:
        """How many buckets there are."""
        return len(self.buckets) // _PLACE.size

    def place(self, number: int) -> _SegmentPlace:
        """Where a bucket lies."""
        return _SegmentPlace(*_PLACE.unpack_from(self.buckets, number * _PLACE.size))

    def places(self) -> Iterator[_SegmentPlace]:
        """Where all buckets lie, in order."""
        return itertools.starmap(_SegmentPlace, _PLACE.iter_unpack(self.buckets))


@dataclass
class _Index:
    """Which segments there are, and what lies in them."""

    segments: list[str]
    tables: dict[str, _Listed]


class _Segments:
    """The files that hold the buckets, open for reading."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._files: list[IO[bytes]] = []
        for name in names:
            self._files.append((folder / name).open("rb", buffering=0))
        # Nobody says when the last value was asked for.
        weakref.finalize(self, _close, self._files)

    def sizes(self) -> list[int]:
        """Of each of them, in bytes."""
        return [os.fstat(file.fileno()).st_size for file in self._files]

    def read(self, place: _SegmentPlace) -> bytes:
        """The bytes of a blob.

        Raises:
            Damaged: if they are not those that were written.
        """
        if place.segment >= len(self._files):
            raise Damaged
        data = _read_at(self._files[place.segment], place.start, place.size)
        if hashlib.blake2b(data, digest_size=_HASH_SIZE).digest() != place.digest:
            raise Damaged
        return data


def _read_at(file: IO[bytes], start: int, size: int) -> bytes:
    if hasattr(os, "pread"):
        # Processes that were forked have one place in the file together.
        return os.pread(file.fileno(), size, start)
    file.seek(start)
    return file.read(size)


def _close(files: Iterable[IO[bytes]]) -> None:
    for file in files:
        file.close()


class StoredMapping(OverlayMapping[Key, Value], Generic[Key, Value]):
    """A mapping that was kept: a value is read when it is asked for.

    A value must not be changed in place: `changed` makes another mapping.
    """

    def __init__(self, segments: _Segments, listed: _Listed, types: tuple[Any, Any]) -> None:
        self._segments = segments
        self.listed = listed
        self.types = types
        self._loaded: dict[int, dict[Key, Value]] = {}
        self._length = listed.length
        self._keys: dict[Key, None] | None = None
        # What differs from what was kept.
        self.new: dict[Key, Value] = {}
        self.gone: frozenset[Key] = frozenset()
        self.has_same_keys = True

    def bucket(self, number: int) -> dict[Key, Value]:
        """The values of a bucket as they were kept."""
        found = self._loaded.get(number)
        if found is None:
            loaded: dict[Key, Value] = self._decoded(self.listed.place(number), dict[self.types])  # type: ignore[misc, name-defined]
            found = self._loaded[number] = loaded
        return found

    def _decoded(self, place: _SegmentPlace, of: Any) -> Any:
        try:
            return decode(self._segments.read(place), of)
        except EncodingError:
            raise Damaged from None

    def _kept(self, key: Key) -> dict[Key, Value]:
        return self.bucket(_bucket_of(key, self.listed.number))

    def __getitem__(self, key: Key) -> Value:
        if key in self.new:
            return self.new[key]
        if key in self.gone:
            raise KeyError(key)
        return self._kept(key)[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; another where there is none."""
        if key in self.new:
            return self.new[key]
        return default if key in self.gone else self._kept(key).get(key, default)

    def __contains__(self, key: Any) -> bool:
        return key in self.new or (key not in self.gone and key in self._kept(key))

    def __iter__(self) -> Iterator[Key]:
        if self._keys is None:
            self._keys = dict.fromkeys(self._all_keys())
        return iter(self._keys)

    def _all_keys(self) -> Iterable[Key]:
        if self.listed.keys is not None:
            found: Iterable[Key] = self._decoded(self.listed.keys, tuple[self.types[0], ...])  # type: ignore[name-defined]
            return found
        kept = [key for at in range(self.listed.number) for key in self.bucket(at)]
        return [*(key for key in kept if key not in self.gone), *self.new]

    def __len__(self) -> int:
        return self._length

    def changed(
        self, new: Mapping[Key, Value], gone: Iterable[Key] = (), *, in_order: bool = False
    ) -> "StoredMapping[Key, Value]":
        without = {key for key in gone if key in self}
        if not new and not without:
            return self
        come = [key for key in new if key not in self]
        made = StoredMapping[Key, Value](self._segments, self.listed, self.types)
        made._loaded = self._loaded
        made._length = self._length + len(come) - len(without)
        made._keys, made.has_same_keys = self._keys, self.has_same_keys
        made.new = {**{key: value for key, value in self.new.items() if key not in without}, **new}
        made.gone = (self.gone | without) - new.keys()
        if (come or without) and self.listed.keys is not None:
            keys = [key for key in self if key not in without] + come
            made._keys = dict.fromkeys(sorted(keys) if in_order and come else keys)  # type: ignore[type-var]
            made.has_same_keys = False
        elif come or without:
            made._keys = None
        return made

    def may_differ(self, other: Mapping[Key, Value]) -> Iterable[Key] | None:
        if not isinstance(other, StoredMapping) or other.listed is not self.listed:
            return None
        return {*self.new, *self.gone, *other.new, *other.gone}

    def is_kept(self, key: Key, value: Value) -> bool:
        """Whether a value is the very one that was read of a key."""
        if key in self.new or key in self.gone:
            return False
        loaded = self._loaded.get(_bucket_of(key, self.listed.number))
        return loaded is not None and key in loaded and loaded[key] is value


def _bucket_of(key: Hashable, number: int) -> int:
    return zlib.crc32(repr(key).encode("utf-8", "surrogatepass")) % number


class Store:
    """The mappings of one dossier."""

    def __init__(self, cache: Cache, types: Types) -> None:
        self._cache = cache
        self._types = types
        self._index = _Index([], {})
        self._segments: _Segments | None = None
        self._tables: dict[str, StoredMapping[Any, Any]] = {}

    def read(self, name: str) -> dict[str, StoredMapping[Any, Any]] | None:
        """The mappings that were written under a name; None where they are not to be believed."""
        index = self._cache.read(name, _Index) if _NAME.fullmatch(name) else None
        if index is None or not all(map(_NAME.fullmatch, index.segments)):
            return None
        try:
            segments = _Segments(self._cache.folder, index.segments)
            tables = {
                table: StoredMapping[Any, Any](segments, listed, self._types(table))
                for table, listed in index.tables.items()
            }
        except (OSError, KeyError):
            return None
        if not all(listed.number for listed in index.tables.values()):
            return None
        self._index, self._segments, self._tables = index, segments, tables
        return dict(self._tables)

    def write(self, tables: Tables, unordered: Collection[str] = ()) -> str:
        """Keeps mappings, and gives the name under which they are found; those before are found until it is told.

        A mapping that was read and changed is written as far as it changed. Of another by a name that was
        read, a value that is the very one that was read has not changed.

        Args:
            unordered: The names of those of which the order does not matter.

        Raises:
            EncodingError: if a value has no bytes.
            OSError: if the disk is full or may not be written.
            Damaged: if something that was kept is not as it was written.
        """
        segment = f"{_SEGMENT}{secrets.token_hex(8)}"
        with _writing(self._cache.open() / segment) as file:
            writer = _Writer(file, len(self._index.segments))
            listed = {
                table: self._written(writer, table, values, table not in unordered)
                for table, values in tables.items()
            }
        segments = [*self._index.segments, segment]
        sizes = [*(self._segments.sizes() if self._segments else ()), writer.size]
        needed = sum(one.size for one in listed.values())
        if sum(sizes) > _MOST_WASTE * needed:
            segments, listed = self._together(segments, listed, set(range(len(segments))))
        elif len(segments) > _MOST_SEGMENTS:
            # The largest is left where it is: the others are what came since.
            small = {number for number, size in enumerate(sizes) if size < max(sizes)}
            segments, listed = self._together(segments, listed, small)
        name = f"{_INDEX}{secrets.token_hex(8)}"
        self._cache.write(name, _Index(segments, listed))
        return name

    def _written(self, writer: "_Writer", table: str, values: Mapping[Any, Any], has_order: bool) -> _Listed:
        kept, of = self._tables.get(table), self._types(table)[1]
        if kept is None:
            return writer.whole(values, of, has_order)
        if isinstance(values, StoredMapping) and values.listed is kept.listed:
            return writer.patched(values)
        new = {key: value for key, value in values.items() if not kept.is_kept(key, value)}
        if len(new) * 100 > _MOST * len(values):
            return writer.whole(values, of, has_order)
        patched = kept.changed(new, kept.keys() - values.keys())
        is_same = not has_order or list(patched) == list(values)
        return writer.patched(patched) if is_same else writer.whole(values, of, has_order)

    def _together(
        self, names: list[str], tables: dict[str, _Listed], some: Set[int]
    ) -> tuple[list[str], dict[str, _Listed]]:
        """What is needed of some segments in one of its own, with those that are left."""
        segments = _Segments(self._cache.folder, names)
        left = [number for number in range(len(names)) if number not in some]
        now = {number: at for at, number in enumerate(left)}
        name = f"{_SEGMENT}{secrets.token_hex(8)}"
        with _writing(self._cache.folder / name) as file:
            writer = _Writer(file, len(left))

            def moved(place: _SegmentPlace) -> _SegmentPlace:
                if place.segment in some:
                    return writer.put(segments.read(place))
                return place._replace(segment=now[place.segment])

            made = {
                table: replace(
                    one,
                    keys=one.keys and moved(one.keys),
                    buckets=b"".join(_PLACE.pack(*moved(place)) for place in one.places()),
                )
                for table, one in tables.items()
            }
        return [*(names[number] for number in left), name], made

    def drop_others(self, name: str) -> None:
        """Removes all that a name does not lead to."""
        index = self._cache.read(name, _Index)
        wanted = {name, *(index.segments if index else ())}
        for path in self._cache.folder.iterdir():
            if path.name.startswith((_INDEX, _SEGMENT)) and path.name not in wanted:
                # Where a file that is open cannot be removed, the next run removes it.
                with suppress(OSError):
                    path.unlink()


class _Writer:
    """Writes blobs into a new segment."""

    def __init__(self, file: IO[bytes], segment: int) -> None:
        self._file, self._segment = file, segment
        self.size = 0

    def put(self, data: bytes) -> _SegmentPlace:
        """Writes a blob."""
        self._file.write(data)
        digest = hashlib.blake2b(data, digest_size=_HASH_SIZE).digest()
        place = _SegmentPlace(self._segment, self.size, len(data), digest)
        self.size += len(data)
        return place

    def whole(self, values: Mapping[Any, Any], of: Any, has_order: bool) -> _Listed:
        """Writes all of a mapping."""
        step = max(1, len(values) // _SAMPLE)
        sample = dict(itertools.islice(values.items(), 0, None, step))
        size = len(encode_mapping(sample, of)) * len(values) // max(1, len(sample))
        number = max(1, min(len(values), size // _BUCKET))
        buckets: list[dict[Any, Any]] = [{} for _ in range(number)]
        for key, value in values.items():
            buckets[_bucket_of(key, number)][key] = value
        before = self.size
        keys = self.put(encode(tuple(values))) if has_order else None
        places = b"".join(_PLACE.pack(*self.put(encode_mapping(each, of))) for each in buckets)
        return _Listed(keys, len(values), places, self.size - before)

    def patched(self, kept: StoredMapping[Any, Any]) -> _Listed:
        """Writes what changed of a mapping that was read: the buckets of it."""
        if not kept.new and not kept.gone:
            return kept.listed
        listed, before = kept.listed, self.size
        # Of tens of thousands few are others: those are put over what was.
        places, left = bytearray(listed.buckets), listed.size
        stale: dict[int, list[Any]] = defaultdict(list)
        for key in (*kept.new, *kept.gone):
            stale[_bucket_of(key, listed.number)].append(key)
        for at, some in stale.items():
            values = {**kept.bucket(at), **{key: kept.new[key] for key in some if key in kept.new}}
            left_of = {key: value for key, value in values.items() if key not in kept.gone}
            place = self.put(encode_mapping(left_of, kept.types[1]))
            _PLACE.pack_into(places, at * _PLACE.size, *place)
            left -= listed.place(at).size
        keys = listed.keys
        if keys is not None and not kept.has_same_keys:
            left -= keys.size
            keys = self.put(encode(tuple(kept)))
        return _Listed(keys, len(kept), bytes(places), left + self.size - before)


@contextmanager
def _writing(path: Path) -> Iterator[IO[bytes]]:
    """A new file, which is taken away again when it cannot be written; no index leads to it before it is whole."""
    try:
        with path.open("wb") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise
