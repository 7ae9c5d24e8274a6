"""Files: written whole or not at all, opened safely, removed without following links, identified by digest and stamp."""

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from io import BufferedReader
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes a temporary file and moves it into place, so that no reader ever sees an incomplete file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp lets only the owner read, but a page has the permissions that the umask gives.
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def open_file(path: Path) -> BufferedReader:
    """Opens a regular file for reading.

    Raises:
        OSError: also if it is not a regular file: reading a named pipe or a device may never end.
    """
    _expect_file(path, path.stat().st_mode)
    # If a named pipe replaces the file at this moment, opening it must not block.
    file = os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    )
    try:
        _expect_file(path, os.fstat(file.fileno()).st_mode)
    except OSError:
        file.close()
        raise
    return file


def _expect_file(path: Path, mode: int) -> None:
    if what := what_is(mode):
        raise OSError(errno.EINVAL, f"is {what}, not a file", str(path))


def read_file(path: Path, most: int = -1) -> bytes:
    """The bytes of a regular file, or the first `most` of them.

    Raises:
        OSError: as `open_file`.
    """
    with open_file(path) as file:
        return file.read(most)


def what_is(mode: int) -> str:
    """The type of a directory entry by its mode, in words; empty for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def name_of(path: Path, root: Path) -> str:
    """The path of a file as messages show it: relative to the dossier if the file is inside it."""
    # MkDocs has absolute paths, and that of the dossier can be `.`.
    path, root = path.absolute(), root.absolute()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def name_below(path: str | Path, root: str | Path) -> str:
    """The real path of a file relative to that of the dossier, with `/`; absolute if it is on another drive."""
    real = os.path.realpath(path)
    # Windows has no relative path from one drive to another.
    with suppress(ValueError):
        real = os.path.relpath(real, os.path.realpath(root))
    return real.replace(os.sep, "/")


def is_folder(path: Path) -> bool:
    """Whether a path is a folder and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def remove(path: Path) -> None:
    """Removes a file, a folder with its content, or a link but not its target."""
    if is_folder(path):
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def own_folder(path: Path) -> Path:
    """A folder of ours, made if it does not exist; anything else in its place, such as a link, is removed first."""
    if not is_folder(path):
        remove(path)
        path.mkdir()
    return path


def remove_empty_folders(folder: Path, below: Path) -> None:
    """Removes a folder and its parents while they are empty, up to but not including another folder."""
    while folder != below and below in folder.parents and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


_DIGEST_SIZE, _CHUNK = 16, 1 << 20
# Nanoseconds within which two changes of a file can have the same time: a tick of the system clock or, if the file
# system stores whole seconds, two seconds.
_TICK, _SECOND = 20_000_000, 1_000_000_000


def digest_of(data: bytes) -> str:
    """The digest of the bytes of a file, by which builds recognize unchanged files."""
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).hexdigest()


def digest_of_file(path: Path) -> str:
    """The digest of a file of any size; empty if it cannot be read."""
    try:
        return digest_and_stat(path)[0]
    except OSError:
        return ""


def digest_and_stat(path: Path) -> tuple[str, os.stat_result]:
    """The digest of a file of any size, and its status before it was read.

    Raises:
        OSError: as `open_file`.
    """
    found = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    with open_file(path) as file:
        status = os.fstat(file.fileno())
        while data := file.read(_CHUNK):
            found.update(data)
    return found.hexdigest(), status


def size_of(path: Path) -> int:
    """The size of a file in bytes; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def stamp_of(status: os.stat_result) -> int:
    """The stamp of a file: one number for its size, its modification and change times, and its inode."""
    return hash((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def is_racy(status: os.stat_result, seen: int) -> bool:
    """Whether a file that was read at a time (nanoseconds) can have changed since without a change of its stamp."""
    grain = _TICK if status.st_mtime_ns % _SECOND or status.st_mtime_ns <= 0 else 2 * _SECOND
    return max(status.st_mtime_ns, status.st_ctime_ns) >= seen - grain
