"""Tables: mappings that a run leaves to the next run, which reads only the values that it needs.

A table is stored in buckets: a key falls into a bucket by its hash, and the values of a bucket are encoded together. A
run that changes a value writes its bucket. An index, stored as a value, has the digest of each bucket, so that buckets of
two states are never read together.
"""

import copy
import hashlib
import itertools
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from functools import partial
from sqlite3 import Connection
from typing import Any, Generic, NamedTuple, TypeVar

from generator.state.cache import Cache
from generator.state.database import Damaged
from generator.state.encoding import EncodingError, decode, encode, encode_mapping
from generator.state.lazy import OverlayMapping

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Tables = Mapping[str, Mapping[Any, Any]]
# The types of the keys and values of a table, by its name.
Types = Callable[[str], tuple[Any, Any]]

_DIGEST_SIZE = 16
# Bytes that a bucket should have: one read and one digest, about as long as decoding them takes.
_BUCKET = 4096
# Values that are encoded to see how large they are.
_SAMPLE = 200
# If more values than this percentage differ, all of a table is written again.
_MOST = 30
# The number of the bucket that has all keys in their order.
_KEYS = -1
_GET = "SELECT data FROM bucket WHERE name = ? AND number = ?"
_PUT = "INSERT INTO bucket VALUES(?, ?, ?) ON CONFLICT(name, number) DO UPDATE SET data = excluded.data"
_NOTHING = object()


class _TableInfo(NamedTuple):
    """What the index says of a table.

    Attributes:
        length: How many keys it has.
        keys: The digest of its keys in their order; empty where they have none.
        digests: Those of its buckets, one after another.
    """

    length: int
    keys: bytes
    digests: bytes

    @property
    def number(self) -> int:
        """How many buckets there are."""
        return len(self.digests) // _DIGEST_SIZE

    def digest(self, number: int) -> bytes:
        """That of a bucket."""
        return self.digests[number * _DIGEST_SIZE :][:_DIGEST_SIZE] if number != _KEYS else self.keys


class _StoredTable(Generic[Key, Value]):
    """A table as it was read, shared by the mappings that were made of it by changes.

    Attributes:
        values: Those of the buckets that were read so far.
    """

    def __init__(self, cache: Cache, name: str, info: _TableInfo, types: tuple[Any, Any]) -> None:
        self._cache, self._name = cache, name
        self.info, self.types = info, types
        self.values: dict[Key, Value] = {}
        self._read: set[int] = set()

    def get(self, key: Key, default: Any) -> Any:
        """The value of a key."""
        if key not in self.values:
            self.read(_bucket_of(key, self.info.number))
        return self.values.get(key, default)

    def read(self, number: int) -> None:
        """Reads a bucket, unless it was read."""
        if number not in self._read:
            self.values.update(self.bucket(number))
            self._read.add(number)

    def bucket(self, number: int) -> dict[Key, Value]:
        """The values of a bucket."""
        found: dict[Key, Value] = self._decoded(number, dict[self.types])  # type: ignore[misc, name-defined]
        return found

    def all_keys(self) -> tuple[Key, ...]:
        """All keys, in their order if they have one."""
        if not self.info.keys:
            for number in range(self.info.number):
                self.read(number)
            return tuple(self.values)
        found: tuple[Key, ...] = self._decoded(_KEYS, tuple[self.types[0], ...])  # type: ignore[name-defined]
        return found

    def _decoded(self, number: int, of: Any) -> Any:
        data = self._cache.database.blob(_GET, self._name, number)
        if _digest(data) != self.info.digest(number):
            raise Damaged
        try:
            return decode(data, of)
        except EncodingError:
            raise Damaged from None


