"""What one run keeps for the next: values in files that are believed only if this code wrote them on this machine."""

import errno
import hashlib
import hmac
import os
import pickle
import platform
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.files import own_folder, remove, write_whole

if TYPE_CHECKING:
    from filelock import FileLock

# Below a dossier; nothing in it is missed when it is deleted.
FOLDER = ".cache/dossier"
_LOCK = "lock"
_OF_THIS_USER = "dossier/secret"
_SECRET_SIZE = 32
_DIGEST = "sha256"
_DIGEST_SIZE = hashlib.new(_DIGEST).digest_size
# Names of what is kept in parts go on with this where most of it is kept; where more than one value in so many differs
# from that, all are kept anew.
_BASE, _FEW = "-base-", 20
# What no mapping holds.
_NOTHING = object()
# A pickle of the newest protocol that every Python that we run on has.
_PROTOCOL = 5


class Cache:
    """The values that are kept for a dossier, by name.

    A value is signed with a secret of this user on this machine, together with the code that made it and
    the versions of all that is installed: a file that is damaged, copied from elsewhere, planted or made by
    another version is as good as none.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

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

    def read(self, name: str) -> Any | None:
        """The value of a name; None where there is none to be believed."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_DIGEST_SIZE:]
        if not hmac.compare_digest(data[:_DIGEST_SIZE], _signature(name, body)):
            return None
        return pickle.loads(body)  # noqa: S301 - signed by us

    def write(self, name: str, value: Any) -> None:
        """Keeps a value, in place of the one before.

        Raises:
            OSError: if the disk is full or may not be written; the value before is still there.
        """
        body = pickle.dumps(value, _PROTOCOL)
        write_whole(self.open() / name, _signature(name, memoryview(body)) + body)

    def read_parts(self, name: str) -> "Parts | None":
        """The value of a name that was kept in parts; None where there is none to be believed."""
        found = self.read(name)
        base = self.read(found[0]) if found else None
        if not found or base is None:
            return None
        at, rest, differences = found
        large = {part: difference.made(base[part]) for part, difference in differences.items()}
        return Parts(at, base, {**rest, **large})

    def write_parts(self, name: str, parts: Mapping[str, Any], before: "Parts | None" = None) -> None:
        """Keeps a value in parts, in place of the one before, of which only what differs is written.

        What differs is told of mappings key by key. All is written anew where that is much.

        Args:
            before: What was read under the name.

        Raises:
            OSError: if the disk is full or may not be written; the value before is still there.
        """
        large = {part: values for part, values in parts.items() if isinstance(values, dict)}
        rest = {part: value for part, value in parts.items() if part not in large}
        if before and large.keys() == before.base.keys():
            found = {part: Difference.of(before.base[part], values) for part, values in large.items()}
            if sum(len(one.new) + len(one.gone) for one in found.values()) * _FEW < sum(
                map(len, large.values())
            ):
                self.write(name, (before.at, rest, found))
                return
        at = f"{name}{_BASE}{secrets.token_hex(8)}"
        self.write(at, large)
        self.write(name, (at, rest, dict.fromkeys(large, Difference({}, ()))))
        for path in self.folder.glob(f"{name}{_BASE}*"):
            if path.name != at:
                remove(path)

    @contextmanager
    def alone(self, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
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


class Parts(NamedTuple):
    """A value in parts as it was read.

    Attributes:
        at: Under which most of it is kept.
        base: What is kept there.
        now: The parts.
    """

    at: str
    base: Mapping[str, dict[Any, Any]]
    now: Mapping[str, Any]


class Difference(NamedTuple):
    """What makes one mapping of another: what is new in it or other, and the keys that are gone."""

    new: Mapping[Any, Any]
    gone: Sequence[Any]

    @classmethod
    def of(cls, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> "Difference":
        """That of two mappings; most values should be the very same."""
        if new is old or new == old:
            return cls({}, ())
        # To look whether two are one is faster than to compare them, and there are tens of thousands.
        get = old.get
        others = {
            key: value
            for key, value in new.items()
            if (was := get(key, _NOTHING)) is not value and was != value
        }
        return cls(others, [*(old.keys() - new.keys())])

    def made(self, old: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """The new mapping, of the old; the very one where nothing differs."""
        if not self.new and not self.gone:
            return old
        found = dict(old)
        for key in self.gone:
            del found[key]
        found.update(self.new)
        return found


@cache
def _lock(path: Path) -> "FileLock":
    from filelock import FileLock

    return FileLock(path)


def _signature(name: str, body: memoryview) -> bytes:
    made = hmac.new(_secret(), f"{name}\0{code()}\0".encode(), _DIGEST)
    made.update(body)
    return made.digest()


@cache
def code() -> str:
    """A hash that changes with the generator's files, with what is installed, and with the interpreter."""
    package = os.path.dirname(os.path.abspath(__file__))
    # Each run begins with this, so all of it is done in the plainest way.
    system = platform.system(), platform.release(), platform.machine()
    made = hashlib.new(_DIGEST, "\0".join([sys.version, *system, ""]).encode())
    for path in sorted(_files(package)):
        made.update(f"{path.removeprefix(package)}\0".encode())
        with open(path, "rb", buffering=0) as file:
            made.update(hashlib.new(_DIGEST, file.read()).digest())
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


@cache
def _secret() -> bytes:
    """A secret of this user on this machine; of this process alone where none can be kept."""
    state = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        path = (Path(state) if state else Path.home() / ".local/state") / _OF_THIS_USER
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent) as file:
                file.write(secrets.token_bytes(_SECRET_SIZE))
                file.flush()
                # Of two processes that make one at once, both take the one that came first.
                with suppress(FileExistsError):
                    os.link(file.name, path)
        kept = path.read_bytes()
    except (OSError, RuntimeError):
        kept = b""
    return kept if len(kept) == _SECRET_SIZE else secrets.token_bytes(_SECRET_SIZE)
