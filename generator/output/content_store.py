"""Files that are named by the digest of their content and kept between builds: only new ones are written."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.support.files import remove, write_whole


class ContentStore:
    """A folder of files, of which each is used only if it is as it was written.

    Args:
        folder: The folder, made where it is not there yet.
        known: The sums of an earlier store of the folder.

    Attributes:
        sums: The digest of each file that this one holds, by its name, to be handed to the next store of the folder.
    """

    def __init__(self, folder: Path, known: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._known = known
        self._written: set[str] = set()
        self.sums: dict[str, bytes] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if it is not there as it was written."""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        return data if digest(data) == (self.sums.get(name) or self._known.get(name)) else None

    def keep(self, names: Iterable[str]) -> None:
        """Holds files of the earlier store, without reading them."""
        self.sums.update((name, self._known[name]) for name in names)

    def put(self, name: str, make: Callable[[], bytes]) -> None:
        """Holds a file, which is made if the earlier store had none of that name.

        Raises:
            OSError: if the disk is full or may not be written.
        """
        if name in self._known:
            self.keep([name])
        elif name not in self.sums:
            data = make()
            _write_new(self._folder / name, data)
            self._written.add(name)
            self.sums[name] = digest(data)

    def is_whole(self, is_elsewhere: Callable[[str, bytes], bool]) -> bool:
        """Whether all files are as they were written.

        Args:
            is_elsewhere: Whether a file, by its name and digest, is already where it is needed.
        """
        return all(
            name in self._written or is_elsewhere(name, known) or self.read(name) is not None
            for name, known in self.sums.items()
        )

    def sweep(self) -> None:
        """Removes all other files."""
        for name in _inodes(self._folder).keys() - self.sums.keys():
            remove(self._folder / name)

    def publish(self, target: Path, entry: str, data: bytes) -> None:
        """Has a folder hold the files and an entry that leads to them, and nothing else.

        A reader of the old entry finds what it leads to until the new one is there.

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
    """The digest of a file."""
    return hashlib.blake2b(data, digest_size=16).digest()