class StoredMapping(OverlayMapping[Key, Value], Generic[Key, Value]):
    """A table as a mapping: a value is read when it is asked for.

    A value must not be changed in place: `changed` makes another mapping.

    Attributes:
        new, gone: What differs from the table as it was read.
        has_same_keys: Whether the keys are those of the table, in their order.
    """

    def __init__(self, table: _StoredTable[Key, Value]) -> None:
        self.table = table
        self._length = table.info.length
        self._keys: dict[Key, None] | None = None
        self.new: dict[Key, Value] = {}
        self.gone: frozenset[Key] = frozenset()
        self.has_same_keys = True

    def __getitem__(self, key: Key) -> Value:
        value = self.get(key, _NOTHING)
        if value is _NOTHING:
            raise KeyError(key)
        found: Value = value
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key; another where there is none."""
        if key in self.new:
            return self.new[key]
        return default if key in self.gone else self.table.get(key, default)

    def __contains__(self, key: object) -> bool:
        return self.get(key, _NOTHING) is not _NOTHING

    def __iter__(self) -> Iterator[Key]:
        if self._keys is None:
            kept = (key for key in self.table.all_keys() if key not in self.gone)
            self._keys = dict.fromkeys([*kept, *self.new])
        return iter(self._keys)

    def __len__(self) -> int:
        return self._length

    def changed(
        self, new: Mapping[Key, Value], gone: Iterable[Key] = (), *, in_order: bool = False
    ) -> "StoredMapping[Key, Value]":
        without = {key for key in gone if key in self}
        if not new and not without:
            return self
        come = [key for key in new if key not in self]
        made = copy.copy(self)
        made._length += len(come) - len(without)
        made.new = {**{key: value for key, value in self.new.items() if key not in without}, **new}
        made.gone = (self.gone | without) - new.keys()
        if come or without:
            made._keys = None
            made.has_same_keys = False
            if self.table.info.keys:
                keys = [key for key in self if key not in without] + come
                made._keys = dict.fromkeys(sorted(keys) if in_order and come else keys)  # type: ignore[type-var]
        return made

    def may_differ(self, other: Mapping[Key, Value]) -> Iterable[Key] | None:
        if not isinstance(other, StoredMapping) or other.table is not self.table:
            return None
        return {*self.new, *self.gone, *other.new, *other.gone}


def _bucket_of(key: Hashable, number: int) -> int:
    return zlib.crc32(repr(key).encode("utf-8", "surrogatepass")) % number


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


class Store:
    """The tables that were written together under a name."""

    def __init__(self, cache: Cache, name: str, types: Types) -> None:
        self._cache, self._name, self._types = cache, name, types
        self._tables: dict[str, StoredMapping[Any, Any]] = {}

    def read(self) -> dict[str, StoredMapping[Any, Any]] | None:
        """The tables; None where they are not to be believed."""
        index = self._cache.read(self._name, dict[str, _TableInfo])
        if index is None or not all(info.number for info in index.values()):
            return None
        try:
            tables = {
                name: _StoredTable[Any, Any](self._cache, self._row(name), info, self._types(name))
                for name, info in index.items()
            }
        except KeyError:
            return None
        self._tables = {name: StoredMapping(table) for name, table in tables.items()}
        return dict(self._tables)

    def write(self, tables: Tables, unordered: Collection[str] = ()) -> None:
        """Keeps tables in place of those before.

        A mapping that was read and changed is written as far as it changed. Of another by a name that was
        read, a value that is the very one that was read has not changed.

        Args:
            unordered: The names of those of which the order does not matter.

        Raises:
            EncodingError: if a value has no bytes.
            OSError: if the disk is full or may not be written; the tables before are still there.
            Damaged: if the state is damaged.
        """
        try:
            self._write(tables, unordered)
        except Damaged:
            # What was damaged is removed. Values of it would have to be read.
            if self._tables:
                raise
            self._write(tables, unordered)

    def _write(self, tables: Tables, unordered: Collection[str]) -> None:
        with self._cache.transaction() as connection:
            self._drop_others(connection, tables)
            index = {
                name: self._written(connection, name, values, name not in unordered)
                for name, values in tables.items()
            }
            self._cache.write(self._name, index)

    def drop(self) -> None:
        """Keeps none of the tables.

        Raises:
            OSError: as `write`.
        """
        self._cache.remove(self._name)

    def _row(self, table: str) -> str:
        return f"{self._name}/{table}"

    def _drop_others(self, connection: Connection, tables: Tables) -> None:
        """Removes tables that are no more; all of them where it is not known which there are."""
        if self._tables:
            gone = [self._row(name) for name in self._tables.keys() - tables.keys()]
        else:
            gone = [self._row("*")]
        connection.executemany("DELETE FROM bucket WHERE name GLOB ?", [(name,) for name in gone])

    def _written(
        self, connection: Connection, name: str, values: Mapping[Any, Any], has_order: bool
    ) -> _TableInfo:
        kept = self._tables.get(name)
        if kept is None:
            return self._whole(connection, name, values, has_order)
        if not isinstance(values, StoredMapping) or values.table is not kept.table:
            get = kept.table.values.get
            new = {key: value for key, value in values.items() if get(key, _NOTHING) is not value}
            if len(new) * 100 > _MOST * len(values):
                return self._whole(connection, name, values, has_order)
            patched = kept.changed(new, kept.keys() - values.keys())
            if has_order and list(patched) != list(values):
                return self._whole(connection, name, values, has_order)
            values = patched
        return self._patched(connection, name, values)

    def _whole(
        self, connection: Connection, name: str, values: Mapping[Any, Any], has_order: bool
    ) -> _TableInfo:
        """Writes all of a table."""
        of = self._types(name)[1]
        step = max(1, len(values) // _SAMPLE)
        sample = dict(itertools.islice(values.items(), 0, None, step))
        size = len(encode_mapping(sample, of)) * len(values) // max(1, len(sample))
        number = max(1, min(len(values), size // _BUCKET))
        buckets: list[dict[Any, Any]] = [{} for _ in range(number)]
        for key, value in values.items():
            buckets[_bucket_of(key, number)][key] = value
        put = partial(_put, connection, self._row(name))
        connection.execute("DELETE FROM bucket WHERE name = ?", (self._row(name),))
        digests = b"".join(put(at, encode_mapping(each, of)) for at, each in enumerate(buckets))
        return _TableInfo(len(values), put(_KEYS, encode(tuple(values))) if has_order else b"", digests)

    def _patched(self, connection: Connection, name: str, kept: StoredMapping[Any, Any]) -> _TableInfo:
        """Writes the buckets that changed of a table that was read."""
        info, put = kept.table.info, partial(_put, connection, self._row(name))
        stale: dict[int, list[Any]] = defaultdict(list)
        for key in (*kept.new, *kept.gone):
            stale[_bucket_of(key, info.number)].append(key)
        # There are thousands of buckets, of which few change.
        digests = bytearray(info.digests)
        for at, some in stale.items():
            # Mappings that were made of this table still have the values of the bucket as it was.
            kept.table.read(at)
            values = kept.table.bucket(at)
            for key in some:
                if key in kept.new:
                    values[key] = kept.new[key]
                else:
                    values.pop(key, None)
            data = encode_mapping(values, kept.table.types[1])
            digests[at * _DIGEST_SIZE : (at + 1) * _DIGEST_SIZE] = put(at, data)
        has_others = info.keys and not kept.has_same_keys
        keys = put(_KEYS, encode(tuple(kept))) if has_others else info.keys
        return _TableInfo(len(kept), keys, bytes(digests))


def _put(connection: Connection, name: str, number: int, data: bytes) -> bytes:
    """Writes a bucket, and gives its digest."""
    connection.execute(_PUT, (name, number, data))
    return _digest(data)
