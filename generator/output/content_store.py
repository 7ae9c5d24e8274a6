"""Files whose names say what they hold, kept between builds: only those that are not there yet are made."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.support.files import remove, write_whole


class ContentStore:
    """A folder of files, of which each is believed only if it is as it was written.

    Attributes:
        sums: Of every file that was asked for, by its name: to be handed to the next store of the folder.
    """

    def __init__(self, folder: Path, sums: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._known = sums
        # Those of which it is known by now that they are whole.
        self._whole: set[str] = set()
        self.sums: dict[str, bytes] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        """What a file holds; None if it is not there and whole."""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        return data if digest(data) == (self.sums.get(name) or self._known.get(name)) else None

    def has(self, name: str) -> bool:
        """Whether a file is there and whole; it is then asked for."""
        if name not in self._whole:
            if self.read(name) is None:
                return False
            self._whole.add(name)
            self.sums.setdefault(name, self._known[name])
        return True

    def expect(self, names: Iterable[str]) -> None:
        """Asks for files that an earlier store had, without looking whether they are there still."""
        self.sums.update((name, self._known[name]) for name in names)

    def put(self, name: str, make: Callable[[], bytes]) -> None:
        """Makes a file that is not there.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        if self.has(name):
            return
        data = make()
        _write_new(self._folder / name, data)
        self._whole.add(name)
        self.sums[name] = digest(data)

    def sweep(self) -> None:
        """Removes what nobody asked for."""
        for name in _inodes(self._folder).keys() - self.sums.keys():
            remove(self._folder / name)

    def publish(self, target: Path, entry: str, data: bytes) -> None:
        """Has a folder hold the files that were asked for and an entry that leads to them, and nothing else.

        Whoever reads the entry meanwhile finds what it leads to, as long as it is the old one.

        Raises:
            OSError: if the disk is full or may not be written; the old entry is then still there.
        """
        target.mkdir(parents=True, exist_ok=True)
        is_beside = target.stat().st_dev == self._folder.stat().st_dev
        ours, theirs = _inodes(self._folder), _inodes(target)
        for name in self.sums:
            if not (is_beside and ours[name] == theirs.get(name)):
                self.place(name, target / name)
        write_whole(target / entry, data)
        for name in theirs.keys() - self.sums.keys() - {entry}:
            remove(target / name)

    def place(self, name: str, target: Path) -> None:
        """Gives a file another place too: by a link, which costs nothing, or a copy where there can be none.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        source = self._folder / name
        try:
            _link_new(source, target)
        except OSError:
            write_whole(target, source.read_bytes())


def _inodes(folder: Path) -> dict[str, int]:
    """What is in a folder; files of one number are one file."""
    with os.scandir(folder) as entries:
        return {entry.name: entry.inode() for entry in entries}


def _write_new(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        # Published copies may be this very file: they stay as they are.
        path.unlink()
        _write_new(path, data)


def _link_new(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        target.unlink()
        os.link(source, target)


def digest(data: bytes) -> bytes:
    """What changes with some data."""
    return hashlib.blake2b(data, digest_size=16).digest()
