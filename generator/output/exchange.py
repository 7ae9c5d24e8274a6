"""Replaces a folder by another in one step: at every moment the one or the other is in place, whole.

The new one is made in a *work folder* beside it, `.site.dossier` for `site`. Version control ignores that, and the next
build removes what an interrupted one has left in it. Nothing here follows a link.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.support.files import is_folder, own_folder, remove

_WORK = ".{}.dossier"
_IGNORED = ".gitignore"
_NEW, _OLD = "new", "old"


def restore(folders: Iterable[Path]) -> None:
    """Puts back folders that an interrupted build had moved away, and removes their work folders.

    Raises:
        OSError: if one cannot be put back; it is still where it was.
    """
    for folder in folders:
        work = _work_folder(folder)
        if not os.path.lexists(work):
            continue
        if not os.path.lexists(folder) and is_folder(work) and is_folder(work / _OLD):
            (work / _OLD).rename(folder)
        with suppress(OSError):
            remove(work)


@contextmanager
def beside(folder: Path, name: str) -> Iterator[Path]:
    """An empty folder of a name in the work folder of another, removed at the end."""
    work = _open_work_folder(folder)
    made = work / name
    remove(made)
    made.mkdir()
    try:
        yield made
    finally:
        with suppress(OSError):
            remove(made)
        _close_work_folder(work)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder that replaces another at the end of the block, unless an error was raised in it."""
    with beside(folder, _NEW) as place:
        fresh = place / folder.name
        fresh.mkdir()
        yield fresh
        take_place(fresh, folder)


def take_place(fresh: Path, folder: Path) -> None:
    """Replaces a folder by another on the same disk; the old one is then where the new one was, or removed.

    This is one step if the system can exchange folders. If it cannot, and the program is killed between the two steps,
    `restore` puts the old one back.

    Raises:
        OSError: if it fails; the old one is then in its place as before, or else the error says where it is.
    """
    if not os.path.lexists(folder):
        fresh.rename(folder)
        return
    if _exchange_at_once(fresh, folder):
        return
    work = _open_work_folder(folder)
    old = work / _OLD
    remove(old)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        try:
            old.rename(folder)
        except OSError as error:
            message = f"{error.strerror}; the one of before is {old}, which the next build puts back"
            raise OSError(error.errno, message, str(folder)) from None
        _close_work_folder(work)
        raise
    # The exchange is done. If the cleaning up fails, the next build does it.
    with suppress(OSError):
        old.rename(fresh)
    _close_work_folder(work)


def _work_folder(folder: Path) -> Path:
    return folder.with_name(_WORK.format(folder.name))


def _open_work_folder(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = own_folder(_work_folder(folder))
    ignored = work / _IGNORED
    if ignored.is_symlink() or not ignored.exists():
        remove(ignored)
        ignored.write_text("*\n")
    return work


def _close_work_folder(work: Path) -> None:
    """Removes a work folder if it is empty."""
    with suppress(OSError):
        if [path.name for path in work.iterdir()] == [_IGNORED]:
            (work / _IGNORED).unlink()
        work.rmdir()


def _exchange_at_once(one: Path, other: Path) -> bool:
    here, paths = -100, (os.fsencode(one), os.fsencode(other))
    library = ctypes.CDLL(None, use_errno=True) if sys.platform in ("linux", "darwin") else None
    if sys.platform == "linux" and library and hasattr(library, "renameat2"):
        return bool(library.renameat2(here, paths[0], here, paths[1], 2) == 0)  # RENAME_EXCHANGE
    if sys.platform == "darwin" and library and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, 2) == 0)  # RENAME_SWAP
    return False
