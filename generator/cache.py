"""What one run keeps for the next: values in files that are believed only if this code wrote them on this machine."""

import hashlib
import hmac
import os
import pickle
import platform
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.files import write_whole

if TYPE_CHECKING:
    from filelock import FileLock

# Below a dossier; nothing in it is missed when it is deleted.
FOLDER = ".cache/dossier"
_LOCK = "lock"
_OF_THIS_USER = "dossier/secret"
_SECRET_SIZE = 32
_DIGEST = "sha256"
_DIGEST_SIZE = hashlib.new(_DIGEST).digest_size
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
        """The folder, made where it is not there yet; version control leaves it alone."""
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
            (self.folder / ".gitignore").write_text("*\n")
        return self.folder

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
