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
from typing import Any

from filelock import FileLock, Timeout

from generator.files import write_whole

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
def _lock(path: Path) -> FileLock:
    return FileLock(path)


def _signature(name: str, body: memoryview) -> bytes:
    made = hmac.new(_secret(), f"{name}\0{code()}\0".encode(), _DIGEST)
    made.update(body)
    return made.digest()


@cache
def code() -> str:
    """A hash that changes with the generator's files, with what is installed, and with the interpreter."""
    package = Path(__file__).parent
    made = hashlib.new(_DIGEST, f"{sys.version}\0{platform.platform()}\0".encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            made.update(f"{path.relative_to(package).as_posix()}\0".encode())
            made.update(hashlib.new(_DIGEST, path.read_bytes()).digest())
    for folder in map(Path, sys.path):
        if folder.is_dir():
            made.update("\0".join(sorted(path.name for path in folder.glob("*.dist-info"))).encode())
    return made.hexdigest()


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
