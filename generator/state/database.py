"""The state of a dossier in one SQLite file: values by name, and tables in buckets.

    value    name, data            one row for each value that is read and written whole
    bucket   name, number, data    of a table, the encoded values whose keys fall into a bucket

All that a run leaves is written in one transaction: a program that is killed leaves the state before or the state
after, since SQLite's rollback journal restores the first. What is read is believed by digests that the reader checks, so
nothing is forced to the disk: after a power cut the file may be damaged, and damage is as good as no state.
"""

import errno
import os
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

_SCHEMA = (
    "CREATE TABLE value(name TEXT PRIMARY KEY, data BLOB)",
    "CREATE TABLE bucket(name TEXT, number INTEGER, data BLOB, PRIMARY KEY(name, number))",
)
# What SQLite may leave beside its file.
_BESIDE = ("-journal", "-wal", "-shm")
# The end of a journal that names another file. SQLite may remove that file; a state has no such journal.
_MAGIC = bytes.fromhex("d9d505f920a163d7")
# Seconds that a process waits for another to end its transaction.
_WAIT = 60
# What the system refused, by SQLite's codes. Whatever else goes wrong is damage.
_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


class Damaged(Exception):
    """Part of the state is not as it was written; without the state everything can be made."""


class Database:
    """The file, with a connection for each process that uses it: none may be carried into a forked one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # With the number of the file, by process.
        self._connections: dict[int, tuple[sqlite3.Connection, int]] = {}
        self._lock = threading.RLock()
        weakref.finalize(self, _close, self._connections)

    def blob(self, query: str, *of: object) -> bytes:
        """The bytes that a query finds; none where there is no row.

        Raises:
            Damaged: if there is no state, or none that can be read.
        """
        try:
            with self._lock:
                row = self._connection().execute(query, of).fetchone()
        except (OSError, sqlite3.Error):
            raise Damaged from None
        return row[0] if row and isinstance(row[0], bytes) else b""

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction, or the one that is open. The file is made where there is none.

        Raises:
            OSError: if the disk is full or may not be written; the state is as it was.
            Damaged: if the file is damaged; it is then removed.
        """
        with self._lock:
            known = self._connections.get(os.getpid())
            if known and known[0].in_transaction:
                yield known[0]
                return
            try:
                if known and known[1] != _number(self.path):
                    # Somebody has removed the file.
                    self._forget()
                connection = self._connection(create=True)
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    if connection.in_transaction:
                        with suppress(sqlite3.Error):
                            connection.execute("ROLLBACK")
            except sqlite3.Error as error:
                self._raise(error)

    def _connection(self, *, create: bool = False) -> sqlite3.Connection:
        if known := self._connections.get(os.getpid()):
            return known[0]
        try:
            made = self._opened(create=create)
        except Damaged:
            if not create:
                raise
            self.remove()
            made = self._opened(create=True)
        self._connections[os.getpid()] = made, _number(self.path)
        return made

    def _opened(self, *, create: bool) -> sqlite3.Connection:
        """A new connection.

        Raises:
            Damaged: if the file is no state, or SQLite would reach other files by it.
        """
        if any(path.is_symlink() for path in self._paths()) or _names_file(self._paths()[1]):
            raise Damaged
        uri = f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        made = sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            made.execute("PRAGMA synchronous = OFF")
            if create and not made.execute("SELECT 1 FROM sqlite_master").fetchone():
                made.executescript(";".join(("BEGIN IMMEDIATE", *_SCHEMA, "COMMIT")))
            found = made.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
            if tuple(sql for (sql,) in found) == _SCHEMA:
                return made
        except sqlite3.Error as error:
            if _refusal(error):
                made.close()
                raise
        made.close()
        raise Damaged

    def remove(self) -> None:
        """Removes the file, and what SQLite may have left beside it."""
        self._forget()
        for path in self._paths():
            path.unlink(missing_ok=True)

    def _paths(self) -> list[Path]:
        return [self.path.with_name(self.path.name + suffix) for suffix in ("", *_BESIDE)]

    def _forget(self) -> None:
        if known := self._connections.pop(os.getpid(), None):
            known[0].close()

    def _raise(self, error: sqlite3.Error) -> NoReturn:
        number = _refusal(error)
        if number is None:
            self.remove()
            raise Damaged from None
        if number == errno.EACCES:
            # The system says more than SQLite does.
            with tempfile.TemporaryFile(dir=self.path.parent), self.path.open("ab"):
                pass
        raise OSError(number, os.strerror(number), str(self.path)) from None


def _refusal(error: sqlite3.Error) -> int | None:
    """The system's number for what it refused; None for damage."""
    return _REFUSED.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF)


def _names_file(journal: Path) -> bool:
    try:
        with journal.open("rb") as file:
            file.seek(-len(_MAGIC), os.SEEK_END)
            return file.read() == _MAGIC
    except OSError:
        return False


def _number(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _close(connections: dict[int, tuple[sqlite3.Connection, int]]) -> None:
    for connection, _ in connections.values():
        connection.close()
