"""The state of builds: values and tables in one SQLite file below the dossier, trusted by their digests.

Values are msgpack, decoded by the type that the reader names, so that nothing stored can run. No value names a machine, a
user or a folder, so that CI can restore a cache on another machine. A value that is damaged, or that another version of
the generator wrote, counts as absent. Somebody who can write into the folder can plant wrong values with right digests,
but could write into the site as well.
"""

import errno
import hashlib
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.state.database import Damaged, Database
from generator.state.encoding import EncodingError, decode, encode
from generator.support.files import own_folder

if TYPE_CHECKING:
    from sqlite3 import Connection

    from filelock import FileLock

Value = TypeVar("Value")

# Below a dossier; it can be deleted at any time.
FOLDER = ".cache/dossier"
_LOCK, _STATE = "lock", "state.sqlite"
_DIGEST_SIZE = 16
_GET = "SELECT data FROM value WHERE name = ?"
_PUT = "INSERT INTO value VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data"


class Cache:
    """The stored values of a dossier, by name."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / FOLDER
        self.database = Database(self.folder / _STATE)

    def open(self) -> Path:
        """The folder, which is created if it is missing and ignored by version control.

        Raises:
            OSError: if it cannot be created, or is a link: the program must not remove files that are not its own.
        """
        for folder in (self.folder.parent, self.folder):
            if folder.is_symlink():
                raise OSError(errno.ELOOP, "a link, which is not followed: delete it", str(folder))
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
            (self.folder / ".gitignore").write_text("*\n")
        return self.folder

    def folder_of(self, name: str) -> Path:
        """A folder in it, made where it is not there yet."""
        return own_folder(self.open() / name)

    def read(self, name: str, of: type[Value]) -> Value | None:
        """The value of a name; None where there is none of that type to be believed."""
        try:
            data = self.database.blob(_GET, name)
            body = memoryview(data)[_DIGEST_SIZE:]
            if data[:_DIGEST_SIZE] != _digest(name, body):
                return None
            found: Value = decode(body, of)
        except (Damaged, EncodingError):
            return None
        return found

    def write(self, name: str, value: object) -> None:
        """Stores a value in place of the one before; a value that cannot be encoded is not stored.

        Raises:
            OSError: if the disk is full or may not be written; the value before is still there.
        """
        try:
            body = encode(value)
        except EncodingError:
            self.remove(name)
            return
        data = _digest(name, memoryview(body)) + body
        self._execute(_PUT, name, data)

    def remove(self, name: str) -> None:
        """Removes the value of a name, if there is one.

        Raises:
            OSError: as `write`.
        """
        self._execute("DELETE FROM value WHERE name = ?", name)

    def _execute(self, statement: str, *of: object) -> None:
        # A damaged file is removed, so that the second attempt finds none.
        with suppress(Damaged), self.transaction() as connection:
            connection.execute(statement, of)
            return
        with self.transaction() as connection:
            connection.execute(statement, of)

    @contextmanager
    def transaction(self) -> Iterator["Connection"]:
        """A transaction: everything that is written inside it is stored, or nothing is. A nested one is part of the outer.

        Raises:
            OSError: if the disk is full or may not be written.
            Damaged: if the state was damaged; it is then removed.
        """
        self.open()
        with self.database.transaction() as connection:
            yield connection

    @contextmanager
    def lock(self, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Locks the dossier for one process, which can lock it again. A killed process loses the lock at once.

        Args:
            wait: Called before waiting for another process.
        """
        # Commands that only read need no lock.
        from filelock import Timeout

        lock = _lock(self.open().resolve() / _LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            wait()
            lock.acquire()
        try:
            yield
        finally:
            lock.release()


@cache
def _lock(path: Path) -> "FileLock":
    from filelock import FileLock

    return FileLock(path)


def _digest(name: str, body: memoryview) -> bytes:
    made = hashlib.blake2b(f"{name}\0{code()}\0".encode(), digest_size=_DIGEST_SIZE)
    made.update(body)
    return made.digest()


@cache
def code() -> str:
    """A digest of the files of the whole package, of the installed distributions, and of the version of Python.

    It does not depend on the machine, so that one CI runner can use the cache of another.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    made = hashlib.blake2b(f"{sys.version_info[:2]}\0{unicodedata.unidata_version}\0".encode())
    for path in sorted(_files(package)):
        made.update(f"{path.removeprefix(package).replace(os.sep, '/')}\0".encode())
        with open(path, "rb", buffering=0) as file:
            made.update(hashlib.blake2b(file.read()).digest())
    for folder in filter(os.path.isdir, sys.path):
        names = (name for name in os.listdir(folder) if name.endswith(".dist-info"))
        made.update("\0".join(sorted(names)).encode())
    return made.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """All files of a package but those that Python makes itself."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.path
            elif entry.name != "__pycache__":
                yield from _files(entry.path)
