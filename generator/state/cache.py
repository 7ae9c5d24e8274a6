"""What one build leaves to the next: values in files below the dossier, each with a digest, decoded by its type.

Nothing in it can run: values are msgpack, and become what the reader's type says or nothing at all. Nothing in it names
a machine, a user or a folder, so that a cache which CI restores elsewhere is believed as far as its digests say. A value
that is damaged, or that another version of the generator wrote, is as good as none. Whoever can write into the folder
can have a build believe what its digests cannot tell, which is no more than they could write into the site.
"""

import errno
import hashlib
import os
import secrets
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from generator.state.encoding import EncodingError, decode, encode
from generator.support.files import own_folder, remove, write_whole

if TYPE_CHECKING:
    from filelock import FileLock

Value = TypeVar("Value")

# Below a dossier; nothing in it is missed when it is deleted.
FOLDER = ".cache/dossier"
_LOCK = "lock"
_DIGEST_SIZE = 16
# Names of values in parts go on with this where most of one is kept; where more than one value in so many differs from
# that, all are written again.
_BASE, _FEW = "-base-", 20
# What no mapping holds.
_NOTHING = object()


class _PartIndex(NamedTuple):
    """Of a value in parts: under which name most of it is kept, the parts that are no mappings, and what differs of those that are."""

    base: str
    rest: dict[str, bytes]
    new: dict[str, bytes]
    gone: dict[str, bytes]


class Cache:
    """The values that are kept for a dossier, by name."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / FOLDER

    def open(self) -> Path:
        """The folder, made where it is not there yet; version control leaves it alone.

        Raises:
            OSError: if it cannot be, or is a link: nothing that is not ours may be taken for what was kept, and removed.
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
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_DIGEST_SIZE:]
        if data[:_DIGEST_SIZE] != _digest(name, body):
            return None
        try:
            found: Value = decode(body, of)
        except EncodingError:
            return None
        return found

    def write(self, name: str, value: object) -> None:
        """Keeps a value, in place of the one before; one that has no bytes is not kept.

        Raises:
            OSError: if the disk is full or may not be written; the value before is still there.
        """
        try:
            body = encode(value)
        except EncodingError:
            remove(self.open() / name)
            return
        write_whole(self.open() / name, _digest(name, memoryview(body)) + body)

    def read_parts(self, name: str, of: type[Any]) -> "ValueParts | None":
        """The value of a name that was kept in parts; None where there is none to be believed.

        Args:
            of: A named tuple, whose fields are the parts.
        """
        types = of.__annotations__
        found = self.read(name, _PartIndex)
        base = self.read(found.base, dict[str, bytes]) if found else None
        if not found or base is None or base.keys() | found.rest.keys() != types.keys():
            return None
        try:
            large = {part: decode(data, types[part]) for part, data in base.items()}
            rest = {part: decode(data, types[part]) for part, data in found.rest.items()}
            now = {
                part: Difference(decode(data, types[part]), decode(found.gone[part], types[part])).applied_to(
                    large[part]
                )
                for part, data in found.new.items()
            }
        except (EncodingError, KeyError):
            return None
        return ValueParts(found.base, large, of(**rest, **now))

    def write_parts(self, name: str, parts: Any, before: "ValueParts | None" = None) -> None:
        """Keeps a value in parts, in place of the one before, of which only what differs is written.

        One that has no bytes is not kept. Of mappings, only the keys that differ are written; all of them where these are many.

        Args:
            parts: A named tuple, whose fields are the parts.
            before: What was read under the name.

        Raises:
            OSError: if the disk is full or may not be written; the value before is still there.
        """
        try:
            self._write_parts(name, parts._asdict(), before)
        except EncodingError:
            remove(self.open() / name)

    def _write_parts(self, name: str, values: Mapping[str, Any], before: "ValueParts | None") -> None:
        large = {part: value for part, value in values.items() if isinstance(value, dict)}
        rest = {part: encode(value) for part, value in values.items() if part not in large}
        if before and large.keys() == before.base.keys():
            found = {part: Difference.of(before.base[part], value) for part, value in large.items()}
            if sum(one.size for one in found.values()) * _FEW < sum(map(len, large.values())):
                new = {part: encode(one.new) for part, one in found.items()}
                gone = {part: encode(one.gone) for part, one in found.items()}
                self.write(name, _PartIndex(before.at, rest, new, gone))
                return
        at = f"{name}{_BASE}{secrets.token_hex(8)}"
        self.write(at, {part: encode(value) for part, value in large.items()})
        none = dict.fromkeys(large, encode({}))
        self.write(name, _PartIndex(at, rest, none, none))
        for path in self.folder.glob(f"{name}{_BASE}*"):
            if path.name != at:
                remove(path)

    @contextmanager
    def lock(self, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Lets one process at a time work on the dossier; one that was killed is out at once, one inside may enter again.

        Args:
            wait: Called where another is at work, before it is waited for.
        """
        # Whoever only reads needs none.
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


class ValueParts(NamedTuple):
    """A value in parts as it was read.

    Attributes:
        at: Under which most of it is kept.
        base: What is kept there.
        now: The value.
    """

    at: str
    base: Mapping[str, dict[Any, Any]]
    now: Any


class Difference(NamedTuple):
    """What makes one mapping of another: what is new in it or other, and what is gone, with the values that it had."""

    new: Mapping[Any, Any]
    gone: Mapping[Any, Any]

    @property
    def size(self) -> int:
        """How many values differ."""
        return len(self.new) + len(self.gone)

    @classmethod
    def of(cls, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> "Difference":
        """That of two mappings; most values should be the very same."""
        if new is old or new == old:
            return cls({}, {})
        # To look whether two are one is faster than to compare them, and there are tens of thousands.
        get = old.get
        others = {
            key: value
            for key, value in new.items()
            if (was := get(key, _NOTHING)) is not value and was != value
        }
        return cls(others, {key: old[key] for key in old.keys() - new.keys()})

    def applied_to(self, old: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """The new mapping, of the old; the very one where nothing differs."""
        if not self.new and not self.gone:
            return old
        found = {key: value for key, value in old.items() if key not in self.gone}
        found.update(self.new)
        return found


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
    """A digest of the generator's files, of what is installed, and of what of Python shows in its results.

    It says nothing of the machine, so that what one runner of CI leaves is believed by the next.
    """
    package = os.path.dirname(os.path.abspath(__file__))
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
