"""Parts of data in one file that grows at its end, for parts of which few change from build to build."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple


class Part(NamedTuple):
    """Where a part is in the file, in bytes, and the digest of what it holds."""

    start: int
    size: int
    sum: bytes


class Heap:
    """A file of parts by name, of which each is believed only if it is as it was written.

    Attributes:
        parts: Those that were asked for: to be handed to the next heap of the file.
    """

    def __init__(self, path: Path, known: Mapping[str, Part]) -> None:
        self._path = path
        self._known = known
        self.parts: dict[str, Part] = {}
        self._file: BinaryIO | None = None

    def read(self, name: str) -> bytes | None:
        """What a part holds; None if it is not there and whole."""
        part = self.parts.get(name) or self._known.get(name)
        if not part:
            return None
        file = self._open()
        file.seek(part.start)
        data = file.read(part.size)
        return data if _sum(data) == part.sum else None

    def expect(self, names: Iterable[str]) -> None:
        """Asks for parts that an earlier heap had, without looking whether they are there still."""
        self.parts.update((name, self._known[name]) for name in names)

    def put(self, name: str, make: Callable[[], bytes]) -> None:
        """Makes a part that is not there.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        if name in self.parts:
            return
        if self.read(name) is not None:
            self.parts[name] = self._known[name]
            return
        data = make()
        file = self._open()
        self.parts[name] = Part(file.seek(0, os.SEEK_END), len(data), _sum(data))
        file.write(data)

    def close(self) -> None:
        """Has all parts in the file.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        if self._file:
            self._file.close()
            self._file = None

    def compact(self) -> None:
        """Leaves out what nobody asked for, once that is more than all else.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        self.close()
        size = self._path.stat().st_size if self._path.exists() else 0
        if size <= 2 * sum(part.size for part in self.parts.values()):
            return
        moved: dict[str, Part] = {}
        beside = self._path.with_name(f"{self._path.name}-new")
        with self._path.open("rb") as old, beside.open("wb") as new:
            for name, part in self.parts.items():
                old.seek(part.start)
                moved[name] = part._replace(start=new.tell())
                new.write(old.read(part.size))
        beside.replace(self._path)
        self.parts = moved

    def _open(self) -> BinaryIO:
        if not self._file:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            is_known = bool(self._known) and self._path.is_file()
            self._file = self._path.open("r+b" if is_known else "w+b")
        return self._file


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
