"""What is kept of the texts of a search, in columns: they are read and written whole, and few of them asked for."""

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from generator.model.ids import OrganizationId, RecordId
from generator.model.kinds import Kind
from generator.search.values import Draft, Head, Possible, Text

# Bytes of a digest.
SIZE = 8
# Of a text that is not known by what its page says.
NO_STAMP = bytes(SIZE)
_KINDS = tuple(Kind)
_ARTICLES = f"{Kind.ARTICLE.section}/"


class Row(NamedTuple):
    """What is kept of a text: enough to do without it while it stays the same.

    Attributes:
        where: Tells it from all others, and sorts it among them.
        digest: Of what the text holds.
        stamp: Of what its page says.
        length: The number of its words, in steps.
        day: As a number; 0 where there is none.
        named: The records that it names.
        naming: Of these, and of which passages name each.
    """

    where: str
    digest: bytes
    stamp: bytes
    kind: Kind
    length: int
    outlet: str
    day: int
    named: tuple[RecordId, ...]
    naming: bytes
    head: Head | None


class Columns(NamedTuple):
    """Rows by what they hold; texts and lists in lines, numbers one after the other."""

    where: bytes = b""
    digests: bytes = b""
    stamps: bytes = b""
    kinds: bytes = b""
    lengths: bytes = b""
    outlets: bytes = b""
    days: bytes = b""
    named: bytes = b""
    naming: bytes = b""
    heads: bytes = b""


class Rows:
    """The rows of all texts, in their order."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Rows":
        """The rows in columns."""
        rows = tuple(rows)
        return cls(
            Columns(
                _lines(row.where for row in rows),
                b"".join(row.digest for row in rows),
                b"".join(row.stamp for row in rows),
                bytes(_KINDS.index(row.kind) for row in rows),
                bytes(row.length for row in rows),
                _lines(row.outlet for row in rows),
                array("I", [row.day for row in rows]).tobytes(),
                _lines(_json(row.named) for row in rows),
                b"".join(row.naming for row in rows),
                _lines(_json(row.head) if row.head else "" for row in rows),
            )
        )

    def __len__(self) -> int:
        return len(self.columns.kinds)

    def __getitem__(self, number: int) -> Row:
        return Row(
            self._where[number],
            self.digest(number),
            _digest_in(self.columns.stamps, number),
            _KINDS[self.columns.kinds[number]],
            self.columns.lengths[number],
            self._outlets[number],
            self._days[number],
            self.named(number),
            self.naming(number),
            self._head(number),
        )

    def __iter__(self) -> Iterator[Row]:
        return map(self.__getitem__, range(len(self)))

    def number(self, where: str) -> int | None:
        """The number of a text; None where there is none."""
        at = bisect_left(self._where, where)
        return at if self._where[at : at + 1] == [where] else None

    def digest(self, number: int) -> bytes:
        """The digest of a text."""
        return _digest_in(self.columns.digests, number)

    def named(self, number: int) -> tuple[RecordId, ...]:
        """The records that a text names."""
        return tuple(json.loads(self._named[number]))

    def naming(self, number: int) -> bytes:
        """The digest of whom a text names in which passages."""
        return _digest_in(self.columns.naming, number)

    def head(self, article: RecordId) -> Head | None:
        """The head of an article, if there is one."""
        number = self.number(_of_article(article))
        return None if number is None else self._head(number)

    def replaced(self, rows: Mapping[int, Row]) -> "Rows":
        """The same with other rows of some texts, which are no others in what is filtered by."""
        columns = self.columns
        lengths = bytearray(columns.lengths)
        for number, row in rows.items():
            lengths[number] = row.length
        columns = columns._replace(
            digests=_with_digests(columns.digests, {number: row.digest for number, row in rows.items()}),
            stamps=_with_digests(columns.stamps, {number: row.stamp for number, row in rows.items()}),
            lengths=bytes(lengths),
        )
        others = {number: row for number, row in rows.items() if row.naming != self.naming(number)}
        if others:
            named = list(self._named)
            for number, row in others.items():
                named[number] = _json(row.named)
            columns = columns._replace(
                named=_lines(named),
                naming=_with_digests(columns.naming, {number: row.naming for number, row in others.items()}),
            )
        return Rows(columns)

    def by_digest(self) -> dict[bytes, int]:
        """The number of the text that holds what a digest is of."""
        return _numbers(self.columns.digests)

    def by_stamp(self) -> dict[bytes, int]:
        """The number of the text with a stamp."""
        numbers = _numbers(self.columns.stamps)
        numbers.pop(NO_STAMP, None)
        return numbers

    @cached_property
    def _where(self) -> list[str]:
        return _split(self.columns.where)

    @cached_property
    def _outlets(self) -> list[str]:
        return _split(self.columns.outlets)

    @cached_property
    def _named(self) -> list[str]:
        return _split(self.columns.named)

    @cached_property
    def _heads(self) -> list[str]:
        return _split(self.columns.heads)

    @cached_property
    def _days(self) -> "array[int]":
        return array("I", self.columns.days)

    def _head(self, number: int) -> Head | None:
        if not self._heads[number]:
            return None
        title, outlet, day, year, in_title = json.loads(self._heads[number])
        names = (Possible(tuple(full), tuple(short)) for full, short in in_title)
        return Head(title, OrganizationId(RecordId(outlet)) if outlet else None, day, year, tuple(names))


def where(text: Text | Draft) -> str:
    """What tells a text from all others: they are sorted by it."""
    return f"{text.address}\t{text.kind}\t{text.part}"


def _of_article(key: RecordId) -> str:
    return f"{_ARTICLES}{key}/\t{Kind.ARTICLE}\t"


def _digest_in(digests: bytes, number: int) -> bytes:
    return digests[number * SIZE : (number + 1) * SIZE]


def _with_digests(digests: bytes, others: Mapping[int, bytes]) -> bytes:
    made = bytearray(digests)
    for number, digest in others.items():
        made[number * SIZE : (number + 1) * SIZE] = digest
    return bytes(made)


def _numbers(digests: bytes) -> dict[bytes, int]:
    return {digests[at : at + SIZE]: number for number, at in enumerate(range(0, len(digests), SIZE))}


def _lines(texts: Iterable[str]) -> bytes:
    # Each ends with its line's end, so that none and one that is empty are not the same.
    return "".join(f"{text}\n" for text in texts).encode()


def _split(lines: bytes) -> list[str]:
    return lines.decode().split("\n")[:-1]


def _json(value: object) -> str:
    # Without a line's end, as JSON writes it in texts.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
